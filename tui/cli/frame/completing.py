"""What the shell completes: names and words of the store."""

from collections.abc import Callable, Iterable
from typing import Any

from core.errors import RuleError
from core.finding.terms import FLAGS
from core.model import OPEN_STATES, State
from core.registers import Register
from core.words.categories import CATEGORIES


def from_store(read: Callable[[Any], Iterable[str]]) -> Callable[[str], list[str]]:
    """Completion that reads names from the store, and nothing where there is none."""

    def complete(incomplete: str) -> list[str]:
        from store.errors import StoreError
        from store.history.repository import Repository
        from tui.whereabouts import store_path

        try:
            repository = Repository(store_path(None))
        except (StoreError, RuleError):
            return []
        try:
            return [w for w in read(repository.town) if w.startswith(incomplete)]
        finally:
            repository.close()

    return complete


def of_words(words: Iterable[str]) -> Callable[[str], list[str]]:
    """Completion from a list of words."""
    choices = list(words)

    def complete(incomplete: str) -> list[str]:
        return [w for w in choices if w.startswith(incomplete)]

    return complete


def complete_records(register: Register) -> Callable[[str], list[str]]:
    """Completion of the records of a register that are in use, by what they are called."""
    name = register.named_by[0]
    return from_store(
        lambda town: [
            str(getattr(record, name))
            for record in town.tables[register.table].values()
            if getattr(record, "active", True)
        ]
    )


def _query_words(town: Any) -> list[str]:
    return [
        *(f"state:{s}" for s in State if s in OPEN_STATES or s == State.CLOSED),
        *(f"unit:{u.name}" for u in town.units.values() if u.active),
        *(f"zone:{z.code}" for z in town.zones.values() if z.active),
        *(f"cat:{c}" for c in CATEGORIES),
        *(flag for flag in FLAGS if flag.isascii()),
        "due:today",
    ]
