"""经常性工作: each with a name of its own."""

from core.model import Duty
from core.registers.register import Field, FieldKind, Register
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
    fields=(
        Field(
            name="name",
            header="工作名称",
            english="Duty",
            synonyms="名称|工作|工作事项|事项",
            required=True,
            plain=True,
        ),
        Field(name="kind", header="活动类型", english="Kind of line", synonyms="类型|活动"),
        Field(
            name="terms",
            kind=FieldKind.TERMS,
            header="周期",
            english="Cycle",
            synonyms="频次|办理周期",
            required=True,
        ),
        Field(name="unit", kind=FieldKind.REF, header="责任单位", of="units"),
        Field(name="zones", kind=FieldKind.REFS, header="责任区", of="zones"),
        Field(name="evidence", header="佐证", english="Evidence", synonyms="佐证材料|佐证要求"),
        Field(name="chapter", kind=FieldKind.COUNT, header="章节", english="Chapter"),
        Field(name="until", kind=FieldKind.DAY, header="停用日期", english="Retired on"),
        Field(name="active", kind=FieldKind.YES, header="启用"),
    ),
)
