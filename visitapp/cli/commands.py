"""Every command as data: its words, its arguments, what it does."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from visitapp.cli.outcome import Outcome
from visitapp.cli.session import Session
from visitapp.i18n import tr
from visitapp.i18n.catalogue import LANGUAGES

Action = Callable[[Session, argparse.Namespace], Outcome]


@dataclass(frozen=True, slots=True)
class Later:
    """An action imported when it is done: making the parser, or opening the window, loads no database."""

    module: str
    name: str

    def __call__(self, session: Session, arguments: argparse.Namespace) -> Outcome:
        """Do it."""
        return self.load()(session, arguments)

    def load(self) -> Action:
        """The function ``name`` of ``visitapp.cli.module``."""
        action: Action = getattr(import_module(f"visitapp.cli.{self.module}"), self.name)
        return action


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument: its flags (or its name) and what argparse wants to know about it."""

    flags: tuple[str, ...]
    settings: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Command:
    """``words`` as typed ("store", "create"); ``help`` in one line."""

    words: tuple[str, ...]
    help: str
    act: Later
    arguments: tuple[Argument, ...] = ()


def common_arguments() -> tuple[Argument, ...]:
    """What stands before every command."""
    folder = tr("データフォルダ（なければ VISITAPP_DATA_DIR、それもなければ個人の場所）")
    passphrase = tr("合言葉を1行目に書いたファイル（なければ VISITAPP_PASSPHRASE）")
    person = tr("だれの変更として残すか（staff-01 など。VISITAPP_PERSON）")
    return (
        _option("--data-dir", folder, type=Path, metavar="DIR"),
        _option("--passphrase-file", passphrase, type=Path, metavar="FILE"),
        _option("--person", person, metavar="CODE"),
        Argument(
            ("--language",), {"choices": LANGUAGES, "help": tr("ことば（VISITAPP_LANGUAGE。なければ ja）")}
        ),
        Argument(("--json",), {"action": "store_true", "help": tr("結果を1つのJSONで出す")}),
    )


def themes() -> Mapping[str, str]:
    """First words that have further words under them, and what they are about."""
    return {
        "store": tr("データフォルダを作る・調べる"),
        "survey": tr("調査"),
        "package": tr("受渡ファイルを調べる・取り込む"),
        "device": tr("端末の登録"),
        "conflicts": tr("競合を見る・決める"),
        "questionnaire": tr("調査票"),
        "settings": tr("役所の設定（案内書に載る電話番号など）"),
    }


def all_commands() -> tuple[Command, ...]:
    """Every command, in the order of the manual."""
    return (*_office_commands(), *_answer_commands(), *_hand_in_commands(), *_paper_commands())


def _path(name: str, text: str) -> Argument:
    return Argument((name,), {"type": Path, "metavar": name.strip("-").upper(), "help": text})


def _option(flag: str, text: str, **settings: object) -> Argument:
    return Argument((flag,), {"help": text, "metavar": flag.strip("-").upper(), **settings})


def _office_commands() -> tuple[Command, ...]:
    role = Argument(
        ("--role",),
        {"required": True, "choices": ("headquarters", "laptop"), "help": tr("本部か、訪問に持ち出す端末か")},
    )
    code = _option("--code", tr("端末の名前（laptop-03 など）"), default="")
    copy = _path("copy", tr("控えのフォルダ"))
    name = Argument(("name",), {"metavar": "NAME", "help": tr("設定の名前（settings list に出る）")})
    value = Argument(("value",), {"metavar": "VALUE", "help": tr("新しい値（空なら元の値に戻す）")})
    return (
        Command(("store", "create"), tr("データフォルダを作る"), Later("acting", "create"), (role, code)),
        Command(("store", "info"), tr("何件入っているかを見る"), Later("showing", "info")),
        Command(("store", "check"), tr("こわれていないかを調べる"), Later("showing", "check")),
        Command(("backup",), tr("控えを取る"), Later("acting", "backup")),
        Command(("restore",), tr("控えに戻す（今のものも控えに残す）"), Later("acting", "restore"), (copy,)),
        Command(("settings", "list"), tr("設定の一覧"), Later("showing", "settings")),
        Command(("settings", "set"), tr("設定を変える"), Later("acting", "change_setting"), (name, value)),
    )


