"""回答: the room in which a questionnaire is filled in while the owner talks.

May touch: the parts of the window all screens share, an open response (``session.py`` is the only module here that
acts on it), the texts. Start reading at ``page.py``; what is asked and how it hangs together is in ``structure.py``,
one question on the screen in ``card.py``.
"""
