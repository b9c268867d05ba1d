"""企業: one company's file at full width: facts, visits, answers by survey, offers, opinions, history.

Start reading at ``page.py``.
"""
