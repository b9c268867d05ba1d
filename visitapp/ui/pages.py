"""Which pages there are, for whom, and what the rail shows of them. The only module that names every screen.

A screen's module is imported when it is first shown. To add a screen: one line here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from visitapp.i18n import tr
from visitapp.ui.page import Page, Shell

if TYPE_CHECKING:
    from visitapp.store.store import Store

LAPTOP, HEADQUARTERS = "laptop", "headquarters"


@dataclass(frozen=True, slots=True)
class PageEntry:
    """``place`` is "module:Class" below ``visitapp.ui``; ``icon`` and ``word`` put it into the rail (both or none).

    ``count`` counts what waits there (the badge, in the colour ``tone``).
    """

    id: str
    place: str
    roles: tuple[str, ...]
    icon: str = ""
    word: Callable[[], str] | None = None
    key: str = ""
    count: Callable[[Store], int] | None = None
    tone: str = "accent"

    def build(self, shell: Shell) -> Page:
        """Make the page. Raises ImportError or AttributeError for a wrong place."""
        module, name = self.place.split(":")
        made = getattr(import_module(f"visitapp.ui.{module}"), name)(shell)
        if not isinstance(made, Page):
            raise TypeError(self.place)
        return made


def _conflicts(store: Store) -> int:
    with store.read() as reader:
        return len(reader.conflicts())


BOTH = (LAPTOP, HEADQUARTERS)

PAGES: tuple[PageEntry, ...] = (
    PageEntry("targets", "targets.page:TargetsPage", (LAPTOP,), "calendar-check", lambda: tr("今日の訪問"), "Ctrl+1"),
    PageEntry(
        "all_targets", "targets.page:AllTargetsPage", (HEADQUARTERS,), "building-2", lambda: tr("対象企業"), "Ctrl+1"
    ),
    PageEntry("company", "company.page:CompanyPage", BOTH),
    PageEntry("inbox", "inbox.page:InboxPage", (HEADQUARTERS,), "inbox", lambda: tr("受信箱"), "Ctrl+2"),
    PageEntry(
        "conflicts",
        "conflicts.page:ConflictsPage",
        (HEADQUARTERS,),
        "meeting",
        lambda: tr("競合"),
        "Ctrl+3",
        _conflicts,
        "warn",
    ),
    PageEntry("tables", "tables.page:TablesPage", (HEADQUARTERS,), "table-2", lambda: tr("集計表"), "Ctrl+4"),
    PageEntry("devices", "devices.page:DevicesPage", (HEADQUARTERS,), "laptop", lambda: tr("端末"), "Ctrl+5"),
    PageEntry("handin", "handin.page:HandInPage", (LAPTOP,), "box", lambda: tr("受渡"), "Ctrl+U"),
    PageEntry("interview", "interview.page:InterviewPage", BOTH),
    PageEntry("guidance", "guidance.page:GuidancePage", BOTH),
    PageEntry("review", "review.page:ReviewPage", BOTH),
)


def pages_for(role: str) -> dict[str, PageEntry]:
    """Page id -> entry, of one role, in the order of the rail."""
    return {entry.id: entry for entry in PAGES if role in entry.roles}
