"""集計表: from a question to the printed table, its chart, the responses behind a cell, and files made of it.

Start reading at ``page.py``. Counting is ``tabulation``, words around a table ``exports.notation``.
"""
