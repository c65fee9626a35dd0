"""What a check, a repair and a backup say, for people and as JSON."""

from collections.abc import Sequence

import typer

from store.care.backup import Lacking
from store.care.repair import spans
from store.care.salvage import Mended
from store.care.told import CheckReport, Finding
from tui.cli.frame.office import talk
from tui.exit_codes import ExitCode
from tui.terminal.display import shown
from tui.words.findings import finding_text
from tui.words.i18n import _
from tui.words.texts import listed, table_name

"""Exit code of a store that is not whole."""


def as_json(report: CheckReport) -> dict[str, object]:
    return {
        "sound": report.sound,
        "seq": report.seq,
        "hash": report.hash,
        "transactions": report.transactions,
        "items": report.items,
        "events": report.events,
        "findings": [
            {
                "code": f.code,
                "grave": f.grave,
                "unsound": f.unsound,
                "text": finding_text(f.code, f.fields),
                **f.fields,
            }
            for f in report.findings
        ],
    }


def say_report(report: CheckReport) -> None:
    for finding in report.findings:
        print(f"{_mark(finding)}: {shown(finding_text(finding.code, finding.fields))}")
    template = (
        _("Sound: {count} changes, {items} items, {events} lines of history; last {seq} {hash}.")
        if report.sound
        else _("Damaged: {count} changes, {items} items and {events} lines of history can be read.")
    )
    print(
        template.format(
            count=report.transactions,
            items=report.items,
            events=report.events,
            seq=report.seq,
            hash=report.hash,
        )
    )


def _mark(finding: Finding) -> str:
    if finding.grave:
        return _("damage")
    return _("to put right") if finding.unsound else _("note")


def say_mended(mended: Mended) -> None:
    for text, numbers in (
        (_("Set right to the bit: changes {numbers}."), mended.restored),
        (_("Taken as they read, though altered: changes {numbers}; look at them."), mended.altered),
        (_("Cannot be read any more: changes {numbers}."), mended.lost),
        (_("Understood in part only: changes {numbers}."), mended.unfit),
    ):
        if numbers:
            talk(text.format(numbers=spans(numbers)))
    for text, names in (
        (
            _("Set right to the bit: what archived journals told of {names}."),
            map(table_name, mended.mended),
        ),
        (_("Lost with archived journals: {names}."), map(shown, mended.records)),
        (
            _(
                "Taken as it reads, and not proven to be what was saved: what archived journals told of {names}."
            ),
            map(table_name, mended.doubted),
        ),
    ):
        told = listed(names)
        if told:
            talk(text.format(names=told))
    talk(_("Everything as it was is kept in {path}.").format(path=mended.kept))


def say_lacking(lacking: Sequence[Lacking]) -> None:
    """Name what is not in the backup; it ends as damage does, and no older one is taken away."""
    if not lacking:
        return
    for photo in lacking:
        fields = {"number": photo.label, "file": photo.file}
        talk(shown(finding_text(photo.code, fields)))
    talk(_("The backup holds everything else; older ones were left as they are."))
    raise typer.Exit(ExitCode.DAMAGED)
