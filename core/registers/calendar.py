"""假日: a year's table, each once."""

from core.model import Holidays
from core.registers.register import FieldKind, Register, RegisterField, to_everybody
from core.roles import MASTERS

HOLIDAYS = Register(
    table="holidays",
    noun="calendar",
    record=Holidays,
    chinese="假日表",
    english="table of holidays",
    several="tables of holidays",
    keepers=MASTERS,
    named_by=("year",),
    whole=True,
    closed="a year comes whole from its notice: it is listed, imported, exported and recounted by",
    told=to_everybody,
    fields=(
        RegisterField(
            name="year", kind=FieldKind.COUNT, header="年份", english="Year", required=True
        ),
        RegisterField(name="rest", kind=FieldKind.NAMES, header="放假", english="Off"),
        RegisterField(name="work", kind=FieldKind.NAMES, header="上班", english="Worked"),
        RegisterField(name="source", header="文号", english="Source"),
        RegisterField(name="active", kind=FieldKind.YES, header="在用", english="In use"),
    ),
)
