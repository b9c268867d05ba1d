"""The 75 published tables, against counting every answer once by its question and value.

First from a store with the microdata (the floor reads the same answers from it), then from 10,000 visits held in
memory: the microdata's, over and over (the floor counts the same answers).
"""

from __future__ import annotations

from collections import Counter
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measure import compare, ready
from tests.integration.store.stores import CHEAP, PASSPHRASE
from tests.integration.tabulation.microdata import DATA, Responses, shipped_form
from visitapp.commands.office import create_office
from visitapp.fieldwork.importing import import_folder
from visitapp.store.store import Store
from visitapp.tabulation.asked import Asked
from visitapp.tabulation.columns import Columns, Filled
from visitapp.tabulation.counting import make_table
from visitapp.tabulation.definitions import published
from visitapp.tabulation.reading import surveys_to_count, tabulate

_VISITS = 10_000


def main() -> None:
    """From the store with 118 visits and 42 letters; from 10,000 visits in memory."""
    with TemporaryDirectory() as name:
        store = create_office(Path(name) / "office", PASSPHRASE, "headquarters", kdf=CHEAP)
        import_folder(store, DATA / "microdata", "staff-01")
        compare("75 tables, microdata in the store", ready(lambda: tabulate(store)), ready(lambda: _counted(store)), 9)
        store.close()
    _many()


def _counted(store: Store) -> Counter[tuple[str, str]]:
    with store.read() as reader:
        rows = [row for survey in surveys_to_count(reader) for row in reader.answer_rows(survey)]
    return Counter((path, value) for _response, path, _row, value in rows)


def _many() -> None:
    form = shipped_form("visit.xlsx")
    wanted = [definition for definition in published() if definition.form_id == form.form_id]
    stored = list(islice(cycle(Responses().stored()["visit.xlsx"].values()), _VISITS))

    def tables() -> None:
        asked = Asked(form, {"reference_year": "2016"})
        columns = Columns([form], (Filled(f"r{n}", form, asked.of(answers)) for n, answers in enumerate(stored)))
        for definition in wanted:
            make_table(definition, columns, "ja")

    def counted() -> Counter[tuple[str, str]]:
        return Counter((address.path, answer.text) for answers in stored for address, answer in answers.items())

    compare(f"{len(wanted)} tables, {_VISITS:,} visits in memory", ready(tables), ready(counted), 3)


if __name__ == "__main__":
    main()
