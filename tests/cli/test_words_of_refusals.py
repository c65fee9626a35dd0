"""No code of the program stands where a person reads a word."""

import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from core.errors import Doubt
from core.ledger.record import KEYS
from core.model import RequestKind, Role, Severity, State
from tui.words import i18n
from tui.words.ledger.doubting import doubt_text
from tui.words.ledger.doubts import DOUBTS
from tui.words.names import FIELDS
from tui.words.sentences import SENTENCES
from tui.words.texts import sentence

ROOT = Path(__file__).parents[2]
CODES = (
    {*FIELDS, *KEYS, *Role, *RequestKind, *State}
    - {"name", "query", "key", "code", "number", "note", "zone", "unit", "value", "login"}
    - set(Severity)
)
TYPED = re.compile(r"--[a-z-]+|zg [a-z]+(?: [a-z]+)?|pip install '[^']+'")
"""What a person types: options and commands."""
FIELDS_OF_ALL: dict[str, Any] = {
    "field": "lead_unit",
    "fields": ("lead_unit", "due_on"),
    "missing": ("description", "location"),
    "roles": (Role.LEADER, Role.CLERK),
    "role": Role.LEADER,
    "verb": "supervise",
    "state": State.RECTIFYING,
    "sources": (State.REPORTED, State.ACCEPTED),
    "kind": RequestKind.EXTEND,
    "table": "zones",
    "tables": ("zones", "units"),
    "expected": KEYS,
    "on": date(2026, 3, 2),
    "why": "No space left on device",
}


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_no_refusal_says_a_code_in_chinese(code: str) -> None:
    i18n.use("zh")
    said = sentence(code, FIELDS_OF_ALL)
    found = {word for word in re.findall(r"[a-z_]{4,}", TYPED.sub("", said)) if word in CODES}
    assert not found, said


@pytest.mark.parametrize("code", sorted(DOUBTS))
def test_no_doubt_says_a_code_in_chinese(code: str) -> None:
    i18n.use("zh")
    said = doubt_text(Doubt(code, "值", "lead_unit", ""))
    assert not {word for word in re.findall(r"[a-z_]{4,}", TYPED.sub("", said)) if word in CODES}, (
        said
    )


def test_a_refusal_ends_one_way_wherever_it_is_raised() -> None:
    """The page is made from the sources, and a test holds them together."""
    page = (ROOT / "docs" / "refusals.md").read_text("utf-8")
    codes = re.findall(r"^\| `(\w+)`", page, flags=re.MULTILINE)
    assert len(codes) > 150
    assert not {code for code, count in Counter(codes).items() if count > 1}


def test_a_sentence_about_nothing_has_no_hole() -> None:
    i18n.use("en")
    assert sentence("no_unit", {"value": ""}) == 'No unit is called "".'
    assert sentence("missing", {"fields": ("reason",), "number": ""}) == "Reason is missing."
    assert sentence("no_summary", {"value": ""}).startswith("There is no summary;")
