"""Offices for tests of commands, as in tests of fieldwork."""

from __future__ import annotations

from tests.integration.fieldwork.conftest import filled, folder, imported, make_office, office

__all__ = ["filled", "folder", "imported", "make_office", "office"]
