"""The records that travel between stores, as frozen dataclasses: one class a table, one attribute a column.

Every attribute but ``id`` is a field of the change log. ``deleted`` is a field like the others. Parents are named by id
without a database foreign key: a child may arrive in an earlier package than its parent.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """``id`` is a UUID in text, or for catalogue-like tables a stable key; ``deleted`` hides the record."""

    id: str
    deleted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Form(Record):
    """調査票: id = SHA-256 of ``definition``, the parsed form as JSON; ``workbook`` is the file in base64."""

    form_id: str | None = None
    version: str | None = None
    title: str | None = None
    definition: str | None = None
    workbook: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey(Record):
    """調査. Dates ISO; ``form`` is a Form id; ``mode`` "訪問" or "郵送"; ``reference_year`` for derived bands."""

    name: str | None = None
    fiscal_year: int | None = None
    reference_year: int | None = None
    form: str | None = None
    mode: str | None = None
    starts_on: str | None = None
    ends_on: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Company(Record):
    """企業 (business establishment). ``capital_yen`` yen, ``founded_year`` western year."""

    corporate_number: str | None = None
    name: str | None = None
    kana: str | None = None
    postal_code: str | None = None
    address: str | None = None
    phone: str | None = None
    founded_year: int | None = None
    employees: int | None = None
    capital_yen: int | None = None
    industry: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Target(Record):
    """対象: a company in a survey. id = uuid5 of survey and company. ``planned_at`` ISO date or date-time."""

    survey: str | None = None
    company: str | None = None
    visitor: str | None = None
    device: str | None = None
    mode: str | None = None
    planned_at: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit(Record):
    """訪問: one attempt. ``outcome``: 面談, 不在, 拒否, 移転, 廃業, 該当外, 郵送."""

    target: str | None = None
    visited_at: str | None = None
    visitor: str | None = None
    respondent: str | None = None
    outcome: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Response(Record):
    """回答票. ``status`` "draft", "final", "returned" (差戻し) or "sheets" (only its 個別施策シート are here so far).

    ``received_on`` for mailed ones; times ISO.

    ``reopen_reason`` is why a final one was opened again or sent back.
    """

    target: str | None = None
    form: str | None = None
    status: str | None = None
    mode: str | None = None
    visited_on: str | None = None
    received_on: str | None = None
    visitor: str | None = None
    device: str | None = None
    respondent: str | None = None
    finalised_at: str | None = None
    reopen_reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer(Record):
    """回答. id = uuid5(response, path, row): two laptops that answer the same question write the same record.

    ``value`` is one field, so that text, 無回答 and reason never conflict apart: JSON of {"text", "no_answer",
    "reason"}, or None for 未回答. ``row`` is "" or the row ids of the enclosing repeats joined by "/". A repeat's row
    is an answer at the repeat's path whose text is its position.
    """

    response: str | None = None
    path: str | None = None
    row: str | None = None
    value: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion(Record):
    """自由意見. ``follow_up`` "none", "open" or "done"; ``due_on`` ISO date."""

    response: str | None = None
    company: str | None = None
    category: str | None = None
    text: str | None = None
    said_at: str | None = None
    follow_up: str | None = None
    due_on: str | None = None
    seq: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme(Record):
    """支援施策 in a fiscal year. id = "2016/kokunai-tenjikai". ``facts`` is JSON after programmes/catalogue.py."""

    fiscal_year: int | None = None
    name: str | None = None
    provider: str | None = None
    status: str | None = None
    facts: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer(Record):
    """案内: a programme shown to a company. id = uuid5(target, programme).

    ``stage``: recommended, explained, leaflet, interested, applied, used, declined. ``reasons`` is JSON
    (programmes.Reason).
    """

    target: str | None = None
    programme: str | None = None
    stage: str | None = None
    ticked: bool | None = None
    reasons: str | None = None
    offered_at: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Device(Record):
    """端末. ``code`` "laptop-03" or "本部"; keys are public ones, base64."""

    code: str | None = None
    role: str | None = None
    signing_key: str | None = None
    sealing_key: str | None = None
    revoked: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting(Record):
    """A value that all stores of an office share; id = its name (office_name, office_phone ...)."""

    value: str | None = None


TRAVELLING: tuple[type[Record], ...] = (
    Form,
    Survey,
    Company,
    Target,
    Visit,
    Response,
    Answer,
    Opinion,
    Programme,
    Offer,
    Device,
    Setting,
)
"""Every table that travels; a table's name is its class name in lower case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Package(Record):
    """受渡: one package written or read by this store. Stays here (no change log). id = SHA-256 of the file's content.

    ``kind`` "hand_in" or "return"; ``direction`` "out" or "in"; ``peer`` is the other store's device id; ``number``
    counts from 1 for each sender and recipient; ``holds`` is JSON {device: [first counter, last counter]}; ``counts``
    JSON {"changes": n, table: records touched}; ``status`` "handed", "receipted" (out) or "imported" (in); ``backup``
    is the copy made before it was taken in.
    """

    kind: str | None = None
    direction: str | None = None
    peer: str | None = None
    number: int | None = None
    path: str | None = None
    size: int | None = None
    created_at: str | None = None
    received_at: str | None = None
    holds: str | None = None
    counts: str | None = None
    status: str | None = None
    person: str | None = None
    backup: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt(Record):
    """受領: what the recipient says of a package. Stays here. ``package`` is a Package id.

    ``direction`` "out" (issued here) or "in" (heard from the recipient); ``result`` "imported" or "again" (had it
    already).
    """

    package: str | None = None
    direction: str | None = None
    peer: str | None = None
    issued_at: str | None = None
    result: str | None = None


LOCAL: tuple[type[Record], ...] = (Package, Receipt)
"""Records of this store alone: read like the others, written with ``Writer.keep``, in no change log."""
