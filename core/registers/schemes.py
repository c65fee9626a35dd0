"""考核办法: one a month in which it begins."""

from core.model import Scheme
from core.registers.register import Field, FieldKind, Register
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
    fields=(
        Field(name="since", header="起用月份", english="In force from", required=True),
        Field(name="name", header="名称"),
        Field(name="reference", header="文号", english="Reference"),
        Field(name="active", kind=FieldKind.YES, header="启用"),
    ),
)
