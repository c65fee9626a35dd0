"""Whom a key lets in (docs/gate.md 1)."""

from datetime import date

from core.model import SshKey
from core.town.town import Town


def lets_in(town: Town, login: str, fingerprint: str, today: date) -> bool:
    """Whether a key is in use and that of somebody who may come in on a day."""
    person = town.member(login)
    if person is None or not person.active or person.expired(today):
        return False
    return any(
        key.active and key.staff == person.id and key.fingerprint == fingerprint
        for key in town.all(SshKey)
    )
