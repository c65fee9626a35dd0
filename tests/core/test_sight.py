"""What a liaison sees: theirs whole, what they held as it was, of others nothing (docs/gate.md 5)."""

import json
import re
from datetime import date

from msgspec.structs import replace
from tests_support import CLERK, LIAISON, TODAY, Office

from core.actions.loop.dividing import Split, UnitPart
from core.actions.loop.feedback import Note
from core.actions.loop.handover import Reassign, Return
from core.actions.loop.road import Assign, Report
from core.actions.papers import DraftPaper, SignPaper
from core.actions.registers import AssignZone, ChangeSettings, Edit
from core.actions.year import AddLog
from core.changes import Change
from core.day.month import asked_today
from core.model import Channel, Document, DocumentKind, File, Role, State
from core.registers import REGISTERS
from core.roles import Actor
from core.sight.seen import seen_by
from core.sight.telephones import struck
from core.sight.whose import OWN_PLACES, is_limited, sees_own
from core.words.canonical import frozen

SOON = date(2026, 4, 2)


def sight(office: Office, actor: Actor = LIAISON) -> set[str]:
    return {item.label for item in seen_by(office.town, actor).town.items.values()}


def test_who_is_limited(office: Office) -> None:
    through = replace(LIAISON, key="abc")
    assert not is_limited(office.town, LIAISON)
    assert is_limited(office.town, through)
    both = replace(through, roles=(Role.LIAISON, Role.CLERK))
    assert not is_limited(office.town, both), "sight follows the roles held"
    assert not is_limited(office.town, replace(both, acting=Role.LIAISON))
    office.do(ChangeSettings(fields={"liaison_reads": "own"}))
    assert is_limited(office.town, LIAISON)
    office.do(ChangeSettings(fields={"liaison_reads": "all"}))
    assert not is_limited(office.town, through)


def test_its_own_items_whole_and_others_not_at_all(office: Office) -> None:
    mine = office.issued()
    theirs = office.accepted(location="别处")
    office.do(Assign(item=theirs, lead=1, due=SOON))
    helping = office.accepted(location="第三处")
    office.do(Assign(item=helping, lead=1, co=(2,), due=SOON))
    waiting = office.reported(location="未定")
    office.do(AssignZone(zone=2, unit=2, since=date(2026, 1, 1)))
    told = office.do(Report(zone=2, description="自己报的"), actor=LIAISON).of("items")[0].new
    seen = sight(office)
    labels = {key: office.item(key).label for key in (mine, theirs, helping, waiting)}
    assert seen == {labels[mine], labels[helping], told.label}  # type: ignore[attr-defined]
    town = seen_by(office.town, LIAISON).town
    assert town.find(labels[theirs]) is None and town.find_short("2") is None
    assert town.items[mine] == office.item(mine)


def test_what_it_held_is_told_as_it_was(office: Office) -> None:
    key = office.issued()
    office.do(Note(item=key, line="原单位说的", on=date(2026, 3, 29)))
    office.do(Reassign(item=key, lead=1, due=SOON, reason="归城管"))
    office.do(Note(item=key, line="后来的话"))
    seen = seen_by(office.town, LIAISON)
    item = seen.town.items[key]
    assert item.state == State.RECTIFYING
    assert [a.lead for a in item.assignments] == [2, 1]
    assert item.assignments[1].due is None and not item.assignments[1].requirement
    assert [line.text for line in item.diary] == ["原单位说的"]
    told = seen.told(office.repository.history(key))
    assert [e.action for e in told] == ["accept", "assign", "note"]


def test_what_it_gave_back_is_nobodys_business_of_its_any_more(office: Office) -> None:
    key = office.accepted()
    office.do(Assign(item=key, lead=2, due=SOON))
    office.do(Return(item=key, reason="不归我们", channel=Channel.WECHAT), actor=CLERK)
    office.do(Assign(item=key, lead=3, due=SOON, requirement="另有要求"))
    item = seen_by(office.town, LIAISON).town.items[key]
    assert "另有要求" not in str(item)


