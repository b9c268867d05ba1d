"""What each state looks like: a word, an icon and a tone, the same in chips, tables, filters (ui/README section 6)."""

from __future__ import annotations

from dataclasses import dataclass

from visitapp.fieldwork.targets import TargetState
from visitapp.i18n import tr


@dataclass(frozen=True, slots=True)
class StateLook:
    """``tone``: neutral, accent, ok, warn or err."""

    word: str
    icon: str
    tone: str


def target_state(state: TargetState) -> StateLook:
    """The look of a target's state."""
    kind = TargetState
    return {
        kind.NOT_VISITED: StateLook(tr("未訪問"), "circle", "neutral"),
        kind.PLANNED: StateLook(tr("予定あり"), "calendar", "accent"),
        kind.STARTED: StateLook(tr("途中"), "half", "accent"),
        kind.FINAL: StateLook(tr("確定・未受渡"), "check", "ok"),
        kind.SENT: StateLook(tr("受領待ち"), "hourglass", "warn"),
        kind.RECEIVED: StateLook(tr("受領済み"), "inbox", "ok"),
        kind.RETURNED: StateLook(tr("差戻し"), "corner-up-left", "warn"),
        kind.NO_RESPONSE: StateLook(tr("回答なし"), "ban", "neutral"),
    }[state]


def question_state(state: str) -> StateLook:
    """The look of a question's state (values of ``questionnaire.interview.QuestionState``, and "note")."""
    return {
        "answered": StateLook(tr("回答"), "check", "ok"),
        "no_answer": StateLook(tr("無回答"), "no-answer", "neutral"),
        "unanswered": StateLook(tr("未回答"), "circle", "neutral"),
        "not_applicable": StateLook(tr("対象外"), "minus", "neutral"),
        "warning": StateLook(tr("注意"), "triangle-alert", "warn"),
        "error": StateLook(tr("エラー"), "circle-alert", "err"),
        "note": StateLook(tr("メモ"), "sticky-note", "neutral"),
    }[state]


TONE_TEXT = {"neutral": "text2", "accent": "accent", "info": "accent", "ok": "ok", "warn": "warn", "err": "err"}
TONE_GROUND = {
    "neutral": "surface",
    "accent": "accentSoft",
    "info": "accentSoft",
    "ok": "okSoft",
    "warn": "warnSoft",
    "err": "errSoft",
}
TONE_LINE = {
    "neutral": "border",
    "accent": "accent",
    "info": "accent",
    "ok": "okLine",
    "warn": "warnLine",
    "err": "errLine",
}
TONE_ICON = {"ok": "check", "info": "info", "warn": "triangle-alert", "err": "circle-alert"}
