"""From final responses to tables: columns of answers, counts and bases, one-way, series and cross tables.

Start reading in ``definitions.py`` (what a table shows, as data), then ``columns.py`` (the answers of many responses as
sets), ``counting.py`` (definition + columns -> ``Table``) and ``reading.py`` (columns from the store). Only reads. May
use store, questionnaire and the shipped resources; knows no texts but those of questionnaires and definitions.
"""
