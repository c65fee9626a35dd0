"""`zg rule`: what a kind of problem asks for."""

from typing import Annotated, Any

import typer

from core.actions import Action, AddRule, EditRule
from core.errors import RuleError
from core.intake.lists import count_of, figure_of, text_of, texts_of, yes_of
from core.model import Rule
from store.ledgers.headers import RULE
from store.lock import WAIT
from tui.cli.masters import exporter, given, known, print_rows
from tui.cli.office import Office, open_office
from tui.cli.options import (
    Active,
    As,
    Category,
    Every,
    Json,
    Lang,
    RowNumber,
    Severity,
    Store,
    Wait,
)
from tui.cli.register_files import Make, importer, told_of
from tui.cli.registry import Commands
from tui.i18n import _, chinese
from tui.texts import DEADLINE_KINDS, code_called, deadline_kind_name

COMMANDS = Commands()
_TEXTS = ("condition", "kind", "close_standard", "severity", "evidence")

_Kind = Annotated[
    str | None,
    typer.Option(
        "--kind",
        metavar="KIND",
        show_default=False,
        help=_("same_day, hours, work_days, natural_days or suspend."),
    ),
]
_Value = Annotated[
    int | None,
    typer.Option("--value", metavar="N", show_default=False, help=_("Days or hours.")),
]
_Standard = Annotated[
    str | None,
    typer.Option(
        "--standard",
        metavar="TEXT",
        show_default=False,
        help=_("What must be so for it to be struck off."),
    ),
]
_Deduct = Annotated[
    float | None,
    typer.Option("--deduct", metavar="POINTS", show_default=False, help=_("Points off a find.")),
]
_Evidence = Annotated[
    str | None,
    typer.Option("--evidence", metavar="TEXT", show_default=False, help=_("What proves it.")),
]
_Chapter = Annotated[
    int | None,
    typer.Option(
        "--chapter", metavar="1-7", show_default=False, help=_("Chapter of the standard.")
    ),
]
_Condition = Annotated[
    str,
    typer.Option(
        "--condition", metavar="TEXT", show_default=False, help=_("When it holds, in words.")
    ),
]


def _kind_code(word: str | None) -> str | None:
    """The kind of deadline a word names; the word itself where it names none."""
    return code_called(word, DEADLINE_KINDS) or word if word else word


def rule_rows(office: Office) -> list[dict[str, Any]]:
    """Rules as rows of a rule file."""
    return [_rule_row(rule) for rule in office.town.rules.values()]


def _rule_row(rule: Rule) -> dict[str, Any]:
    return {
        "code": rule.id,
        "category": rule.category,
        "subcategory": rule.subcategory,
        "condition": rule.condition or None,
        "kind": rule.kind,
        "value": rule.value,
        "close_standard": rule.close_standard or None,
        "severity": rule.severity or None,
        "deduct": rule.deduct,
        "evidence": rule.evidence or None,
        "chapter": rule.chapter,
        "active": rule.active,
    }


def _file_rows(office: Office) -> list[dict[str, Any]]:
    """Rules as a file shows them, words and no codes."""
    return [row | {"kind": chinese(DEADLINE_KINDS[row["kind"]])} for row in rule_rows(office)]


def _list(
    category: Category = "",
    every: Every = False,
    as_role: As = None,
    json: Json = False,
    store: Store = None,
    lang: Lang = None,
) -> None:
    with open_office(store, lang, as_role) as office:
        main, sub = office.kind(category)
        rows = [
            row
            for row in rule_rows(office)
            if (every or row["active"])
            and main in ("", row["category"])
            and sub in ("", row["subcategory"])
        ]
        keys = ("code", "category", "subcategory", "condition", "kind", "value", "close_standard")
        shown = rows if json else [{**r, "kind": deadline_kind_name(r["kind"])} for r in rows]
        print_rows(shown, keys, 6, json=json)


