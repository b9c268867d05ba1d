"""Before the desk: first run (role, passphrase, enrolment) and unlocking. Shows no company, no answer, no visitor.

Start reading at ``screen.py``.
"""
