"""Every register is kept the same way: added, refused twice, edited, retired, each taken back, and sound."""

from datetime import date
from typing import Any

import msgspec
import pytest
from tests_support import FOUNDER, Office, open_again

from core.actions.action import verb_of
from core.actions.registers import Add, Edit
from core.errors import RuleError
from core.model import Cycle, Role, Terms
from core.registers import REGISTERS, TABLES, FieldKind, by_hand
from core.soundness import record_faults
from store.care.check import check
from store.ledgers.headers import lookup

WEEKLY = Terms(since=date(2026, 1, 1), cycle=Cycle.WEEK, day="7")
SAMPLES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "units": ({"name": "园林所", "aliases": ("园林",)}, {"kind": "机关站所"}),
    "zones": ({"code": "Z77", "name": "东段"}, {"scope": "桥东"}),
    "rules": ({"category": "市容环境", "subcategory": "其他", "value": 3}, {"value": 5}),
    "routes": ({"category": "宣传", "lead": 2, "zone": 1}, {"note": "试行"}),
    "staff": ({"login": "wang", "roles": (Role.CLERK,), "unit": 2}, {"name": "内勤"}),
    "views": ({"name": "雨天", "query": "overdue"}, {"query": "today"}),
    "points": (
        {"month": "2026-03", "unit": 1, "kind": "praise", "points": 200, "why": "县里表扬"},
        {"points": 100},
    ),
    "phrases": ({"of": "整改措施", "text": "已清运"}, {"text": "已清运并冲洗"}),
    "shops": ({"name": "站前小吃", "zone": 1}, {"trade": "餐饮"}),
    "duties": ({"name": "周末清扫", "terms": (WEEKLY,)}, {"evidence": "照片"}),
    "indicators": ({"code": "X01", "name": "招商项目", "unit": "个"}, {"every": "month"}),
}
"""A new record of each, and a change to it."""
EACH = pytest.mark.parametrize("table", [register.table for register in by_hand()])


def test_every_register_is_tried() -> None:
    assert set(SAMPLES) == {register.table for register in by_hand()}


def added(office: Office, table: str) -> int:
    return office.do(Add(table=table, fields=SAMPLES[table][0])).of(table)[0].id


def refusal(office: Office, action: Any) -> str:
    with pytest.raises(RuleError) as caught:
        office.do(action)
    return caught.value.refusal.code


@EACH
def test_kept_and_taken_back(office: Office, table: str) -> None:
    before = dict(office.town.tables[table])
    key = added(office, table)
    made = office.town.tables[table][key]
    assert refusal(office, Add(table=table, fields=SAMPLES[table][0])) == "taken"
    office.do(Edit(table=table, record=key, fields=SAMPLES[table][1]))
    changed = office.town.tables[table][key]
    assert {k: getattr(changed, k) for k in SAMPLES[table][1]} == SAMPLES[table][1]
    assert (
        refusal(office, Edit(table=table, record=key, fields=SAMPLES[table][1]))
        == "nothing_changed"
    )
    office.do(Edit(table=table, record=key, fields={"active": False}))
    assert not office.town.tables[table][key].active
    for expected in (changed, made):
        office.undo()
        held = office.town.tables[table][key]
        assert msgspec.structs.replace(held, revision=0) == msgspec.structs.replace(
            expected, revision=0
        )
    office.undo()
    assert not office.town.tables[table][key].active
    assert {k: office.town.tables[table][k] for k in before} == before
    assert check(office.path).sound


@EACH
def test_who_keeps_it_and_what_it_cannot_do_without(office: Office, table: str) -> None:
    register = REGISTERS[table]
    others = msgspec.structs.replace(FOUNDER, roles=(Role.VIEWER,))
    with pytest.raises(RuleError) as caught:
        office.do(Add(table=table, fields=SAMPLES[table][0]), actor=others)
    assert caught.value.refusal.fields["roles"] == register.keepers
    for field in register.fields:
        if field.required and not (table == "zones" and field.name == "code"):
            fields = {k: v for k, v in SAMPLES[table][0].items() if k != field.name}
            with pytest.raises(RuleError) as caught:
                office.do(Add(table=table, fields=fields))
            assert caught.value.refusal.fields["fields"] == (field.key,)


@EACH
def test_what_it_points_to_is_there(office: Office, table: str) -> None:
    key = added(office, table)
    register = REGISTERS[table]
    record = office.town.tables[table][key]
    for field in register.fields:
        if field.of and field.kept:
            gone: Any = (999,) if field.kind == FieldKind.REFS else 999
            assert refusal(office, Edit(table=table, record=key, fields={field.name: gone})) in (
                "no_record",
                "no_unit",
                "no_zone",
            )
            office.left_so(table, msgspec.structs.replace(record, **{field.name: gone}))
            faults = list(record_faults(office.town.tables))
            assert [(f.code, f.table, f.record) for f in faults] == [("dangling", table, key)]
            office.left_so(table, record)


@EACH
def test_its_declaration_fits_its_record(table: str) -> None:
    register = REGISTERS[table]
    names = set(register.record.__struct_fields__)
    assert {f.name for f in register.fields if f.kept} <= names
    assert set(register.named_by) <= names
    assert TABLES[table] is register.record
    assert verb_of(Add(table=table, fields={})) == f"add_{register.noun}"
    assert verb_of(Edit(table=table, record=1, fields={})) == f"edit_{register.noun}"
    words = lookup(register)
    for field in register.fields:
        assert words.meaning(field.header).field == field.key
    assert set(register.headers) >= {f.key for f in register.fields}


def test_another_process_reads_it(office: Office) -> None:
    for table in SAMPLES:
        added(office, table)
    again = open_again(office)
    assert again.town.tables == office.town.tables
    again.close()


def test_a_register_with_verbs_of_its_own_says_why(office: Office) -> None:
    others = [register for register in REGISTERS.values() if register.closed]
    assert {register.table for register in others} == {
        "senders",
        "holidays",
        "keys",
        "rounds",
        "schemes",
        "campaigns",
        "logs",
        "pledges",
    }
    for register in others:
        assert refusal(office, Add(table=register.table, fields={})) == "unknown_verb"
        assert refusal(office, Edit(table=register.table, record=1, fields={})) == "unknown_verb"
