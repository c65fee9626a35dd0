"""登录密钥: what proves who comes through the gate (docs/gate.md)."""

from datetime import date

from core.model.base import Record


class SshKey(Record, frozen=True, kw_only=True):
    """A public key of one person; it holds while it and the person are in use."""

    staff: int
    type: str
    """As sshd names it: ssh-ed25519, ecdsa-sha2-nistp256, sk-…, ssh-rsa."""
    blob: str
    """The key itself, base64."""
    fingerprint: str
    """SHA256: and 43 characters."""
    comment: str = ""
    added: date | None = None
    retired: date | None = None
    active: bool = True

    @property
    def mark(self) -> str:
        """The first 12 characters of the fingerprint, as a line of the journal bears it."""
        return mark_of(self.fingerprint)


def mark_of(fingerprint: str) -> str:
    """What stands in a journal for a key."""
    return fingerprint.removeprefix("SHA256:")[:12]
