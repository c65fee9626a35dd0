"""文书: drafted, signed with a number nobody else gets, served, answered, withdrawn; the evidence stays."""

import json
from datetime import date

import pytest
from msgspec.structs import replace
from tests_support import CLERK, FOUNDER, LEADER, NOW, TODAY, Office, open_again

from core.actions.loop.correcting import Correct
from core.actions.loop.handover import Reassign
from core.actions.loop.road import Assign
from core.actions.papers import DraftPaper, ReceivePaper, ServePaper, SignPaper, WithdrawPaper
from core.actions.wish import Wish
from core.errors import RuleError
from core.model import Document, DocumentKind, DocumentState
from core.papers.due import batch_of, candidates, drafted_already, overtaken
from core.papers.made_from import said
from core.papers.numbering import read_number, written_number
from core.town.facts import Facts
from core.words.canonical import digest_of
from store.errors import FileRefused

K, S = DocumentKind, DocumentState
UNTIL = date(2026, 4, 7)


def late(office: Office, **fields: object) -> int:
    """An issued item two working days overdue."""
    return office.issued(due=date(2026, 3, 29), **fields)


def drafted(office: Office, kind: K = K.SUPERVISION, **fields: object) -> int:
    values = {"unit": 2, "items": (late(office),), "work_until": UNTIL} | fields
    return office.do(DraftPaper(kind=kind, **values)).of("documents")[0].id


def paper(office: Office, key: int) -> Document:
    found = office.town.documents[key]
    assert isinstance(found, Document)
    return found


def signed(office: Office, **fields: object) -> Document:
    key = drafted(office)
    office.do(SignPaper(document=key, **fields))
    return paper(office, key)


def test_signing_takes_the_number_and_raises_the_items(office: Office) -> None:
    key = drafted(office)
    assert (paper(office, key).label, paper(office, key).state) == (f"D{key}", S.DRAFTED)
    office.do(SignPaper(document=key))
    found = paper(office, key)
    assert found.number == "创卫办督〔2026〕1号"
    item = office.item(found.items[0])
    assert item.level == 2
    assert item.assignment is not None
    assert item.assignment.work_until == UNTIL
    assert item.assignment.due == date(2026, 3, 29)
    events = office.repository.history(item.id)
    assert events[-1].reference == found.number or events[-2].reference == found.number


def test_a_withdrawn_number_is_never_given_out_again(office: Office) -> None:
    """Two notices on one day, the first withdrawn: the next is the third."""
    first, second = signed(office), signed(office)
    assert [d.seq for d in (first, second)] == [1, 2]
    with pytest.raises(RuleError):
        office.do(WithdrawPaper(document=first.id))
    office.do(WithdrawPaper(document=first.id, reason="写错单位"))
    assert signed(office).seq == 3
    assert paper(office, first.id).state == S.WITHDRAWN
    assert paper(office, first.id).number == first.number


def test_signing_taken_back_leaves_the_number_in_the_register(office: Office) -> None:
    key = drafted(office)
    office.do(SignPaper(document=key))
    office.undo()
    found = paper(office, key)
    assert (found.state, found.seq, found.withdrawn_why) == (S.WITHDRAWN, 1, "撤销签发")
    item = office.item(found.items[0])
    assert item.level == 0
    assert signed(office).seq == 2


def test_a_number_given_by_hand_moves_the_counter(office: Office) -> None:
    assert signed(office, number="创卫办督[2026]12号").number == "创卫办督〔2026〕12号"
    assert signed(office).seq == 13
    with pytest.raises(RuleError, match="number_taken"):
        signed(office, number="12")
    for wrong in ("十二号", "创卫办通〔2026〕20号", "镇整治办督〔2026〕20号"):
        with pytest.raises(RuleError, match="bad_doc_number"):
            signed(office, number=wrong)
    assert signed(office, number="创卫办督〔2025〕40号").year == 2025
    assert signed(office).seq == 14


def test_each_kind_has_numbers_of_its_own(office: Office) -> None:
    signed(office)
    key = drafted(office, K.ASSIGNMENT, work_until=None)
    office.do(SignPaper(document=key))
    assert paper(office, key).number == "交办单2026年第1批"


def test_two_people_sign_at_the_same_second(office: Office) -> None:
    keys = [drafted(office), drafted(office)]
    other = open_again(office)
    office.do(SignPaper(document=keys[0]))
    from core.actions.wish import Wish

    other.commit([Wish(SignPaper(document=keys[1]))], FOUNDER, NOW)
    office.repository.refresh()
    assert sorted(paper(office, key).seq for key in keys) == [1, 2]
    other.close()


