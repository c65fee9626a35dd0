"""登录密钥: added from a pasted line, retired for good (docs/gate.md)."""

from msgspec.structs import replace

from core.actions.registers import AddKey, RetireKey
from core.deciding.deciders import decides
from core.deciding.draft import Draft
from core.errors import NotFound, RuleError
from core.model import SshKey, Staff
from core.registers.public_keys import LOGIN, read_key
from core.roles import ADMINS


@decides
def add_key(draft: Draft, action: AddKey) -> None:
    """A key of somebody in use. Raises `RuleError`: no key, a weak one, one that is somebody's already."""
    role = draft.require(ADMINS)
    person = next((s for s in draft.all(Staff) if s.login == action.login), None)
    if person is None or not person.active:
        raise NotFound("no_record", table="staff", value=action.login)
    if not LOGIN.fullmatch(person.login):
        raise RuleError("gate_login", value=person.login)
    read = read_key(action.public)
    for held in draft.all(SshKey):
        if held.active and held.fingerprint == read.fingerprint:
            owner = draft.get("staff", held.staff)
            name = owner.login if isinstance(owner, Staff) else ""
            raise RuleError("key_held", value=held.fingerprint, owner=name)
    key = SshKey(
        id=draft.new_id("keys"),
        staff=person.id,
        type=read.type,
        blob=read.blob,
        fingerprint=read.fingerprint,
        comment=read.comment,
        added=draft.now.today,
    )
    draft.put("keys", key)
    draft.note(key, "add_key", role, table="keys", note=f"{person.login} {key.fingerprint}")


@decides
def retire_key(draft: Draft, action: RetireKey) -> None:
    """A key that lets nobody in any more."""
    role = draft.require(ADMINS)
    key = draft.get("keys", action.key)
    if not isinstance(key, SshKey):
        raise NotFound("no_record", table="keys", value=str(action.key))
    if not key.active:
        raise RuleError("nothing_changed", number=key.fingerprint)
    draft.put("keys", replace(key, active=False, retired=draft.now.today))
    person = draft.get("staff", key.staff)
    login = person.login if isinstance(person, Staff) else ""
    draft.note(key, "retire_key", role, table="keys", note=f"{login} {key.fingerprint}")
