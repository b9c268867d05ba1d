"""What 今日の訪問 and 企業 share: one company's file as a value, its short form, and the dialogs that write into it.

Loads on the worker through ``fieldwork``; screens show the values. Start reading at ``company_file.py``.
"""
