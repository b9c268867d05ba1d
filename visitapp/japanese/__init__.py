"""What is peculiar to writing Japanese: eras, 法人番号, 郵便番号, 商号, フリガナ order, full-width digits.

Pure: touches no file, no clock, no database. Start reading in ``wareki.py`` (years and dates) and ``company_name.py``
(searching).
"""