def test_the_paper_is_what_it_was_when_it_was_signed(office: Office) -> None:
    found = signed(office)
    before = said(found, office.town, TODAY)
    office.do(Correct(item=found.items[0], fields={"location": "别处"}, reason="更正"))
    assert said(paper(office, found.id), office.town, TODAY) == before
    assert digest_of(found.evidence) == found.digest
    assert json.loads(found.evidence)["items"][0]["location"] == "桂花街12号"


def test_served_answered_and_out_of_turn(office: Office) -> None:
    found = signed(office)
    office.do(ServePaper(document=found.id))
    assert paper(office, found.id).served_on == TODAY
    with pytest.raises(RuleError, match="document_is"):
        office.do(ServePaper(document=found.id))
    office.do(ReceivePaper(document=found.id, by="副所长"))
    assert (paper(office, found.id).state, paper(office, found.id).received_by) == (
        S.RECEIVED,
        "副所长",
    )
    with pytest.raises(RuleError, match="document_is"):
        office.do(SignPaper(document=found.id))
    with pytest.raises(RuleError, match="no_document"):
        office.do(ServePaper(document=99))


def test_who_signs_what(office: Office) -> None:
    key = drafted(office)
    with pytest.raises(RuleError, match="role"):
        office.do(SignPaper(document=key), actor=CLERK)
    office.do(SignPaper(document=key), actor=LEADER)
    lists = drafted(office, K.ASSIGNMENT)
    office.do(SignPaper(document=lists), actor=CLERK)


def test_a_circular_waits_for_its_notice_and_needs_its_approval(office: Office) -> None:
    with pytest.raises(RuleError, match="level_first"):  # never supervised: refused at the draft
        office.do(DraftPaper(kind=K.CIRCULAR, items=(late(office),)))
    found = signed(office)
    with pytest.raises(RuleError, match="notice_runs"):
        office.do(DraftPaper(kind=K.CIRCULAR, items=found.items, work_until=date(2026, 4, 20)))
    item = office.item(found.items[0])
    gone = replace(item.assignment, work_until=date(2026, 3, 30))
    office.left_so("items", replace(item, assignments=(gone,)))
    made = office.do(DraftPaper(kind=K.CIRCULAR, items=found.items, work_until=date(2026, 4, 20)))
    key = made.of("documents")[0].id
    with pytest.raises(RuleError, match="missing"):
        office.do(SignPaper(document=key))
    assert paper(office, key).state == S.DRAFTED
    assert office.town.counter("DOC-circular-2026").last == 0
    office.do(SignPaper(document=key, reference="党委会纪要3号"))
    assert office.item(found.items[0]).level == 3


def test_after_a_withdrawn_notice_its_unit_is_due_again(office: Office) -> None:
    found = signed(office)
    item = office.item(found.items[0])
    assert not Facts(office.town, TODAY).notice_due(item)
    office.do(WithdrawPaper(document=found.id, reason="写错"))
    facts = Facts(office.town, TODAY)
    assert facts.notice_withdrawn(item) and facts.notice_due(item)
    assert office.item(item.id).level == 2
    assert [c.items for c in candidates(office.town, TODAY) if c.kind == K.SUPERVISION] == [(item,)]
    key = (
        office.do(DraftPaper(kind=K.SUPERVISION, unit=2, items=found.items, work_until=UNTIL))
        .of("documents")[0]
        .id
    )
    office.do(SignPaper(document=key))
    assert not Facts(office.town, TODAY).notice_withdrawn(office.item(item.id))


def test_a_draft_whose_items_went_another_way_is_overtaken(office: Office) -> None:
    key = drafted(office)
    held = paper(office, key)
    assert not overtaken(held, office.town)
    assert drafted_already(office.town, K.SUPERVISION, held.items) == [held]
    office.do(Reassign(item=held.items[0], lead=1, due=UNTIL, reason="归口"))
    assert overtaken(held, office.town)


