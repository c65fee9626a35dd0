"""责任单位: none of a unit's names stands for another one in use."""

from collections.abc import Iterator

from core.model import Unit
from core.registers.ground import Breach, Ground, Touched, doubles
from core.registers.register import FieldKind, Register, RegisterField
from core.roles import MASTERS
from core.words.text import key_of


def sound(ground: Ground, touched: Touched) -> Iterator[Breach]:
    """Two units in use share a name."""
    live = [unit for unit in ground.all(Unit) if unit.active]
    for key, unit, owner in doubles(live, lambda u: {key_of(n) for n in u.names}, touched):
        name = next(n for n in owner.names if key_of(n) == key)
        yield Breach(
            "taken",
            "units",
            unit.id,
            {"table": "units", "value": name, "active": True, "owner": owner.name},
        )


UNITS = Register(
    table="units",
    noun="unit",
    record=Unit,
    chinese="责任单位",
    english="unit",
    letter="d",
    keepers=MASTERS,
    named_by=("name",),
    fields=(
        RegisterField(
            name="name",
            header="名称",
            english="Name",
            synonyms="责任单位|单位|单位名称|部门|部门名称|单位全称|全称|责任部门|成员单位|单位部门|站所名称|机构名称",
            required=True,
            plain=True,
        ),
        RegisterField(name="short", header="简称", english="Short name", synonyms="单位简称"),
        RegisterField(
            name="aliases",
            option="alias",
            kind=FieldKind.NAMES,
            header="别名",
            english="Aliases",
            synonyms="曾用名|平时叫法|俗称|又称|也叫|又名|其他叫法|习惯叫法|常用名|常用叫法|习惯称呼|其他名称|别称|叫法|平时称呼|群里叫法|口头叫法",
            plain=True,
        ),
        RegisterField(
            name="kind",
            header="类型",
            english="Type",
            synonyms="类别|性质|单位类型|单位性质|单位类别|属性",
        ),
        RegisterField(
            name="group",
            header="工作组",
            english="Group",
            synonyms="所属工作组|专项组|工作小组|所在组|组别|专班",
        ),
        RegisterField(
            name="leader_post",
            header="分管领导",
            english="Leader's post",
            synonyms="主管领导|分管负责人|主要负责人|负责人|领导|包联领导",
        ),
        RegisterField(
            name="liaison_post",
            header="联络员",
            english="Liaison's post",
            synonyms="联系人|联络人|联络员姓名|经办人|具体联络人|创卫联络员",
            contact=True,
        ),
        RegisterField(
            name="phone",
            header="电话",
            english="Phone",
            synonyms="联系电话|联系方式|手机|手机号|手机号码|办公电话|电话号码|联络员电话|联系人电话",
            contact=True,
        ),
        RegisterField(
            name="active", kind=FieldKind.YES, header="在用", english="In use", synonyms="是否在用"
        ),
    ),
    sound=sound,
)
