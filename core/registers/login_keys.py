"""登录密钥: a key is one person's, and a person has twenty at the most (docs/gate.md)."""

from collections import Counter
from collections.abc import Iterator

from core.model import SshKey, Staff
from core.registers.ground import Breach, Ground, Touched, doubles
from core.registers.register import FieldKind, Register, RegisterField
from core.roles import ADMINS

MOST = 20
"""Keys in use of one person."""


def sound(ground: Ground, touched: Touched) -> Iterator[Breach]:
    """A key in use is somebody else's too, or somebody has too many."""
    live = [key for key in ground.all(SshKey) if key.active]
    for _blob, key, other in doubles(live, lambda k: (k.fingerprint,), touched):
        owner = ground.get("staff", other.staff)
        name = owner.login if isinstance(owner, Staff) else ""
        yield Breach("key_held", "keys", key.id, {"value": key.fingerprint, "owner": name})
    for staff, count in Counter(key.staff for key in live).items():
        theirs = [key.id for key in live if key.staff == staff]
        if count > MOST and (touched is None or touched & set(theirs)):
            yield Breach("too_many_keys", "keys", theirs[-1], {"count": MOST})


KEYS = Register(
    table="keys",
    noun="key",
    record=SshKey,
    chinese="登录密钥",
    english="key",
    keepers=ADMINS,
    named_by=("fingerprint",),
    closed="a key is added from its line and retired, never changed",
    fields=(
        RegisterField(
            name="staff",
            kind=FieldKind.REF,
            header="账号",
            english="Login",
            of="staff",
            rests=False,
        ),
        RegisterField(name="type", header="类型", english="Type"),
        RegisterField(name="fingerprint", header="指纹", english="Fingerprint"),
        RegisterField(name="comment", header="说明", english="Comment"),
        RegisterField(name="added", kind=FieldKind.DAY, header="登记日期", english="Added on"),
        RegisterField(name="retired", kind=FieldKind.DAY, header="停用日期", english="Retired on"),
        RegisterField(name="active", kind=FieldKind.YES, header="在用", english="In use"),
    ),
    sound=sound,
)
