"""Sentences, both languages, reference pages, and how the program is put together."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from tools.messages import CATALOGUE, source_ids
from tools.reference import PAGES

from core.errors import Refusal, RuleError
from store.errors import FileRefused
from tui.terminal.display import LOOK_ALIKES, draw_plain, shown
from tui.words import i18n
from tui.words.ledger.doubting import doubt_text
from tui.words.ledger.doubts import DOUBTS
from tui.words.sentences import SENTENCES
from tui.words.texts import quote, say

ROOT = Path(__file__).parents[2]


def test_the_catalogue_is_whole_and_fresh() -> None:
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file)
    messages = [m for m in catalogue if m.id]
    assert {m.id for m in messages} == source_ids()
    for message in messages:
        assert not message.fuzzy, message.id
        texts = [message.string] if isinstance(message.string, str) else list(message.string)
        ids = [message.id] if isinstance(message.id, str) else list(message.id)
        for text in texts:
            assert text, message.id
            assert set(re.findall(r"\{\w*\}", text)) == set(re.findall(r"\{\w*\}", ids[-1]))


def said(text: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    """A message, with its plural where it has one."""
    return (text,) if isinstance(text, str) else tuple(text)


def test_the_compiled_catalogue_is_current() -> None:
    with CATALOGUE.open("rb") as file:
        written = {
            said(message.id): said(message.string) for message in read_po(file) if message.id
        }
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        compiled = {
            said(message.id): said(message.string) for message in read_mo(file) if message.id
        }
    assert compiled == written


def codes_raised() -> set[str]:
    """Every code the sources raise or return."""
    found = set()
    call = re.compile(
        r"(?:RuleError|Refusal|StoreError|NoStore|Damaged|Busy|NotSaved|FileRefused)\(\s*\"(\w+)\""
    )
    for folder in ("core", "store", "tui"):
        for path in (ROOT / folder).rglob("*.py"):
            found |= set(call.findall(path.read_text("utf-8")))
    return found


def test_every_code_has_a_sentence() -> None:
    assert codes_raised() - SENTENCES.keys() == set()
    doubts = set()
    for path in (ROOT / "core").rglob("*.py"):
        doubts |= set(
            re.findall(r"(?:Doubt|\.doubt|Rejected)\(\s*\"(\w+)\"", path.read_text("utf-8"))
        )
    assert doubts - DOUBTS.keys() == set()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_sentence_without_its_fields_is_still_one(language: str) -> None:
    i18n.use(language)
    for code in SENTENCES:
        text = say(Refusal(code))
        assert text.endswith(("。", ".")), code
        assert "{" not in text
    assert "\n" not in say(RuleError("no_item", number="a\nb"))


def test_what_is_quoted_is_short_and_harmless() -> None:
    assert len(quote("x" * 500)) == 60
    assert quote("a\x1b[2Jb") == "a⟨1B⟩[2Jb"
    assert "⟨1B⟩" in say(FileRefused("no_file", file="\x1b]0;x\x07"))
    from core.errors import Doubt

    assert doubt_text(Doubt("unknown", "[/red]", "zone")) == "Zone: [/red] is not known here"


def test_look_alikes_are_narrow_and_plain() -> None:
    draw_plain(True)
    assert shown("“甲”…①→") == '"甲"..(1)>'
    assert all(text.isascii() for text in map(str, LOOK_ALIKES.values()))
    draw_plain(False)
    assert shown("“甲”") == "“甲”"


@pytest.mark.parametrize(
    ("asked", "own", "environment", "language"),
    [
        ("en", "zh", {"LANG": "zh_CN.UTF-8"}, "en"),
        (None, "zh", {"LANG": "en_US.UTF-8"}, "zh"),
        (None, "", {"LANG": "en_US.UTF-8"}, "en"),
        (None, "", {"LANG": "zh_CN.UTF-8"}, "zh"),
        (None, "", {"LANG": "C.UTF-8"}, "zh"),
        (None, "", {}, "zh"),
        (None, "", {"LC_ALL": "zh_CN.UTF-8", "LANG": "en_US.UTF-8"}, "zh"),
        (None, "", {"LANG": "\x1b[2J"}, "zh"),
    ],
)
def test_the_language_that_is_chosen(
    asked: str | None, own: str, environment: dict[str, str], language: str
) -> None:
    assert i18n.chosen(asked, own, environment) == language


@pytest.mark.parametrize("page", PAGES)
def test_reference_pages_are_current(page: str) -> None:
    """In a Python of its own: help is worded in the language of whoever loads a command first."""
    tool = Path(__file__).parents[1] / "tools" / "reference.py"
    words = [sys.executable, "-X", "utf8", str(tool), page]
    made = subprocess.run(words, capture_output=True, text=True, check=True, encoding="utf-8")
    assert (ROOT / "docs" / page).read_text("utf-8") == made.stdout


def loaded(code: str, *modules: str) -> set[str]:
    """Which of `modules` a fresh Python has loaded after `code`."""
    script = f"import sys\n{code}\nprint([m for m in {modules!r} if m in sys.modules])"
    result = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True
    )
    return set(eval(result.stdout.splitlines()[-1]))


def test_commands_do_not_load_the_board() -> None:
    run = "from tui.main import main\ntry: main(['list', '--store', '/nonexistent'])\nexcept SystemExit: pass"
    assert (
        loaded(run, "textual", "rich.console", "tinydb", "python_calamine", "xlsxwriter") == set()
    )


def test_version_loads_nothing() -> None:
    run = "from tui.main import main\ntry: main(['--version'])\nexcept SystemExit: pass"
    assert loaded(run, "typer", "textual", "msgspec", "core", "store", "rich") == set()


def test_the_board_does_not_load_typer() -> None:
    assert loaded("import tui.app", "typer", "tinydb", "python_calamine", "xlsxwriter") == set()


def test_rooms_keep_their_doors() -> None:
    result = subprocess.run(
        [Path(sys.executable).parent / "lint-imports"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert result.returncode == 0, result.stdout


def test_a_fault_writes_a_report_and_no_traceback(tmp_path: Path) -> None:
    script = "import tui.main as m\nm._run = lambda args: 1 / 0\nm.main(['list'])"
    result = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
        env={"XDG_STATE_HOME": str(tmp_path), "LANG": "en_US.UTF-8", "HOME": str(tmp_path)},
    )
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    (report,) = (tmp_path / "zg").iterdir()
    assert "ZeroDivisionError" in report.read_text()
    assert report.stat().st_mode & 0o077 == 0
