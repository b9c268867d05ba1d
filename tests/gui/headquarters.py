"""A headquarters with two laptops: what they wrote of each other's company lies as packages in the inbox."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from tests.gui.conftest import PASSPHRASE
from visitapp.commands.handin import enrol_device, invite_device, pack_changes, pack_returns, receive_packages
from visitapp.commands.office import create_office, open_office
from visitapp.fieldwork.answers import answer_id, stored_value
from visitapp.fieldwork.surveys import load_form, shipped_surveys
from visitapp.fieldwork.targets import target_id
from visitapp.questionnaire.answers import Address, Answer
from visitapp.store import records
from visitapp.store.key import KdfCost
from visitapp.store.store import Store, Writer

CHEAP = KdfCost(memory_kib=64, passes=1, lanes=1)
COMPANIES = ("見本工業株式会社", "架空精機株式会社", "例題電子株式会社")
SURVEY = shipped_surveys()[0].id
QUESTION = "V5"
"""海外ビジネス: single choice; 1 is 実施している, 4 実施する意向はない."""


@dataclass(frozen=True, slots=True)
class Built:
    """``folder`` is headquarters'; ``packages`` by name: a1 then a2 of laptop-01 (a2 needs a1), b1 of laptop-02."""

    folder: Path
    packages: dict[str, Path]


def build(place: Path) -> Built:
    """Both laptops answer V5 of the first company otherwise, one adds a phone number, the other an opinion."""
    folder = place / "hq"
    headquarters = create_office(folder, PASSPHRASE, "headquarters", kdf=CHEAP)
    with headquarters.write("staff-00") as writer:
        _register(writer)
    laptops = [_laptop(headquarters, place, code) for code in ("laptop-01", "laptop-02")]
    # Nothing is written any more: the file on disk is whole.
    headquarters.close()
    packages = {"a1": _edit(laptops[0], place, "2", phone="03-0000-0001")}
    with laptops[0].write("staff-01") as writer:
        writer.put(records.Opinion, "opinion-1", company="c0", response="r0", text="販路を広げたい。", follow_up="open")
    _receipt(folder, place, laptops[0], packages["a1"])
    packages["a2"] = Path(pack_changes(laptops[0], place / "stick", "staff-01").path or "")
    packages["b1"] = _edit(laptops[1], place, "4", phone=None)
    for store in laptops:
        store.close()
    return Built(folder, packages)


def _register(writer: Writer) -> None:
    survey = writer.get(records.Survey, SURVEY)
    assert survey is not None and survey.form is not None
    for number, name in enumerate(COMPANIES):
        target = target_id(SURVEY, f"c{number}")
        writer.put(records.Company, f"c{number}", name=name, kana=name, phone="03-0000-0000")
        writer.put(records.Target, target, survey=SURVEY, company=f"c{number}", visitor="staff-01")
        writer.put(records.Response, f"r{number}", target=target, form=survey.form, status="final",
                   visited_on="2016-06-10", visitor="staff-01")  # fmt: skip
        _answer(writer, f"r{number}", QUESTION, "1")
        _answer(writer, f"r{number}", "V6", "1" if number else "2")


def _answer(writer: Writer, response: str, question: str, text: str) -> None:
    stored = writer.get(records.Response, response)
    assert stored is not None and stored.form is not None
    path = load_form(writer, stored.form).question(question).path
    writer.put(records.Answer, answer_id(response, Address(path)), response=response, path=path, row="",
               value=stored_value(Answer(text)))  # fmt: skip


def _laptop(headquarters: Store, place: Path, code: str) -> Store:
    made = create_office(place / code, PASSPHRASE, "laptop", code=code, kdf=CHEAP)
    invitation = invite_device(headquarters, code, place, "staff-00")
    enrol_device(made, invitation.path, invitation.code, "staff-00")
    return made


def _receipt(folder: Path, place: Path, laptop: Store, package: Path) -> None:
    """A copy of headquarters takes the package in and says so: the laptop's next one holds only what came after."""
    shutil.copytree(folder, place / "copy", ignore=shutil.ignore_patterns("lock"))
    copy = open_office(place / "copy", PASSPHRASE)
    receive_packages(copy, [package], "staff-00")
    (answer,) = pack_returns(copy, place / "returns", "staff-00")
    copy.close()
    receive_packages(laptop, [Path(answer.path or "")], "staff-01")


def _edit(laptop: Store, place: Path, choice: str, phone: str | None) -> Path:
    person = laptop.code.replace("laptop", "staff")
    with laptop.write(person) as writer:
        _answer(writer, "r0", QUESTION, choice)
        if phone is not None:
            writer.put(records.Company, "c1", phone=phone)
    return Path(pack_changes(laptop, place / "stick", person).path or "")
