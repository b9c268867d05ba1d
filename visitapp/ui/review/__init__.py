"""確認・確定: what is still open in a response, the facts of the visit, and the finalising of it.

May touch: what the screens of a visit share (``ui.visit``), the fieldwork commands through the session. Start reading
at ``findings.py`` (what is open; no Qt), then ``page.py``.
"""
