"""A photo a person names, read from this machine and kept beside the store."""

from core.errors import Incomplete
from core.model import File, Shows
from store.disk.photos import Photos
from store.errors import FileRefused
from tui.whereabouts import expanded


def kept_photo(photos: Photos, path: str, shows: Shows, *, papers: bool = False) -> File:
    """The photo at a path, or an office file where `papers` are wanted. Raises `FileRefused` where none is there,
    `Incomplete` where none is named, `NotSaved`."""
    from store.ledgers.coming_in.grids import read_bytes  # with what reads ledgers

    if not path.strip():
        raise Incomplete("missing", fields=("photo",))
    found = expanded(path)
    try:
        data = read_bytes(found)
    except FileRefused as error:
        if error.code == "no_file":
            raise FileRefused("no_photo", file=path) from None
        raise
    return photos.keep(data, found.name, shows, papers=papers)


def size_text(size: int) -> str:
    """Bytes as people say them."""
    if size < 1 << 20:
        return f"{max(1, round(size / 1024))} KB" if size else "0 KB"
    return f"{size / (1 << 20):.1f} MB"
