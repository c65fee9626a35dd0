"""人员: a login is one person's, a liaison speaks for a unit, and somebody may keep the staff."""

from collections.abc import Iterator

from core.errors import RefusalKind
from core.model import Role, Staff
from core.registers.ground import Breach, Ground, Touched, doubles
from core.registers.register import FieldKind, Register, RegisterField
from core.roles import ADMINS


def sound(ground: Ground, touched: Touched) -> Iterator[Breach]:
    """A login stands twice, a liaison has no unit, or nobody would be left who may keep the staff."""
    people = list(ground.all(Staff))
    for _key, person, _other in doubles(people, lambda s: (s.login,), touched):
        fields = {"table": "staff", "value": person.login, "active": True}
        yield Breach("taken", "staff", person.id, fields)
    for person in people:
        if touched is not None and person.id not in touched:
            continue
        if person.active and Role.LIAISON in person.roles and person.unit is None:
            yield Breach(
                "liaison_without_unit",
                "staff",
                person.id,
                {"value": person.login},
                RefusalKind.INPUT,
            )
    if touched is not None and not any(
        person.active and Role.ADMIN in person.roles and person.expires is None for person in people
    ):
        yield Breach("last_admin", "staff", 0, {}, RefusalKind.NOT_ALLOWED)


STAFF = Register(
    table="staff",
    noun="staff",
    record=Staff,
    chinese="人员",
    english="member of staff",
    several="staff",
    letter="u",
    keepers=ADMINS,
    named_by=("login",),
    fields=(
        RegisterField(
            name="login",
            header="账号",
            english="Login",
            synonyms="登录名|用户名|登录账号|系统账号",
            required=True,
            plain=True,
        ),
        RegisterField(
            name="name", header="姓名", english="Name", synonyms="岗位|人员|工作人员|职务|岗位名称"
        ),
        RegisterField(
            name="roles",
            option="role",
            kind=FieldKind.NAMES,
            header="角色",
            english="Roles",
            words=tuple(Role),
            synonyms="权限|系统角色|职责",
        ),
        RegisterField(
            name="unit",
            kind=FieldKind.REF,
            header="责任单位",
            english="Unit",
            synonyms="单位|所在单位|部门|所属单位",
            of="units",
        ),
        RegisterField(
            name="expires",
            kind=FieldKind.DAY,
            header="有效期至",
            english="Until (incl.)",
            synonyms="到期日期|到期日|有效期",
        ),
        RegisterField(
            name="active", kind=FieldKind.YES, header="在用", english="In use", synonyms="是否在用"
        ),
    ),
    sound=sound,
)
