"""加减分: what a month adds to a unit or takes off it; the same entry stands once."""

from core.model import Points
from core.model.scheme import KINDS
from core.registers.register import FieldKind, Register, RegisterField
from core.roles import ROUNDS

POINTS = Register(
    table="points",
    noun="points",
    record=Points,
    chinese="加减分",
    english="points entry",
    several="points added or taken off",
    letter="n",
    keepers=ROUNDS,
    named_by=("month", "unit", "kind", "why", "reference"),
    whole=True,
    numbered="加减分编号",
    fields=(
        RegisterField(
            name="unit",
            kind=FieldKind.REF,
            header="责任单位",
            english="Unit",
            of="units",
            required=True,
            rests=False,
        ),
        RegisterField(name="month", header="月份", english="Month", required=True),
        RegisterField(
            name="kind",
            header="加减分项",
            synonyms="事由类别",
            english="What for",
            words=tuple(KINDS),
            required=True,
        ),
        RegisterField(name="points", kind=FieldKind.POINTS, header="分值", english="Points"),
        RegisterField(name="why", header="事由", synonyms="原因", english="Reason"),
        RegisterField(name="reference", header="依据", synonyms="文号", english="Reference"),
        RegisterField(name="on", kind=FieldKind.DAY, header="登记日期", english="Entered on"),
        RegisterField(name="by", header="登记人", english="Entered by"),
        RegisterField(name="active", kind=FieldKind.YES, header="启用", english="In use"),
    ),
)
