"""Bad input to the program as a process: each time a fixed exit code, a sentence with its code, nothing changed."""

from __future__ import annotations

import io
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.e2e.process import MICRODATA, PASSPHRASE, ROOT, Done, Program, run
from visitapp.commands.office import create_office
from visitapp.commands.transfer import import_answers
from visitapp.store.store import KdfCost, open_store

REFUSED, ENVIRONMENT, DAMAGED = 3, 4, 5
CHEAP = KdfCost(memory_kib=64, passes=1, lanes=1)
COMPANIES, VISIT = "companies_visit.csv", "responses_visit.csv"
JAPANESE = re.compile("[ぁ-ん]")


def contents(folder: Path) -> list[str]:
    """Every change of a store that must be sound."""
    store = open_store(folder, PASSPHRASE)
    try:
        store.check()
        with store.read() as reader:
            return [f"{change.id} {change.value}" for change in reader.changes_after({})]
    finally:
        store.close()


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """A headquarters with the register of the visits; nothing in this module may change it."""
    folder = tmp_path_factory.mktemp("bad") / "本部"
    register = folder.parent / "register"
    register.mkdir()
    shutil.copy(MICRODATA / COMPANIES, register)
    store = create_office(folder, PASSPHRASE, "headquarters", kdf=CHEAP)
    import_answers(store, register, "staff-01")
    store.close()
    return Program(folder)


@pytest.fixture(scope="module", autouse=True)
def _unchanged(office: Program) -> Iterator[None]:
    before = contents(office.folder)
    yield
    assert contents(office.folder) == before


@pytest.fixture
def copy(office: Program, tmp_path: Path) -> Program:
    """A store that a test may spoil."""
    return Program(shutil.copytree(office.folder, tmp_path / "copy"))


def said(done: Done, code: str) -> None:
    """One clear message: its code, Japanese, on the error stream only, and no word of an unexpected error."""
    assert code in done.error and "E-900" not in done.error, done
    assert JAPANESE.search(done.error) and done.out == "", done


Spoil = Callable[[str], bytes]

FILES: dict[str, tuple[str, str, Spoil]] = {
    "empty": ("E-516", COMPANIES, lambda text: b""),
    "only a mark": ("E-516", COMPANIES, lambda text: b"\xef\xbb\xbf"),
    "Shift_JIS": ("E-502", COMPANIES, lambda text: text.encode("cp932", "replace")),
    "UTF-16": ("E-521", COMPANIES, lambda text: text.encode("utf-16-le")),
    "an Excel file": ("E-521", COMPANIES, lambda text: b"PK\x03\x04\x14\x00\x00\x00"),
    "NUL": ("E-521", COMPANIES, lambda text: (text + "\0").encode()),
    "no headings": ("E-503", COMPANIES, lambda text: text.partition("\n")[2].replace(",,", ",-,").encode()),
    "doubled heading": ("E-517", COMPANIES, lambda text: text.replace("kana", "name", 1).encode()),
    "semicolons": ("E-522", COMPANIES, lambda text: text.replace(",", ";").encode()),
    "ragged": ("E-505", COMPANIES, lambda text: (text + "C-1,short\n").encode()),
    "open quote": ("E-513", COMPANIES, lambda text: (text + '"C-1,x\n').encode()),
    "endless cell": ("E-513", COMPANIES, lambda text: b"company_id,name\nC-1," + b"x" * 200_000),
    "twice": ("E-508", COMPANIES, lambda text: b"company_id,name\nC-1,a\nC-1,b\n"),
    "id that is a path": ("E-525", COMPANIES, lambda text: b"company_id,name\n../../etc/passwd,a\n"),
    "id with braces": ("E-525", COMPANIES, lambda text: b"company_id,name\n{value.__class__},a\n"),
    "no id": ("E-526", COMPANIES, lambda text: b"company_id,name\n,a\n"),
    "negative": ("E-528", COMPANIES, lambda text: b"company_id,employees\nC-1,-5\n"),
    "year of five digits": ("E-528", COMPANIES, lambda text: b"company_id,founded_year\nC-1,19710\n"),
    "unknown column": ("E-504", COMPANIES, lambda text: b"company_id,nane\nC-1,a\n"),
    "unknown option": ("E-506", VISIT, lambda text: "response_id,company_id,V1-2\nR,C,製造行\n".encode()),
    "5000 digits": ("E-507", VISIT, lambda text: f"response_id,company_id,V1-6\nR,C,{'9' * 5000}\n".encode()),
    "no day": ("E-524", VISIT, lambda text: b"response_id,company_id,visit_date\nR,C,2016-02-30\n"),
}


