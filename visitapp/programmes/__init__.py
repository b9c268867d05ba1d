"""Support programmes: the catalogue of a fiscal year, and which of them fit a company, with reasons.

Catalogue, links from answers to programmes and conditions are data (``resources/programmes``, or Programme records of
a store); the matching is a pure function. May touch: the shipped catalogue files, ``store.records``. Start reading at
``recommend.py``.
"""

from visitapp.programmes.catalogue import (
    Catalogue,
    Condition,
    Entry,
    Rule,
    catalogue_from,
    load_catalogue,
    over_budget,
    to_fields,
)
from visitapp.programmes.offer import Cap, Facts, Reason, Recommendation, Share
from visitapp.programmes.recommend import CompanyFacts, assess, chosen_labels, recommend

__all__ = [
    "Cap",
    "Catalogue",
    "CompanyFacts",
    "Condition",
    "Entry",
    "Facts",
    "Reason",
    "Recommendation",
    "Rule",
    "Share",
    "assess",
    "catalogue_from",
    "chosen_labels",
    "load_catalogue",
    "over_budget",
    "recommend",
    "to_fields",
]
