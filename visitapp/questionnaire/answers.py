"""What an answer is: a value, an explicit 無回答, or nothing yet; and where it stands.

無回答 (asked, not answered; counted), 未回答 (nothing entered) and 非該当 (not asked) are three different things.
非該当 is never stored: it follows from the form's relevance.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """One question in one response: XForm path, and the row id of each enclosing repeat, outermost first."""

    path: str
    rows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """A value as XForms text: "3", "2016-04-07", choice names separated by blanks ("1 4").

    ``no_answer`` is 無回答 (then ``text`` is ""). ``reason`` is why a soft check was accepted.
    ``Answer()`` is 未回答.
    """

    text: str = ""
    no_answer: bool = False
    reason: str = ""

    @property
    def given(self) -> bool:
        """Whether anything was entered, 無回答 included."""
        return bool(self.text) or self.no_answer

    @property
    def choices(self) -> tuple[str, ...]:
        """The chosen names of a select, in the order stored."""
        return tuple(self.text.split())


NO_ANSWER = Answer(no_answer=True)
"""無回答: asked, and not answered."""

UNANSWERED = Answer()
"""未回答: nothing entered yet."""
