"""Two months ahead as a calendar file for the telephone."""

from datetime import date, timedelta
from pathlib import Path

import icalendar
from cli_support import Zg


def ok(result: object) -> str:
    assert result.code == 0, result.err  # type: ignore[attr-defined]
    return str(result.out)  # type: ignore[attr-defined]


def events(path: str) -> dict[str, icalendar.Event]:
    found = icalendar.Calendar.from_ical(Path(path).read_bytes())
    return {str(each["uid"]): each for each in found.walk("VEVENT")}


def test_deadlines_stand_on_their_day_and_are_known_again(empty: Zg) -> None:
    today = date.today()
    due = today + timedelta(days=9)
    ok(empty("unit", "add", "环卫所"))
    ok(empty("zone", "add", "Z01", "第一段", "--kind", "街道段"))
    ok(empty("add", "第一段 街口 垃圾；第二行"))
    ok(empty("accept", "R-0001", "--category", "环境卫生"))
    number = f"CW-{today.year}-0001"
    ok(empty("assign", number, "--unit", "环卫所", "--due", due.isoformat()))
    ok(empty("today", "-o", "a.ics"))
    (uid, event), *others = events("a.ics").items()
    assert not others and uid.startswith("deadline-1@")
    assert event["dtstart"].dt == due and event["dtend"].dt == due + timedelta(days=1)
    assert number in event["summary"] and "第一段" in event["location"]
    assert "环卫所" in event["description"]
    later = due + timedelta(days=3)
    ok(empty("correct", number, "--due", later.isoformat(), "--reason", "笔误"))
    ok(empty("today", "-o", "b.ics"))
    assert {u: e["dtstart"].dt for u, e in events("b.ics").items()} == {uid: later}
    assert empty("today", "-o", "b.ics").code != 0  # there already
    assert empty("today", "-o", "b.txt").code != 0


def test_the_sample_town_has_rounds_duties_and_look_backs(town: Zg) -> None:
    ok(town("today", "-o", "t.ics"))
    kinds = {uid.split("-")[0] for uid in events("t.ics")}
    assert {"deadline", "look_back", "duty"} <= kinds
