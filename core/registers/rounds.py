"""检查: a number of its own; one that is not underway yet has no finds; one a signed circular used stays final."""

from collections.abc import Iterator

from core.model import HELD, ROUND_KINDS, Document, Find, Round, RoundState
from core.registers.ground import Breach, Ground, Touched, doubles
from core.registers.register import FieldKind, Register, RegisterField
from core.roles import ROUNDS


def sound(ground: Ground, touched: Touched) -> Iterator[Breach]:
    """Two rounds share a number; one that is only planned has finds; a signed circular rests on one that moves."""
    rounds = [held for held in ground.all(Round) if held.active]
    for _key, held, other in doubles(rounds, lambda r: (r.number,), touched):
        fields = {"table": "rounds", "value": other.number, "active": True}
        yield Breach("taken", "rounds", held.id, fields)
    if touched is not None and not touched:
        return
    asked = [held for held in rounds if touched is None or held.id in touched]
    planned = {held.id: held for held in asked if held.state == RoundState.PLANNED}
    if planned:
        for find in ground.all(Find):
            if find.active and find.round in planned:
                held = planned.pop(find.round)
                yield Breach("round_has_finds", "rounds", held.id, {"value": held.number})
    moving = [h for h in asked if h.counts and h.state in HELD and h.state != RoundState.FINAL]
    if moving:
        signed = {
            paper.period: paper for paper in ground.all(Document) if paper.period and paper.holds
        }
        for held in moving:
            paper = signed.get(held.held_on.isoformat()[:7])
            if paper is not None and held.number in paper.evidence:
                fields = {"value": held.number, "number": paper.number}
                yield Breach("round_in_circular", "rounds", held.id, fields)


ROUNDS_HELD = Register(
    table="rounds",
    noun="round",
    record=Round,
    chinese="检查",
    english="inspection round",
    keepers=ROUNDS,
    named_by=("number",),
    closed="a round is planned, started, scored and published by steps of its own",
    fields=(
        RegisterField(
            name="number", column="round", header="检查编号", english="Round", required=True
        ),
        RegisterField(
            name="kind", header="检查类型", english="Kind of round", words=tuple(ROUND_KINDS)
        ),
        RegisterField(name="period", header="期次", english="Period"),
        RegisterField(name="name", header="名称", english="Name"),
        RegisterField(name="plan_on", kind=FieldKind.DAY, header="计划日期", english="Planned for"),
        RegisterField(
            name="started_on", kind=FieldKind.DAY, header="开始日期", english="Started on"
        ),
        RegisterField(
            name="zones",
            kind=FieldKind.REFS,
            header="责任区",
            english="Zones",
            of="zones",
            rests=False,
        ),
        RegisterField(name="categories", kind=FieldKind.NAMES, header="类别", english="Categories"),
        RegisterField(name="team", kind=FieldKind.NAMES, header="检查组", english="Team"),
        RegisterField(name="members", header="参加人员", english="Guests"),
        RegisterField(name="counts", kind=FieldKind.YES, header="计入考核", english="Counts"),
        RegisterField(name="state", header="状态", english="State"),
        RegisterField(
            name="published_on", kind=FieldKind.DAY, header="公示日期", english="Published on"
        ),
        RegisterField(name="final_on", kind=FieldKind.DAY, header="定稿日期", english="Final on"),
        RegisterField(name="why", header="原因", english="Reason"),
        RegisterField(name="digest", header="校验值", english="Digest"),
    ),
    sound=sound,
)
