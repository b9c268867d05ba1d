"""The encrypted store of one data folder: records, their change log, conflicts, backups.

The only package that knows SQL. May touch its data folder and ``db/migrations``; gets the clock handed in. Everything
that travels is written through ``Writer`` and lands in the change log in the same transaction; tables show what
follows from the log. Start reading in ``store.py`` (opening, transactions), then ``records.py`` (what is kept),
``register.py`` (how changes become what is shown) and ``writing.py`` (what people do).
"""
