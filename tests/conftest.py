"""What holds for all tests."""

from __future__ import annotations

import os

from hypothesis import settings

# The same examples on every machine, so that a red run is about the change; and no time limit for one example, because
# the machines are shared. VISITAPP_SLOW=1 looks for new examples.
settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("searching", deadline=None)
settings.load_profile("searching" if os.environ.get("VISITAPP_SLOW") else "same")
