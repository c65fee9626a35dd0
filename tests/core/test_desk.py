"""Rows on the desk before they are saved."""

from tests_support import FOUNDER, TODAY, Office

from core.ledger.desk import Desk, DeskLine
from core.ledger.outcome import Incoming


def desk(**cells: str) -> Desk:
    row = {"found_on": "2026.3.20", "zone": "Z01", "location": "桥头", "description": "垃圾"}
    return Desk([Incoming(2, {**row, **cells})], [""])


def lines(office: Office, of: Desk) -> list[DeskLine]:
    return of.read(office.town, FOUNDER, TODAY, None, {})


def test_a_mended_cell_takes_its_doubt_away(office: Office) -> None:
    table = desk(due_on="3-5个工作日")
    (line,) = lines(office, table)
    assert (line.state, line.doubts[0].field) == ("doubtful", "due_on")
    table.mend(0, {"due_on": "4月1日", "category": "市容环境", "location": "桥\x1b头"})
    (line,) = lines(office, table)
    assert line.state == "new"
    assert isinstance(line.row, Incoming)
    assert line.row.cells["location"] == "桥头"
    table.mend(0, {"description": ""})
    assert lines(office, table)[0].state == "rejected"
    assert table.back()
    assert lines(office, table)[0].state == "new"


def test_a_row_of_several_problems_becomes_a_row_each(office: Office) -> None:
    table = desk(description="1.占道；2.油污；3.积水")
    assert table.split(0) == 3
    assert [line.state for line in lines(office, table)] == ["new"] * 3
    assert table.split(0) == 1
    table.leave_out(1)
    assert [line.state for line in lines(office, table)] == ["new", "left_out", "new"]
    table.back()
    table.back()
    assert len(lines(office, table)) == 1
    assert not table.back()
