"""The exchange format as data: which files a folder holds and which columns they have.

Source: report/microdata/README.md. Further columns that the format lacks and our own export adds only when they say
something: ``status`` (途中 beside 確定), the opinions' follow-up, and the other questions of the questionnaire by name.
"""

from __future__ import annotations

COMPANY_ID, RESPONSE_ID, SHEET_ID, OPINION_ID = "company_id", "response_id", "sheet_id", "opinion_id"

COMPANY_TEXTS = ("corporate_number", "name", "kana", "postal_code", "address", "phone", "industry")
COMPANY_NUMBERS = {"founded_year": (500, 2200), "employees": (0, 10**8), "capital_yen": (0, 10**15)}
"""With the least and the largest value that can be meant: what lies outside is a slip of the pen or of a column."""
COMPANY_COLUMNS = (
    COMPANY_ID, "corporate_number", "name", "kana", "postal_code", "address", "phone",
    "founded_year", "employees", "capital_yen", "industry",
)  # fmt: skip

RESPONSE_COLUMNS = (
    RESPONSE_ID, COMPANY_ID, "mode", "visit_date", "received_date", "visitor_code", "device_code", "respondent",
    "status",
)  # fmt: skip
MODES = ("訪問", "郵送")
FINAL, DRAFT = "確定", "途中"

SHEET_COLUMNS = (SHEET_ID, RESPONSE_ID, COMPANY_ID, "sheet_no")
SHEETS_FILE = "responses_programme.csv"
SHEETS_SURVEY, SHEETS_REPEAT = "visit", "sheets"
"""The one file of repeat rows: which survey and which repeat of its questionnaire it fills."""

OPINION_COLUMNS = (
    OPINION_ID, RESPONSE_ID, COMPANY_ID, "seq", "source_opinion_id", "category", "text",
    "said_at", "follow_up", "due_on",
)  # fmt: skip
FOLLOW_UPS = ("none", "open", "done")

EXTRA_COMPANIES = "companies_extra.csv"
"""Companies that belong to no survey."""

IMPLIED = {"V2-5": "V2-5h"}
"""A filled question -> the yes/no question the format does not have, which must then have been はい."""
IMPLIED_YES = "1"


def companies_file(key: str) -> str:
    """The register of a survey."""
    return f"companies_{key}.csv"


def responses_file(key: str) -> str:
    """The responses of a survey."""
    return f"responses_{key}.csv"


def opinions_file(key: str) -> str:
    """The opinions of a survey."""
    return f"opinions_{key}.csv"
