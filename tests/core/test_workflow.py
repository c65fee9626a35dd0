"""The transition table: whole, consistent with the actions, and asked the same way everywhere."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest
from tests_support import CLERK, INSPECTOR, LEADER, LIAISON, VIEWER

from core import actions
from core.actions.action import Action, verb_named
from core.deciding.deciders import DECIDERS
from core.guards import GUARDS
from core.loop import TRANSITIONS
from core.model import Assignment, Feedback, Item, Role, State
from core.roles import Actor
from core.workflow import TABLE, offered, refusal

ROOT = Path(__file__).parents[2]


def test_the_table_holds_the_whole_loop() -> None:
    refs = {t.ref for t in TRANSITIONS}
    assert {f"T{n}" for n in range(1, 27)} <= refs
    assert len({t.verb for t in TRANSITIONS}) == len(TRANSITIONS)


def test_built_verbs_are_those_with_an_action() -> None:
    assert {*TABLE, "approve", "refuse", "recall"} <= {verb_named(kind) for kind in DECIDERS}


def _kinds(kind: type[Action]) -> Iterator[type[Action]]:
    """Kinds of actions people ask for; those that only gather what several have are none."""
    below = [k for k in kind.__subclasses__() if k.__module__.startswith("core.actions")]
    yield from (each for k in below for each in _kinds(k))
    if not below:
        yield kind


def test_every_kind_of_action_is_decided_on_and_by_one() -> None:
    for each in walk_packages(actions.__path__, f"{actions.__name__}."):
        import_module(each.name)
    assert set(_kinds(Action)) <= set(DECIDERS)


NOT_DECIDING = {"deciders", "draft", "settling", "tidying"}


@pytest.mark.parametrize(
    ("named_in", "folder", "but"),
    [
        ("core.deciding", "core.deciding", NOT_DECIDING),
        ("core.actions.wishing", "core.actions.loop", set[str]()),
    ],
)
def test_what_is_to_be_there_is_named(named_in: str, folder: str, but: set[str]) -> None:
    """Not looked for on disk, where another version may lie by now; in a process that has nothing else loaded."""
    package = import_module(folder)
    there = {
        each.name
        for each in walk_packages(package.__path__, f"{folder}.")
        if not each.ispkg and each.name.rpartition(".")[2] not in but
    }
    done = subprocess.run(
        [sys.executable, "-c", f"import sys, {named_in}; print(*sys.modules)"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert there <= set(done.stdout.split())
    tree = ast.parse(Path(str(import_module(named_in).__file__)).read_text("utf-8"))
    named = {
        f"{node.module}.{alias.name}"
        for node in tree.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert there <= named


def test_every_guard_named_exists() -> None:
    assert {name for t in TRANSITIONS for name in t.guards} <= GUARDS.keys()


def test_viewers_are_offered_nothing() -> None:
    for state in State:
        assert offered(Item(id=1, state=state), VIEWER) == ()


@pytest.mark.parametrize(
    ("state", "actor", "verbs"),
    [
        (State.REPORTED, CLERK, ("accept", "reject", "merge", "void", "correct", "attach", "note")),
        (State.REPORTED, INSPECTOR, ("fix", "attach", "note")),
        (
            State.ACCEPTED,
            CLERK,
            ("assign", "suspend", "merge", "void", "correct", "attach", "note"),
        ),
        (
            State.RECTIFYING,
            CLERK,
            (
                "receive",
                "return",
                "reassign",
                "submit",
                "extend",
                "suspend",
                "merge",
                "void",
                "remind",
                "supervise",
                "correct",
                "attach",
                "note",
            ),
        ),
        (State.RECTIFYING, INSPECTOR, ("inspect", "supervise", "attach", "note")),
        (State.RECTIFYING, LIAISON, ("receive", "return", "submit", "extend", "attach", "note")),
        (State.AWAITING, INSPECTOR, ("pass", "fail", "supervise", "attach", "note")),
        (
            State.AWAITING,
            LEADER,
            ("pass", "fail", "merge", "void", "remind", "supervise", "correct", "attach", "note"),
        ),
        (State.SUSPENDED, CLERK, ("resume", "merge", "void", "correct", "attach", "note")),
        (State.CLOSED, LEADER, ("recheck", "reopen", "attach", "note")),
        (State.VOID, CLERK, ()),
        (State.VOID, LEADER, ("revive",)),
    ],
)
def test_what_is_offered(state: State, actor: Actor, verbs: tuple[str, ...]) -> None:
    fed_back = (Feedback(by="x", on_behalf_of=1),) if state == State.AWAITING else ()
    item = Item(
        id=1,
        state=state,
        number="CW-2026-0001",
        assignments=(Assignment(lead=2, feedbacks=fed_back),),
    )
    assert offered(item, actor) == verbs


def test_the_role_asked_for_decides() -> None:
    both = Actor("x", (Role.CLERK, Role.INSPECTOR), acting=Role.INSPECTOR)
    no = refusal(Item(id=1, state=State.REPORTED), "accept", both)
    assert no is not None
    assert no.code == "role"
