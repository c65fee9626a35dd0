"""Setting right one flipped bit, where a hash of what was written is known."""

from collections.abc import Iterable
from hashlib import sha256

WORK = 4 << 30
"""Bytes hashed at the most in looking for one bit: some seconds."""


def set_right(
    before: bytes, data: bytes, digest: str, places: Iterable[int] | None = None
) -> bytes | None:
    """`data` with the one bit turned by which sha256(before + data) begins with `digest`; None where none does.

    `places` are the bytes to look at, all of them where that is not too much work.
    """
    wanted = list(range(len(data))) if places is None else sorted(places)
    if sum(len(data) - at for at in wanted) * 8 > WORK:
        return None
    prefix, done, length = sha256(before), 0, len(digest)
    for at in wanted:
        prefix.update(data[done:at])
        done = at
        for bit in range(8):
            turned = bytes((data[at] ^ 1 << bit,))
            hashed = prefix.copy()
            hashed.update(turned)
            hashed.update(data[at + 1 :])
            if hashed.hexdigest()[:length] == digest:
                return data[:at] + turned + data[at + 1 :]
    return None
