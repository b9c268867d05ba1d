"""The expression language of questionnaires: XPath 1.0 with the ODK XForms functions.

``compile_expression(text)`` reads an expression once; the result is evaluated against a ``Context`` (a node of the
answers' tree and an ``Environment``). Pure: no file, no clock. Start reading in ``expression.py``, then ``parser.py``
(text to data), ``syntax.py`` (that data), ``compiler.py`` (data to closures), ``functions_*.py``.
"""

from visitapp.questionnaire.expressions.environment import Context, Environment
from visitapp.questionnaire.expressions.expression import Expression, compile_expression
from visitapp.questionnaire.expressions.failure import ExpressionError
from visitapp.questionnaire.expressions.nodes import Document, Element, parse_document, parse_element
from visitapp.questionnaire.expressions.values import Value

__all__ = [
    "Context",
    "Document",
    "Element",
    "Environment",
    "Expression",
    "ExpressionError",
    "Value",
    "compile_expression",
    "parse_document",
    "parse_element",
]
