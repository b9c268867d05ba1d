"""Companies, responses and opinions from and to folders in the exchange format."""

from __future__ import annotations

from pathlib import Path

from visitapp.fieldwork.exporting import ExportReport, export_folder
from visitapp.fieldwork.importing import ImportReport, Progress, import_folder
from visitapp.store.store import Store


def import_answers(store: Store, folder: Path, person: str, progress: Progress | None = None) -> ImportReport:
    """Take a folder in, after keeping a backup; all or nothing.

    A folder that is refused leaves no backup: a few attempts would otherwise push out the older ones.

    Raises NotNow E-501, EnvironmentProblem E-514, FileProblems E-500 (every problem with its place), what
    ``Store.backup`` raises.
    """
    return import_folder(store, folder, person, progress, lambda: store.backup("import"))


def export_answers(store: Store, folder: Path) -> ExportReport:
    """Write all companies, responses and opinions into a folder. Raises EnvironmentProblem E-590, E-591."""
    return export_folder(store, folder)
