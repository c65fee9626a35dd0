"""Evidence is what is kept: a photo that a step names is a file, taken in beside the store.

Names that came with a ledger stay names; everything else a person names must be there.
"""

from collections.abc import Callable

from msgspec.structs import replace

from core.actions.action import Action
from core.actions.loop.feedback import Submit
from core.actions.loop.lookback import Recheck, Reopen
from core.actions.loop.photos import Attach
from core.actions.loop.road import Fix
from core.deciding.loop.photos import with_files
from core.model import File, Item, Shows

Keep = Callable[[str, Shows], File]
"""Takes a file in by its path. Raises `FileRefused`, `NotSaved`."""
SHOWN = {Fix: Shows.AFTER, Submit: Shows.AFTER, Recheck: Shows.AFTER, Reopen: Shows.BEFORE}
"""What the photos of a step show."""


def evidenced(action: Action, item: Item | None, keep: Keep) -> list[Action]:
    """A step with its photos kept: they are attached, and the step names them as they are called.

    Raises what `keep` raises where a photo is not there.
    """
    if not isinstance(action, Fix | Submit | Recheck | Reopen) or item is None:
        return [action]
    told = set(item.proposed.photos_after) if item.proposed else set()
    paths = [path for path in action.photos if path not in told]
    if not paths:
        return [action]
    shows = SHOWN[type(action)]
    held = tuple(keep(path, shows) for path in paths)
    added = with_files(item, held).files[len(item.files) :]
    known = {file.digest: file.name for file in (*item.files, *added) if file.shows == shows}
    names = tuple(known[file.digest] for file in held)
    photos = tuple(dict.fromkeys((*(p for p in action.photos if p in told), *names)))
    step = replace(action, photos=photos)
    return [Attach(item=item.id, files=added, on=action.on), step] if added else [step]
