"""`zg scheme`: how rounds are scored and units compared, key by key, from a month on."""

import re
from typing import Annotated, Any

import msgspec
import typer

from core.actions.rounds import SetScheme
from core.calendar.spans import Span, read_span
from core.errors import Incomplete, RuleError
from core.model import Scheme
from core.model.scheme import CHOICES, WHOLE
from core.stats.scoring.scores import scheme_of, uneven
from core.stats.shares import hundredths, in_points, read_points
from core.words.cells import read_whole
from store.ledgers.coming_in.grids import read_bytes
from store.ledgers.going_out.writing import save
from tui.cli.frame.completing import of_words
from tui.cli.frame.office import Office, talk
from tui.cli.frame.opening import opens
from tui.cli.frame.output import Force, suffix_of
from tui.cli.frame.registry import Commands
from tui.cli.frame.tables import print_json, print_table
from tui.terminal.display import shown
from tui.whereabouts import expanded
from tui.words.i18n import _
from tui.words.rounds.names import POINT_KINDS, SCHEME_KEYS, SCHEME_WORDS
from tui.words.texts import code_called

COMMANDS = Commands()
_PAIR = re.compile(r"(\S+?)[=:：]?\s*(-?\d+(?:\.\d+)?)$")
Month = Annotated[
    str,
    typer.Argument(
        metavar="[MONTH]", show_default=False, help=_("As it is in this month; now by default.")
    ),
]


