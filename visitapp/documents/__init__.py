"""Paper: PDF pages set with ReportLab, after the rules of docs/print.md. Nobody else reaches ReportLab.

Every page is measured in mm from its upper left corner, type in pt. A document is laid out whole before the first
byte, so that page x／y is known; the same input gives the same bytes. May touch: shipped fonts, ``programmes``. Start
reading at ``leaflet/__init__.py``.
"""
