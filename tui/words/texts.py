"""Names and sentences: what codes of `core` and `store` are called in the language in use."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from core.errors import Doubt, Refusal, RuleError
from core.model import Channel, DocumentKind, DocumentState, Item, RequestKind, Role, State
from core.registers import REGISTERS, Field, Register
from core.words.categories import CATEGORIES
from store.errors import StoreError
from tui.terminal.display import shown
from tui.words.declared import column_label, noun_of, own_label, register_label
from tui.words.i18n import CHINESE, N_, _, chinese, language
from tui.words.os_words import OS_WORDS

C = TypeVar("C", bound=str)

LONGEST_QUOTE = 60

STATES = {
    State.REPORTED: N_("Reported"),
    State.ACCEPTED: N_("Accepted"),
    State.RECTIFYING: N_("Rectifying"),
    State.AWAITING: N_("Awaiting check"),
    State.SUSPENDED: N_("Suspended"),
    State.CLOSED: N_("Closed"),
    State.MERGED: N_("Merged"),
    State.VOID: N_("Void"),
}
ROLES = {
    Role.CLERK: N_("clerk"),
    Role.INSPECTOR: N_("inspector"),
    Role.LIAISON: N_("liaison"),
    Role.LEADER: N_("leader"),
    Role.VIEWER: N_("viewer"),
    Role.ADMIN: N_("admin"),
}
CHANNELS = {
    Channel.WECHAT: N_("WeChat"),
    Channel.PHONE: N_("phone"),
    Channel.LEDGER: N_("ledger"),
    Channel.PAPER: N_("paper"),
}
CONDITIONS = {
    "for_unit": N_("when speaking for the unit"),
    "not_by_ledger": N_("but for rows of a ledger"),
    "undated": N_("when the feedback has no day"),
    "not_passed": N_("when it did not pass"),
    "not_issued": N_("when no unit had been told"),
    "weighty": N_("when a deadline or category changes"),
}
"""When a verb needs what it needs at times only."""
VERBS = {
    "report": N_("report"),
    "accept": N_("accept"),
    "reject": N_("reject"),
    "fix": N_("fix on the spot"),
    "assign": N_("assign"),
    "receive": N_("sign for"),
    "submit": N_("submit"),
    "withdraw": N_("withdraw"),
    "pass": N_("pass"),
    "fail": N_("fail"),
    "inspect": N_("inspect directly"),
    "return": N_("return"),
    "reassign": N_("reassign"),
    "extend": N_("extend"),
    "suspend": N_("suspend"),
    "resume": N_("resume"),
    "merge": N_("merge"),
    "void": N_("void"),
    "revive": N_("revive"),
    "remind": N_("remind"),
    "supervise": N_("supervise"),
    "criticise": N_("criticise"),
    "summon": N_("summon"),
    "recheck": N_("look back: held"),
    "reopen": N_("look back: came back"),
    "appeal": N_("appeal"),
    "confirm": N_("confirm closing"),
    "ask": N_("ask"),
    "approve": N_("approve"),
    "refuse": N_("refuse"),
    "lapse": N_("Request lapsed"),
    "recall": N_("recall"),
    "recount": N_("count the deadline again"),
    "correct": N_("correct"),
    "attach": N_("attach photos"),
    "undo": N_("undo"),
    "move_in": N_("move in"),
    "import": N_("import"),
    "init": N_("set up"),
    "assign_zone": N_("give zone to unit"),
    "merge_units": N_("merge units"),
    "merge_zones": N_("merge zones"),
    "add_view": N_("save view"),
    "edit_view": N_("change view"),
    "draft_paper": N_("draft a paper"),
    "sign_paper": N_("sign a paper"),
    "serve_paper": N_("serve a paper"),
    "receive_paper": N_("take a receipt"),
    "withdraw_paper": N_("withdraw a paper"),
    "remember": N_("remember a writing"),
    "forget": N_("forget a writing"),
    "set_holidays": N_("enter holidays"),
    "change_settings": N_("change settings"),
    "keep_side": N_("keep a document"),
    "restore": N_("restore"),
    "repair": N_("repair"),
}
DOCUMENT_STATES = {
    DocumentState.DRAFTED: N_("drafted"),
    DocumentState.SIGNED: N_("signed"),
    DocumentState.SERVED: N_("served"),
    DocumentState.RECEIVED: N_("answered"),
    DocumentState.WITHDRAWN: N_("withdrawn"),
}
"""How far a paper has come."""
DOCUMENT_KINDS = {
    DocumentKind.ASSIGNMENT: N_("Assignment list"),
    DocumentKind.SUPERVISION: N_("Supervision notice"),
    DocumentKind.CIRCULAR: N_("Circular"),
    DocumentKind.TALK: N_("Record of a talk"),
    DocumentKind.EXPOSURE: N_("Public list"),
    DocumentKind.BRIEF: N_("Brief"),
}
"""What a paper is."""
DEADLINE_KINDS = {
    "same_day": N_("the same day"),
    "hours": N_("hours"),
    "work_days": N_("working days"),
    "natural_days": N_("calendar days"),
    "suspend": N_("planned, suspended"),
}
"""How a rule counts its deadline."""
SHOWS = {"before": N_("before"), "after": N_("after")}
"""What a photo shows."""
FIELDS = {
    "number": N_("Number"),
    "found_on": N_("Found on"),
    "source": N_("Source"),
    "external_no": N_("External no."),
    "zone": N_("Zone"),
    "zone_name": N_("Zone name"),
    "location": N_("Location"),
    "description": N_("Description"),
    "category": N_("Category"),
    "subcategory": N_("Kind"),
    "severity": N_("Severity"),
    "lead_unit": N_("Lead unit"),
    "co_units": N_("Co-units"),
    "responsible": N_("Responsible"),
    "requirement": N_("Requirement"),
    "issued_on": N_("Issued on"),
    "due_on": N_("Due"),
    "work_until": N_("Work until"),
    "measure": N_("Measure"),
    "progress": N_("Progress"),
    "feedback_on": N_("Done on"),
    "photos_before": N_("Photos before"),
    "photos_after": N_("Photos after"),
    "inspection": N_("Finding"),
    "inspected_on": N_("Inspected on"),
    "inspector": N_("Inspector"),
    "closed_on": N_("Closed on"),
    "state": N_("State"),
    "level": N_("Level"),
    "reworks": N_("Reworks"),
    "reopened": N_("Reopened"),
    "overdue": N_("Overdue or not"),
    "overdue_workdays": N_("Working days late"),
    "overdue_days": N_("Days late"),
    "provisional": N_("Deadline provisional"),
    "close_standard": N_("Closing standard"),
    "merged_into": N_("Merged into"),
    "void_reason": N_("Void because"),
    "plan_on": N_("Planned for"),
    "reporter": N_("Reporter"),
    "note": N_("Note"),
    "revision": N_("Revision"),
    "place": N_("Zone or location"),
    "lead": N_("Lead unit"),
    "due": N_("Due"),
    "channel": N_("Channel"),
    "reason": N_("Reason"),
    "finding": N_("Finding"),
    "measure_or_photo": N_("Measure or photo"),
    "on": N_("Date"),
    "code": N_("Code"),
    "shows": N_("Shows"),
    "size": N_("Size"),
    "path": N_("Path"),
    "items": N_("Item numbers"),
    "stage": N_("State"),
    "template": N_("Template"),
    "sender": N_("Sender"),
    "text": N_("Written"),
    "header": N_("Field"),
    "key": N_("Key"),
    "query": N_("Query"),
    "count": N_("Items"),
    "name": N_("Name"),
    "login": N_("Login"),
    "short": N_("Short name"),
    "aliases": N_("Aliases"),
    "kind": N_("Type"),
    "group": N_("Group"),
    "leader_post": N_("Leader's post"),
    "liaison_post": N_("Liaison's post"),
    "phone": N_("Phone"),
    "active": N_("In use"),
    "parent": N_("Part of"),
    "scope": N_("Scope"),
    "area": N_("Area (m2)"),
    "households": N_("Households"),
    "population": N_("Population"),
    "unit": N_("Unit"),
    "roles": N_("Roles"),
    "since": N_("Since"),
    "office": N_("Office"),
    "found": N_("Found on"),
    "found_by": N_("Reporter"),
    "co": N_("Co-units"),
    "deadline": N_("Deadline"),
    "main": N_("Item that stays"),
    "reference": N_("Reference"),
    "record": N_("Record"),
    "photo": N_("Photo"),
    "condition": N_("Condition"),
    "value": N_("Value"),
    "deduct": N_("Points off"),
    "evidence": N_("Evidence"),
    "chapter": N_("Chapter"),
    "zone_kind": N_("Type of zone"),
    "until": N_("Until"),
    "year": N_("Year"),
    "doc_prefix": N_("Word in numbers of papers"),
    "copies": N_("Copies to"),
    "contact": N_("Contact"),
    "lookback_days": N_("Days until a look back"),
    "utc_offset": N_("Minutes ahead of UTC"),
    "templates": N_("Templates"),
}


def code_called(word: str, names: Mapping[C, str]) -> C | None:
    """The code a word names: itself, or what it is called in the language in use or in Chinese."""
    return next((c for c, name in names.items() if word in (c, _(name), chinese(name))), None)


def name_of(key: str) -> str:
    """What a field is called."""
    return _(FIELDS[key]) if key in FIELDS else column_label(key)


def field_label(each: Field) -> str:
    """What a field of a register is called."""
    return own_label(each) or name_of(each.key)


def column_name(register: Register, key: str) -> str:
    """What a column of a register is called, on the board, in lists and in its sheet."""
    return register_label(register, key) or name_of(key)


_WORDS: dict[tuple[str, str], Mapping[Any, str]] = {
    ("rules", "kind"): DEADLINE_KINDS,
    ("staff", "roles"): ROLES,
}
"""What words of registers are called that are codes, by table and column."""


def word_names(table: str, column: str) -> Mapping[Any, str]:
    """What the words of a column are called, by word; empty where they speak for themselves."""
    return _WORDS.get((table, column), {})


def word_name(table: str, column: str, word: str) -> str:
    """What one word of a column is called."""
    names = word_names(table, column)
    return _(names[word]) if word in names else word


def deadline_kind_name(kind: str) -> str:
    """How a deadline of a rule counts."""
    return _(DEADLINE_KINDS.get(kind, kind))


def shows_name(shows: str) -> str:
    """Whether a photo is from before or after."""
    return _(SHOWS[shows])


def size_text(size: int) -> str:
    """Bytes as people say them."""
    if size < 1 << 20:
        return f"{max(1, round(size / 1024))} KB" if size else "0 KB"
    return f"{size / (1 << 20):.1f} MB"


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


def date_text(day: date | None) -> str:
    """A day in full, or nothing."""
    return day.isoformat() if day else ""


def _word_of(value: StrEnum) -> str:
    """What a code is called."""
    match value:
        case Role():
            return role_name(value)
        case DocumentState():
            return _(DOCUMENT_STATES[value])
        case DocumentKind():
            return _(DOCUMENT_KINDS[value])
        case Channel():
            return channel_name(value)
        case RequestKind():
            return verb_name(value)
        case _:
            return ""


def _columns(keys: Sequence[str]) -> str:
    """Columns by the names their reader knows: headers in Chinese, keys in English."""
    if language() != CHINESE:
        return listed(keys)
    from store.ledgers.headers import ASKED_HEADERS, HEADERS  # only where one was mistyped

    return listed((HEADERS | ASKED_HEADERS).get(key, key) for key in keys)


def _value(name: str, value: Any) -> str:
    """A field of a refusal as words."""
    if isinstance(value, StrEnum) and (word := _word_of(value)):
        return word
    if name == "expected" and isinstance(value, tuple) and value and set(value) <= FIELDS.keys():
        return _columns(value)
    if name == "expected" and isinstance(value, tuple) and set(value) <= DEADLINE_KINDS.keys():
        return listed(deadline_kind_name(str(kind)) for kind in value)
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
        return date_text(value)
    if isinstance(value, StrEnum):
        return str(value)
    if isinstance(value, tuple | list):
        return listed(quote(v) for v in value)
    return quote(value)


FLAG_NAMES = {
    "overdue": N_("overdue"),
    "due_today": N_("due today"),
    "due_soon": N_("due soon"),
    "unsigned": N_("not signed for"),
    "waits_too_long": N_("waits too long for us"),
    "plan_due": N_("plan due"),
    "stockpiled": N_("suspended over 60 days"),
    "lookback_due": N_("look-back due"),
    "orphaned": N_("its unit is retired: reassign"),
    "provisional": N_("deadline provisional"),
    "asked": N_("waits for approval"),
    "notice_due": N_("due for a notice"),
    "circular_due": N_("due for a circular"),
    "recurs": N_("recurrence"),
}
"""What follows from an item and the day; `core.town.facts.Facts` has a method for each."""

QUEUE_NAMES = {
    "due_today": N_("Due today"),
    "overdue": N_("Overdue"),
    "reported": N_("To accept"),
    "accepted": N_("To issue"),
    "awaiting": N_("To re-inspect"),
    "asked": N_("Waits for approval"),
    "circular_due": N_("Due for a circular"),
    "notice_due": N_("Due for a notice"),
    "due_soon": N_("Due soon"),
    "unsigned": N_("Not signed for"),
    "slow": N_("Waits too long for us"),
    "orphaned": N_("Unit retired: reassign"),
    "plan_due": N_("Plan due"),
    "stockpiled": N_("Suspended over 60 days"),
    "provisional": N_("Deadline provisional"),
    "lookback_due": N_("Look-back due"),
}
"""The queues of `core.day.today`."""

TABLE_NAMES = {
    "items": N_("item"),
    "settings": N_("settings"),
    "responsibilities": N_("responsibility"),
    "side": N_("document"),
    "documents": N_("paper"),
    "requests": N_("request"),
    "events": N_("line of history"),
    "counters": N_("counter"),
}


RESTING = {"responsibilities": N_("zone led"), "items": N_("open item")}
"""What some tables are called where their records rest on something."""
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


def sentence(code: str, fields: Mapping[str, Any]) -> str:
    """The sentence of a code, with its fields filled in; `CODE_by` where `who` is known, `CODE_of` where a register is."""
    from tui.words.sentences import SENTENCES  # not needed by the first frame

    if fields.get("who") and f"{code}_by" in SENTENCES:
        code = f"{code}_by"
    register = REGISTERS.get(str(fields.get("table")))
    if register is not None and f"{code}_of" in SENTENCES:
        code = f"{code}_of"
    template = _(SENTENCES.get(code, N_("Refused: {code}.")))
    words = _Words({name: _value(name, value) for name, value in fields.items()})
    words["code"] = code
    words["categories"] = listed(CATEGORIES)
    if register is not None and "fields" in fields:
        words["fields"] = listed(column_name(register, key) for key in fields["fields"])
    return template.format_map(words)


class _Words(dict[str, str]):
    """A field a sentence asks for and the refusal does not carry is left empty."""

    def __missing__(self, key: str) -> str:
        return ""


def say(error: Refusal | RuleError | StoreError) -> str:
    """One clear sentence about what was refused."""
    if isinstance(error, RuleError):
        error = error.refusal
    return sentence(error.code, error.fields)


def overdue_text(days: int) -> str:
    """How late an item is, in working days."""
    return _("{days} working days late").format(days=days)


def overdue_short(days: int) -> str:
    """How late an item is, in working days, where there is little room."""
    return _("late {days}wd").format(days=days)


def query_text(query: str) -> str:
    """A query of the program's own in words of the language in use."""
    from core.finding.query import in_chinese  # not needed by the first frame

    return in_chinese(query) if language() == CHINESE else query


def label(item: Item) -> str:
    """The number of an item, safe to show."""
    return shown(item.label)


def doubt_text(doubt: Doubt) -> str:
    """What is in doubt, behind the name of its column."""
    from tui.words.doubts import DOUBTS  # not needed by the first frame

    words = _(DOUBTS.get(doubt.code, doubt.code)).format(value=quote(doubt.value))
    if doubt.near:
        words += _("; did you mean {near}?").format(near=quote(doubt.near))
    return f"{name_of(doubt.field)}: {words}" if doubt.field else words


def finding_text(code: str, fields: Mapping[str, Any]) -> str:
    """What a check has found."""
    from tui.words.findings import FINDINGS  # not needed by the first frame

    template = _(FINDINGS.get(code, code))
    words = _Words({name: _value(name, v) for name, v in fields.items()})
    table = str(fields.get("table"))
    words["noun"] = REGISTERS[table].noun if table in REGISTERS else table.removesuffix("s")
    return template.format_map(words)
