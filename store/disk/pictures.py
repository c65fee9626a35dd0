"""What a photo is, and photos made small for paper: by Pillow (extra `office`), in a fenced child.

A photo comes from anybody's telephone: whatever decoding it does, its death is that of a child, and it
stays what it was kept as.
"""

import io
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from functools import cache
from importlib.util import find_spec
from typing import Any, TypeVar

from msgspec import Struct

from store.disk.fence import fenced
from store.errors import FileRefused

T = TypeVar("T")
MOST_PIXELS = 120_000_000
"""Pixels of a picture that is decoded; telephones make 108 million."""
_ACROSS, _DOWN = 9, 8
"""Cells that brightness is compared over: 64 differences."""
_FLAT = 12
"""Steps of 256 between the darkest and the brightest cell below which a picture says nothing."""
_ORIENTATION, _TAKEN_AT, _ALTERED_AT, _DETAILS = 0x0112, 0x9003, 0x0132, 0x8769
_QUALITY = 82
_DPI = (96, 96)
"""Dots an inch, so that no reader scales it by itself."""


class Look(Struct, frozen=True):
    """What a photo says of itself."""

    taken: date | None = None
    """The day the camera wrote (拍摄时间)."""
    look: str = ""
    """64 differences of brightness, 16 hexadecimal digits; like pictures differ in few. Empty where it says nothing."""


@cache
def has_pillow() -> bool:
    """Whether pictures can be decoded here."""
    return find_spec("PIL") is not None


def looked_at(data: bytes, name: str) -> Look:
    """What a photo says of itself; nothing where it cannot be decoded, or not here."""
    if not has_pillow():
        return Look()
    try:
        return _decoded(_look, data, name)
    except FileRefused:  # it is kept as it came; whoever wants to see it is told
        return Look()


def made_small(data: bytes, name: str, longest: int, *, exif: bool = False) -> bytes:
    """A photo as a JPEG of at most `longest` pixels a side, upright; without what the camera wrote of place,
    time and owner, unless `exif` is asked for. Raises `FileRefused`."""
    if not has_pillow():
        raise FileRefused("needs_office", file=name, library="Pillow")
    return _decoded(lambda picture: _small(picture, longest, exif=exif), data, name)


def _decoded(job: Callable[[Any], T], data: bytes, name: str) -> T:
    """What a job makes of a picture, in a child. Raises `FileRefused`."""

    def worked() -> T:
        try:
            return job(_opened(data))
        except Exception as error:  # a decoder of anybody's file raises anything there is
            raise FileRefused("picture_unreadable", file=name) from error

    return fenced(worked, name)


def _opened(data: bytes) -> Any:
    """The picture, not decoded yet."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # ours is asked first, and raises no warning
    picture = Image.open(io.BytesIO(data))
    if picture.width * picture.height > MOST_PIXELS:
        raise ValueError("too many pixels")
    return picture


def _look(picture: Any) -> Look:
    taken = _taken(picture)
    picture.draft("L", (64, 64))
    cells = list(picture.convert("L").resize((_ACROSS, _DOWN)).tobytes())
    if max(cells) - min(cells) < _FLAT:
        return Look(taken)
    bits = 0
    for row in range(_DOWN):
        for at in range(_ACROSS - 1):
            here = row * _ACROSS + at
            bits = bits << 1 | (cells[here] < cells[here + 1])
    return Look(taken, f"{bits:016x}")


def _taken(picture: Any) -> date | None:
    """The day that is written in it, where one can be read."""
    written = picture.getexif()
    text = written.get_ifd(_DETAILS).get(_TAKEN_AT) or written.get(_ALTERED_AT)
    with suppress(ValueError):
        return datetime.strptime(str(text)[:10], "%Y:%m:%d").date()
    return None


def _small(picture: Any, longest: int, *, exif: bool) -> bytes:
    from PIL import Image, ImageOps

    kept = picture.getexif() if exif else None
    picture.draft("RGB", (longest, longest))
    picture = ImageOps.exif_transpose(picture)
    picture.thumbnail((longest, longest))
    upright = picture.convert("RGBA")
    paper = Image.new("RGBA", upright.size, "white")
    paper.alpha_composite(upright)
    beside = {}
    if kept is not None:
        kept.pop(_ORIENTATION, None)
        beside = {"exif": kept}
    out = io.BytesIO()
    paper.convert("RGB").save(out, "JPEG", quality=_QUALITY, dpi=_DPI, **beside)
    return out.getvalue()
