"""The components of the window (ui/README section 4), painted and styled from the tokens.

They know no screen, no store and no command: they take values and emit signals. Start reading at ``basics.py``.
"""
