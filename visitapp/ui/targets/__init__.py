"""今日の訪問 (laptop) and 対象企業 (headquarters): what to do now, and where each company stands.

Loads through ``commands.handin.target_list``. Start reading at ``page.py``.
"""