@pytest.mark.parametrize("name", FILES)
def test_files_that_are_refused(office: Program, tmp_path: Path, name: str) -> None:
    code, file, spoil = FILES[name]
    (tmp_path / file).write_bytes(spoil((MICRODATA / file).read_text(encoding="utf-8")))
    backups = sorted(path.name for path in (office.folder / "backups").iterdir())
    done = office("import", tmp_path, expect=DAMAGED)
    said(done, code)
    assert file in done.error and "何も失われていません" in done.error
    # Ten refused attempts would push the real backups out.
    assert sorted(path.name for path in (office.folder / "backups").iterdir()) == backups


def test_the_nearest_word_is_told_in_both_languages(office: Program, tmp_path: Path) -> None:
    (tmp_path / VISIT).write_text("response_id,company_id,V1-2,V1-66\nR,C,製造行,1\n", encoding="utf-8")
    japanese = office("import", tmp_path, expect=DAMAGED)
    assert "「製造業」" in japanese.error and "「V1-6」" in japanese.error
    english = office("--language", "en", "import", tmp_path, expect=DAMAGED)
    assert 'nearest is "製造業"' in english.error and not JAPANESE.search(english.error)


def test_strange_but_harmless_files_are_taken(copy: Program, tmp_path: Path) -> None:
    text = "company_id,name,employees\r\nC-1,=cmd|' /C calc'!A1,１２\r\n\r\n,,\r\nC-2,\x1b[31m赤\x07,\r\n"
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / COMPANIES).write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert copy.json("import", tmp_path / "in")["companies"] == 2
    listed = copy("targets").out
    assert "=cmd" in listed and "赤" in listed
    assert "\x1b" not in listed and "\x07" not in listed
    copy("export", tmp_path / "out")
    rows = (tmp_path / "out" / COMPANIES).read_text(encoding="utf-8")
    assert "'=cmd" in rows and ",12," in rows


def things(tmp_path: Path) -> dict[str, Path]:
    """Things that are not what an argument should be."""
    paths = {name: tmp_path / name for name in ("file", "folder", "gone", "loop", "pipe")}
    paths["file"].write_bytes(b"text")
    (paths["folder"] / VISIT).mkdir(parents=True)
    paths["loop"].symlink_to(paths["loop"])
    os.mkfifo(paths["pipe"])
    return paths | {"device": Path("/dev/zero"), "below": paths["file"] / "x"}


WRONG_PLACES = [
    ("import {gone}", ENVIRONMENT, "E-514"),
    ("import {file}", ENVIRONMENT, "E-514"),
    ("import {loop}", ENVIRONMENT, "E-514"),
    ("import {folder}", ENVIRONMENT, "E-514"),
    ("export {file}", ENVIRONMENT, "E-591"),
    ("tables --out {below}", ENVIRONMENT, "E-591"),
    ("restore {gone}", DAMAGED, "E-314"),
    ("package import {gone}", ENVIRONMENT, "E-429"),
    ("package import {device}", ENVIRONMENT, "E-429"),
    ("package import {pipe}", ENVIRONMENT, "E-429"),
    ("package inspect {folder}", ENVIRONMENT, "E-429"),
    ("package inspect {file}", DAMAGED, "E-401"),
    ("questionnaire check {pipe}", ENVIRONMENT, "E-514"),
    ("--passphrase-file {folder} store info", ENVIRONMENT, "E-514"),
    ("--passphrase-file {device} store info", REFUSED, "E-203"),
    ("leaflet --out {gone} 株式会社なし", REFUSED, "E-206"),
    ("conflicts settle --choose 1 a:b:c", REFUSED, "E-310"),
    ("conflicts undo nothing", REFUSED, "E-206"),
    ("pack --device nobody --out {gone}", REFUSED, "E-428"),
    ("device enrol --code X {file}", REFUSED, "E-421"),
    ("device invite --out {gone} ../evil", REFUSED, "E-427"),
]


@pytest.mark.skipif(sys.platform == "win32", reason="needs pipes and devices")
@pytest.mark.parametrize(("line", "exit_code", "code"), WRONG_PLACES, ids=[place[0] for place in WRONG_PLACES])
def test_a_wrong_thing_in_the_place_of_a_file(
    office: Program, tmp_path: Path, line: str, exit_code: int, code: str
) -> None:
    paths = things(tmp_path)
    result = office(*(word.format_map(paths) for word in line.split()), expect=exit_code)
    if line.startswith("package import"):  # a line for each file: what came of it is the result
        assert code in result.out and "E-900" not in result.out
    else:
        said(result, code)
    assert not paths["gone"].exists()


