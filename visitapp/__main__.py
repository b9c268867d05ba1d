"""``python -m visitapp`` and the ``visitapp`` script."""

from __future__ import annotations

import sys

from visitapp.app import main

if __name__ == "__main__":
    sys.exit(main())
