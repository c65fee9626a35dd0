"""Lists that come in: rows of sheets as actions, for the command line and the board alike.

A ledger of problems is none of them: `core.ledger` reads those.
"""
