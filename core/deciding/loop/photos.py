"""附件: photos and scans of an item, before and after."""

from pathlib import PurePath

from msgspec.structs import replace

from core.actions.loop.photos import Attach
from core.deciding.deciders import decides
from core.deciding.draft import Draft
from core.deciding.loop.inspection import with_assignment
from core.errors import RuleError
from core.model import File, Item, Outcome, Shows
from core.words.text import clean, too_long


@decides
def attach(draft: Draft, action: Attach) -> None:
    """Photos of the problem, or of what was done; the same content twice is one."""
    item, role = draft.begin(action.item, "attach")
    draft.needs("attach", item, path=action.files)
    day = draft.day(action.on)
    after = with_files(item, tuple(replace(file, on=day) for file in action.files))
    if after == item:
        raise RuleError("nothing_changed", number=item.label)
    draft.put("items", after)
    added = after.files[len(item.files) :]
    draft.note(
        after,
        "attach",
        role,
        on=day,
        note=action.note,
        photos=tuple(file.name for file in added),
    )


def with_files(item: Item, files: tuple[File, ...]) -> Item:
    """An item with more files; each has a name of its own, which stands among the photos."""
    held = {(file.digest, file.shows) for file in item.files}
    for file in files:
        if (file.digest, file.shows) in held:
            continue
        held.add((file.digest, file.shows))
        name = clean(file.name, lines=False).replace("、", "，")
        if not name or too_long("name", name) is not None:
            name = f"{file.digest[:8]}.{file.kind}"
        taken = {f.name for f in item.files if f.shows == file.shows}
        named = replace(file, name=_free(name, taken))
        item = _shown(replace(item, files=(*item.files, named)), named)
    return item


def _free(name: str, taken: set[str]) -> str:
    """A name nothing else bears."""
    path = PurePath(name)
    found, number = name, 1
    while found in taken:
        number += 1
        found = f"{path.stem}({number}){path.suffix}"
    return found


def _shown(item: Item, file: File) -> Item:
    """The name of a new file among the photos it belongs to: the problem's, or the feedback's."""
    if file.shows == Shows.BEFORE:
        names = tuple(dict.fromkeys((*item.photos_before, file.name)))
        return replace(item, photos_before=names)
    assignment = item.assignment
    claim = assignment.claim if assignment else None
    if assignment is None or claim is None:
        return item
    photos = tuple(dict.fromkeys((*claim.photos, file.name)))
    feedbacks = tuple(replace(f, photos=photos) if f is claim else f for f in assignment.feedbacks)
    return with_assignment(item, replace(assignment, feedbacks=feedbacks))


def waiting(item: Item) -> tuple[str, ...]:
    """Names of files that show what was done and that no feedback has named yet."""
    named = {
        photo
        for assignment in item.assignments
        for feedback in assignment.feedbacks
        if feedback.outcome != Outcome.WITHDRAWN
        for photo in feedback.photos
    }
    return tuple(f.name for f in item.files if f.shows == Shows.AFTER and f.name not in named)
