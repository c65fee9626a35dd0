"""Keys of one's own: by the name of the action, shown where keys are shown, refused where they clash."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from board_support import demo

ROOT = Path(__file__).parents[2]
SHOWN = """
from tui.frame import key, keys, own_keys
own_keys.check_own(dict(keys.PLACES))
table = dict(keys.PLACES)
print([(k.keys, key.label_of(k)) for k in table["Board"] if k.name in ("assign", "reassign")])
print([k.keys for k in table["Zones"] if k.name == "add"], keys.VERBS[3].keys)
"""
DRIVEN = """
import asyncio, sys
sys.path[:0] = ["tests"]
from pathlib import Path
from board_support import opened

async def tried(path):
    async with opened(path) as board:
        await board.keys("l", "exclamation_mark")
        await board.until(lambda: "Lead unit" in board.text)
        await board.keys("escape", "question_mark")
        await board.until(lambda: "! " in board.text)

asyncio.run(tried(Path(sys.argv[1])))
"""


def run(tmp_path: Path, text: str, code: str, *words: str) -> "subprocess.CompletedProcess[str]":
    (tmp_path / "zg").mkdir(exist_ok=True)
    (tmp_path / "zg" / "keys.toml").write_text(text, "utf-8")
    return subprocess.run(
        [sys.executable, "-c", code, *words],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT), "XDG_CONFIG_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )


def test_keys_are_given_by_name(tmp_path: Path) -> None:
    own = '[board]\nassign = "S"\nreassign = "ctrl+r"\n[zones]\nadd = "n"\n'
    done = run(tmp_path, own, SHOWN)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["[('S', 'S'), ('ctrl+r', 'ctrl+r')]", "['n'] S"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[board]\nassign = "S"\n', ("own_key_twice", "Assign", "Reassign")),
        ('[board]\nasign = "S"\n', ("own_key_unknown", "asign", "assign")),
        ('[bord]\nassign = "S"\n', ("own_key_unknown", "board")),
        ("[board\n", ("own_keys_unread",)),
        ("[board]\nassign = 3\n", ("own_keys_unread", "assign = 3")),
        ("assign = 3\n", ("own_keys_unread", "assign")),
    ],
)
def test_what_cannot_be_is_refused(tmp_path: Path, text: str, words: tuple[str, ...]) -> None:
    code = (
        "from tui.frame import key, keys, own_keys\nfrom core.errors import RuleError\nfrom tui.words import i18n\n"
        "i18n.use('en')\n"
        "try:\n    own_keys.check_own(dict(keys.PLACES))\nexcept RuleError as error:\n"
        "    from tui.words.texts import say\n    print(error.refusal.code, say(error))\n"
    )
    said = run(tmp_path, text, code).stdout
    assert all(word in said for word in words), said
    assert str(tmp_path)[:20] in said


def test_the_board_goes_by_them(tmp_path: Path) -> None:
    town = demo(tmp_path / "town")
    own = '[board]\nassign = "!"\nremind = "ctrl+r"\n'
    done = run(tmp_path, own, DRIVEN, str(town))
    assert done.returncode == 0, done.stderr