def test_a_passphrase_may_come_through_a_pipe(office: Program, tmp_path: Path) -> None:
    """Its first line counts, whatever ends it."""
    command = [sys.executable, "-m", "visitapp", "--data-dir", str(office.folder), "--json"]
    command += ["--passphrase-file", "/dev/stdin", "store", "info"]
    done = subprocess.run(command, input=f"{PASSPHRASE}\r\nmore\n".encode(), capture_output=True, check=False)
    assert json.loads(done.stdout)["ok"], done


def spoil_store(folder: Path, name: str) -> None:
    key, store = folder / "key.json", folder / "store.db"
    content = bytearray(store.read_bytes())
    content[len(content) // 2] ^= 1
    actions: dict[str, Callable[[], object]] = {
        "key missing": key.unlink,
        "key cut": lambda: key.write_bytes(key.read_bytes()[:99]),
        "key edited": lambda: key.write_text(key.read_text().replace('"passes": 1', '"passes": 2')),
        "key without end": lambda: key.write_text("[" * 100_000),
        "store empty": lambda: store.write_bytes(b""),
        "store cut": lambda: store.write_bytes(store.read_bytes()[:99_999]),
        "store flipped": lambda: store.write_bytes(content),
        "store missing": store.unlink,
    }
    actions[name]()


@pytest.mark.parametrize(
    ("name", "exit_code", "code"),
    [
        ("key missing", DAMAGED, "E-314"),
        ("key cut", DAMAGED, "E-303"),
        ("key edited", DAMAGED, "E-303"),
        ("key without end", DAMAGED, "E-303"),
        ("store empty", DAMAGED, "E-303"),
        ("store cut", DAMAGED, "E-303"),
        ("store flipped", DAMAGED, "E-303"),
        ("store missing", REFUSED, "E-302"),
    ],
)
def test_a_damaged_store_is_left_as_it_is_and_a_backup_helps(
    copy: Program, name: str, exit_code: int, code: str
) -> None:
    spoil_store(copy.folder, name)
    before = {path: path.read_bytes() for path in copy.folder.glob("*.*")}
    said(copy("store", "info", expect=exit_code), code)
    assert {path: path.read_bytes() for path in copy.folder.glob("*.*")} == before
    backups = sorted((copy.folder / "backups").iterdir())
    copy("restore", backups[-1])
    copy("store", "check")


def test_foreign_files_in_the_data_folder_do_no_harm(copy: Program) -> None:
    (copy.folder / "restoring").mkdir()
    (copy.folder / "restoring" / "foreign").write_bytes(b"x")
    (copy.folder / "backups" / "99999999T999999999Z-x").mkdir()
    (copy.folder / "store.db-wal").write_bytes(b"x" * 100_000)
    copy("backup")
    copy("store", "check")


def member(book: bytes, name: str, content: bytes) -> bytes:
    """The workbook with one member replaced."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.namelist():
            new.writestr(one, content if one == name else old.read(one))
    return made.getvalue()


ENTITIES = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
BOOKS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "no zip": ("E-101", lambda book: b"hello"),
    "empty": ("E-101", lambda book: b""),
    "cut": ("E-101", lambda book: book[: len(book) // 2]),
    "bomb": ("E-102", lambda book: member(book, "xl/worksheets/sheet1.xml", b" " * 50_000_000)),
    "external entity": ("E-101", lambda book: member(book, "xl/workbook.xml", ENTITIES)),
}


@pytest.mark.parametrize("name", BOOKS)
def test_workbooks_that_are_none(office: Program, tmp_path: Path, name: str) -> None:
    code, spoil = BOOKS[name]
    path = tmp_path / "調査票.xlsx"
    path.write_bytes(spoil((ROOT / "resources/questionnaires/startup.xlsx").read_bytes()))
    done = office("questionnaire", "check", path, expect=DAMAGED)
    said(done, code)
    assert "調査票.xlsx" in done.error


SHEETS = {
    "circle": ("E-161", "calculate | a | A | ${b} + 1", "calculate | b | B | ${a} + 1"),
    "full-width operator": ("E-111", "integer | a | A |", "calculate | b | B | ${a}＋1"),
    "unknown function": ("E-112", "integer | a | A |", "calculate | b | B | sum_of(${a})"),
    "depth": ("E-114", "text | a | A |", f"calculate | b | B | {'(' * 5000}1{')' * 5000}"),
    "unknown question": ("E-146", "text | abc | A |", "calculate | b | B | ${abd}"),
    "unknown type": ("E-151", "text | abc | A |", "photograph_of | b | B |"),
    "no list": ("E-155", "select_one l | a | A |", "text | b | B |"),
    "two of a name": ("E-141", "text | a | A |", "text | a | B |"),
    "group without end": ("E-149", "begin group | g | G |", "text | a | A |"),
    "file that is not there": ("E-156", "select_one_from_file towns.csv | a | A |", "text | b | B |"),
    "five thousand rows": ("E-102", *(f"text | q{n} | Q |" for n in range(5001))),
}


@pytest.mark.parametrize("name", SHEETS)
def test_questionnaires_with_mistakes(office: Program, tmp_path: Path, name: str) -> None:
    code, *rows = SHEETS[name]
    lines = ["| survey |", "| | type | name | label | calculation |", *(f"| | {row} |" for row in rows)]
    path = tmp_path / "form.md"
    path.write_text("\n".join(lines), encoding="utf-8")
    done = office("questionnaire", "check", path, expect=DAMAGED)
    assert code in done.out + done.error and "E-900" not in done.error, done
    assert JAPANESE.search(done.out + done.error)


def test_the_files_of_a_questionnaire_lie_beside_it(office: Program, tmp_path: Path) -> None:
    path = tmp_path / "form.md"
    path.write_text("| survey |\n| | type | name | label |\n| | select_one_from_file towns.csv | a | A |\n")
    (tmp_path / "towns.csv").write_text("name,label\n1,大井\n", encoding="utf-8")
    assert office.json("questionnaire", "check", path)["errors"] == 0


LINES: list[tuple[list[str | bytes], int]] = [
    (["{x}", "%s"], 2),
    ([b"\xff\xfe"], 2),
    (["conflicts", "settle", "--choose", "two", "k"], 2),
    (["settings", "set", "{0}", "{1}"], REFUSED),
    (["settings", "set", "office_phone", b"\xff"], REFUSED),
    (["--person", b"\xff", "settings", "set", "office_phone", "1"], REFUSED),
    (["targets", "--survey", b"\xff"], REFUSED),
]


@pytest.mark.parametrize(("words", "exit_code"), LINES, ids=[repr(line[0]) for line in LINES])
@pytest.mark.parametrize("as_json", [False, True])
def test_nonsense_on_the_line(office: Program, words: list[str | bytes], exit_code: int, as_json: bool) -> None:
    flag = ["--json"] if as_json else []
    done = run(["--data-dir", str(office.folder), *flag, *map(os.fsdecode, words)], PASSPHRASE, exit_code)
    if as_json:
        assert done.value["error"]["code"].startswith("E-")
    else:
        said(done, "E-")


def limited(office: Program, most: int, *words: str | Path) -> subprocess.CompletedProcess[str]:
    """The program where no file can grow beyond ``most`` bytes."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    command = [sys.executable, "-m", "visitapp", "--data-dir", str(office.folder), *map(str, words)]
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", check=False, preexec_fn=limit,
        env={**os.environ, "VISITAPP_PASSPHRASE": PASSPHRASE, "LC_ALL": "C"},
    )  # fmt: skip


