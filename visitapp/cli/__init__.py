"""The program without a window: the same commands, for scripts and for machines without a display.

Knows argparse and ``commands``; every expected error becomes one sentence and an exit code. Start reading at
``run.py``.
"""

from visitapp.cli.run import run

__all__ = ["run"]
