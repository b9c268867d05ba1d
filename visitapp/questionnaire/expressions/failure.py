"""What can be wrong with an expression."""

from __future__ import annotations

from visitapp.errors import DamagedData


class ExpressionError(DamagedData):
    """An expression that cannot be read (E-11x) or, for these values, not evaluated (E-12x).

    =====  ===========================================================================================
    code   values
    =====  ===========================================================================================
    E-110  syntax: ``position`` (1 = first character), ``found`` (the text there, "" at the end)
    E-111  a full-width operator, digit or quote: ``position``, ``character``, ``replacement``
    E-112  unknown function: ``name``, ``position``
    E-113  wrong number of arguments: ``name``, ``position``, ``given``, ``expected`` ("2", "1-3", "1-")
    E-114  nested too deeply: ``limit``
    E-115  a text literal without its closing quote: ``position``
    E-116  a secondary instance that is no XML: ``reason``
    E-117  a pattern of regex() that cannot be used: ``pattern``, ``position``
    E-120  an argument that must be nodes is none: ``name``
    E-121  a text that must be a date is none: ``text``
    E-122  a text that must be places is none: ``text``
    E-123  an undeclared namespace prefix: ``prefix``
    E-124  today() or now() where no clock was given
    E-125  a value that the function cannot use: ``name``, ``text``
    E-126  a pattern of regex() that takes too long for this text: ``pattern``
    =====  ===========================================================================================

    All E-110 to E-115 and E-117 also carry ``expression``, the whole source.
    """
