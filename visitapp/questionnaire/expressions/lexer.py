"""Text of an expression to tokens (XPath 1.0 section 3.7), refusing full-width characters by name."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from visitapp.questionnaire.expressions.failure import ExpressionError

_NAME = r"[^\W\d][\w.\-\u00b7\u0300-\u036f\u3099\u309a\u30fb]*"

_TOKEN = re.compile(
    rf"""
      (?P<space>[ \t\r\n]+)
    | (?P<number>(?:[0-9]+(?:[.][0-9]*)?|[.][0-9]+)(?:[eE][+-][0-9]+)?)
    | (?P<literal>"[^"]*"|'[^']*')
    | (?P<axis>{_NAME}(?=[ \t\r\n]*::))
    | (?P<name>{_NAME}(?::(?!:)(?:{_NAME}|[*]))?)
    | (?P<symbol>//|::|\.\.|!=|<=|>=|[()\[\]@,/|+\-=<>*.])
    """,
    re.VERBOSE,
)
_WORD_OPERATOR = re.compile(r"and|or|div|mod")

OPERATORS = frozenset({"and", "or", "div", "mod", "*", "+", "-", "=", "!=", "<", "<=", ">", ">=", "|"})
_BEFORE_OPERAND = OPERATORS | {"@", "::", "(", "[", ",", "/", "//"}

FULL_WIDTH = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {
    "　": " ",
    "“": '"',
    "”": '"',
    "‘": "'",
    "’": "'",
    "「": "'",
    "」": "'",
    "×": "*",
    "÷": "div",
    "−": "-",
    "≠": "!=",
    "≦": "<=",
    "≧": ">=",
    "≤": "<=",
    "≥": ">=",
}
"""A character that is meant as, and must be written as, another."""


@dataclass(frozen=True, slots=True)
class Token:
    """``kind``: number, literal, name, axis, operator, symbol or end. ``position``: 1 = first character."""

    kind: str
    text: str
    position: int


def tokenize(source: str) -> list[Token]:
    """The tokens of ``source``, the last one of kind "end". Raises ExpressionError (E-110, E-111, E-115)."""
    tokens: list[Token] = []
    position = 0
    while position < len(source):
        operand = not tokens or tokens[-1].kind == "operator" or tokens[-1].text in _BEFORE_OPERAND
        if tokens and tokens[-1].kind in ("literal", "name"):
            operand = False
        match = None if operand else _WORD_OPERATOR.match(source, position)
        if match is not None:
            tokens.append(Token("operator", match[0], position + 1))
        else:
            match = _TOKEN.match(source, position)
            if match is None:
                raise unreadable(source, position)
            _add(tokens, match, operand)
        position = match.end()
    tokens.append(Token("end", "", len(source) + 1))
    return tokens


def _add(tokens: list[Token], match: re.Match[str], operand: bool) -> None:
    kind = match.lastgroup
    text = match[0]
    if kind == "space":
        return
    if kind == "symbol" and text in OPERATORS and not (text == "*" and operand):
        kind = "operator"
    elif kind == "symbol" and text == "*":
        kind = "name"
    elif kind == "name" and not operand and unicodedata.normalize("NFKC", text) != text:
        _refuse_wide_operator(match)
    tokens.append(Token(kind or "", text, match.start() + 1))


def _refuse_wide_operator(match: re.Match[str]) -> None:
    """``ａｎｄ`` where an operator must stand."""
    meant = unicodedata.normalize("NFKC", match[0])
    if _WORD_OPERATOR.fullmatch(meant):
        raise ExpressionError(
            "E-111", expression=match.string, position=match.start() + 1, character=match[0], replacement=meant
        )


def unreadable(source: str, position: int) -> ExpressionError:
    """The error for the character at ``position`` (0 = first), which starts no token."""
    character = source[position]
    place: dict[str, object] = {"expression": source, "position": position + 1}
    meant = FULL_WIDTH.get(character)
    if meant is None and character.isdecimal():
        meant = str(unicodedata.decimal(character))
    if meant is not None:
        return ExpressionError("E-111", character=character, replacement=meant, **place)
    if character in "\"'":
        return ExpressionError("E-115", **place)
    return ExpressionError("E-110", found=source[position : position + 10], **place)
