"""What the store refuses, as fields and never as a sentence."""

from typing import Any


class StoreError(Exception):
    """Base of everything this package raises; `code` names it, `fields` say what it is about."""

    def __init__(self, code: str, **fields: Any) -> None:
        super().__init__(code)
        self.code = code
        self.fields = fields


class NoStore(StoreError):
    """There is no store here, or only the remains of one."""


class Damaged(StoreError):
    """The store cannot be read whole; nothing is written to it until a person decides."""


class Busy(StoreError):
    """Someone else has held the lock longer than the bound."""


class NotSaved(StoreError):
    """The change was not saved; what was there before is untouched."""


class FileRefused(StoreError):
    """A file that cannot be read or written as asked; the store is untouched."""
