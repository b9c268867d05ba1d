"""端末: laptops of the office; enrolling one by a file and a code told apart from it.

Start reading at ``page.py``.
"""
