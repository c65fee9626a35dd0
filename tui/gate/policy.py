"""What may be asked for through the gate: by what each command says of itself and what its options name.

Computed from the commands there are: one that is added later is in it by itself (docs/gate.md 2).
"""

import importlib
from collections.abc import Callable
from enum import StrEnum
from typing import Any

from core.errors import Incomplete, NotAllowed
from core.loop import TRANSITIONS
from core.model import Role
from core.registers import by_hand
from tui.cli.frame.registry import Commands, Passing
from tui.cli.running import FAMILIES
from tui.words.names import ROLES
from tui.words.texts import code_called


class FileUse(StrEnum):
    """What the value of an option may name."""

    WORDS = "words"
    """No file."""
    TRAY = "tray"
    """A file in the person's tray, or -."""
    OUT = "out"
    """- only: data on standard output."""
    NOTHING = "nothing"
    """It is not taken here."""


OF_FILES = {
    "FILE|-": FileUse.OUT,
    "FILE": FileUse.TRAY,
    "FILE...": FileUse.TRAY,
    "[FILE]": FileUse.TRAY,
    "FILE.xlsx": FileUse.TRAY,
    "FILE.ics": FileUse.TRAY,
    "[NUMBER] PATH...": FileUse.TRAY,
    "DIR": FileUse.NOTHING,
    "[DIR]": FileUse.NOTHING,
    "DIR|FILE.zip": FileUse.NOTHING,
    "FILE|DIR|-": FileUse.OUT,
}
"""By the word help writes for a value; an argument `FILE|-` is read and may lie in the tray."""
NOT_TAKEN = frozenset(
    {"--store", "--keep", "--repair", "--accept-older", "--install-completion", "--show-completion"}
)
"""Options of whoever runs the machine."""
WRITES_ASIDE = frozenset({"--report"})
"""Options that write a second file."""


def _module_of(command: str) -> Commands | None:
    """The commands of the module that has one; None of a register that is only declared, or of nothing."""
    for modules in FAMILIES.values():
        for module, names in modules.items():
            if command in names:
                found: Commands = importlib.import_module(module).COMMANDS
                return found
    return None


def passing(command: str) -> Passing:
    """Who may give a command; nobody one that is not there."""
    module = _module_of(command)
    if module is not None:
        return module.passing.get(command, Passing.ALL)
    declared = {register.noun for register in by_hand()}
    return Passing.ALL if command in declared else Passing.NOBODY


def for_liaisons(command: str) -> bool:
    """Whether a liaison who sees only their unit's may give a command: a step of theirs, or one that shows no more.

    Of a group it is all of them, or those it names; then the group without one as well.
    """
    first = command.partition(" ")[0]
    if first in ("add", "appeal") or any(
        t.verb == first and Role.LIAISON in t.roles for t in TRANSITIONS
    ):
        return True
    module = _module_of(first)
    if module is None:
        return False
    whole = first in module.own
    return whole or any(own == command or own.startswith(f"{command} ") for own in module.own)


def check_command(command: str, roles: tuple[Role, ...], *, limited: bool = False) -> None:
    """Refuse a command that may not be given, of a group with the one in it. Raises `Incomplete`, `NotAllowed`."""
    first = command.partition(" ")[0]
    who = passing(first)
    if who == Passing.NOBODY:
        raise Incomplete("gate_no_command", value=first)
    if who == Passing.ADMINS and Role.ADMIN not in roles:
        raise NotAllowed("role", roles=(Role.ADMIN,))
    if limited and not for_liaisons(command):
        raise NotAllowed("not_for_liaisons", value=command)


def named_by(parameter: Any) -> FileUse:
    """What a parameter of a command may name."""
    if NOT_TAKEN & set(parameter.opts):
        return FileUse.NOTHING
    metavar = parameter.metavar or ""
    kind = OF_FILES.get(metavar, FileUse.WORDS)
    if WRITES_ASIDE & set(parameter.opts) and kind == FileUse.TRAY:
        return FileUse.NOTHING
    if kind == FileUse.OUT and parameter.param_type_name == "argument":
        return FileUse.TRAY
    return kind


def check_values(context: Any) -> None:
    """Refuse what a command may not be given here, by its values as they were parsed. Raises `Incomplete`."""
    for parameter in context.command.params:
        value = context.params.get(parameter.name)
        source = context.get_parameter_source(parameter.name)
        if value in (None, False, (), []) or source is None or source.name == "DEFAULT":
            continue
        option = parameter.opts[0]
        values = [str(each) for each in value] if isinstance(value, list | tuple) else [str(value)]
        kind = named_by(parameter)
        if kind == FileUse.NOTHING:
            raise Incomplete("gate_no_option", value=option)
        if kind == FileUse.OUT and values != ["-"]:
            raise Incomplete("gate_only_out", value=option)
        if (
            kind == FileUse.WORDS
            and any(each.startswith("@") for each in values)
            and option == "--map"
        ):
            raise Incomplete("gate_no_option", value="--map @")
        if parameter.name == "as_role" and code_called(values[0], ROLES) is None:
            raise Incomplete("gate_no_option", value=f"{option} {values[0]}")


def fence(check: Callable[[str], None]) -> Callable[[Any], None]:
    """What has every command looked at when it runs: by its own name, however the words that led there were
    written, and by its values; `check` refuses the names."""

    def guard(command: Any) -> None:
        run = command.invoke

        def checked(context: Any) -> Any:
            path = context.command_path.split()[1:]
            if path:
                check(" ".join(path))
            check_values(context)
            return run(context)

        command.invoke = checked
        for each in getattr(command, "commands", {}).values():
            guard(each)

    return guard
