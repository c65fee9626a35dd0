"""A register: a table that people keep by hand, and all the program must know of it, declared once.

From the declaration come adding, editing and retiring, what records point to, the sheet in and out, the
commands, the list on the board with its form, and the names of fields everywhere (docs/architecture.md).
"""

from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Any, NamedTuple

from msgspec import Struct

from core.model import Record, Role, enter
from core.registers.ground import Breach, Ground, Touched, doubles
from core.words.text import key_of


class FieldKind(StrEnum):
    """What a field holds."""

    TEXT = "text"
    NAMES = "names"
    """Several names, as a tuple."""
    FIGURE = "figure"
    """A number with a fraction."""
    COUNT = "count"
    """A whole number."""
    POINTS = "points"
    """Points, kept as hundredths."""
    DAY = "day"
    YES = "yes"
    """Yes or no."""
    REF = "ref"
    """A record of another register, by its id."""
    REFS = "refs"
    """Several of them, as a tuple."""
    TERMS = "terms"
    """How often something falls due, in words."""
    BY_NAME = "by_name"
    """One of them for each of several names, as a dictionary."""


class RegisterField(Struct, frozen=True, kw_only=True):
    """One field of a register, by one name in each language for board, sheet and help."""

    name: str
    """The attribute of the record."""
    kind: FieldKind = FieldKind.TEXT
    header: str
    """Its Chinese name, which heads its column in a sheet."""
    english: str
    """Its English name."""
    synonyms: str = ""
    """Other headers offices write for it, as `a|b`."""
    column: str = ""
    """Its key in sheets and in JSON, where that is not `name`."""
    option: str = ""
    """What commands call it, where that is not `name`."""
    of: str = ""
    """The table a REF points into."""
    words: tuple[str, ...] = ()
    """What it may say, where that is a closed list."""
    required: bool = False
    plain: bool = False
    """Whether it is a name that can stand in a list."""
    contact: bool = False
    """Whether it goes out only where it is asked for."""
    rests: bool = True
    """Whether a record in use needs what it names to be in use; what tells of the past does not."""
    kept: bool = True
    """Whether the record has it; else it is read from and written to other tables."""

    @property
    def key(self) -> str:
        """Its key in sheets and in JSON."""
        return self.column or self.name

    @property
    def called(self) -> str:
        """What commands call it."""
        return self.option or self.name

    @property
    def headers(self) -> tuple[str, ...]:
        """Every header that stands for it; the first is written."""
        return (self.header, *filter(None, self.synonyms.split("|")))


class Belonging(NamedTuple):
    """What is one unit's."""

    units: frozenset[int | None]
    """It, and those that have gone into it."""
    zones: frozenset[int]
    """Where it has a duty, or had one."""


Told = Callable[[Any, Belonging], bool]
"""Whether a unit is told of a record."""


def to_everybody(_record: Any, _belonging: Belonging) -> bool:
    """What is the same for everybody; its history, which may name others, is told nobody but the office."""
    return True


Sound = Callable[[Ground, Touched], Iterator[Breach]]


