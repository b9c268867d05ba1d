"""The whole job once, with fictitious data: a headquarters and six laptops, entered, carried, merged, tabulated.

Everything goes the way an office goes: enrolment files, packages in files, the commands of window and command line.
"""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from visitapp.commands import conflicts, handin, leaflets, office, transfer
from visitapp.commands.by_hand import Hand
from visitapp.commands.results import Comparison, compare_with_published, write_tables
from visitapp.commands.settings import change_setting
from visitapp.commands.tutorial_data import Tutorial, load_tutorial
from visitapp.errors import NotNow
from visitapp.fieldwork.responses import OpenResponse
from visitapp.fieldwork.surveys import shipped_surveys
from visitapp.fieldwork.targets import assign, target_id
from visitapp.i18n import tr
from visitapp.store.store import Store
from visitapp.sync.inbox import MergeResult

PASSPHRASE = "visitapp-demo"
"""Opens the stores of the demonstration: nothing in them is real."""

CLERK = "staff-00"
_NOW = datetime(2016, 8, 10, 9, 0, tzinfo=UTC)
"""The demonstration's day: the last of the visits, so that every run writes the same."""

# What two laptops work on at once in the second round: the answers are left out of the first one.
_CONFLICT, _APART, _SAME = ("V5",), ("V1-13", "V1-10"), ("V1-13",)

Progress = Callable[[str], None]
Steps = Callable[[int, int, str], None]
"""Hears, before each step, how many are done, how many there are, and what comes now; may raise to stop."""

# What takes its time: the register, then for each laptop enrolling, visits, return; two mergings, six changes.
_FIXED_STEPS, _STEPS_A_LAPTOP, _CHANGES = 3, 3, 6


@dataclass(frozen=True, slots=True)
class DemoReport:
    """What the demonstration did: ``story`` in the language in use, ``counts`` of undeleted records at headquarters."""

    story: tuple[str, ...]
    comparisons: tuple[Comparison, ...]
    files: tuple[Path, ...]
    counts: Mapping[str, int]
    packages: Mapping[str, int]
    seconds: float


@dataclass(slots=True)
class _Team:
    """The opened stores: headquarters and the laptops by device code."""

    headquarters: Store
    laptops: dict[str, Store] = field(default_factory=dict)

    def close(self) -> None:
        for store in (self.headquarters, *self.laptops.values()):
            store.close()


def run_demo(folder: Path, progress: Progress | None = None) -> DemoReport:
    """Build everything in ``folder``: stores, packages, tables, workbook, leaflets.

    Raises NotNow E-704 when the folder is there and not empty; EnvironmentProblem as the commands used.
    """
    if folder.exists() and any(folder.iterdir()):
        raise NotNow("E-704", path=folder)
    started = time.monotonic()
    play = _Play(folder, load_tutorial(), progress)
    try:
        play.prepare(folder / "headquarters", PASSPHRASE)
        play.first_round()
        play.second_round()
        play.settle()
        return play.results(started)
    finally:
        play.close()


def create_tutorial_office(
    folder: Path, passphrase: str, steps: Steps | None = None, laptops: Path | None = None
) -> Store:
    """A headquarters to try everything in: merged visits, an open conflict, and a package that waits in ``inbox``.

    The laptops are played beside it and thrown away, unless ``laptops`` names an empty folder they are left in (below
    ``laptops``, by device code, opened by ``PASSPHRASE``). What ``steps`` raises stops it: then nothing is left in
    ``folder`` that was not there before. Raises as ``create_office``.
    """
    aside = laptops or folder / ".tutorial"
    before = set(folder.iterdir()) if folder.is_dir() else set()
    play = _Play(aside, load_tutorial(), steps=steps)
    try:
        play.prepare(folder, passphrase)
        play.first_round()
        play.second_round(waiting=folder / "inbox")
    except BaseException:
        play.close()
        _remove_new(folder, before)
        raise
    finally:
        if laptops is None:
            shutil.rmtree(aside, ignore_errors=True)
    for store in play.team.laptops.values():
        store.close()
    return play.team.headquarters


def _remove_new(folder: Path, before: set[Path]) -> None:
    for path in set(folder.iterdir()) - before if folder.is_dir() else ():
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


