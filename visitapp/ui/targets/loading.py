"""What the list shows, loaded on the worker in one go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from visitapp.fieldwork.targets import TargetLine, TargetState
    from visitapp.store import records
    from visitapp.store.store import Store


@dataclass(frozen=True, slots=True)
class TargetsView:
    """The surveys to choose from, the lines of the chosen one, and what has not been handed in.

    ``last_hand_in`` is when the last package was written (ISO), ``receipted`` whether headquarters has confirmed it.
    """

    surveys: tuple[records.Survey, ...]
    survey: records.Survey | None
    lines: tuple[TargetLine, ...]
    last_hand_in: str | None
    receipted: bool

    @property
    def not_handed_in(self) -> int:
        """Companies with finished work that lies only here."""
        return sum(line.state.name == "FINAL" for line in self.lines)

    def planned_on(self, day: date) -> list[TargetLine]:
        """The visits planned for a day, in order of time."""
        found = [line for line in self.lines if (line.planned_at or "")[:10] == day.isoformat()]
        return sorted(found, key=lambda line: line.planned_at or "")


def load_targets(store: Store, survey_id: str) -> TargetsView:
    """The list of a survey; of the newest visit survey with targets when ``survey_id`` is "" or unknown."""
    from visitapp.commands.handin import hand_in_state, target_list
    from visitapp.fieldwork.surveys import surveys
    from visitapp.store import records

    with store.read() as reader:
        known = tuple(surveys(reader))
        counts = {survey.id: reader.count(records.Target, survey=survey.id) for survey in known}
    chosen = next((survey for survey in known if survey.id == survey_id), None) or _likely(known, counts)
    lines = tuple(target_list(store, chosen.id)) if chosen is not None else ()
    state = hand_in_state(store)
    last = state.packages[0].created_at if state.packages else None
    return TargetsView(known, chosen, lines, last, state.unreceipted == 0)


def _likely(known: tuple[records.Survey, ...], counts: dict[str, int]) -> records.Survey | None:
    """The survey a visitor most likely wants: one that is visited, with companies, the newest."""
    # Sorting keeps the order among equals, and that is newest first.
    ranked = sorted(known, key=lambda one: (counts[one.id] == 0, one.mode != "訪問"))
    return ranked[0] if ranked else None


GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("all", ()),
    ("not_visited", ("NOT_VISITED",)),
    ("planned", ("PLANNED",)),
    ("started", ("STARTED", "RETURNED")),
    ("final", ("FINAL", "SENT", "RECEIVED")),
    ("no_response", ("NO_RESPONSE",)),
)
"""The segments of the list: id, and the names of the states in it (all when empty)."""


def in_group(state: TargetState, group: str) -> bool:
    """Whether a state belongs to a segment."""
    names = dict(GROUPS).get(group, ())
    return not names or state.name in names
