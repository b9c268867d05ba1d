"""The offices the pictures are taken in: the tutorial's headquarters, and one of its laptops ten years later.

Everything is made by the program's own commands. The laptop gets this year's survey with companies in every state; what
they answer is what the tutorial's companies answered before.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from visitapp.commands import handin
from visitapp.commands.by_hand import Hand
from visitapp.commands.office import open_office
from visitapp.commands.tutorial import PASSPHRASE, create_tutorial_office
from visitapp.fieldwork.opinions import Draft, add_opinion, keep_draft
from visitapp.fieldwork.responses import OpenResponse, previous_responses, start_response
from visitapp.fieldwork.surveys import shipped_surveys
from visitapp.fieldwork.targets import target_id
from visitapp.fieldwork.visits import MET, plan_visit, record_visit
from visitapp.questionnaire.answers import Address, Answer
from visitapp.store import records
from visitapp.store.store import Store
from visitapp.sync.inbox import MergeResult
from visitapp.ui.office import keep_person

DEVICE, PERSON = "laptop-04", "staff-04"
SURVEY = "survey-of-this-year"
_COMPANIES = 24
_RECEIVED, _SENT, _FINAL = 4, 3, 2
_OPEN_SECTIONS = range(7, 11)
"""問7 to 問10 are still to be asked in the interview under way."""


@dataclass(frozen=True, slots=True)
class Stage:
    """Data folders. ``current`` is the target whose interview is under way, ``ready`` one that can be finalised;
    ``stick`` is the folder results are handed in to."""

    headquarters: Path
    laptop: Path
    current: str
    ready: str
    stick: Path


def build(folder: Path) -> Stage:
    """Make both offices below ``folder``; takes about a minute."""
    headquarters = folder / "headquarters"
    office = create_tutorial_office(headquarters, PASSPHRASE, _tell, laptops=folder / "played")
    laptop = folder / "played" / "laptops" / DEVICE
    store = open_office(laptop, PASSPHRASE)
    try:
        return _Year(store, office, headquarters).play()
    finally:
        store.close()
        office.close()


def _tell(done: int, total: int, text: str) -> None:
    print(f"{done:3}/{total} {text}", file=sys.stderr, flush=True)


class _Year:
    def __init__(self, store: Store, office: Store, headquarters: Path) -> None:
        self._store, self._office, self._headquarters = store, office, headquarters
        self._today = datetime.now().astimezone().replace(microsecond=0)
        self._hand = Hand(store, PERSON, lambda: self._today)
        self._targets: list[str] = []

    def play(self) -> Stage:
        """Set the laptop up, one state after another; returns where everything is."""
        self._open_survey()
        received, rest = self._targets[:_RECEIVED], self._targets[_RECEIVED:]
        sent, rest = rest[:_SENT], rest[_SENT:]
        final, rest = rest[:_FINAL], rest[_FINAL:]
        for days, target in enumerate(received, start=3):
            self._visit(target, days)
        self._exchange()
        for target in sent:
            self._visit(target, 1)
        handin.pack_changes(self._store, self._headquarters / "inbox", PERSON)
        for target in final:
            self._visit(target, 0)
        current, ready, planned, rest = rest[0], rest[1], rest[2:4], rest[4:]
        self._begin(current, unfinished=True)
        self._begin(ready, unfinished=False)
        self._plan(current, 0, time(13, 30))
        self._plan(final[-1], 0, time(10, 0))
        self._plan(planned[0], 0, time(15, 30))
        for days, target in enumerate([planned[1], *rest[:3]], start=1):
            self._plan(target, days, time(10 + days, 0))
        record_visit(self._store, rest[3], self._moment(2, time(11, 0)), "不在", PERSON)
        record_visit(self._store, rest[4], self._moment(4, time(14, 0)), "移転", PERSON, note="大田区へ移転")
        stick = self._store.folder / "stick"
        stick.mkdir()
        keep_person(self._store, PERSON)
        keep_person(self._office, "staff-00")
        return Stage(self._headquarters, self._store.folder, current, ready, stick)

    # -- the survey of this year --------------------------------------------------------------------------------
    def _open_survey(self) -> None:
        old = next(survey for survey in shipped_surveys() if survey.workbook == "visit.xlsx")
        first = self._today.date().replace(month=4, day=1)
        if first > self._today.date():
            first = first.replace(year=first.year - 1)
        with self._store.write(PERSON) as writer:
            earlier = writer.get(records.Survey, old.id)
            answered = sorted(
                (one for one in writer.find(records.Target, survey=old.id) if one.visitor == PERSON),
                key=lambda one: one.id,
            )
            assert earlier is not None
            writer.put(
                records.Survey, SURVEY, name=f"企業訪問調査（{first.year}年度）", fiscal_year=first.year,
                reference_year=first.year, form=earlier.form, mode="訪問", starts_on=first.isoformat(),
                ends_on=(first.replace(year=first.year + 1) - timedelta(days=1)).isoformat(),
            )  # fmt: skip
            for one in answered[:_COMPANIES]:
                made = target_id(SURVEY, one.company or "")
                self._targets.append(made)
                writer.put(records.Target, made, survey=SURVEY, company=one.company, visitor=PERSON, device=DEVICE,
                           mode="訪問")  # fmt: skip

    def _moment(self, days_ago: int, at: time) -> str:
        day: date = self._today.date() - timedelta(days=days_ago)
        return datetime.combine(day, at, self._today.tzinfo).isoformat(timespec="minutes")

    def _plan(self, target: str, days: int, at: time) -> None:
        plan_visit(self._store, target, self._moment(-days, at), PERSON)

    # -- answers ------------------------------------------------------------------------------------------------
    def _opened(self, target: str) -> tuple[OpenResponse, dict[Address, Answer]]:
        """A response just begun, and what the same company answered before, sheets left out."""
        opened = OpenResponse(
            self._store, start_response(self._store, target, PERSON), PERSON, clock=lambda: self._today
        )
        with self._store.read() as reader:
            before = previous_responses(reader, opened.company.id, opened.survey)
        answers = {at: Answer(one.text, one.no_answer) for at, one in before[0].answers.items() if not at.rows}
        asked = {question.path for question in opened.form.questions() if question.type not in ("calculate", "hidden")}
        return opened, {at: one for at, one in answers.items() if at.path in asked}

    def _visit(self, target: str, days_ago: int) -> None:
        opened, answers = self._opened(target)
        opened.set_many(answers)
        record_visit(self._store, target, self._moment(days_ago, time(14, 0)), MET, PERSON, respondent="代表者")
        opened.describe(visited_on=self._moment(days_ago, time(14, 0))[:10], respondent="代表者")
        self._hand.close(opened)

    def _begin(self, target: str, *, unfinished: bool) -> None:
        """An interview under way: a soft warning open, その他 still without its words, or all that was answered."""
        opened, answers = self._opened(target)
        path = {question.name: question.path for question in opened.form.questions()}
        if unfinished:
            late = tuple(f"/data/q{number}/" for number in _OPEN_SECTIONS)
            answers = {at: one for at, one in answers.items() if not at.path.startswith(late)}
            given = {"V4-strength": "1 2", "V4-weakness": "11 14", "V4-4": "2 12", "V5": "2", "V6": "1", "V6-1": "2 4",
                     "V6-2": "1 7", "V6-3": ""}  # fmt: skip
            answers.update({Address(path[name]): Answer(text) for name, text in given.items()})
        else:
            answers.update({Address(path["V10"]): Answer("1 3 6"), Address(path["V4-4"]): Answer("11 20")})
        opened.set_many(answers)
        opened.keep_resume_point(Address(path["V6-2" if unfinished else "V10"]))
        add_opinion(
            self._store, opened.response, opened.company.id, "展示会で知り合った会社と共同で受けたい。",
            "区に期待する施策等について", self._today.date().isoformat(), PERSON,
        )  # fmt: skip
        if unfinished:
            keep_draft(self._store, opened.response.id, Draft("大学に相談したいが、どこへ行けばよいか分から"))

    # -- to headquarters and back -------------------------------------------------------------------------------
    def _exchange(self) -> None:
        """What lies on the laptop goes to headquarters, and its receipt comes back."""
        folder = self._store.folder / "exchange"
        handin.pack_changes(self._store, folder, PERSON)
        _all_taken(handin.receive_packages(self._office, [folder], PERSON))
        handin.pack_returns(self._office, folder / "back", PERSON, DEVICE)
        _all_taken(handin.receive_packages(self._store, [folder / "back"], PERSON))


def _all_taken(results: list[object]) -> None:
    for result in results:
        if not isinstance(result, MergeResult):
            raise SystemExit(f"a package was refused: {result}")
