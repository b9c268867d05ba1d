"""Hand-over between a laptop and headquarters: what travels, how it is protected, and the proof that it arrived.

A laptop packs all its changes that headquarters has not yet receipted. Headquarters checks everything before the first
write, takes them in within one transaction and answers with a return package, which is receipt and news in one.
Doubled, shuffled and lost packages heal, because what is not receipted is packed again. May touch: the store and the
files it is given; no Qt, no texts. Start reading at ``package.py`` (the format), then ``handin.py``, ``inbox.py``.
"""