def _add(
    category: Annotated[
        str,
        typer.Argument(
            metavar="KIND", help=_("Category, or the kind within one."), show_default=False
        ),
    ],
    kind: _Kind = None,
    value: _Value = None,
    condition: _Condition = "",
    standard: _Standard = None,
    severity: Severity = "",
    deduct: _Deduct = None,
    evidence: _Evidence = None,
    chapter: _Chapter = None,
    as_role: As = None,
    store: Store = None,
    lang: Lang = None,
    wait: Wait = WAIT,
) -> None:
    with open_office(store, lang, as_role, wait) as office:
        main, sub = office.kind(category)
        fields = {
            "category": main,
            "subcategory": sub,
            "condition": condition,
            **given(
                kind=_kind_code(kind),
                value=value,
                close_standard=standard,
                severity=severity or None,
                deduct=deduct,
                evidence=evidence,
                chapter=chapter,
            ),
        }
        changes = office.commit([AddRule(fields=fields)])
        print(changes.of("rules")[0].id)


def _edit(
    number: RowNumber,
    kind: _Kind = None,
    value: _Value = None,
    standard: _Standard = None,
    severity: Severity = "",
    deduct: _Deduct = None,
    evidence: _Evidence = None,
    chapter: _Chapter = None,
    active: Active = None,
    as_role: As = None,
    store: Store = None,
    lang: Lang = None,
    wait: Wait = WAIT,
) -> None:
    with open_office(store, lang, as_role, wait) as office:
        known(office.town.rules, number, "rules")
        fields = given(
            kind=_kind_code(kind),
            value=value,
            close_standard=standard,
            severity=severity or None,
            deduct=deduct,
            evidence=evidence,
            chapter=chapter,
            active=active,
        )
        if not fields:
            raise RuleError("nothing_given")
        office.commit([EditRule(rule=number, fields=fields)])


def _retire(
    number: RowNumber, as_role: As = None, store: Store = None, lang: Lang = None, wait: Wait = WAIT
) -> None:
    with open_office(store, lang, as_role, wait) as office:
        known(office.town.rules, number, "rules")
        office.commit([EditRule(rule=number, fields={"active": False})])


def _reader(office: Office) -> Make:
    """Rows of a rule file as actions; a rule in use stands before a retired one."""
    rules = sorted(office.town.rules.values(), key=lambda r: not r.active)

    def make(cells: dict[str, Any]) -> list[Action]:
        sub, main = text_of(cells, "subcategory"), text_of(cells, "category")
        main, found = office.kind(f"{main}/{sub}" if main else sub)
        fields = texts_of(cells, _TEXTS)
        if "kind" in fields:
            fields["kind"] = _kind_code(fields["kind"])
        fields |= {"category": main, "subcategory": found}
        fields |= given(
            value=count_of("value", cells.get("value")),
            deduct=figure_of("deduct", cells.get("deduct")),
            chapter=count_of("chapter", cells.get("chapter")),
        )
        if text_of(cells, "active"):
            fields["active"] = yes_of(cells["active"])
        key = (main, found, fields.get("condition", ""))
        held = next((r for r in rules if r.key == key), None)
        if held is None:
            return [AddRule(fields=fields)]
        changed = {k: v for k, v in fields.items() if getattr(held, k) != v}
        return [EditRule(rule=held.id, fields=changed)] if changed else []

    return make


def _group() -> Any:
    group = typer.Typer(
        help=_("What a kind of problem asks for: deadline, closing standard, severity."),
        no_args_is_help=True,
    )
    group.command("list", help=_("List rules."))(_list)
    group.command("add", help=_("Add a rule; prints its number."))(_add)
    group.command("edit", help=_("Change a rule; no issued deadline moves."))(_edit)
    group.command("retire", help=_("Take a rule out of use."))(_retire)
    group.command("import", help=_("Bring a table of rules in."), epilog=told_of(RULE))(
        importer(RULE, ("subcategory",), _reader)
    )
    group.command("export", help=_("Write a table of rules."))(exporter(RULE, _file_rows))
    return group


COMMANDS.group("rule", _group)