@pytest.mark.skipif(sys.platform == "win32", reason="needs limits on file sizes")
def test_output_that_cannot_be_written_leaves_nothing_half(office: Program, tmp_path: Path) -> None:
    """Not even the store's own log can grow here: refused before the first file."""
    done = limited(office, 4096, "export", tmp_path / "out")
    assert done.returncode == ENVIRONMENT and re.search("E-(30[5-8]|59)", done.stderr), done
    assert not (tmp_path / "out").exists() or not list((tmp_path / "out").iterdir())


@pytest.mark.skipif(sys.platform == "win32", reason="needs limits on file sizes")
def test_a_store_that_cannot_grow_keeps_what_it_has(copy: Program) -> None:
    before = contents(copy.folder)
    size = (copy.folder / "store.db").stat().st_size
    done = limited(copy, size, "import", MICRODATA)
    assert done.returncode == ENVIRONMENT and re.search("E-30[5-8]", done.stderr), done
    assert contents(copy.folder) == before


def test_no_answer_stands_in_the_clear(copy: Program, tmp_path: Path) -> None:
    """Neither names nor answers can be read from the data folder, its backups, or what is handed over."""
    copy("settings", "set", "office_phone", "03-1234-9876")
    copy("backup")
    copy("device", "invite", "--out", tmp_path / "out", "laptop-01")
    company = (MICRODATA / COMPANIES).read_text(encoding="utf-8").splitlines()[1].split(",")
    words = ["03-1234-9876", "laptop-01-secret", company[2], company[5], "staff-01"]
    for path in [*copy.folder.rglob("*"), *(tmp_path / "out").iterdir()]:
        content = path.read_bytes() if path.is_file() else b""
        for word in words:
            assert not any(word.encode(encoding) in content for encoding in ("utf-8", "utf-16-le", "cp932")), path
