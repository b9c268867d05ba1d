"""Taking the microdata into an empty headquarters, against reading its CSV files with the standard library."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measure import Work, compare, ready
from tests.integration.store.stores import CHEAP, PASSPHRASE
from tests.integration.tabulation.microdata import DATA, Row, read_csv
from visitapp.commands.office import create_office
from visitapp.fieldwork.importing import import_folder
from visitapp.store.store import Store

_FOLDER = DATA / "microdata"


def read_files() -> list[list[Row]]:
    """The floor."""
    return [read_csv(path) for path in sorted(_FOLDER.glob("*.csv"))]


def main() -> None:
    """The first import, and the same folder again (nothing changes)."""
    with TemporaryDirectory() as name:
        numbers, offices = count(), list[Store]()

        def first() -> Work:
            while offices:
                offices.pop().close()
            office = create_office(Path(name) / f"office{next(numbers)}", PASSPHRASE, "headquarters", kdf=CHEAP)
            offices.append(office)
            return lambda: import_folder(office, _FOLDER, "staff-01")

        compare("the microdata, first time", first, ready(read_files), rounds=5)
        filled = offices[0]
        compare("the microdata again", ready(lambda: import_folder(filled, _FOLDER, "s")), ready(read_files), rounds=5)
        filled.close()


if __name__ == "__main__":
    main()