class Register(Struct, frozen=True, kw_only=True):
    """One register."""

    table: str
    noun: str
    """The word for one of it in commands and in the history: add_unit."""
    record: type[Record]
    chinese: str
    """What it is called."""
    english: str
    """What one of it is called, in English."""
    several: str = ""
    """What several are called, in English, where an s behind will not do."""
    letter: str = ""
    """The key that goes to its list in the menu of places."""
    keepers: tuple[Role, ...]
    named_by: tuple[str, ...]
    """Fields by which people name one record; the first that is filled stands for it, all of them where `whole`."""
    whole: bool = False
    """Whether a record is known by all fields of `named_by` together, and called by its id."""
    closed: str = ""
    """Why it is not added to, edited, listed on the board and read from sheets like the others; empty where it is."""
    numbered: str = ""
    """The Chinese name of its id, where people call a record by that."""
    fields: tuple[RegisterField, ...]
    inside: Callable[[Any], Iterator[tuple[str, str, int | None]]] | None = None
    """What parts of a record name: column, table and id of each; history, which needs nothing to be in use."""
    told: Told | None = None
    """Of which records, and of their history, a liaison is told who sees only their unit's (docs/gate.md 5); without
    one, of none."""
    sound: Sound | None = None
    """What must hold of it; without one, that of two in use none has the key of the other. What its records point
    to is the same for all."""

    @property
    def of_unit(self) -> bool:
        """Whether a unit is told of what is its own."""
        return self.told not in (None, to_everybody)

    def field(self, name: str) -> RegisterField:
        """The field of an attribute."""
        return next(field for field in self.fields if field.name == name)

    @property
    def plural(self) -> str:
        """What several are called, in English."""
        return self.several or f"{self.english}s"

    @property
    def headers(self) -> dict[str, str]:
        """Headers by field of its sheet, as `a|b`; the first is the one written."""
        found = {"code": self.numbered} if self.numbered else {}
        return found | {field.key: "|".join(field.headers) for field in self.fields}

    def label(self, record: Record) -> str:
        """What people call a record."""
        values = (getattr(record, name) for name in self.named_by)
        texts = [value for value in values if isinstance(value, str) and value]
        return ("/" if self.whole else " ").join(texts) or str(record.id)

    def key_of(self, record: Record) -> tuple[object, ...]:
        """What a record is known by, however it is spaced or written."""
        return folded(tuple(getattr(record, name) or "" for name in self.named_by))

    def faults(self, ground: Ground, touched: Touched) -> Iterator[Breach]:
        """What does not hold of it."""
        return self.sound(ground, touched) if self.sound else self._doubles(ground, touched)

    def _doubles(self, ground: Ground, touched: Touched) -> Iterator[Breach]:
        live = [record for record in ground.all(self.record) if getattr(record, "active", True)]
        for _key, record, other in doubles(live, lambda r: (self.key_of(r),), touched):
            fields = {"table": self.table, "value": self.label(other), "active": True}
            yield Breach("taken", self.table, record.id, fields)

    def named_in(self, record: Record) -> Iterator[tuple[str, int]]:
        """Table and id of what a record of it needs to be in use; what is only remembered by a name needs nothing."""
        for field in self.fields:
            needed = field.kind in (FieldKind.REF, FieldKind.REFS) and field.kept and field.rests
            value = getattr(record, field.name) if needed else None
            for key in value if isinstance(value, tuple) else (value,):
                if key is not None:
                    yield field.of, key

    def pointers(self, record: Record) -> Iterator[tuple[str, str, int | None]]:
        """The records one record names: column, table and id of each."""
        for field in self.fields:
            if field.kind == FieldKind.REF and field.kept:
                yield field.key, field.of, getattr(record, field.name)
            elif field.kind == FieldKind.REFS and field.kept:
                for key in getattr(record, field.name):
                    yield field.key, field.of, key
            elif field.kind == FieldKind.BY_NAME:
                for key in getattr(record, field.name).values():
                    yield field.key, field.of, key
        if hasattr(record, "into"):
            yield "into", self.table, record.into
        if self.inside is not None:
            yield from self.inside(record)


def folded(values: tuple[object, ...]) -> tuple[object, ...]:
    """Values of which texts are the same however they are spaced or written."""
    return tuple(key_of(value) if isinstance(value, str) else value for value in values)


REGISTERS: dict[str, Register] = {}
"""Every register, by its table."""


def by_hand() -> list[Register]:
    """The registers that people add to, edit and keep in sheets."""
    return [register for register in REGISTERS.values() if not register.closed]


def declare(register: Register) -> None:
    """Have a register: its table is kept, its commands, forms and lists are there."""
    REGISTERS[register.table] = register
    enter(register.table, register.record)