def test_a_paper_that_cannot_be_written_is_not_signed(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = drafted(office)
    before = office.town.seq

    def broken(*_: object) -> bytes:
        raise ValueError("All strings must be XML compatible")

    with monkeypatch.context() as patch:
        patch.setattr("store.papers.issuing.as_docx", broken)
        with pytest.raises(FileRefused, match="paper_unwritable"):
            office.do(SignPaper(document=key))
    assert office.town.seq == before
    office.do(SignPaper(document=key))
    assert paper(office, key).seq == 1


def test_nothing_is_rendered_while_the_lock_is_held(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another one signs while the paper is written: it is written anew with the number left."""
    keys = [drafted(office), drafted(office)]
    other = open_again(office)
    from store.papers import issuing

    real, seen = issuing.prove, []

    def proves(document: Document, *rest: object) -> None:
        assert not office.repository._lock.mine
        seen.append(document.number)
        if len(seen) == 1:
            other.commit([Wish(SignPaper(document=keys[1]))], FOUNDER, NOW)
        real(document, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr("store.papers.issuing.prove", proves)
    office.do(SignPaper(document=keys[0]))
    other.close()
    assert paper(office, keys[0]).number == "创卫办督〔2026〕2号"
    assert seen.count("创卫办督〔2026〕2号") >= 1


def test_a_day_of_another_year_bears_its_year(office: Office) -> None:
    key = office.accepted(found_on=date(2025, 11, 1))
    office.do(Assign(item=key, lead=2, due=date(2025, 11, 27), on=date(2025, 11, 3)))
    found = paper(office, drafted(office, items=(key,)))
    from store.papers.issuing import paper as told
    from store.papers.paper import plain_text

    text = plain_text(told(found, office.town, TODAY))
    assert "2025年11月3日交办，限2025年11月27日完成" in text
    assert "4月7日" in text


def test_a_notice_says_why(office: Office) -> None:
    with pytest.raises(RuleError, match="unknown_reason"):
        drafted(office, reason="县里催办")
    early = office.issued(due=date(2026, 4, 20))
    key = drafted(office, items=(early,))
    with pytest.raises(RuleError, match="missing"):
        office.do(SignPaper(document=key))
    told = drafted(office, items=(early,), reason="领导批示")
    office.do(SignPaper(document=told))
    with pytest.raises(RuleError, match="missing"):
        office.do(DraftPaper(kind=K.BRIEF))


def test_a_draft_is_signed_in_the_same_step_or_not_there(office: Office) -> None:
    key = late(office)
    both = (DraftPaper(kind=K.SUPERVISION, unit=2, items=(key,), work_until=UNTIL), SignPaper())
    with pytest.raises(RuleError, match="role"):
        office.do(*both, actor=CLERK)
    assert not office.town.documents
    office.do(*both)
    assert [d.seq for d in office.town.documents.values()] == [1]


def test_a_notice_from_before_is_entered_with_its_own_days(office: Office) -> None:
    key = office.issued(due=date(2026, 3, 28))
    both = (
        DraftPaper(
            kind=K.SUPERVISION,
            unit=2,
            items=(key,),
            work_until=date(2026, 3, 30),
            on=date(2026, 3, 29),
            reason="领导批示",
        ),
        SignPaper(number="创卫办督〔2026〕7号", on=date(2026, 3, 29)),
    )
    office.do(*both)
    (found,) = office.town.documents.values()
    assert (found.seq, found.signed_on) == (7, date(2026, 3, 29))
    item = office.item(key)
    assert item.assignment is not None
    assert item.assignment.work_until == date(2026, 3, 30)


def test_a_paper_to_a_unit_is_about_its_own(office: Office) -> None:
    with pytest.raises(RuleError, match="another_unit"):
        drafted(office, unit=1)
    with pytest.raises(RuleError, match="not_for_paper"):
        drafted(office, items=(office.reported(),))
    with pytest.raises(RuleError, match="missing"):
        drafted(office, items=())
    with pytest.raises(RuleError, match="missing"):
        drafted(office, unit=None)


def test_who_is_due_for_what(office: Office) -> None:
    key = late(office)
    fresh = office.issued(due=date(2026, 4, 20))
    (found,) = candidates(office.town, TODAY)
    assert (found.kind, found.unit, [i.id for i in found.items]) == (K.SUPERVISION, 2, [key])
    assert {i.id for i in batch_of(office.town, 2, date(2026, 3, 28))} == {key, fresh}
    notice = (
        office.do(DraftPaper(kind=K.SUPERVISION, unit=2, items=(key,), work_until=TODAY))
        .of("documents")[0]
        .id
    )
    office.do(SignPaper(document=notice))
    assert candidates(office.town, TODAY) == []
    (again,) = candidates(office.town, date(2026, 4, 1))
    assert again.kind == K.CIRCULAR


@pytest.mark.parametrize(
    ("kind", "text", "read"),
    [
        (K.SUPERVISION, "创卫办督〔2026〕12号", (2026, 12)),
        (K.SUPERVISION, "创卫办督[2025] 3 号", (2025, 3)),
        (K.SUPERVISION, "12", (2026, 12)),
        (K.ASSIGNMENT, "第5批", (2026, 5)),
        (K.ASSIGNMENT, "2025年第5批", (2025, 5)),
        (K.SUPERVISION, "第", None),
        (K.SUPERVISION, "0", None),
    ],
)
def test_numbers_as_people_write_them(kind: K, text: str, read: tuple[int, int] | None) -> None:
    assert read_number(kind, text, TODAY) == read
    if read:
        assert read_number(kind, written_number(kind, *read, ""), TODAY) == read
