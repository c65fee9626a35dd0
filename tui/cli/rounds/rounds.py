"""`zg round`: the year's inspections, from their plan to their final sheet."""

from typing import Annotated, Any

import typer

from core.actions.action import Action
from core.actions.rounds import (
    CancelRound,
    FinaliseRound,
    PublishRound,
    ReopenRound,
    ScoreRound,
    StartRound,
)
from core.model import Round
from core.rounds.portable import (
    find_records,
    mark_records,
    numbered_finds,
    round_record,
    score_records,
)
from core.stats.scoring.round_sheet import sheet_of
from tui.cli.frame.office import Office, talk
from tui.cli.frame.opening import opens
from tui.cli.frame.options import On, Reason
from tui.cli.frame.registry import Commands
from tui.cli.frame.tables import print_json, print_table
from tui.cli.rounds.finds import drop, find, mark, visit, waive
from tui.cli.rounds.options import RoundNumber, round_of
from tui.cli.rounds.planning import edit, plan
from tui.cli.rounds.walk_sheets import export, import_, walk
from tui.rounds.sheet_text import sheet_lines
from tui.terminal.display import shown
from tui.words.i18n import _
from tui.words.rounds.figures import round_state_name
from tui.words.texts import listed, name_of

COMMANDS = Commands()


@opens(json=True)
def list_(
    office: Office,
    every: Annotated[
        bool, typer.Option("--all", "-a", show_default=False, help=_("Those not held too."))
    ] = False,
    json: bool = False,
) -> None:
    """检查列表."""
    held = [
        r for r in office.town.rounds.values() if r.active and (every or r.state != "cancelled")
    ]
    held.sort(key=lambda r: (r.held_on, r.id))
    records = [round_record(office.town, each) for each in held]
    if json:
        print_json(records)
        return
    print_table(
        [
            [
                each.number,
                each.held_on.isoformat(),
                round_state_name(each.state),
                f"{len(each.zones)}" if each.zones else "",
                "" if each.counts else _("does not count"),
                each.name or each.why,
            ]
            for each in held
        ],
        [_("Round"), _("Day"), name_of("state"), _("Zones"), _("Counts"), name_of("note")],
        flexible=5,
    )


@opens(json=True)
def show(office: Office, number: RoundNumber, json: bool = False) -> None:
    """打分表."""
    held = round_of(office, number)
    office.repository.load_closed()
    if json:
        print_json(
            round_record(office.town, held)
            | {
                "scores": score_records(office.town, held),
                "finds": numbered_finds(office.town, held),
                "marks": mark_records(office.town, held),
            }
        )
        return
    for line in sheet_lines(held, sheet_of(office.town, held)):
        print(shown(line))
    marks = mark_records(office.town, held)
    if marks:
        told = listed([f"{each['unit']} {each['points']}" for each in marks])
        print(shown(_("Marks for papers: {told}").format(told=told)))
    finds = find_records(office.town, held)
    if finds:
        print()
        _print_finds(office, held, finds)


def _print_finds(office: Office, held: Round, finds: list[dict[str, Any]]) -> None:
    if finds:
        print_table(
            [
                [
                    str(at),
                    record["zone"],
                    record["category"],
                    f"{record['deduct']}×{record['count']}×{record['factor']}={record['off']}",
                    record["factor_why"] or "",
                    record["number"] or "",
                    record["waived_why"] or record["description"] or "",
                ]
                for at, record in zip(_find_ids(office, held), finds, strict=True)
            ],
            [
                _("Find"),
                name_of("zone"),
                name_of("category"),
                name_of("deduct"),
                _("Because"),
                name_of("number"),
                name_of("description"),
            ],
            flexible=6,
        )


def _find_ids(office: Office, held: Round) -> list[int]:
    """The numbers of a round's finds, in the order in which they are listed."""
    return [
        entry.find
        for row in sheet_of(office.town, held).rows
        for entry in sorted(row.finds, key=lambda e: e.find)
    ]


def _step(office: Office, number: str, make: Any) -> None:
    """One step of a round, and where it stands then."""
    held = round_of(office, number)
    action: Action = make(held.id)
    office.commit([action])
    after = office.town.rounds[held.id]
    said = f"{after.number}: {round_state_name(after.state)}"
    if after.objections_until is not None and after.state == "published":
        said += _(", objections until {day}").format(day=after.objections_until.isoformat())
    talk(shown(said))


@opens(saves=True)
def start(office: Office, number: RoundNumber, on: On = None) -> None:
    """开始."""
    _step(office, number, lambda key: StartRound(round=key, on=office.day(on)))


@opens(saves=True)
def score(office: Office, number: RoundNumber, on: On = None) -> None:
    """打完分."""
    _step(office, number, lambda key: ScoreRound(round=key, on=office.day(on)))


@opens(saves=True)
def publish(office: Office, number: RoundNumber, on: On = None) -> None:
    """公示."""
    _step(office, number, lambda key: PublishRound(round=key, on=office.day(on)))


@opens(saves=True)
def finalise(office: Office, number: RoundNumber, on: On = None) -> None:
    """定稿."""
    office.repository.load_closed()
    _step(office, number, lambda key: FinaliseRound(round=key, on=office.day(on)))


@opens(saves=True)
def reopen(office: Office, number: RoundNumber, reason: Reason = "") -> None:
    """重开."""
    _step(office, number, lambda key: ReopenRound(round=key, reason=reason))


@opens(saves=True)
def cancel(office: Office, number: RoundNumber, reason: Reason = "") -> None:
    """未开展."""
    _step(office, number, lambda key: CancelRound(round=key, reason=reason))


def _group() -> Any:
    group = typer.Typer(
        help=_("Inspection rounds: plan, finds, marks, sheets, publication."), no_args_is_help=True
    )
    for name, help_text, function in (
        ("list", _("List rounds."), list_),
        ("plan", _("Plan a year's rounds, or one."), plan),
        ("show", _("A round's sheet with its finds."), show),
        ("edit", _("Change day, scope or team of a round."), edit),
        ("start", _("Start a round; scheme and weights are taken as they are."), start),
        ("visit", _("Say that a zone was seen or not, and what does not apply there."), visit),
        ("find", _("Enter a find: a new problem, an open one, or none."), find),
        ("waive", _("Let a find take nothing off."), waive),
        ("drop", _("Take a find back that was entered by mistake; its item stays."), drop),
        ("mark", _("Mark a unit's papers, 0 to 10."), mark),
        ("score", _("End scoring: every zone was seen, or not with a reason."), score),
        ("publish", _("Publish a scored round for objections."), publish),
        (
            "finalise",
            _("Make a published round final; its sheet does not move any more."),
            finalise,
        ),
        ("reopen", _("Open a scored or published round again."), reopen),
        ("cancel", _("Say that a round is not held."), cancel),
        ("walk", _("The list to take along, a page a zone."), walk),
        ("export", _("Write a round's sheet or finds, or a blank sheet."), export),
        ("import", _("Bring a filled sheet or a list of finds in."), import_),
    ):
        group.command(name, help=help_text)(function)
    return group


COMMANDS.group("round", _group)
