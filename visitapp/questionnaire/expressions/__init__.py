"""The expression language of questionnaires: XPath 1.0 with the ODK XForms functions.

``compile_expression(text)`` reads an expression once; the result is evaluated against a ``Context`` (a node of the
answers' tree and an ``Environment``). Pure: no file, no clock. Start reading in ``expression.py``, then ``parser.py``
(text to data), ``syntax.py`` (that data), ``compiler.py`` (data to closures), ``functions_*.py``.
"""
