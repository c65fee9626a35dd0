"""`zg attach` and `zg files`: photos and scans of items, in and out."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from core.actions.action import Action
from core.actions.loop.photos import Attach
from core.errors import Incomplete, NotFound, RuleError
from core.model import File, Item, Shows
from store.disk.files import check_target, make_output_directory
from store.errors import FileRefused
from store.ledgers.coming_in.grids import read_bytes
from store.ledgers.going_out.standard import safe_name
from store.ledgers.going_out.writing import save
from tui.cli.frame.office import Office, talk
from tui.cli.frame.opening import opens
from tui.cli.frame.options import Numbers, On
from tui.cli.frame.output import Force
from tui.cli.frame.registry import Commands
from tui.cli.frame.tables import print_json, print_table
from tui.cli.photos.attaching import attached
from tui.cli.photos.shots import shots_of
from tui.photo_files import size_text
from tui.terminal.display import shown
from tui.whereabouts import expanded
from tui.words.i18n import _, ngettext
from tui.words.texts import name_of, quote, say, shows_name

COMMANDS = Commands(own=("files",))
What = Annotated[
    list[str],
    typer.Argument(
        metavar="[NUMBER] PATH...",
        show_default=False,
        help=_(
            "Files; without NUMBER named such as 'CW-2026-0012 整改后.jpg'. L-, S-, P-, W- numbers too."
        ),
    ),
]


@COMMANDS.command(
    "attach",
    _(
        "Keep photos with an item: NUMBER FILE..., or files and folders whose names bear the numbers."
    ),
)
@opens(saves=True)
def attach(
    office: Office,
    what: What,
    before: Annotated[
        bool, typer.Option("--before", show_default=False, help=_("They show the problem."))
    ] = False,
    after: Annotated[
        bool, typer.Option("--after", show_default=False, help=_("They show what was done."))
    ] = False,
    on: On = None,
) -> None:
    """附件."""
    if before and after:
        raise Incomplete("before_or_after")
    said = Shows.BEFORE if before else Shows.AFTER if after else None
    day = office.day(on)
    if attached(office, what, day):
        return
    shots = shots_of(office, what, said)
    if not shots:
        raise NotFound("no_match")
    kept: dict[int, list[File]] = {}
    false = 0
    for shot in shots:
        photos = office.repository.photos
        lacked = {f.digest for f in shot.item.files if not photos.is_whole(photos.path(f).name)}
        try:
            file = photos.keep(read_bytes(shot.path), shot.path.name, shot.shows)
        except FileRefused as error:
            if len(shots) == 1:
                raise
            talk(_("{why} It was passed over.").format(why=say(error)))
            false += 1
            continue
        if file.digest in lacked:
            told = _("{file} of {number} was not whole, and is again.")
            talk(told.format(file=quote(shot.path.name), number=shown(shot.item.label)))
        held = shot.item.files + tuple(kept.get(shot.item.id, ()))
        if not any((f.digest, f.shows) == (file.digest, file.shows) for f in held):
            kept.setdefault(shot.item.id, []).append(file)
    actions: list[Action] = [
        Attach(item=item, files=tuple(files), on=day) for item, files in kept.items()
    ]
    if not actions:
        if false:
            raise RuleError("files_false", count=false)
        talk(_("They are all here already."))
        return
    office.commit(actions)
    count = sum(map(len, kept.values()))
    talk(ngettext("{count} file kept.", "{count} files kept.", count).format(count=count))
    if false:
        raise RuleError("files_false", count=false)


@COMMANDS.command("files", _("List the photos of items, or write them into a folder."))
@opens(json=True)
def files(
    office: Office,
    numbers: Numbers,
    output: Annotated[
        str,
        typer.Option(
            "--output", "-o", metavar="DIR", show_default=False, help=_("Write them there.")
        ),
    ] = "",
    force: Force = False,
    *,
    json: bool,
) -> None:
    """照片."""
    items = office.items(numbers)
    if output:
        _write_out(office, items, expanded(output), force=force)
        return
    rows = [
        {
            "number": item.label,
            "shows": file.shows.value,
            "name": file.name,
            "size": file.size,
            "on": file.on.isoformat() if file.on else None,
            "digest": file.digest,
        }
        for item in items
        for file in item.files
    ]
    if json:
        print_json(rows)
        return
    table: list[list[Any]] = [
        [
            r["number"],
            shows_name(str(r["shows"])),
            r["name"],
            size_text(int(r["size"] or 0)),
            r["on"] or "",
        ]
        for r in rows
    ]
    print_table(table, [name_of(k) for k in ("number", "shows", "name", "size", "on")], flexible=2)


def _write_out(office: Office, items: Sequence[Item], directory: Path, *, force: bool) -> None:
    """Photos under names that say what they are, such as CW-2026-0012 整改后 1.jpg."""
    targets: dict[Path, File] = {}
    for item in items:
        counts: dict[Shows, int] = {}
        for file in item.files:
            counts[file.shows] = counts.get(file.shows, 0) + 1
            word = "整改前" if file.shows == Shows.BEFORE else "整改后"
            name = safe_name(f"{item.label} {word} {counts[file.shows]}") + f".{file.kind}"
            targets[directory / name] = file
    if not targets:
        raise NotFound("no_match")
    make_output_directory(directory)
    for path in targets:
        check_target(path, force=force)
    for path, file in targets.items():
        save(office.repository.photos.read(file), path, force=force)
        print(path)
