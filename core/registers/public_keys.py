"""Public keys of SSH as people paste them: one line, a type that is strong enough, no options (docs/gate.md)."""

import base64
import binascii
import re
from hashlib import sha256

from msgspec import Struct

from core.errors import RuleError
from core.words.text import clean

TYPES = (
    "ssh-ed25519",
    "ecdsa-sha2-nistp256",
    "ecdsa-sha2-nistp384",
    "ecdsa-sha2-nistp521",
    "sk-ssh-ed25519@openssh.com",
    "sk-ecdsa-sha2-nistp256@openssh.com",
    "ssh-rsa",
)
"""What is taken; DSA is not."""
LOGIN = re.compile(r"[a-z][a-z0-9._-]{0,31}")
"""What somebody who comes through the gate is called."""
LEAST_RSA = 3072
"""Bits of an RSA key."""
LONGEST = 8192
"""Characters of a line."""
MOST_OF_A_COMMENT = 100


class PublicKey(Struct, frozen=True):
    """A key as it was read."""

    type: str
    blob: str
    fingerprint: str
    comment: str = ""


def read_key(text: str) -> PublicKey:
    """The key of a line as `ssh-keygen` writes it.

    Raises `RuleError`: `bad_key` where it is none, `key_options` where something stands before it, `several_keys`
    where there are more lines, `weak_key` where it is too short or of a kind that is not taken.
    """
    lines = [line for line in text.strip().splitlines() if line.strip()]
    if len(lines) > 1:
        raise RuleError("several_keys", count=len(lines))
    words = lines[0].split(None, 2) if lines and len(lines[0]) <= LONGEST else []
    if len(words) < 2:
        raise RuleError("bad_key")
    kind, blob = words[0], words[1]
    if kind not in TYPES:
        if kind.startswith(("ssh-", "ecdsa-", "sk-")):
            raise RuleError("weak_key", value=kind, expected=TYPES)
        if any(word in TYPES for word in lines[0].split()):
            raise RuleError("key_options")
        raise RuleError("bad_key")
    try:
        data = base64.b64decode(blob, validate=True)
    except (binascii.Error, ValueError) as error:
        raise RuleError("bad_key") from error
    parts = _parts(data)
    if not parts or parts[0] != kind.encode():
        raise RuleError("bad_key")
    if kind == "ssh-rsa":
        bits = int.from_bytes(parts[2], "big").bit_length() if len(parts) == 3 else 0
        if bits < LEAST_RSA:
            raise RuleError("weak_key", value=f"{kind} {bits}", expected=(f"ssh-rsa {LEAST_RSA}",))
    digest = base64.b64encode(sha256(data).digest()).decode().rstrip("=")
    comment = clean(words[2], lines=False)[:MOST_OF_A_COMMENT] if len(words) > 2 else ""
    return PublicKey(kind, base64.b64encode(data).decode(), f"SHA256:{digest}", comment)


def _parts(data: bytes) -> list[bytes]:
    """The length-prefixed parts of a key; empty where they do not fit."""
    found: list[bytes] = []
    at = 0
    while at < len(data):
        if at + 4 > len(data):
            return []
        size = int.from_bytes(data[at : at + 4], "big")
        at += 4
        if size > len(data) - at:
            return []
        found.append(data[at : at + size])
        at += size
    return found
