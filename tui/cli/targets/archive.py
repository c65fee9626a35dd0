"""`zg archive`: 迎检档案, what each point of the standard asks for and what there is."""

from typing import Annotated, Any

import typer

from core.actions.year import AddLog
from core.errors import RuleError
from core.measures import Question
from core.measures.subjects.archive import chapters_of, points_of, year_of
from core.measures.subjects.standard_points import Holding, Point
from store.papers.archive.writing import write_archive
from tui.cli.frame.completing import from_store
from tui.cli.frame.office import Office, talk
from tui.cli.frame.opening import opens
from tui.cli.frame.options import On
from tui.cli.frame.output import Force
from tui.cli.frame.registry import Commands
from tui.cli.frame.tables import print_json, print_table
from tui.cli.year.options import kept
from tui.whereabouts import expanded
from tui.words.i18n import _, ngettext

COMMANDS = Commands()
YEARS = 3
"""How many years back are shown."""
YearOption = Annotated[
    int | None,
    typer.Option("--year", metavar="YEAR", show_default=False, help=_("Which; this year.")),
]


def found_in(office: Office, year: int) -> list[tuple[Point, Holding]]:
    """Every point with what there is of a year."""
    asked = Question(office.town, year_of(year, office.today))
    return [(point, point.asks(asked)) for point in points_of(office.town)]


@opens(json=True)
def list_(office: Office, year: YearOption = None, json: bool = False) -> None:
    """档案."""
    office.repository.load_closed()
    last = year or office.today.year
    years = [last - back for back in range(YEARS - 1, -1, -1)]
    table = {each: {p.code: f for p, f in found_in(office, each)} for each in years}
    if json:
        print_json(
            {
                str(each): {code: found.held.value for code, found in points.items()}
                for each, points in table.items()
            }
        )
        return
    names = chapters_of(office.town)
    rows = [
        [
            point.code,
            f"{names[point.chapter]} · {point.name}",
            *(table[each][point.code].held.value for each in years),
        ]
        for point in points_of(office.town)
    ]
    print_table(rows, [_("Point"), _("What it asks for"), *map(str, years)], flexible=1)


@opens(json=True)
def missing(office: Office, year: YearOption = None, json: bool = False) -> None:
    """缺项."""
    office.repository.load_closed()
    rows = [
        {"point": p.code, "name": p.name, "held": f.held.value, "lacks": f.lacking or None}
        for p, f in found_in(office, year or office.today.year)
        if not f.enough
    ]
    if json:
        print_json(rows)
        return
    print_table(
        [[str(r["point"]), str(r["name"]), str(r["held"]), str(r["lacks"] or "")] for r in rows],
        [_("Point"), _("Name"), _("State"), _("Lacks")],
        flexible=3,
    )


PointOption = Annotated[
    str,
    typer.Option(
        "--point",
        metavar="POINT",
        show_default=False,
        help=_("The point it belongs to, such as 1.1."),
        autocompletion=from_store(lambda town: [p.code for p in points_of(town)]),
    ),
]


File = Annotated[
    list[str],
    typer.Argument(metavar="FILE...", show_default=False, help=_("Files of one document.")),
]
Title = Annotated[
    str, typer.Option("--title", metavar="TEXT", show_default=False, help=_("A title."))
]
Reference = Annotated[
    str,
    typer.Option(
        "--reference", metavar="TEXT", show_default=False, help=_("The number of its document.")
    ),
]
Superior = Annotated[
    bool,
    typer.Option("--superior", show_default=False, help=_("It came from above (上级文件).")),
]
Output = Annotated[
    str,
    typer.Option("--output", "-o", metavar="DIR|FILE.zip", show_default=False, help=_("Where to.")),
]


@opens(saves=True)
def add(
    office: Office,
    file: File,
    point: PointOption = "",
    title: Title = "",
    reference: Reference = "",
    superior: Superior = False,
    on: On = None,
) -> None:
    """归档."""
    points = {p.code: p for p in points_of(office.town)}
    held = points.get(point)
    if held is None:
        raise RuleError("unknown_word", field="point", value=point, expected=tuple(points))
    files = kept(office, file)
    name = title or files[0].name.rpartition(".")[0]
    fields = {"title": name, "reference": reference, "chapter": held.chapter, "files": files}
    kind = "上级文件" if superior else held.kind
    changes = office.commit([AddLog(kind=kind, on=office.day(on), fields=fields)])
    print(getattr(changes.of("logs")[0].new, "label", ""))


@opens()
def export(
    office: Office,
    output: Output = "迎检档案",
    year: YearOption = None,
    force: Force = False,
) -> None:
    """导出档案."""
    office.repository.load_closed()
    last = year or office.today.year
    years = [last - back for back in range(YEARS - 1, -1, -1)]
    count = write_archive(
        office.town, office.today, years, office.repository.photos, expanded(output), force=force
    )
    talk(ngettext("{count} file written.", "{count} files written.", count).format(count=count))


def _group() -> Any:
    group = typer.Typer(
        help=_("The archive for inspectors: points, what there is, what is missing."),
        no_args_is_help=True,
    )
    for name, help_text, function in (
        ("list", _("Every point with what there is of three years."), list_),
        ("missing", _("What a year still lacks."), missing),
        ("add", _("File a document under a point."), add),
        ("export", _("Write the archive as one folder or zip."), export),
    ):
        group.command(name, help=help_text)(function)
    return group


COMMANDS.group("archive", _group)
