"""Ledgers as files: which sheet, which row is the header, which cell is which field, and back."""

from store.ledgers.coming_in.reading import Ledger, Passed, read_ledger, read_table
from store.ledgers.formats import Format, format_of
from store.ledgers.going_out.blank import blank_ledger
from store.ledgers.going_out.doubtful import doubtful_ledger
from store.ledgers.going_out.standard import safe_name, standard_ledger
from store.ledgers.going_out.writing import write_records, write_rows

__all__ = [
    "Format",
    "Ledger",
    "Passed",
    "blank_ledger",
    "doubtful_ledger",
    "format_of",
    "read_ledger",
    "read_table",
    "safe_name",
    "standard_ledger",
    "write_records",
    "write_rows",
]
