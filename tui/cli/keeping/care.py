"""Whoever runs the server: checking a store, mending it, backing it up and putting it back."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Annotated

import typer

from core.errors import Incomplete, NotAllowed
from core.model import Role
from core.roles import ALL_HANDS, Actor, acting_role
from store.care.backup import daily_name, save_backup, thin_out, write_backup
from store.care.check import check
from store.care.repair import repair
from store.care.restoring import restore
from store.care.told import CheckReport
from store.disk.custody import check_directory, owns
from store.errors import Damaged, FileRefused
from store.history.follower import Follower
from store.history.journals import journal
from store.history.journals.lock import WAIT
from tui.cli.frame.office import Office, talk
from tui.cli.frame.opening import opens
from tui.cli.frame.options import Json, Lang, Store, Wait, Yes
from tui.cli.frame.output import Force
from tui.cli.frame.registry import Commands, Passing
from tui.cli.frame.tables import print_json
from tui.cli.keeping.care_text import as_json, say_lacking, say_mended, say_report
from tui.exit_codes import ExitCode
from tui.exits import make_sure, progress
from tui.terminal.display import shown
from tui.whereabouts import actor_in, expanded, login, store_path
from tui.words.findings import finding_text
from tui.words.i18n import _, ngettext

COMMANDS = Commands({"backup": Passing.ADMINS, "restore": Passing.NOBODY})


@COMMANDS.command("check", _("Read the whole store and say what is wrong with it."))
def check_(
    mend: Annotated[
        bool,
        typer.Option(
            "--repair",
            show_default=False,
            help=_(
                "Write it anew from whatever can be read; a copy of everything stays beside it."
            ),
        ),
    ] = False,
    older: Annotated[
        bool,
        typer.Option(
            "--accept-older",
            show_default=False,
            help=_("Go on with an older copy that was put back, giving up what came after it."),
        ),
    ] = False,
    yes: Yes = False,
    json: Json = False,
    store: Store = None,
    lang: Lang = None,
    wait: Wait = WAIT,
) -> None:
    """检查."""
    path = store_path(store)
    report = _checked(path)
    if (mend or older) and not report.sound:
        say_report(report)
        actor = _keeper(path)
        make_sure(_("Write the store anew?"), yes=yes)
        mended = repair(path, actor, datetime.now(UTC), older=older, wait=wait)
        say_mended(mended)
        report = _checked(path)
    if json:
        print_json(as_json(report))
    else:
        say_report(report)
    if not report.sound:
        raise typer.Exit(ExitCode.DAMAGED)


def _checked(path: Path) -> CheckReport:
    with progress(_("Reading the store")) as advance:
        return check(path, advance)


def _keeper(path: Path) -> Actor:
    """The person, who must be an admin of the store as far as it can be read.

    Where no admin can be read, whoever owns the directory may.
    """
    check_directory(path)
    try:
        follower = Follower(path, partial=True)
    except Damaged as error:
        if error.code == "newer_format":
            raise
        return _owner(path)
    try:
        town = follower.town
        actor = actor_in(town, None, "cli")
        nobody = not any(Role.ADMIN in s.roles and s.active for s in town.staff.values())
    finally:
        follower.close()
    if nobody:
        return _owner(path)
    if acting_role(actor, (Role.ADMIN,)) is None:
        raise NotAllowed("role", roles=(Role.ADMIN,))
    return actor


def _owner(path: Path) -> Actor:
    if not owns(path):
        raise NotAllowed("not_owner", value=str(path))
    return Actor(login(), ALL_HANDS, via="cli")


@COMMANDS.command("backup", _("Write the whole store, as it is now, to one file."))
@opens(saves=True, role=False)
def backup(
    office: Office,
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE|DIR|-",
            help=_("Where to; a directory with --keep."),
            show_default=False,
        ),
    ],
    keep: Annotated[
        int | None,
        typer.Option(
            "--keep",
            metavar="N",
            min=1,
            show_default=False,
            help=_("Into a directory, one file a day, and only the newest N of them stay."),
        ),
    ] = None,
    force: Force = False,
) -> None:
    """备份."""
    if office.repository.damage is not None:
        raise office.repository.damage

    if file == "-":
        if sys.stdout.isatty():
            raise Incomplete("binary_to_terminal")
        _manifest, lacking = write_backup(office.repository, sys.stdout.buffer, office.now)
        sys.stdout.buffer.flush()
        say_lacking(lacking)
        return
    target = expanded(file)
    if keep:
        target, force = target / daily_name(office.today), True
    manifest, lacking = save_backup(office.repository, target, office.now, force=force)
    print(target)
    talk(_("Change {seq} {hash}.").format(seq=manifest.seq, hash=manifest.hash))
    say_lacking(lacking)
    if keep:
        for old in thin_out(target.parent, keep):
            talk(_("Taken away: {path}.").format(path=old.name))


@COMMANDS.command("restore", _("Put the store of a backup in place; the old one is kept."))
def restore_(
    file: Annotated[
        str,
        typer.Argument(metavar="FILE|-", help=_("A file of zg backup."), show_default=False),
    ],
    yes: Yes = False,
    store: Store = None,
    lang: Lang = None,
    wait: Wait = WAIT,
) -> None:
    """恢复."""
    path = store_path(store)
    there = path.is_dir() and bool(journal.generations(path))
    actor = _keeper(path) if there else Actor(login(), ALL_HANDS, via="cli")
    if there:
        question = _("Replace the store in {path}? It is kept beside.")
        make_sure(question.format(path=path), yes=yes)
    if file == "-":
        source: IO[bytes] = sys.stdin.buffer
        name = "-"
    else:
        source, name = _opened(expanded(file)), Path(file).name
    with source:
        done = restore(path, source, name, actor, datetime.now(UTC), wait=wait)
    talk(
        ngettext(
            "Restored {office}: {count} change, as of {at}.",
            "Restored {office}: {count} changes, as of {at}.",
            done.manifest.seq,
        ).format(office=shown(done.manifest.office), count=done.manifest.seq, at=done.manifest.at)
    )
    if done.kept is not None:
        talk(_("The old store is kept in {path}.").format(path=done.kept))
    for lacking in done.lacking:
        talk(shown(finding_text(lacking.code, {"number": lacking.label, "file": lacking.file})))
    for photo in () if done.lacking else done.damaged:  # in no record
        talk(_("Left out, it is not what was kept: the photo {file}.").format(file=shown(photo)))
    if done.damaged or done.lacking:
        raise typer.Exit(ExitCode.DAMAGED)


def _opened(path: Path) -> IO[bytes]:
    try:
        if not path.exists():
            raise FileRefused("no_file", file=str(path))
        if not path.is_file():
            raise FileRefused("not_regular", file=str(path))
        return path.open("rb")
    except OSError as error:
        raise FileRefused("unreadable", file=str(path), why=str(error.strerror)) from error
