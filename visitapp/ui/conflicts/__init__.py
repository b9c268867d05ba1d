"""競合: two values of which neither writer knew the other; a person decides with all that is known.

Start reading at ``page.py``. What is known comes from ``commands.cases``; deciding is ``commands.conflicts``.
"""
