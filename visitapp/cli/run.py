"""One line in, one outcome out: reads the arguments, does the command, says what happened."""

from __future__ import annotations

import io
import json
import os
import sys
import tempfile
import traceback
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from unicodedata import category

from visitapp.cli.outcome import BUG, DAMAGED, DONE, ENVIRONMENT, INTERRUPTED, REFUSED, USAGE, Outcome
from visitapp.cli.parser import UsageError, build_parser
from visitapp.cli.session import Session
from visitapp.cli.words import speaking
from visitapp.errors import AnswerRefused, DamagedData, EnvironmentProblem, NotNow, VisitappError
from visitapp.i18n import error_text, tr, use_language
from visitapp.i18n.catalogue import LANGUAGES

OpenWindow = Callable[[Path, str | None], int]
"""Opens the window on a data folder, with the passphrase if one was given; returns the exit code."""

LANGUAGE_VARIABLE = "VISITAPP_LANGUAGE"
_CODES: tuple[tuple[type[VisitappError], int], ...] = (
    (AnswerRefused, REFUSED),
    (NotNow, REFUSED),
    (EnvironmentProblem, ENVIRONMENT),
    (DamagedData, DAMAGED),
)


def run(line: Sequence[str], open_window: OpenWindow) -> int:
    """Do what the line says; returns the exit code (see ``outcome``). Without a command the window opens."""
    _write_utf8()
    use_language(_language(line))
    as_json = "--json" in line
    with speaking():
        try:
            arguments = build_parser().parse_args(list(line))
        except UsageError as error:
            _say_usage(error, as_json)
            return USAGE
        except SystemExit:
            return DONE  # --help has been printed
    session = Session(arguments.data_dir, arguments.passphrase_file, arguments.person)
    try:
        if arguments.act is None:
            return open_window(session.folder, session.given_passphrase())
        outcome: Outcome = arguments.act(session, arguments)
        _say(outcome, arguments.command, as_json)
        return outcome.code
    except VisitappError as error:
        _say_error(error, arguments.command, as_json)
        return exit_code(error)
    except BrokenPipeError:
        # The reader of our output left (head, less): nothing to say to it any more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception:  # the one place where a bug becomes a report instead of a traceback
        _say_bug(arguments.command, as_json)
        return BUG
    finally:
        session.close()


def exit_code(error: VisitappError) -> int:
    """The exit code of an expected error."""
    return next((code for kind, code in _CODES if isinstance(error, kind)), REFUSED)


def _language(line: Sequence[str]) -> str:
    """As the line says, else the variable, else Japanese: needed before the line can be read."""
    wanted = os.environ.get(LANGUAGE_VARIABLE, "ja")
    for position, word in enumerate(line):
        if word.startswith("--language="):
            wanted = word.partition("=")[2]
        elif word == "--language" and position + 1 < len(line):
            wanted = line[position + 1]
    return wanted if wanted in LANGUAGES else "ja"


def _write_utf8() -> None:
    """Japanese must leave the program whole whatever the console's own encoding is, and bytes that are no text too."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _say(outcome: Outcome, command: str, as_json: bool) -> None:
    if as_json:
        _print_json({"ok": outcome.code == DONE, "command": command, "result": outcome.result})
    else:
        for text in outcome.lines:
            print(_harmless(text))
    sys.stdout.flush()


def _harmless(text: str) -> str:
    """Names come from elsewhere: none may break a line in two or command the terminal."""
    return "".join(" " if category(sign) == "Cc" and sign != "\t" else sign for sign in text)


def _print_json(value: Mapping[str, object]) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


def _say_usage(error: UsageError, as_json: bool) -> None:
    if as_json:
        _print_json({"ok": False, "command": None, "error": {"code": "E-702", "text": error.message}})
        return
    print(error.usage, file=sys.stderr, end="")
    print(error_text(VisitappError("E-702", message=error.message)), file=sys.stderr)


def _say_error(error: VisitappError, command: str | None, as_json: bool) -> None:
    details = [_detail(problem) for problem in getattr(error, "problems", ()) if isinstance(problem, VisitappError)]
    details += [_finding(finding) for finding in getattr(error, "findings", ())]
    if as_json:
        told = {"code": error.code, "text": error_text(error), "details": details}
        _print_json({"ok": False, "command": command, "error": told})
        return
    for text in (error_text(error), *(f"  {_place(detail)}{detail['text']}" for detail in details)):
        print(_harmless(text), file=sys.stderr)


def _place(detail: Mapping[str, object]) -> str:
    """Where in a workbook; the texts of other errors say the place themselves."""
    parts = [str(detail[name]) for name in ("sheet", "row", "column") if "path" in detail and detail.get(name)]
    return f"{':'.join(parts)}\t" if parts else ""


def _detail(problem: VisitappError) -> dict[str, object]:
    return {"code": problem.code, "text": error_text(problem), **{k: str(v) for k, v in problem.values.items()}}


def _finding(finding: object) -> dict[str, object]:
    from visitapp.questionnaire.findings import Finding

    assert isinstance(finding, Finding)
    text = error_text(VisitappError(finding.code, **finding.values))
    place = {"sheet": finding.sheet, "row": finding.row, "column": finding.column, "path": finding.path}
    return {"severity": finding.severity, "code": finding.code, **place, "text": text}


def _say_bug(command: str | None, as_json: bool) -> None:
    """Keep a report (program text only, no data) and say where it is."""
    path = Path(tempfile.gettempdir()) / f"visitapp-report-{datetime.now().astimezone():%Y%m%dT%H%M%S%f}.txt"
    path.write_text(f"visitapp {command}\n{traceback.format_exc()}", encoding="utf-8")
    text = error_text(VisitappError("E-900"))
    if as_json:
        _print_json({"ok": False, "command": command, "error": {"code": "E-900", "text": text, "report": str(path)}})
        return
    print(text, file=sys.stderr)
    print(tr("報告ファイル: {path}", path=path), file=sys.stderr)
