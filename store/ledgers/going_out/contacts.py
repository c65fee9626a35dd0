"""Mobile numbers, which go out only where they are asked for."""

from itertools import chain
from operator import ne

from core.ledger.record import TYPES, FieldType, FieldValues
from core.words.text import has_phone, without_phones


def without_contacts(columns: FieldValues) -> tuple[FieldValues, int]:
    """Fields without mobile numbers, and how many there were."""
    found, count = dict(columns), 0
    for key, values in columns.items():
        kind = TYPES.get(key)
        if kind not in (FieldType.TEXT, FieldType.LIST):
            continue
        texts = filter(None, values) if kind is FieldType.TEXT else chain.from_iterable(values)
        if has_phone("\n".join(texts)):  # one look at all of them: nearly always there is none
            found[key] = [_without_phones(value) if value else value for value in values]
            count += sum(map(ne, found[key], values))
    return found, count


def _without_phones(value: str | list[str]) -> str | list[str]:
    return without_phones(value) if isinstance(value, str) else list(map(without_phones, value))
