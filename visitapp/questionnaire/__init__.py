"""Questionnaires and interviews as pure values: no file, clock, database or window is touched here.

A workbook in the XLSForm standard becomes an immutable ``Form`` (``xlsform``), is checked (``lint``), stored as JSON
(``definition``) and answered (``interview``); ``expressions`` evaluates the XPath of the ODK XForms specification.
Only ``visitapp.errors`` is imported; what happens comes back as values and codes, never as sentences.
Start reading at ``form.py`` (what a questionnaire is), then ``answers.py`` and ``interview.py``.
"""
