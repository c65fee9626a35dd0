"""Lines of a form and what may be picked on them; no widget, no store."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from core.actions.action import Action
from core.model import Item
from core.words.categories import CATEGORIES, subcategories

OF_FILES = ("photos", "path", "file")
"""Lines that name files."""


class Choice(Struct, frozen=True):
    """One thing to pick: its value, its name, and whatever else it may be found by."""

    value: Any
    name: str
    also: tuple[str, ...] = ()


class Field(Struct, frozen=True, kw_only=True):
    """One line of a form."""

    key: str
    label: str
    value: str = ""
    choices: tuple[Choice, ...] = ()
    """Where there are any, one of them must be picked."""
    menu: bool = False
    """Whether it is a list of what may be done: the first of it stands under the cursor."""
    required: bool = False
    hint: str = ""
    offers: tuple[str, ...] = ()
    """Sentences that may be taken, or gone on from; any other is right too."""
    long: bool = False
    """Whether it is a paragraph, which wraps."""

    def shown(self, answer: Any) -> str:
        """An answer as the line would hold it."""
        if self.choices:
            return next((c.name for c in self.choices if c.value == answer), "")
        return str(answer or "")


Answers = Mapping[str, Any]
"""Text by field, or the value of the choice picked."""
Make = Callable[[Item, Answers], Action]


class Form(Struct, frozen=True):
    """A dialog: its title, its lines, and what it makes for each item."""

    title: str
    fields: tuple[Field, ...]
    make: Make | None = None
    note: str = ""
    """What should be known before the lines are filled in, such as why something is suggested."""
    hint: str = ""
    """How to go on, where the usual hint will not do."""
    verb: str = ""
    """What it is for, where it can be opened again by that alone."""
    items: tuple[int, ...] = ()
    """The items it is about."""

    @property
    def labels(self) -> dict[str, str]:
        """What its lines are called, by key."""
        return {field.key: field.label for field in self.fields}

    def with_texts(self, texts: Mapping[str, str]) -> "Form":
        """The same form with lines as they stood, right or not."""
        fields = (replace(f, value=texts.get(f.key, f.value)) for f in self.fields)
        return replace(self, fields=tuple(fields))

    def without(self, key: str) -> "Form":
        """The same form with one line left empty."""
        fields = (replace(f, value="") if f.key == key else f for f in self.fields)
        return replace(self, fields=tuple(fields))

    def with_answers(self, answers: Answers) -> "Form":
        """The same form with what was entered filled in."""
        filled = tuple(
            replace(field, value=field.shown(answers[field.key])) for field in self.fields
        )
        return replace(self, fields=filled)


def names(text: str) -> tuple[str, ...]:
    """Names joined by 、 or commas."""
    return tuple(n for n in (p.strip() for p in re.split("[、,，;；]", text)) if n)


def kind_name(category: str, subcategory: str) -> str:
    """Category and 小类 as one line."""
    return f"{category}/{subcategory}" if subcategory else category


def kinds(*current: tuple[str, str]) -> tuple[Choice, ...]:
    """Every category with each of its 小类; `current` ones too, whatever they are."""
    found = [
        Choice(kind, kind_name(*kind))
        for kind in current
        if kind[0] and kind[1] not in subcategories(kind[0])
    ]
    for category in CATEGORIES:
        found += [
            Choice((category, sub), kind_name(category, sub), (sub,))
            for sub in subcategories(category)
        ]
    return tuple(found)
