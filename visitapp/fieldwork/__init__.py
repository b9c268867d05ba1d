"""The work in the field: surveys, their targets, visits, answers being entered, opinions, offers; answers from files.

Reads and writes only through ``store`` and ``questionnaire``; knows no window, no SQL and no sentence (it raises codes
and returns values). Start reading at ``responses.py`` (one filled questionnaire) and ``importing.py`` (many at once).
"""
