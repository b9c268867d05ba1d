"""Figures that leave the program: tidy CSV for machines, an Excel workbook in the report's notation for people.

May use tabulation and i18n; openpyxl is imported when the first workbook is written. Start reading in ``tidy.py`` and
``workbook.py``; ``notation.py`` has the words around a table, which window and paper may use too.
"""
