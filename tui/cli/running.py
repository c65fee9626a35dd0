"""Runs one command: builds only the parser it needs, turns every refusal into a sentence."""

import gc
import importlib
import os
from collections.abc import Callable
from typing import Any

from core.errors import Incomplete, RuleError
from core.registers import by_hand
from store.errors import StoreError
from tui.cli.everywhere import EVERYWHERE
from tui.cli.frame.ending import ended
from tui.cli.frame.help import patch, said_in_words
from tui.exit_codes import ExitCode
from tui.exits import talk
from tui.words import i18n
from tui.words.i18n import N_, _

FAMILIES: dict[str, dict[str, tuple[str, ...]]] = {
    N_("Every day"): {
        "tui.cli.day.finding": ("find",),
        "tui.cli.day.mornings": ("today", "lookback"),
        "tui.cli.day.item_list": ("list",),
        "tui.cli.day.showing": ("show", "history"),
        "tui.cli.papers.chasing": ("chase",),
    },
    N_("One problem"): {
        "tui.cli.verbs.line": ("add",),
        "tui.cli.verbs.loop.road": ("accept", "reject", "fix", "assign"),
        "tui.cli.verbs.loop.correcting": ("correct",),
        "tui.cli.verbs.loop.dividing": ("split",),
        "tui.cli.verbs.loop.feedback": ("receive", "submit", "withdraw", "note"),
        "tui.cli.verbs.loop.inspection": ("pass", "fail", "inspect"),
        "tui.cli.verbs.loop.handover": ("return", "reassign", "extend"),
        "tui.cli.verbs.loop.aside": ("suspend", "resume"),
        "tui.cli.verbs.loop.leaving": ("merge", "void", "revive"),
        "tui.cli.verbs.loop.levels": ("remind", "supervise", "criticise", "summon"),
        "tui.cli.verbs.loop.lookback": ("recheck", "reopen"),
        "tui.cli.verbs.loop.decisions": ("approve", "refuse", "recall"),
        "tui.cli.verbs.undo": ("undo",),
    },
    N_("In and out"): {
        "tui.cli.ledger.importing": ("import",),
        "tui.cli.ledger.exporting": ("export",),
        "tui.cli.ledger.office_forms": ("form",),
        "tui.cli.photos.photos": ("attach", "files"),
    },
    N_("Who and where"): {
        "tui.cli.registers.zones": ("zone",),
        "tui.cli.registers.units": ("unit",),
        "tui.cli.registers.staff": ("staff",),
        "tui.cli.registers.login_keys": ("key",),
        "tui.cli.registers.rules": ("rule",),
        "tui.cli.registers.routes": ("route",),
        "tui.cli.registers.views": ("view",),
        "tui.cli.registers.senders": ("sender",),
        "tui.cli.registers.calendar": ("calendar",),
    },
    N_("Rounds and figures"): {
        "tui.cli.rounds.rounds": ("round",),
        "tui.cli.rounds.stats": ("stats",),
        "tui.cli.rounds.circulars": ("appraisal",),
        "tui.cli.rounds.appeals": ("appeal",),
        "tui.cli.rounds.schemes": ("scheme",),
    },
    N_("The year"): {
        "tui.cli.year.shops": ("shop",),
        "tui.cli.year.duties": ("duty",),
        "tui.cli.year.campaigns": ("campaign",),
        "tui.cli.year.logs": ("log",),
        "tui.cli.targets.indicators": ("indicator", "figure", "progress"),
        "tui.cli.targets.pledges": ("pledge",),
        "tui.cli.targets.trace": ("trace",),
        "tui.cli.targets.summaries": ("summary",),
        "tui.cli.targets.archive": ("archive",),
    },
    N_("Papers"): {
        "tui.cli.papers.papers": ("notice",),
    },
    N_("The store"): {
        "tui.cli.keeping.found": ("init", "demo"),
        "tui.cli.keeping.care": ("check", "backup", "restore"),
        "tui.cli.keeping.config": ("config",),
        "tui.cli.keeping.gate": ("gate",),
    },
}
"""Commands by the panel of help they stand in and the module that has them, which registers them in `COMMANDS`."""
IN_ORDER = [n for modules in FAMILIES.values() for names in modules.values() for n in names]
REGISTER_PANEL = "Who and where"
"""Where the commands of a register stand that is only declared."""

TYPER_WORDS = (
    N_("Options"),
    N_("Commands"),
    N_("Arguments"),
    N_("[default: {}]"),
    N_("default: {default}"),
    N_("[required]"),
    N_("required"),
    N_("(dynamic)"),
)
"""What Typer itself says through gettext; named here so that the catalogue has it."""