def _answer_commands() -> tuple[Command, ...]:
    folder = _path("folder", tr("CSVのフォルダ（companies_visit.csv など。欠けていてもよい）"))
    target = _path("folder", tr("書き出し先のフォルダ"))
    survey = _option("--survey", tr("調査の番号（書かなければ新しい順の最初）"))
    book = _path("file", tr("調査票のファイル（.xlsx）"))
    return (
        Command(("import",), tr("企業・回答・意見のCSVを取り込む"), Later("acting", "import_folder"), (folder,)),
        Command(("export",), tr("企業・回答・意見をCSVに書き出す"), Later("acting", "export_folder"), (target,)),
        Command(("survey", "list"), tr("調査の一覧"), Later("showing", "surveys")),
        Command(("targets",), tr("対象企業の一覧と進み具合"), Later("showing", "targets"), (survey,)),
        Command(("questionnaire", "check"), tr("調査票の誤りを調べる"), Later("showing", "questionnaire"), (book,)),
    )


def _hand_in_commands() -> tuple[Command, ...]:
    out = _option("--out", tr("書き出し先のフォルダ"), type=Path, required=True)
    file = _path("file", tr("受渡ファイル"))
    files = Argument(("files",), {"type": Path, "nargs": "+", "metavar": "FILE", "help": tr("受渡ファイルか、そのフォルダ")})
    device = _option("--device", tr("本部で: この端末あてだけ（書かなければ登録済みの全部）"))
    name = Argument(("code",), {"metavar": "CODE", "help": tr("端末の名前（laptop-03 など）")})
    enrolment = _path("file", tr("本部が作った登録ファイル"))
    secret = _option("--code", tr("登録ファイルといっしょに聞いた登録の番号"), required=True)
    key = Argument(("key",), {"metavar": "KEY", "help": tr("競合の番号（conflicts list に出る）")})
    choice = _option("--choose", tr("採る値の番号（1が最も新しい）"), type=int, required=True)
    settled = Argument(("change",), {"metavar": "CHANGE", "help": tr("解決の番号（conflicts settle に出る）")})
    return (
        Command(("device", "invite"), tr("本部で: 端末の登録ファイルを作る"), Later("carrying", "invite"), (name, out)),
        Command(("device", "enrol"), tr("端末で: 登録ファイルを読む"), Later("carrying", "enrol"), (enrolment, secret)),
        Command(("device", "list"), tr("端末の一覧"), Later("showing", "devices")),
        Command(("pack",), tr("受渡ファイルを作る（本部では端末への戻り）"), Later("carrying", "pack"), (out, device)),
        Command(("package", "inspect"), tr("受渡ファイルを調べる（何も書かない）"), Later("carrying", "inspect"), (file,)),
        Command(("package", "import"), tr("受渡ファイルを取り込む"), Later("carrying", "take_in"), (files,)),
        Command(("receipts",), tr("受領の一覧"), Later("showing", "receipts")),
        Command(("conflicts", "list"), tr("競合の一覧"), Later("showing", "conflicts")),
        Command(("conflicts", "settle"), tr("競合を決める"), Later("acting", "settle"), (key, choice)),
        Command(("conflicts", "undo"), tr("決めた競合を元に戻す"), Later("acting", "undo"), (settled,)),
    )


def _paper_commands() -> tuple[Command, ...]:
    out = _option("--out", tr("書き出し先のフォルダ"), type=Path, required=True)
    book = _option("--workbook", tr("Excelの集計表も書く"), type=Path)
    company = Argument(("company",), {"metavar": "COMPANY", "help": tr("企業の番号か名前")})
    pdf = _option("--out", tr("書き出すPDF"), type=Path, required=True)
    paper = tr("企業に渡す案内書を作る")
    which = tr("載せる施策の番号（何度でも。書かなければ上から3件）")
    programme = _option("--programme", which, action="append", default=[])
    new = _path("folder", tr("新しいフォルダ"))
    mail = Argument(("--by-mail",), {"action": "store_true", "help": tr("郵送用: 分からない欄を省く")})
    return (
        Command(("tables",), tr("集計表をすべて書き出す"), Later("acting", "tables"), (out, book)),
        Command(("leaflet",), paper, Later("acting", "leaflet"), (company, pdf, programme, mail)),
        Command(("demo",), tr("架空の118社と6台の端末で、通しの仕事をしてみせる"), Later("acting", "demo"), (new,)),
    )
