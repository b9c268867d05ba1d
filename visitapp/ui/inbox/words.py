"""What packages, their checks and their contents are called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from visitapp.i18n import error_text, tr
from visitapp.ui.notebook.devices import device_word, kind_word
from visitapp.ui.widgets.states import StateLook

if TYPE_CHECKING:
    from visitapp.commands.arrivals import Arrival

_DAMAGED = ("E-401", "E-402", "E-406", "E-407")
_SIGNATURE = ("E-404", "E-409", "E-410")
_ADDRESS = ("E-405", "E-408", "E-411")


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the checks: ``good`` None when it could not be made."""

    text: str
    good: bool | None
    note: str = ""


def code_of(arrival: Arrival) -> str:
    """Why it waits or is refused, "" for nothing."""
    return arrival.error.code if arrival.error is not None else ""


def state_look(arrival: Arrival) -> StateLook:
    """The chip of a package."""
    if arrival.state == "ready":
        return StateLook(tr("検査すべて合格"), "shield-check", "ok")
    if arrival.state == "waiting":
        return StateLook(tr("前の号を待つ"), "hourglass", "warn")
    if arrival.state == "again":
        return StateLook(tr("取込済み"), "check", "neutral")
    code = code_of(arrival)
    if code in _SIGNATURE:
        return StateLook(tr("署名がちがう"), "circle-alert", "err")
    if code in _ADDRESS:
        return StateLook(tr("あて先がちがう"), "circle-alert", "err")
    if code == "E-403":
        return StateLook(tr("新しい版のもの"), "circle-alert", "err")
    return StateLook(tr("こわれている") if code in _DAMAGED else tr("読めない"), "circle-alert", "err")


def title(arrival: Arrival) -> str:
    """端末03　第12号; the file's name when nothing can be read."""
    header = arrival.header
    if header is None:
        return arrival.path.name
    return tr("{device}　第{n}号", device=device_word(header.sender_code), n=header.number)


def content(arrival: Arrival) -> str:
    """回答票4・意見6・変更412."""
    counts = arrival.counts
    if not counts:
        return tr("読めません")
    parts = [
        tr("回答票{n}", n=counts["response"]) if counts.get("response") else "",
        tr("意見{n}", n=counts["opinion"]) if counts.get("opinion") else "",
        tr("変更{n}", n=f"{counts.get('changes', 0):,}"),
    ]
    return "・".join(part for part in parts if part)


def message(arrival: Arrival) -> str:
    """What has to be done about it; "" for a good package."""
    if arrival.error is not None:
        return error_text(arrival.error)
    return tr("もう取り込んであります。何度届いても変わりません。") if arrival.state == "again" else ""


def checks(arrival: Arrival) -> list[Check]:
    """The checks in the order they are made; those behind a failed one could not be made."""
    header, code = arrival.header, code_of(arrival)
    size = (
        tr("{n}MB", n=f"{arrival.size / 1_000_000:.1f}")
        if arrival.size >= 100_000
        else tr("{n}バイト", n=f"{arrival.size:,}")
    )
    digest = f"{arrival.sha256[:4]}…{arrival.sha256[-4:]}" if arrival.sha256 else ""
    number = tr("第{n}号", n=header.number) if header is not None else ""
    sender = device_word(header.sender_code) if header is not None else tr("端末")
    lines = [
        (tr("本部あてに暗号化されています"), code in _ADDRESS, ""),
        (tr("{device}の署名です", device=sender), code in _SIGNATURE, ""),
        (tr("こわれていません"), code in _DAMAGED or code in ("E-403", "E-429"),
         tr("{size}・照合値 {digest}", size=size, digest=digest) if digest else size),
        (tr("番号が続いています"), code == "E-412", number),
        (tr("調査票の版がそろっています"), not arrival.known_forms, ""),
    ]  # fmt: skip
    refused = arrival.state == "refused"
    return [Check(text, False if bad else None if refused else True, note) for text, bad, note in lines]


def contents(arrival: Arrival) -> list[tuple[str, str]]:
    """(kind, how many) of what is in it."""
    counts = arrival.counts
    lines: list[tuple[str, str]] = []
    if counts.get("response"):
        told = tr("{n}件（確定{f}・途中{d}）", n=counts["response"], f=arrival.finals, d=arrival.drafts)
        lines.append((tr("回答票"), told if arrival.changes else tr("{n}件", n=counts["response"])))
    for table, word in (("answer", tr("回答")), ("visit", tr("訪問の記録"))):
        if counts.get(table):
            lines.append((word, tr("{n}件", n=f"{counts[table]:,}")))
    if counts.get("opinion"):
        lines.append((tr("自由意見"), tr("{n}件・{m}文字", n=counts["opinion"], m=f"{arrival.written:,}")))
    for table, word in (("offer", tr("案内した施策")), ("company", tr("企業の台帳"))):
        if counts.get(table):
            lines.append((word, tr("{n}件", n=f"{counts[table]:,}")))
    lines.append(
        (tr("変更"), tr("{n}件（うち新しいもの {m}件）", n=f"{counts.get('changes', 0):,}", m=f"{arrival.new:,}"))
    )
    return lines


def counted(counts: Mapping[str, int]) -> list[tuple[str, str]]:
    """(kind, how many records) of a package that was taken in, then its changes."""
    lines = [
        (kind_word(table), tr("{n}件", n=f"{number:,}"))
        for table, number in counts.items()
        if table != "changes" and number
    ]
    return [*lines, (tr("変更"), tr("{n}件", n=f"{counts.get('changes', 0):,}"))]
