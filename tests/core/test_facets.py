"""What can be narrowed to, and how a query is put together from it."""

import pytest
from tests_support import CLERK, NOW, Office

from core.actions.registers import Add, Edit
from core.errors import RuleError
from core.finding.facets import facets, toggled, view_counts


@pytest.mark.parametrize(
    ("query", "term", "after"),
    [
        ("", "zone:Z01", "zone:Z01"),
        ("zone:Z01", "zone:Z02", "zone:Z01|Z02"),
        ("zone:Z01|Z02", "zone:Z01", "zone:Z02"),
        ("zone:Z02", "zone:Z02", ""),
        ("积水 level:1+", "level:2+", "积水 level:2+"),
        ("level:2+", "level:2+", ""),
        ("积水", "overdue", "积水 overdue"),
        ("积水 overdue", "overdue", "积水"),
        ("-overdue", "overdue", "overdue"),
        ("-zone:Z01 积水", "zone:Z01", "积水 zone:Z01"),
        ('"a:b"', "overdue", '"a:b" overdue'),
        ('"-x y"', "overdue", '"-x y" overdue'),
        ("-积水", "due:<7d", "-积水 due:<7d"),
    ],
)
def test_a_facet_is_put_to_a_query_or_taken_out(query: str, term: str, after: str) -> None:
    assert toggled(query, term) == after


def test_facets_count_under_the_rest_of_the_query(office: Office) -> None:
    office.reported()
    office.reported(zone=2, description="积水")
    today = NOW.date()
    found = {f.query: f for f in facets("积水", office.town, today, CLERK)}
    zones = {query: f.count for query, f in found.items() if f.key == "zone"}
    assert list(zones.values()) == [1]
    negated = {f.query: f.on for f in facets("-overdue", office.town, today, CLERK)}
    assert not negated.get("overdue")


def test_a_view_taken_back_clashes_with_none(office: Office) -> None:
    first = office.do(Add(table="views", fields={"name": "甲", "query": "overdue", "key": 8}))
    view = first.of("views")[0].id
    retired = office.do(Edit(table="views", record=view, fields={"active": False, "key": None}))
    office.do(Add(table="views", fields={"name": "乙", "query": "soon", "key": 8}))
    with pytest.raises(RuleError) as caught:
        office.do(office.repository.undoing(retired.seq))
    assert caught.value.refusal.code == "key_taken"
    counts = {v.name: count for v, count in view_counts(office.town, NOW.date(), CLERK)}
    assert counts["乙"] == 0
