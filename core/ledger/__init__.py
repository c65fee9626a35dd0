"""Incoming ledger rows against the town: what each would do, what is matched, what is in doubt.

An ordinary import reports, accepts, assigns and submits as far as a row carries what each step
needs; it never closes anything (docs/domain.md 8).
"""