def _said(key: str, value: Any) -> str:
    """A value of a scheme as people write it."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):
        named = {name: _(POINT_KINDS[name]) if key == "points" else name for name in value}
        return "、".join(f"{named[name]} {in_points(each)}" for name, each in value.items())
    if isinstance(value, tuple):
        return "、".join(value)
    if isinstance(value, int) and key not in WHOLE:
        return in_points(value)
    return _(SCHEME_WORDS[value]) if value in SCHEME_WORDS else str(value)


def record_of(scheme: Scheme) -> dict[str, Any]:
    """A scheme with points as numbers."""
    found: dict[str, Any] = {"since": scheme.since or None}
    for key in SCHEME_KEYS:
        value = getattr(scheme, key)
        if isinstance(value, dict):
            found[key] = {name: each / 100 for name, each in value.items()}
        elif isinstance(value, int) and not isinstance(value, bool) and key not in WHOLE:
            found[key] = value / 100
        else:
            found[key] = list(value) if isinstance(value, tuple) else value
    return found


def read(key: str, text: str, base: Scheme) -> Any:
    """What is written for a key as it is kept. Raises `RuleError`."""
    if key in ("name", "reference"):
        return text
    if key in CHOICES:
        return code_called(text, SCHEME_WORDS) or text
    if key == "double_sources":
        return tuple(part for part in re.split(r"[、,，]", text) if part)
    if key == "stack_rounds":
        return _yes(key, text)
    if key in ("weights", "points"):
        return getattr(base, key) | dict(
            _pair(part, key) for part in re.split(r"[、,，;；]", text) if part
        )
    number = read_whole(text, key) if key in WHOLE else read_points(text, key)
    if number is None:
        raise RuleError("bad_number", value=text)
    return number


def _yes(key: str, text: str) -> bool:
    for meant, words in ((True, ("yes", "true", "1", "是")), (False, ("no", "false", "0", "否"))):
        if text.lower() in words:
            return meant
    raise RuleError("unknown_word", field=key, value=text, expected=(_("yes"), _("no")))


def _pair(part: str, key: str) -> tuple[str, int]:
    found = _PAIR.fullmatch(part.strip())
    if found is None:
        raise RuleError("bad_pair", value=part)
    name = found[1]
    if key == "points":
        name = code_called(name, POINT_KINDS) or name
    return name, hundredths(float(found[2]))


@opens(json=True)
def list_(office: Office, json: bool = False) -> None:
    """考核办法列表."""
    held = sorted((s for s in office.town.all(Scheme) if s.active), key=lambda s: s.since)
    if json:
        print_json([record_of(each) for each in held])
        return
    rows = [[each.since, each.name, each.reference] for each in held]
    print_table(
        rows or [[_("the program's own"), "", ""]], [_("In force from"), _("Name"), _("Reference")]
    )


@opens(json=True)
def show(office: Office, month: Month = "", json: bool = False) -> None:
    """考核办法."""
    span = read_span(month, office.today) if month else Span.month_of(office.today)
    scheme = scheme_of(office.town, span)
    if json:
        print_json(record_of(scheme))
        return
    rows = [[key, _(SCHEME_KEYS[key]), _said(key, getattr(scheme, key))] for key in SCHEME_KEYS]
    rows.insert(0, ["since", _("In force from"), scheme.since or _("the program's own")])
    print_table(rows, [_("Key"), _("Meaning"), _("Value")], flexible=2)
    _tell_uneven(scheme)


def _tell_uneven(scheme: Scheme) -> None:
    """Say what people expect to add up to 100 and does not."""
    for code, total in uneven(scheme):
        what = (
            _("The weights of the categories") if code == "weights" else _("The parts of a score")
        )
        text = _("{what} add up to {total}, not 100; shares are taken of {total}.")
        talk(shown(text.format(what=what, total=in_points(total))))


def _save(office: Office, since: str, fields: dict[str, Any]) -> None:
    office.commit([SetScheme(since=since, fields=fields)])
    _tell_uneven(scheme_of(office.town, read_span(since, office.today)))


@opens(saves=True)
def set_(
    office: Office,
    key: Annotated[
        str,
        typer.Argument(
            metavar="KEY",
            show_default=False,
            help=_("As show lists it."),
            autocompletion=of_words(SCHEME_KEYS),
        ),
    ],
    value: Annotated[
        str,
        typer.Argument(
            metavar="VALUE",
            show_default=False,
            help=_("A number or a word; of weights 市容环境=30、占道经营=15."),
        ),
    ],
    since: Annotated[
        str,
        typer.Option(
            "--since", metavar="MONTH", show_default=False, help=_("The first month it holds for.")
        ),
    ] = "",
) -> None:
    """改一项."""
    if not since:
        raise Incomplete("since_needed")
    named = code_called(key, SCHEME_KEYS)
    if named is None:
        raise RuleError("unknown_setting", value=key, expected=tuple(SCHEME_KEYS))
    key = named
    base = scheme_of(office.town, read_span(since, office.today))
    _save(office, since, {key: read(key, value, base)})


@opens()
def export(
    office: Office,
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE|-", help=_("Where to, as JSON."))
    ] = "-",
    month: Month = "",
    force: Force = False,
) -> None:
    """导出."""
    span = read_span(month, office.today) if month else Span.month_of(office.today)
    record = record_of(scheme_of(office.town, span))
    if output == "-":
        print_json(record)
        return
    suffix_of(output, ("json",))
    save(
        msgspec.json.format(msgspec.json.encode(record), indent=2) + b"\n",
        expanded(output),
        force=force,
    )


@opens(saves=True)
def import_(
    office: Office,
    file: Annotated[
        str,
        typer.Argument(metavar="FILE", show_default=False, help=_("A scheme that export wrote.")),
    ],
    since: Annotated[
        str,
        typer.Option(
            "--since", metavar="MONTH", show_default=False, help=_("The first month it holds for.")
        ),
    ] = "",
) -> None:
    """导入."""
    try:
        found = msgspec.json.decode(read_bytes(expanded(file)), type=dict[str, Any])
    except msgspec.MsgspecError:
        raise RuleError("bad_scheme_file", value=file) from None
    month = since or str(found.get("since") or "")
    if not month:
        raise Incomplete("since_needed")
    base = scheme_of(office.town, read_span(month, office.today))
    fields = {key: _kept(key, found[key], base) for key in SCHEME_KEYS if key in found}
    unknown = [key for key in found if key not in SCHEME_KEYS and key != "since"]
    if unknown:
        raise RuleError("unknown_setting", value=unknown[0], expected=tuple(SCHEME_KEYS))
    if all(getattr(base, key) == value for key, value in fields.items()):
        talk(_("Nothing new."))
        return
    _save(office, month, fields)


def _kept(key: str, value: Any, base: Scheme) -> Any:
    """A value of a file as it is kept. Raises `RuleError`."""
    if isinstance(value, dict):
        return {name: read(key, f"{name}={each}", base)[name] for name, each in value.items()}
    if isinstance(value, list):
        return tuple(map(str, value))
    if isinstance(value, bool):
        return value
    return read(key, str(value), base)


def _group() -> Any:
    group = typer.Typer(
        help=_("The scheme by which rounds are scored and units compared."), no_args_is_help=True
    )
    for name, help_text, function in (
        ("list", _("Schemes by the month from which they hold."), list_),
        ("show", _("Every key of the scheme of a month."), show),
        ("set", _("Change a key from a month on; what was before stays."), set_),
        ("export", _("Write a scheme."), export),
        ("import", _("Bring a scheme in."), import_),
    ):
        group.command(name, help=help_text)(function)
    return group


COMMANDS.group("scheme", _group)