class _Play:
    def __init__(
        self, folder: Path, tutorial: Tutorial, progress: Progress | None = None, steps: Steps | None = None
    ) -> None:
        self._folder = folder
        self._tutorial = tutorial
        self._progress = progress or (lambda text: None)
        self._steps = steps
        self._done = 0
        self._story: list[str] = []
        self._files: list[Path] = []
        self._packages = {"written": 0, "lost": 0, "doubled": 0, "again": 0, "merged": 0}
        # Not a secret and not a measurement: the same shuffling every time, so that a fault can be found again.
        self._order = random.Random(20160810)
        self.team: _Team

    def close(self) -> None:
        """Close whatever was opened."""
        if hasattr(self, "team"):
            self.team.close()

    def _tell(self, text: str) -> None:
        self._story.append(text)
        self._progress(text)

    def _begin(self, text: str) -> None:
        """The next step begins."""
        if self._steps is not None:
            total = _FIXED_STEPS + _STEPS_A_LAPTOP * len(self._tutorial.devices) + _CHANGES
            self._steps(min(self._done, total), total, text)
        self._done += 1

    # -- before anybody goes out --------------------------------------------------------------------------------
    def prepare(self, place: Path, passphrase: str) -> None:
        """Headquarters with the register, the mailed responses and the assignments; six laptops enrolled from it."""
        self._begin(tr("企業の台帳を作っています"))
        store = office.create_office(place, passphrase, office.HEADQUARTERS)
        self.team = _Team(store)
        # No telephone of a real office: the report's data uses 03-0000 throughout.
        change_setting(store, "office_phone", "03-0000-0000", CLERK)
        register = self._folder / "csv" / "register"
        self._tutorial.write_companies(register)
        self._tutorial.write_mail(register)
        report = transfer.import_answers(store, register, CLERK)
        self._assign(store)
        self._tell(tr("本部: 企業{n}社の台帳と、郵送の回答{m}票を入れました。", n=report.companies, m=report.responses))
        for device in self._tutorial.devices:
            self._begin(tr("端末{device}を登録しています", device=device))
            laptop = office.create_office(self._folder / "laptops" / device, PASSPHRASE, office.LAPTOP, code=device)
            self.team.laptops[device] = laptop
            invited = handin.invite_device(store, device, self._folder / "enrolment", CLERK)
            handin.enrol_device(laptop, invited.path, invited.code, CLERK)
        self._tell(tr("端末{n}台を登録し、担当の企業を渡しました。", n=len(self.team.laptops)))

    def _assign(self, store: Store) -> None:
        survey = shipped_surveys()[0].id
        groups: dict[tuple[str, str], list[str]] = {}
        for device in self._tutorial.devices:
            for row in self._tutorial.responses(device):
                groups.setdefault((row["visitor_code"], device), []).append(target_id(survey, row["company_id"]))
        for (visitor, device), targets in groups.items():
            assign(store, targets, CLERK, visitor=visitor, device=device)

    # -- first round: the visits --------------------------------------------------------------------------------
    def first_round(self) -> None:
        """Every laptop enters its visits and packs twice; the packages arrive shuffled, one lost, one doubled."""
        written: list[Path] = []
        for device, store in self.team.laptops.items():
            written += self._visits(device, store)
        lost, doubled = written[4], written[9]
        copy = doubled.with_name(f"{doubled.stem}-copy{doubled.suffix}")
        shutil.copyfile(doubled, copy)
        arriving = [path for path in written if path != lost] + [copy]
        self._order.shuffle(arriving)
        self._packages["lost"] += 1
        self._packages["doubled"] += 1
        self._tell(
            tr("受渡ファイルを{n}個作りました。1個はなくなり、1個は二度届き、順番もばらばらです。", n=len(written))
        )
        self._merge(arriving)
        self._return()

    def _visits(self, device: str, store: Store) -> list[Path]:
        """One response entered question by question, the others from files; a leaflet left; packed in two parts."""
        self._begin(tr("端末{device}で回答を書いています", device=device))
        rows = self._with_gaps(device)
        by_hand, rest = rows[0], rows[1:]
        hand = Hand(store, by_hand["visitor_code"], lambda: _NOW)
        response = by_hand["response_id"]
        target = hand.visit(by_hand, self._tutorial.sheets(response), self._tutorial.opinions(response))
        paper = self._folder / "leaflets" / f"{device}.pdf"
        made = leaflets.write_leaflet(store, target, paper, by_hand["visitor_code"], now=_NOW)
        self._files.append(made.path)
        half = len(rest) // 2
        packed = []
        for number, part in enumerate((rest[:half], rest[half:]), start=1):
            folder = self._folder / "csv" / f"{device}-{number}"
            self._tutorial.write_visits(folder, part)
            transfer.import_answers(store, folder, by_hand["visitor_code"])
            packed.append(self._pack(store))
        told = {"device": device, "n": len(rows), "company": made.company, "m": len(made.programmes)}
        self._tell(tr("{device}: 回答票{n}票を入れ、{company}に案内書（{m}件）を残しました。", **told))
        return packed

    def _with_gaps(self, device: str) -> list[dict[str, str]]:
        """The device's responses; the answers of the second round are still open in one of them."""
        rows = [dict(row) for row in self._tutorial.responses(device)]
        for edited, questions in self._edits().items():
            for row in rows:
                if row["response_id"] == edited:
                    row.update(dict.fromkeys(questions, ""))
        return rows

    def _edits(self) -> dict[str, tuple[str, ...]]:
        devices = self._tutorial.devices
        chosen = (self._tutorial.responses(devices[position])[1]["response_id"] for position in (0, 2, 4))
        return dict(zip(chosen, (_CONFLICT, _APART, _SAME), strict=True))

    def _pack(self, store: Store) -> Path:
        package = handin.pack_changes(store, self._folder / "packages", CLERK)
        self._packages["written"] += 1
        return Path(package.path or "")

    def _merge(self, arriving: Sequence[Path]) -> None:
        self._begin(tr("端末の結果を合わせています"))
        results = handin.receive_packages(self.team.headquarters, arriving, CLERK)
        for result in results:
            if not isinstance(result, MergeResult):
                raise result.error
            self._packages["again" if result.verdict == "again" else "merged"] += 1
        changes = sum(result.new_changes for result in results if isinstance(result, MergeResult))
        self._tell(tr("本部: {n}個の受渡ファイルから変更{m}件を取り込みました。", n=len(arriving), m=changes))

    def _return(self) -> None:
        """Receipts and everybody's news go back to every laptop."""
        folder = self._folder / "returns"
        for package in handin.pack_returns(self.team.headquarters, folder, CLERK):
            store = next(one for one in self.team.laptops.values() if one.device == package.peer)
            self._begin(tr("端末{device}へ知らせを返しています", device=store.code))
            for result in handin.receive_packages(store, [Path(package.path or "")], CLERK):
                if not isinstance(result, MergeResult):
                    raise result.error

    # -- second round: the same responses on two laptops --------------------------------------------------------
    def second_round(self, waiting: Path | None = None) -> None:
        """Two laptops each change the same three responses without knowing of each other.

        With ``waiting`` the last package is put there instead of being merged.
        """
        devices = self._tutorial.devices
        conflict, apart, same = self._edits()
        self._change(devices[0], conflict, {"V5": None})
        self._change(devices[1], conflict, {"V5": "otherwise"})
        self._change(devices[2], apart, {"V1-13": None})
        self._change(devices[3], apart, {"V1-10": None})
        self._change(devices[4], same, {"V1-13": None})
        self._change(devices[5], same, {"V1-13": None})
        packages = [self._pack(store) for store in self.team.laptops.values()]
        if waiting is not None:
            waiting.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(packages[-1], waiting / packages[-1].name)
            packages.pop()
        self._order.shuffle(packages)
        self._tell(tr("同じ回答票を2台の端末で直しました（3票）。"))
        self._merge(packages)

    def _change(self, device: str, response_id: str, questions: Mapping[str, str | None]) -> None:
        self._begin(tr("同じ回答票を2台の端末で直しています"))
        row = self._tutorial.response(response_id)
        store = self.team.laptops[device]
        person = self._tutorial.responses(device)[0]["visitor_code"]
        opened = OpenResponse(store, response_id, person, clock=lambda: _NOW)
        hand = Hand(store, person, lambda: _NOW)
        opened.reopen(tr("電話で聞き直したため"))
        for name, wrong in questions.items():
            hand.answer(opened, name, hand.other_option(opened, name, row[name]) if wrong else row[name])
        hand.close(opened)

    def settle(self) -> None:
        """Decide the conflict for the value that was really said; the decision goes back to the laptops."""
        store = self.team.headquarters
        conflict, *_rest = self._edits()
        said = self._tutorial.response(conflict)["V5"]
        found = conflicts.open_conflicts(store)
        for line in found:
            choice = next(number for number, side in enumerate(line.sides, start=1) if side.shown == said)
            conflicts.settle_conflict(store, line.key, choice, CLERK)
        self._tell(tr("本部: 競合{n}件を、聞いたとおりの値に決めました。", n=len(found)))
        self._return()

    # -- results ------------------------------------------------------------------------------------------------
    def results(self, started: float) -> DemoReport:
        """Tables, workbook and the comparison with the report."""
        store = self.team.headquarters
        tables, book = self._folder / "tables", self._folder / "tables.xlsx"
        written = write_tables(store, tables, book)
        comparisons = compare_with_published(written.tables)
        info = office.office_info(store)
        for device, laptop in self.team.laptops.items():
            here = office.office_info(laptop)
            state = handin.hand_in_state(laptop)
            if here.counts != info.counts or here.conflicts != info.conflicts or state.unreceipted:
                raise AssertionError(f"{device} differs from headquarters")
        self._tell(tr("本部と端末{n}台は同じものを持ち、受領されていない変更はありません。", n=len(self.team.laptops)))
        self._tell(tr("集計表{n}枚とExcelの集計表を書きました。", n=len(written.files)))
        self._tell(tr("どのデータフォルダも、合言葉 {word} で開けます。", word=PASSPHRASE))
        self._files += [book, *written.files]
        seconds = time.monotonic() - started
        return DemoReport(
            tuple(self._story), tuple(comparisons), tuple(self._files), info.counts, dict(self._packages), seconds
        )
