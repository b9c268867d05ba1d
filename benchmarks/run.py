"""Runs the benchmarks: ``python -m benchmarks.run [name ...]``, all of them without a name.

Each prints one line a case: our median, the floor's median, and how many times the floor ours takes.
"""

from __future__ import annotations

import sys
from importlib import import_module

NAMES = ("store", "interview", "tables", "importing", "leaflet", "start")


def main(names: list[str]) -> int:
    """Run them in the order given. Returns 2 when there is none of such a name."""
    unknown = [name for name in names if name not in NAMES]
    if unknown:
        print(f"no benchmark {', '.join(unknown)}; there are: {', '.join(NAMES)}", file=sys.stderr)
        return 2
    for name in names or NAMES:
        print(f"-- {name}")
        import_module(f"benchmarks.{name}").main()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
