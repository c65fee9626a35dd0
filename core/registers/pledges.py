"""目标责任书: one a unit and year holds."""

from collections.abc import Iterator

from core.model import Pledge, Unit
from core.model.pledge import standing
from core.registers.ground import Breach, Ground, Touched, doubles
from core.registers.register import FieldKind, Register, RegisterField
from core.roles import DESK


def sound(ground: Ground, touched: Touched) -> Iterator[Breach]:
    """Two pledges of a unit and year hold."""
    for _key, pledge, other in doubles(
        standing(ground.all(Pledge)), lambda p: ((p.unit, p.year),), touched
    ):
        unit = ground.get("units", pledge.unit)
        name = unit.name if isinstance(unit, Unit) else ""
        fields = {"table": "pledges", "value": f"{name} {pledge.year}", "active": True}
        yield Breach("taken", "pledges", pledge.id, {**fields, "owner": other.label})


PLEDGES = Register(
    table="pledges",
    noun="pledge",
    record=Pledge,
    chinese="目标责任书",
    english="pledge",
    keepers=DESK,
    named_by=("year", "unit"),
    whole=True,
    numbered="责任书编号",
    closed="a pledge is signed, and replaced by a later one",
    told=lambda pledge, belonging: pledge.unit in belonging.units,
    fields=(
        RegisterField(
            name="year", kind=FieldKind.COUNT, header="年度", english="Year", required=True
        ),
        RegisterField(
            name="unit",
            kind=FieldKind.REF,
            header="责任单位",
            english="Unit",
            of="units",
            required=True,
            rests=False,
        ),
        RegisterField(name="signed_on", kind=FieldKind.DAY, header="签订日期", english="Signed on"),
        RegisterField(name="signer_post", header="签订人职务", english="Signed by (post)"),
        RegisterField(name="text", header="其他承诺", english="Other promises"),
        RegisterField(
            name="replaces",
            kind=FieldKind.REF,
            header="替代",
            english="Replaces",
            of="pledges",
            rests=False,
        ),
        RegisterField(name="active", kind=FieldKind.YES, header="启用", english="In use"),
    ),
    sound=sound,
)
