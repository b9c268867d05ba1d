"""What a person does with a company from list and page alike: record a visit, plan one, add or mend a company."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visitapp.i18n import tr
from visitapp.ui.notebook.dialogs import CompanyDialog, PlanDialog, VisitDialog
from visitapp.ui.page import Page

if TYPE_CHECKING:
    from visitapp.store import records
    from visitapp.store.store import Store


class Deeds:
    """Asks in a dialog over ``page``, writes on the worker, says in one sentence that it is done."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def record_visit(self, target: str, company: str) -> None:
        """One attempt: when, what came of it, who answered."""
        dialog = VisitDialog(self._page, company, self._page.shell.now())
        dialog.taken.connect(lambda *taken: self._write_visit(target, *taken))
        dialog.open()

    def _write_visit(self, target: str, when: str, outcome: str, respondent: str, note: str) -> None:
        from visitapp.fieldwork.visits import record_visit

        person = self._page.shell.person
        self._page.write(
            lambda store: record_visit(store, target, when, outcome, person, respondent=respondent, note=note),
            lambda _id: self._page.shell.say(tr("訪問を記録しました。")),
        )

    def plan_visit(self, target: str, company: str, planned_at: str | None) -> None:
        """The next visit."""
        dialog = PlanDialog(self._page, company, planned_at, self._page.shell.now())
        dialog.taken.connect(lambda when: self._write_plan(target, when, tr("予定を入れました。")))
        dialog.open()

    def take_plan_away(self, target: str) -> None:
        """No visit is planned any more."""
        self._write_plan(target, None, tr("予定を消しました。"))

    def _write_plan(self, target: str, when: str | None, done: str) -> None:
        from visitapp.fieldwork.visits import plan_visit

        person = self._page.shell.person
        self._page.write(
            lambda store: plan_visit(store, target, when, person), lambda _none: self._page.shell.say(done)
        )

    def add_company(self, survey: str) -> None:
        """A company met on the way; its page follows."""
        dialog = CompanyDialog(self._page, None)
        dialog.taken.connect(lambda fields: self._write_new(survey, fields))
        dialog.open()

    def _write_new(self, survey: str, fields: dict[str, object]) -> None:
        from visitapp.fieldwork.companies import add_company

        person = self._page.shell.person

        def command(store: Store) -> str:
            return add_company(store, survey, person, **fields)

        self._page.write(command, lambda company: self._page.shell.go("company", company))

    def mend_company(self, company: records.Company) -> None:
        """The facts of the register."""
        dialog = CompanyDialog(self._page, company)
        dialog.taken.connect(lambda fields: self._write_facts(company.id, fields))
        dialog.open()

    def _write_facts(self, company: str, fields: dict[str, object]) -> None:
        from visitapp.fieldwork.companies import change_company

        person = self._page.shell.person

        def command(store: Store) -> int:
            return change_company(store, company, person, **fields)

        if fields:
            self._page.write(command, lambda n: self._page.shell.say(tr("台帳を{n}か所直しました。", n=n)))
