"""What is remembered of those who send ledgers: asked once, and no more."""

from msgspec.structs import replace

from core.actions.registers import Forget, Remember
from core.deciding.deciders import decides
from core.deciding.draft import Draft
from core.deciding.loop.road import active_unit
from core.errors import NotFound, RuleError
from core.ledger.record import KEYS
from core.model import Sender, State, Zone
from core.roles import OFFICE
from core.words.categories import CATEGORIES
from core.words.text import key_of


@decides
def remember(draft: Draft, action: Remember) -> None:
    """Headers and names of a sender, beside what was known of them."""
    role = draft.require(OFFICE)
    headers = {key_of(text): key for text, key in action.headers.items() if key_of(text)}
    units = {key_of(text): unit for text, unit in action.units.items() if key_of(text)}
    unknown = next((key for key in headers.values() if key and key not in KEYS), None)
    if unknown is not None:
        raise RuleError("unknown_column", value=unknown, expected=KEYS)
    words = {key_of(text): word for text, word in action.words.items() if key_of(text)}
    known = {*CATEGORIES, *State, *(zone.code for zone in draft.all(Zone))}
    other = next((word for word in words.values() if word not in known), None)
    if other is not None:
        raise RuleError("unknown_category", value=other)
    for unit in units.values():
        active_unit(draft, unit)
    old = _known(draft, action.sender)
    if old is None:
        old = Sender(id=draft.new_id("senders"), name=action.sender.strip())
    elif not old.active:
        old = replace(old, headers={}, units={}, words={}, active=True)
    new = replace(
        old,
        headers={**old.headers, **headers},
        units={**old.units, **units},
        words={**old.words, **words},
    )
    if new == old:
        return
    draft.put("senders", new)
    changed = {text: ("", key) for text, key in action.headers.items()}
    changed |= {text: ("", active_unit(draft, unit).name) for text, unit in action.units.items()}
    changed |= {text: ("", word) for text, word in action.words.items()}
    draft.note(new, "remember", role, table="senders", changed=changed)


@decides
def forget(draft: Draft, action: Forget) -> None:
    """One writing of a sender, or all; the record stays."""
    role = draft.require(OFFICE)
    old = draft.get("senders", action.sender)
    if not isinstance(old, Sender):
        raise NotFound("no_record", table="senders", value=str(action.sender))
    gone = {key_of(word) for word in action.words}
    new = replace(
        old,
        headers={k: v for k, v in old.headers.items() if gone and k not in gone},
        units={k: v for k, v in old.units.items() if gone and k not in gone},
        words={k: v for k, v in old.words.items() if gone and k not in gone},
    )
    if new == old:
        raise RuleError("nothing_changed", number=old.name)
    draft.put("senders", new)
    kept = {**new.headers, **new.units, **new.words}
    dropped = [k for k in (*old.headers, *old.units, *old.words) if k not in kept]
    changed = {word: (word, "") for word in dropped}
    draft.note(new, "forget", role, table="senders", changed=changed)


def _known(draft: Draft, name: str) -> Sender | None:
    senders = list(draft.all(Sender))
    return next((s for s in senders if key_of(s.name) == key_of(name)), None)
