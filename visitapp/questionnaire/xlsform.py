"""Reads an XLSForm workbook: hostile until checked, converted by pyxform, then taken over as a ``Form``.

Source of the rules: the XLSForm standard (sheets survey, choices, settings). pyxform is imported when the first
workbook is read: a laptop that only interviews never loads it.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Mapping
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Literal

from visitapp.questionnaire.findings import Finding, WorkbookError, nearest
from visitapp.questionnaire.form import Form
from visitapp.questionnaire.xform import form_from_xform

if TYPE_CHECKING:
    from pyxform.errors import PyXFormError

MAX_BYTES = 20_000_000
"""Largest workbook or attachment taken, in bytes."""
MAX_UNPACKED_BYTES = 200_000_000
"""Largest sum of the sizes inside a workbook, in bytes."""
MAX_MEMBERS = 2_000
"""Most files inside a workbook."""
MAX_QUESTIONS = 5_000
"""Most rows of a survey sheet: the largest questionnaires known have some 2,000, and reading takes 1 ms a row."""
MAX_CHOICES = 50_000
"""Most rows of a choices sheet."""
MAX_RATIO = 200
"""Largest unpacked size / packed size of a member above 1 MB; real sheets stay below 60."""

_FORMATS = {".xlsx": ".xlsx", ".xlsm": ".xlsx", ".md": ".md"}
_ROW = re.compile(r"\[row : (\d+)\]")


def read_workbook(data: bytes, name: str, attachments: Mapping[str, bytes] | None = None) -> Form:
    """The questionnaire in a workbook (.xlsx, .xlsm, or .md as pyxform writes tables in Markdown).

    ``name`` is the file's name, for the format and for messages. ``attachments`` are the CSV files the workbook
    refers to (select_one_from_file, pulldata), by file name.
    Raises WorkbookError: E-101 unreadable, E-102 too large, E-103 no survey sheet, E-104 with findings.
    """
    form, findings = _convert(data, name, attachments or {})
    if form is None:
        raise WorkbookError("E-104", findings, name=PurePath(name).name, count=len(findings))
    return form


def sheet_rows(data: bytes, name: str, sheet: Literal["survey", "choices"]) -> tuple[Mapping[str, str], ...]:
    """A sheet as rows of header -> text, headers in small letters; the first is row 2 of the sheet.

    Raises WorkbookError as ``read_workbook``.
    """
    rows: list[dict[str, str]] = getattr(_sheets(data, name), sheet) or []
    return tuple({header.lower(): text for header, text in row.items()} for row in rows)


def _convert(data: bytes, name: str, attachments: Mapping[str, bytes]) -> tuple[Form | None, tuple[Finding, ...]]:
    for attachment, content in attachments.items():
        if len(content) > MAX_BYTES:
            raise WorkbookError("E-102", name=attachment)
    sheets = _sheets(data, name)
    from pyxform.builder import create_survey_element_from_dict
    from pyxform.errors import PyXFormError
    from pyxform.xls2json import workbook_to_json

    try:
        outline: dict[str, Any] = workbook_to_json(workbook_dict=sheets, fallback_form_name=PurePath(name).stem)
        xform: str = create_survey_element_from_dict(outline).to_xml(validate=False)
        return form_from_xform(xform, outline, attachments), ()
    except WorkbookError as error:
        return None, error.findings or (Finding("error", error.code, values=error.values),)
    except PyXFormError as error:
        return None, (_finding(error, [str(row.get("name", "")) for row in sheets.survey]),)
    except Exception as error:  # whatever a broken workbook provokes in the reader is a finding, never a crash
        raise WorkbookError("E-101", name=PurePath(name).name) from error


def _sheets(data: bytes, name: str) -> Any:
    file_type = _FORMATS.get(PurePath(name).suffix.lower(), "")
    _check_size(data, name, file_type)
    from pyxform.errors import PyXFormError
    from pyxform.xls2json_backends import get_xlsform

    try:
        with warnings.catch_warnings():  # openpyxl warns of drop-downs and colours, which no questionnaire needs
            warnings.simplefilter("ignore")
            sheets = get_xlsform(xlsform=io.BytesIO(data), file_type=file_type)
    except PyXFormError as error:
        raise WorkbookError("E-104", (_finding(error, []),), name=PurePath(name).name, count=1) from error
    except Exception as error:  # openpyxl and expat have no common error for a file that is no workbook
        raise WorkbookError("E-101", name=PurePath(name).name) from error
    if not sheets.survey:
        raise WorkbookError("E-103", name=PurePath(name).name)
    if len(sheets.survey) > MAX_QUESTIONS or len(sheets.choices or ()) > MAX_CHOICES:
        raise WorkbookError("E-102", name=PurePath(name).name)
    return sheets


def _check_size(data: bytes, name: str, file_type: str) -> None:
    if not file_type:
        raise WorkbookError("E-101", name=PurePath(name).name)
    if len(data) > MAX_BYTES:
        raise WorkbookError("E-102", name=PurePath(name).name)
    if file_type != ".xlsx":
        return
    try:
        members = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise WorkbookError("E-101", name=PurePath(name).name) from error
    unpacked = sum(member.file_size for member in members)
    swollen = any(m.file_size > 1_000_000 and m.file_size > MAX_RATIO * max(m.compress_size, 1) for m in members)
    if unpacked > MAX_UNPACKED_BYTES or len(members) > MAX_MEMBERS or swollen:
        raise WorkbookError("E-102", name=PurePath(name).name)


_CODES = {
    "NAMES_001": "E-141",
    "NAMES_003": "E-141",
    "NAMES_004": "E-141",
    "NAMES_005": "E-141",
    "NAMES_006": "E-142",
    "NAMES_007": "E-143",
    "NAMES_008": "E-144",
    "NAMES_009": "E-144",
    "PYREF_001": "E-145",
    "PYREF_002": "E-145",
    "PYREF_003": "E-146",
    "PYREF_004": "E-147",
    "LABEL_001": "E-148",
    "SURVEY_001": "E-149",
    "SURVEY_002": "E-149",
    "HEADER_001": "E-150",
    "HEADER_002": "E-150",
    "HEADER_003": "E-150",
    "HEADER_004": "E-150",
}
_PLAIN = (
    (re.compile(r"Unknown question type '(?P<type>[^']*)'"), "E-151"),
    (re.compile(r"List name not in choices sheet: (?P<list>\S+)"), "E-152"),
    (re.compile(r"There should be a choices sheet"), "E-155"),
    (re.compile(r"Question or group with no name"), "E-153"),
    (re.compile(r"The survey element named '(?P<value>[^']*)' has no label or hint"), "E-154"),
)


def _finding(error: PyXFormError, names: list[str]) -> Finding:
    """The converter's error as one of ours; its own English words stay as the detail of E-140."""
    message = str(error)
    code, context = _recognised(error, message)
    row = context.pop("row", None) or next(iter(_ROW.findall(message)), None)
    values = {"value": context.get("q", context.get("name", "")), **context}
    named = context.get("sheet") or context.get("sheet_name") or ""
    sheet = str(named or ("choices" if "'choices' sheet" in message else ""))
    return Finding(
        "error",
        code,
        sheet=sheet or ("survey" if row else ""),
        row=int(str(row)) if str(row).isdigit() else None,
        column=str(context.get("column", "")),
        values={**values, "detail": message, "nearest": nearest(str(values.get("q", "")), names)},
    )


def _recognised(error: PyXFormError, message: str) -> tuple[str, dict[str, object]]:
    """Our code for the converter's error and what its message tells; some of its errors carry the message only."""
    if error.code is not None:
        known = {key: value for key, value in error.context.items() if value is not None}
        return _CODES.get(error.code.name, "E-140"), known
    from pyxform.errors import ErrorCode

    templates = [(_pattern(ErrorCode[name].value.msg), code) for name, code in _CODES.items()]
    for pattern, code in (*_PLAIN, *templates):
        if found := pattern.search(message):
            return code, dict(found.groupdict())
    return "E-140", {}


def _pattern(template: str) -> re.Pattern[str]:
    """What finds the values that were put into a message template."""
    parts = re.split(r"\{(\w+)\}", template.replace("{{", "{").replace("}}", "}"))
    source, names = "", set[str]()
    for index, part in enumerate(parts):
        if index % 2 == 0:
            source += re.escape(part)
        else:
            source += ".*?" if part in names else f"(?P<{part}>.*?)"
            names.add(part)
    return re.compile(source, re.DOTALL)