def run(args: list[str], fence: Callable[[Any], None] | None = None) -> int:
    """Run a command line; the exit code. `fence` may have its commands checked before they run."""
    args = ordered(args)
    gc.disable()  # a command ends before there is garbage worth looking for
    i18n.lend_to_typer()
    import typer
    from typer import _click

    patch(_click)
    command = said_in_words(typer.main.get_command(program(typer, args)), IN_ORDER)
    (fence or _no_fence)(command)

    def parsed() -> int:
        try:
            result = command.main(args=args, prog_name="zg", standalone_mode=False)
        except _click.exceptions.NoArgsIsHelpError as error:
            talk(error.format_message())
            return ExitCode.INCOMPLETE
        except _click.exceptions.ClickException as error:
            from tui.cli.frame.usage import usage_sentence

            talk(usage_sentence(error))
            return ExitCode.INCOMPLETE
        except typer.Abort:
            raise KeyboardInterrupt from None
        return result if isinstance(result, int) else ExitCode.DONE

    return ended(parsed, lambda error: _said_by(command, error))


def _said_by(command: Any, error: RuleError | StoreError) -> str:
    """By which options a verb is told what it lacks."""
    if not isinstance(error, Incomplete):
        return ""
    from tui.cli.frame.usage import options_wanted

    return options_wanted(command, error.refusal.fields)


def ordered(args: list[str]) -> list[str]:
    """A command line as it is parsed: the command first, options that every command has behind it."""
    return _due_alone(_terms_last(_command_first(_chosen_already(args))))


def _no_fence(_command: Any) -> None:
    """Whoever has an account of their own may ask for anything."""


def _chosen_already(args: list[str]) -> list[str]:
    """`--lang` left out where help is asked for: groups do not know it, and the language is chosen by now."""
    end = args.index("--") if "--" in args else len(args)
    if not {"--help", "-h"} & set(args[:end]):
        return args
    found: list[str] = []
    rest = iter(args)
    for arg in rest:
        if arg == "--lang":
            next(rest, None)
        elif not arg.startswith("--lang="):
            found.append(arg)
    return found


def _command_first(args: list[str]) -> list[str]:
    """Options every command has, written before it, put behind the rest; left out where help is asked for, which
    groups do not know them for."""
    at = 0
    while at < len(args) and args[at].partition("=")[0] in EVERYWHERE:
        at += 1 if "=" in args[at] else 2
    if not at or at >= len(args):
        return args
    end = args.index("--") if "--" in args else len(args)
    if {"--help", "-h"} & set(args[at:end]):
        return args[at:]
    return [*args[at:end], *args[:at], *args[end:]]


def _due_alone(args: list[str]) -> list[str]:
    """`zg notice draft --due` without a deadline means every unit that is due."""
    if args[:2] != ["notice", "draft"]:
        return args
    behind = [*args[1:], "-"]
    return [
        "--all-due" if arg == "--due" and following[:1] == "-" else arg
        for arg, following in zip(args, behind, strict=True)
    ]


QUERIED = frozenset({"list", "export", "lookback"})
"""Commands that take a query."""


def _terms_last(args: list[str]) -> list[str]:
    """Negated terms of a query put behind `--`, where -overdue is not read as -o verdue."""
    if not args or args[0] not in QUERIED:
        return args
    end = args.index("--") if "--" in args else len(args)
    terms = [arg for arg in args[:end] if _is_negated(arg)]
    if not terms:
        return args
    return [*(arg for arg in args[:end] if not _is_negated(arg)), "--", *terms, *args[end + 1 :]]


def _is_negated(arg: str) -> bool:
    from core.finding.terms import FLAGS, KEYS

    key, colon, _value = arg[1:].lower().partition(":")
    if arg[:1] != "-" or not key or key[0] == "-":
        return False
    return not key.isascii() or key in (KEYS if colon else FLAGS)


def program(typer: Any, args: list[str]) -> Any:
    """The parser of the one command asked for, or of all where help or completion is wanted."""
    app = typer.Typer(
        name="zg",
        help=_(
            "Rectification board of a sanitary-town office. Without a command it opens the board."
        ),
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )

    app.callback()(_no_options)
    wanted = args[0] if args else ""
    named = set(IN_ORDER)
    declared = [r for r in by_hand() if r.noun not in named]
    every = wanted not in named | {r.noun for r in declared} or any(
        name.startswith("_ZG_COMPLETE") for name in os.environ
    )
    for panel, modules in FAMILIES.items():
        for module, names in modules.items():
            if every or wanted in names:
                family = importlib.import_module(module)
                for name in names:
                    if every or name == wanted:
                        family.COMMANDS[name](app, name, _(panel))
    for register in declared:
        if every or wanted == register.noun:
            from tui.cli.faces.face import Face
            from tui.cli.faces.group import group_of

            app.add_typer(
                group_of(Face(register=register)),
                name=register.noun,
                rich_help_panel=_(REGISTER_PANEL),
            )
    return app


def _no_options() -> None:
    """Makes every command a sub-command, also where only one is loaded."""
