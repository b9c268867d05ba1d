"""受渡: hand in, take back, know where things are. One big button does all that can be done now.

Uses ``commands.handin``. Start reading at ``page.py``.
"""
