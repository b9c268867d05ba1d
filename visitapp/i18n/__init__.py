"""Texts, numbers and dates in the reader's language.

Japanese is the source: ``tr("保存済み")`` is its own Japanese text; ``resources/locale/en.po`` (Babel) holds the English
one. The text of every error code is in ``resources/locale/errors.tsv``. May touch: the shipped resources. Start
reading at ``catalogue.py``.
"""

from visitapp.i18n.catalogue import error_text, in_language, language, tr, use_language

__all__ = ["error_text", "in_language", "language", "tr", "use_language"]
