"""经常性工作: each with a name of its own."""

from core.model import Duty
from core.registers.register import FieldKind, Register, RegisterField
from core.roles import DESK

DUTIES = Register(
    table="duties",
    noun="duty",
    record=Duty,
    chinese="经常性工作",
    english="recurring duty",
    several="recurring duties",
    letter="w",
    keepers=DESK,
    named_by=("name",),
    numbered="工作编号",
    told=lambda duty, belonging: duty.unit in belonging.units,
    fields=(
        RegisterField(
            name="name",
            header="工作名称",
            english="Duty",
            synonyms="名称|工作|工作事项|事项",
            required=True,
            plain=True,
        ),
        RegisterField(name="kind", header="活动类型", english="Kind of line", synonyms="类型|活动"),
        RegisterField(
            name="terms",
            kind=FieldKind.TERMS,
            header="周期",
            english="Cycle",
            synonyms="频次|办理周期",
            required=True,
        ),
        RegisterField(
            name="unit", kind=FieldKind.REF, header="责任单位", english="Unit", of="units"
        ),
        RegisterField(
            name="zones", kind=FieldKind.REFS, header="责任区", english="Zones", of="zones"
        ),
        RegisterField(
            name="evidence", header="佐证", english="Evidence", synonyms="佐证材料|佐证要求"
        ),
        RegisterField(name="chapter", kind=FieldKind.COUNT, header="章节", english="Chapter"),
        RegisterField(name="until", kind=FieldKind.DAY, header="停用日期", english="Retired on"),
        RegisterField(name="active", kind=FieldKind.YES, header="启用", english="In use"),
    ),
)
