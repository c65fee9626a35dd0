"""Names and sentences: what codes of `core` and `store` are called in the language in use."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from core.errors import Refusal, RuleError
from core.model import (
    Channel,
    DocumentKind,
    DocumentState,
    Item,
    RequestKind,
    Role,
    RoundState,
    State,
)
from core.registers import REGISTERS, Register, RegisterField
from core.words.categories import CATEGORIES
from core.words.dates import iso
from store.errors import StoreError
from tui.terminal.display import shown
from tui.words.declared import column_label, noun_of, own_label, register_label
from tui.words.i18n import CHINESE, N_, _, chinese, language
from tui.words.names import (
    CHANNELS,
    FIELDS,
    QUEUE_NAMES,
    RESTING,
    ROLES,
    STATES,
    TABLE_NAMES,
    VERBS,
    WORDS,
)
from tui.words.os_words import OS_WORDS
from tui.words.papers import DOCUMENT_KINDS, DOCUMENT_STATES
from tui.words.rounds.names import ROUND_STATES, SCHEME_WORDS

C = TypeVar("C", bound=str)

LONGEST_QUOTE = 60


def code_called(word: str, names: Mapping[C, str]) -> C | None:
    """The code a word names: itself, or what it is called in the language in use or in Chinese."""
    return next((c for c, name in names.items() if word in (c, _(name), chinese(name))), None)


def name_of(key: str) -> str:
    """What a field is called."""
    return _(FIELDS[key]) if key in FIELDS else column_label(key)


def field_label(each: RegisterField) -> str:
    """What a field of a register is called."""
    return own_label(each)


def column_name(register: Register, key: str) -> str:
    """What a column of a register is called, on the board, in lists and in its sheet."""
    return register_label(register, key) or name_of(key)


def word_names(table: str, column: str) -> Mapping[Any, str]:
    """What the words of a column are called, by word; empty where they speak for themselves."""
    return WORDS.get((table, column), {})


def word_called(register: Register, each: RegisterField, text: str) -> str:
    """The word of a column that a text names, by its code or by what it is called; the text itself where none does."""
    found: str | None = code_called(text, word_names(register.table, each.key))
    return found or text


def word_name(table: str, column: str, word: str) -> str:
    """What one word of a column is called."""
    names = word_names(table, column)
    return _(names[word]) if word in names else word


def queue_name(code: str) -> str:
    """A queue of the morning."""
    return _(QUEUE_NAMES[code])


def shows_name(shows: str) -> str:
    """Whether a photo is from before or after."""
    return _("before") if shows == "before" else _("after")


def state_name(state: State | str) -> str:
    """What a state is called."""
    return _(STATES[State(state)])


_KEEPING = {"add": N_("add {one}"), "edit": N_("edit {one}")}
"""Verbs every register has."""


def verb_name(verb: str) -> str:
    """What a verb is called."""
    if verb in VERBS:
        return _(VERBS[verb])
    step, _line, noun = verb.partition("_")
    register = next((r for r in REGISTERS.values() if r.noun == noun), None)
    if register is None or step not in _KEEPING:
        return verb
    return _(_KEEPING[step]).format(one=noun_of(register))


def role_name(role: str) -> str:
    """What a role is called."""
    return _(ROLES[Role(role)]) if role in tuple(Role) else role


def channel_name(channel: Channel) -> str:
    """What a channel is called."""
    return _(CHANNELS[channel])


def quote(text: Any) -> str:
    """Outside text inside a sentence: safe to show, and not long."""
    line = shown(str(text))
    return line if len(line) <= LONGEST_QUOTE else line[: LONGEST_QUOTE - 1] + "…"


def table_name(table: str) -> str:
    """What one record of a table of the store is called."""
    if table in REGISTERS:
        return noun_of(REGISTERS[table])
    return _(TABLE_NAMES.get(table, table))


def listed(words: Iterable[str]) -> str:
    """Words as a list."""
    return ("、" if language() == CHINESE else ", ").join(words)


_CODES: dict[type[StrEnum], Mapping[Any, str]] = {
    Role: ROLES,
    DocumentState: DOCUMENT_STATES,
    DocumentKind: DOCUMENT_KINDS,
    RoundState: ROUND_STATES,
    Channel: CHANNELS,
    RequestKind: VERBS,
}


def _word_of(value: StrEnum) -> str:
    """What a code is called."""
    names = _CODES.get(type(value), {})
    return _(names[value]) if value in names else ""


def _columns(keys: Sequence[str]) -> str:
    """Columns by the names their reader knows: headers in Chinese, keys in English."""
    if language() != CHINESE:
        return listed(keys)
    from store.ledgers.headers import ASKED_HEADERS, HEADERS  # only where one was mistyped

    return listed((HEADERS | ASKED_HEADERS).get(key, key) for key in keys)


def value_said(name: str, value: Any) -> str:
    """A field of a refusal as words."""
    if isinstance(value, StrEnum) and (word := _word_of(value)):
        return word
    if name == "value" and value == "":
        return "“”" if language() == CHINESE else '""'
    if name == "expected" and value and set(value) <= SCHEME_WORDS.keys():
        return listed(_(SCHEME_WORDS[word]) for word in value)
    if name == "expected" and isinstance(value, tuple) and value and set(value) <= FIELDS.keys():
        return _columns(value)
    if isinstance(value, State) or (name == "state" and value in tuple(State)):
        return state_name(value)
    if name == "sources" or (isinstance(value, tuple) and value and isinstance(value[0], State)):
        return listed(state_name(v) for v in value)
    if name == "roles":
        return listed(role_name(role) for role in value)
    if name in ("fields", "missing"):
        return listed(name_of(key) for key in value)
    if name == "verb":
        return verb_name(value)
    if name == "reasons":
        return "\n".join(say(each) for each in value)
    if name == "field":
        return name_of(value)
    if name == "rests":
        return listed(_resting(table, labels) for table, labels in value.items())
    if name == "why" and value in OS_WORDS:
        return _(OS_WORDS[str(value)])
    if name == "tables":
        return listed(table_name(v) for v in value)
    if name == "table":
        return table_name(value)
    if isinstance(value, datetime):
        return value.strftime("%m-%d %H:%M")
    if isinstance(value, date):
        return iso(value)
    if isinstance(value, tuple | list):
        return listed(quote(v) for v in value)
    return quote(value)


_MOST_NAMED = 5


def resting_name(table: str) -> str:
    """What records of a table are called where they rest on something."""
    return _(RESTING[table]) if table in RESTING else table_name(table)


def _resting(table: str, labels: Sequence[str]) -> str:
    """Records of one table that rest on something: how many, and which."""
    names = listed(shown(label) for label in labels[:_MOST_NAMED])
    more = "…" if len(labels) > _MOST_NAMED else ""
    return _("{table} {count} ({names}{more})").format(
        table=resting_name(table),
        count=len(labels),
        names=names,
        more=more,
    )


def sentence(code: str, fields: Mapping[str, Any], labels: Mapping[str, str] = {}) -> str:
    """The sentence of a code, with its fields filled in; `CODE_by` where `who` is known, `CODE_of` where a register
    is, `CODE_alone` where it is about nothing that has a number or was named. `labels` as `say` takes them."""
    from tui.words.sentences import SENTENCES  # not needed by the first frame

    if fields.get("who") and f"{code}_by" in SENTENCES:
        code = f"{code}_by"
    if not (fields.get("number") or fields.get("value")) and f"{code}_alone" in SENTENCES:
        code = f"{code}_alone"
    register = REGISTERS.get(str(fields.get("table")))
    if register is not None and f"{code}_of" in SENTENCES:
        code = f"{code}_of"
    template = _(SENTENCES.get(code, N_("Refused: {code}.")))
    words = SaidFields({name: value_said(name, value) for name, value in fields.items()})
    words["code"] = code
    words["categories"] = listed(CATEGORIES)
    if register is not None:
        words |= _of_register(register, fields)
    if fields.get("field") in labels:
        words["field"] = labels[fields["field"]]
    return template.format_map(words)


def _of_register(register: Register, fields: Mapping[str, Any]) -> dict[str, str]:
    """Columns of a register by its own names, and their words by what they are called."""
    found = {}
    if "fields" in fields:
        found["fields"] = listed(column_name(register, key) for key in fields["fields"])
    column = next((f for f in register.fields if f.words and f.key == fields.get("field")), None)
    if column is not None and "expected" in fields:
        found["field"] = field_label(column)
        found["expected"] = listed(
            word_name(register.table, column.key, word) for word in fields["expected"]
        )
    return found


class SaidFields(dict[str, str]):
    """A field a sentence asks for and the refusal does not carry is left empty."""

    def __missing__(self, key: str) -> str:
        return ""


def say(error: Refusal | RuleError | StoreError, labels: Mapping[str, str] | None = None) -> str:
    """One clear sentence about what was refused; `labels` are what a field is called where it was entered."""
    if isinstance(error, RuleError):
        error = error.refusal
    return sentence(error.code, error.fields, labels or {})


def overdue_text(days: int) -> str:
    """How late an item is, in working days."""
    return _("{days} working days late").format(days=days)


def overdue_short(days: int) -> str:
    """How late an item is, in working days, where there is little room."""
    return _("late {days}wd").format(days=days)


def query_text(query: str) -> str:
    """A query of the program's own in words of the language in use."""
    from core.finding.terms import in_chinese

    return in_chinese(query) if language() == CHINESE else query


def label(item: Item) -> str:
    """The number of an item, safe to show."""
    return shown(item.label)
