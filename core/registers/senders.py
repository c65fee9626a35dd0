"""来件方: what is remembered of whoever sends ledgers, each once."""

from core.model import Sender
from core.registers.register import FieldKind, Register, RegisterField
from core.roles import OFFICE

SENDERS = Register(
    table="senders",
    noun="sender",
    record=Sender,
    chinese="填报单位",
    english="sender of ledgers",
    several="senders of ledgers",
    keepers=OFFICE,
    named_by=("name",),
    closed="what was told with an import is listed and forgotten, and told again with the next",
    fields=(
        RegisterField(name="name", header="填报单位", english="Sender"),
        RegisterField(
            name="units",
            kind=FieldKind.BY_NAME,
            of="units",
            header="单位写法",
            english="Writings of units",
        ),
        RegisterField(name="active", kind=FieldKind.YES, header="在用", english="In use"),
    ),
)
