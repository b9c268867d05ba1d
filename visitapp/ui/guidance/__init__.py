"""施策の案内: the programmes that fit this company, why, and the leaflet that is left there.

May touch: what the screens of a visit share (``ui.visit``), ``commands.leaflets``. Start reading at ``facts.py`` (what
a card says; no Qt), then ``page.py``.
"""
