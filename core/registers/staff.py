"""人员: a login is one person's, a liaison speaks for a unit, and somebody may keep the staff."""

from collections.abc import Iterator

from core.model import Role, Staff
from core.registers.ground import Fault, Ground, Touched, doubles


def sound(ground: Ground, touched: Touched) -> Iterator[Fault]:
    """A login stands twice, a liaison has no unit, or nobody would be left who may keep the staff."""
    people = list(ground.all(Staff))
    for _key, person, _other in doubles(people, lambda s: (s.login,), touched):
        fields = {"table": "staff", "value": person.login, "active": True}
        yield Fault("taken", "staff", person.id, fields)
    for person in people:
        if touched is not None and person.id not in touched:
            continue
        if person.active and Role.LIAISON in person.roles and person.unit is None:
            yield Fault("liaison_without_unit", "staff", person.id, {"value": person.login})
    if touched is not None and not any(
        person.active and Role.ADMIN in person.roles for person in people
    ):
        yield Fault("last_admin", "staff", 0)
