"""Keeps CPython 3.11 alive under PySide6 6.12.

The stable-ABI wheels of PySide6 6.12 treat None, True and False as immortal, which they are only from CPython 3.12 on:
under 3.11 every Qt call that returns nothing takes one reference away (measured: −1 per call), until the interpreter
aborts with "none_dealloc". Lending the singletons a large stock of references makes them as immortal as in 3.12.
"""

from __future__ import annotations

import ctypes
import sys

_STOCK = 1 << 60


def hold_singletons() -> None:
    """Give the singletons references to spare, once; does nothing where they are immortal."""
    if sys.version_info >= (3, 12) or sys.implementation.name != "cpython":
        return
    for one in (None, True, False, NotImplemented, Ellipsis):
        if sys.getrefcount(one) < _STOCK // 2:
            # The reference count is the first field of every object in a release build of CPython 3.11.
            ctypes.c_ssize_t.from_address(id(one)).value += _STOCK
