"""Out, into an empty town with the same zones and units, and out again: identical but for the revision."""

import csv
import io
import json
import tempfile
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests_support import FOUNDER, NOW, TODAY, Office

from core.actions.loop.aside import Suspend
from core.actions.loop.feedback import Receive, Submit
from core.actions.loop.handover import Extend
from core.actions.loop.inspection import Inspect, Pass
from core.actions.loop.leaving import Merge, Void
from core.actions.loop.road import Accept, Assign, Fix, Reject
from core.errors import RuleError
from core.ledger.moving_in import Mover
from core.ledger.record import Projector
from core.model import Channel, Severity, VoidKind
from core.words.categories import CATEGORIES
from store.ledgers.coming_in.reading import read_ledger
from store.ledgers.formats import Format
from store.ledgers.going_out.writing import write_records

HAN = "桂花街东段垃圾满溢占道经营整改，。、；（）〔〕“”·—…℃㎡①"
plain = st.text(HAN + "abc019 =+-@'\"|\\<&>#*_%{}", min_size=1, max_size=20).filter(str.strip)
lines = st.lists(plain, min_size=1, max_size=3).map("\n".join)
names = st.lists(st.text("照片前后abc12.", min_size=1, max_size=6), max_size=3).map(tuple)
days = st.integers(0, 60).map(lambda back: TODAY - timedelta(days=back))
problem = st.fixed_dictionaries(
    {
        "description": lines,
        "location": plain,
        "zone": st.sampled_from([1, 2, None]),
        "source": st.sampled_from(["日常巡查", "群众举报", ""]),
        "external_no": st.sampled_from(["", "12345-7", "007"]),
        "found_on": days,
        "note": st.one_of(st.just(""), lines),
        "photos": names,
        "severity": st.sampled_from([s.value for s in Severity]),
    }
)
story = st.lists(
    st.sampled_from(
        [
            "accept",
            "assign",
            "receive",
            "submit",
            "pass",
            "inspect",
            "extend",
            "suspend",
            "void",
            "merge",
            "fix",
            "reject",
        ]
    ),
    max_size=6,
)


def tell(office: Office, fields: dict[str, Any], steps: list[str], texts: str) -> None:
    """An item, and whatever of its story the rules allow."""
    key = office.reported(**fields)
    found = fields["found_on"]
    category = list(CATEGORIES)[key % 9]
    sub = CATEGORIES[category][0]
    due = TODAY + timedelta(days=9)
    steps_made = {
        "accept": Accept(
            item=key, category=category, subcategory=sub, severity=fields["severity"], on=found
        ),
        "assign": Assign(
            item=key,
            lead=1 + key % 3,
            co=(1 + (key + 1) % 3,),
            due=due,
            on=found,
            requirement=texts,
        ),
        "receive": Receive(item=key, channel=Channel.PHONE, on=found),
        "submit": Submit(
            item=key,
            measure=texts,
            progress="已整改",
            photos=fields["photos"],
            channel=Channel.LEDGER,
        ),
        "pass": Pass(item=key, finding=texts),
        "inspect": Inspect(item=key, passed=True, finding=texts),
        "extend": Extend(
            item=key, due=due + timedelta(days=5), reason=texts, channel=Channel.PHONE
        ),
        "suspend": Suspend(item=key, reason=texts, measure=texts, plan_on=date(2026, 9, 1)),
        "void": Void(item=key, reason=VoidKind.DUPLICATE, note=texts),
        "merge": Merge(item=key, main=1),
        "fix": Fix(item=key, measure=texts, on=found),
        "reject": Reject(item=key, reason=VoidKind.OUT_OF_SCOPE, note=texts),
    }
    for step in steps:
        with suppress(RuleError):
            office.do(steps_made[step])


def exported(office: Office, form: Format, encoding: str) -> bytes:
    projector = Projector(office.town, TODAY)
    items = sorted(office.town.items.values(), key=lambda item: item.label)
    return write_records([projector.record(i) for i in items], form, encoding=encoding)


def blind(data: bytes, form: Format, encoding: str) -> Any:
    """Rows without the revision."""
    if form == Format.XLSX:
        return [row[:-1] for row in openpyxl.load_workbook(io.BytesIO(data)).active.values]
    if form == Format.CSV:
        return [row[:-1] for row in csv.reader(io.StringIO(data.decode(encoding or "utf-8-sig")))]
    return [{k: v for k, v in row.items() if k != "revision"} for row in json.loads(data)]


@pytest.mark.parametrize(
    ("form", "encoding"),
    [(Format.JSON, ""), (Format.XLSX, ""), (Format.CSV, ""), (Format.CSV, "gb18030")],
)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(told=st.lists(st.tuples(problem, story, plain), min_size=1, max_size=5))
def test_moved_out_and_in_and_out(
    form: Format, encoding: str, told: list[tuple[dict[str, Any], list[str], str]]
) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        first, second = Office(Path(scratch) / "a"), Office(Path(scratch) / "b")
        for fields, steps, texts in told:
            tell(first, fields, steps, texts)
        data = exported(first, form, encoding)
        rows = read_ledger(data, f"a.{form}", encoding=encoding or None).rows
        intake = Mover(second.town, FOUNDER, TODAY, "a").read(rows)
        assert not intake.skipped
        second.repository.commit(intake.wishes, FOUNDER, NOW, op="move_in")
        assert blind(exported(second, form, encoding), form, encoding) == blind(
            data, form, encoding
        )
        first.close()
        second.close()
