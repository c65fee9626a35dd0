"""考核办法: one a month in which it begins."""

from core.model import Scheme
from core.registers.register import FieldKind, Register, RegisterField, to_everybody
from core.roles import SCHEMERS

SCHEMES = Register(
    table="schemes",
    noun="scheme",
    record=Scheme,
    chinese="考核办法",
    english="scoring scheme",
    keepers=SCHEMERS,
    named_by=("since",),
    closed="a scheme is set key by key, from a month on",
    told=to_everybody,
    fields=(
        RegisterField(name="since", header="起用月份", english="In force from", required=True),
        RegisterField(name="name", header="名称", english="Name"),
        RegisterField(name="reference", header="文号", english="Reference"),
        RegisterField(name="active", kind=FieldKind.YES, header="启用", english="In use"),
    ),
)
