"""What the three screens of a visit share: the open response, its structure, the marks of states, head and foot.

May touch: the open response of ``fieldwork`` through ``session.py``, the widgets all screens share. The screens 回答,
施策の案内 and 確認・確定 import this package and never each other. Start reading at ``session.py``.
"""
