"""常用视图: each has a name of its own, and a key nobody else has."""

from collections.abc import Hashable, Iterator

from core.model import View
from core.registers.ground import Breach, Ground, Touched, doubles
from core.registers.register import FieldKind, Register, RegisterField
from core.roles import OFFICE
from core.words.text import key_of


def _keys(view: View) -> tuple[Hashable, ...]:
    return (key_of(view.name), *((view.key,) if view.key is not None else ()))


def sound(ground: Ground, touched: Touched) -> Iterator[Breach]:
    """Two views in use share a name or a key."""
    live = [view for view in ground.all(View) if view.active]
    for key, view, other in doubles(live, _keys, touched):
        if isinstance(key, int):
            yield Breach("key_taken", "views", view.id, {"value": str(key), "name": other.name})
        else:
            fields = {"table": "views", "value": view.name, "active": True}
            yield Breach("taken", "views", view.id, fields)


VIEWS = Register(
    table="views",
    noun="view",
    record=View,
    chinese="常用视图",
    english="view",
    letter="v",
    keepers=OFFICE,
    named_by=("name",),
    fields=(
        RegisterField(
            name="name", header="名称", english="Name", synonyms="视图", required=True, plain=True
        ),
        RegisterField(name="query", header="查询", english="Query", required=True),
        RegisterField(name="key", kind=FieldKind.COUNT, header="数字键", english="Key"),
        RegisterField(name="active", kind=FieldKind.YES, header="启用", english="In use"),
    ),
    sound=sound,
)