def test_of_a_problem_in_parts_its_own(office: Office) -> None:
    key = office.accepted()
    office.do(Split(item=key, parts=(UnitPart(lead=1, due=SOON), UnitPart(lead=2, due=SOON))))
    town = seen_by(office.town, LIAISON).town
    assert {item.label for item in town.items.values()} == {"CW-2026-0001", "CW-2026-0001-2"}
    assert len(town.pieces_of(town.items[key])) == 1


def test_papers_people_units_and_zones(office: Office) -> None:
    office.issued()
    office.do(DraftPaper(kind=DocumentKind.ASSIGNMENT, unit=2, items=(1,)))
    town = seen_by(office.town, LIAISON).town
    assert not town.documents, "a draft is the office's"
    office.do(SignPaper(document=1, number=""))
    assert len(seen_by(office.town, LIAISON).town.documents) == 1
    assert {s.login for s in town.staff.values()} == {"founder", "liaison"}
    founder = next(s for s in town.staff.values() if s.login == "founder")
    assert founder.roles == ()
    assert {z.code for z in town.zones.values()} == {"Z01"}
    assert town.zones[1].scope == "" and not town.tables["routes"] and not town.tables["senders"]
    assert all(not u.phone for u in town.units.values() if u.id != 2)


def test_a_liaison_without_a_unit_sees_themselves_only(office: Office) -> None:
    office.issued()
    nobody = replace(LIAISON, unit=None)
    town = seen_by(office.town, nobody).town
    assert not town.items and not town.documents and not town.shelf


def test_a_guest_sees_all_but_telephones_and_drafts(office: Office) -> None:
    office.issued()
    office.do(
        Edit(table="units", record=1, fields={"phone": "13800000001", "liaison_post": "所长"})
    )
    office.do(DraftPaper(kind=DocumentKind.ASSIGNMENT, unit=2, items=(1,)))
    guest = Actor("v", (Role.VIEWER,), key="abc")
    assert is_limited(office.town, guest) and not sees_own(office.town, guest)
    seen = seen_by(office.town, guest)
    assert seen.town.items == office.town.items
    assert "13800000001" not in str(seen.town.tables) and not seen.town.documents
    told = seen.told(office.repository.history())
    assert told and all(e.table != "documents" for e in told)
    assert "13800000001" not in str(told) and "所长" not in str(told), "nor in what was changed"
    assert not is_limited(office.town, Actor("v", (Role.VIEWER,)))
    assert not is_limited(office.town, Actor("v", (Role.VIEWER, Role.CLERK), key="abc"))


def test_a_guest_is_told_no_telephone_that_stands_in_a_text(office: Office) -> None:
    office.do(Report(zone=1, location="桥头", description="井盖松动，联系13812345678"))
    office.do(Note(item=1, line="已打 13912345678"))
    office.do(AddLog(kind="会议", on=TODAY, fields={"title": "会商 13712345678"}))
    seen = seen_by(office.town, Actor("v", (Role.VIEWER,), key="abc"))
    assert seen.town.items[1].description == "井盖松动，联系138****5678"
    everything = str(seen.town.tables) + str(seen.told(office.repository.history()))
    assert not {"13812345678", "13912345678", "13712345678"} & set(
        re.findall(r"\d{11}", everything)
    )
    changes = [Change("items", None, office.town.items[1])]
    assert "13812345678" not in str(seen.changed(changes))
    told = {"template": "ab13812345678cd", "text": "电13812345678", "sum": 13812345678}
    paper = Document(id=1, kind=DocumentKind.TALK, evidence=frozen(told))
    assert json.loads(struck(paper).evidence) == told | {"text": "电138****5678"}
    assert struck(replace(paper, evidence="{电13812345678")).evidence == "{电138****5678"
    digest = "a" * 20 + "13812345678" + "b" * 33
    file = File(name="x.jpg", digest=digest, kind="jpg")
    item = replace(office.town.items[1], files=(file,))
    assert struck(item).files == (file,), "a digest is no telephone"


def test_who_has_not_signed_is_nothing_a_liaison_is_told(office: Office) -> None:
    """Of other units' pledges nothing is told, so all of them would seem to be missing."""
    asked = asked_today(office.town, TODAY.replace(month=5, day=10), own=True)
    assert "pledges" not in {each.place for each in asked}
    assert "pledges" not in OWN_PLACES and REGISTERS["pledges"].of_unit
