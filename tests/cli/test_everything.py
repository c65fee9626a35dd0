"""Every reading command over a town that holds one of everything, in both languages."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import typer
from cli_support import Zg, comes_in
from everything import PUBLIC_KEY, fill
from tests_support import FOUNDER, Office

from core.actions.registers import AddKey
from core.actions.wish import Wish
from core.model import DocumentKind, DocumentState, RequestState, State
from core.registers import TABLES, by_hand
from store.care.check import check
from store.history.repository import Repository
from tui.cli.running import program
from tui.words import i18n
from tui.words.names import STATES, VERBS
from tui.words.papers import DOCUMENT_STATES

CODES = {
    code for names in (STATES, VERBS, DOCUMENT_STATES) for code in names if len(code) > 3
} | set(TABLES)
"""Codes that never stand where a person reads."""
READ_ALOUD = {"report", "import", "list", "open"} | {"items"}


@pytest.fixture
def full(zg: Zg, tmp_path: Path) -> Zg:
    office = Office(tmp_path / "store")
    fill(office)
    for table in TABLES:
        if table != "events":
            assert office.town.tables[table], table
    assert {item.state for item in office.town.items.values()} == set(State)
    states = {d.state for d in office.town.documents.values()}
    assert states == set(DocumentState)
    kinds = {d.kind for d in office.town.documents.values()}
    assert kinds >= set(DocumentKind) - {DocumentKind.CIRCULAR, DocumentKind.TALK}
    assert {r.state for r in office.town.requests.values()} == set(RequestState)
    told = {event.table for event in office.repository.history()}
    assert told >= {"items", "documents", "units", "zones", "routes", "rules", "views", "senders"}
    office.close()
    return zg


def commands() -> Iterator[tuple[list[str], Any]]:
    """Every command of the program, groups opened."""
    i18n.use(i18n.ENGLISH)
    whole = typer.main.get_command(program(typer, []))
    for name, command in whole.commands.items():  # type: ignore[attr-defined]
        if hasattr(command, "commands"):
            for child, inner in command.commands.items():
                yield [name, child], inner
        else:
            yield [name], command


READING = (
    ["list", "-a"],
    ["list"],
    ["list", "asked"],
    ["list", "-c", "number,overdue_workdays,超期天数"],
    ["show", "CW-2026-0001", "CW-2026-0002", "R-0003"],
    ["history"],
    ["history", "--day", "2026-03-31"],
    ["history", "--by", "founder"],
    ["history", "CW-2026-0001"],
    ["history", "--zone", "Z03"],
    ["history", "--unit", "园林所"],
    ["history", "创卫办督〔2026〕1号"],
    ["history", "D1"],
    ["today"],
    ["lookback"],
    ["chase"],
    ["export"],
    ["export", "--open", "-f", "md"],
    ["zone", "list", "-a"],
    ["zone", "export"],
    ["zone", "walk"],
    ["zone", "fact", "Z01"],
    ["unit", "list", "-a"],
    ["unit", "export"],
    ["staff", "export"],
    ["staff", "list"],
    ["rule", "list", "-a"],
    ["rule", "export"],
    ["route", "list", "-a"],
    ["route", "export"],
    ["view", "list"],
    ["view", "export"],
    ["zone", "show", "Z03"],
    ["unit", "show", "园林所"],
    ["staff", "show", "founder"],
    ["rule", "show", "1"],
    ["route", "show", "1"],
    ["view", "show", "1"],
    ["sender", "list"],
    ["form", "list"],
    ["key", "list", "--all"],
    ["calendar", "list"],
    ["calendar", "export", "2027"],
    ["notice", "list"],
    ["notice", "due"],
    ["notice", "export", "创卫办督〔2026〕1号"],
    ["notice", "template"],
    ["files", "CW-2026-0001"],
    ["round", "list", "-a"],
    ["round", "show", "2026-02-暗访"],
    ["round", "walk", "2026-02-暗访"],
    ["round", "export", "2026-02-暗访"],
    ["stats"],
    ["stats", "--by", "zone", "--period", "2026", "--cohort"],
    ["stats", "list", "overdue_open"],
    ["stats", "score", "--period", "2026-02"],
    ["stats", "trend"],
    ["stats", "office"],
    ["appraisal", "list"],
    ["appraisal", "show", "2026-02"],
    ["appraisal", "export", "2026-02"],
    ["appraisal", "adjust"],
    ["scheme", "list"],
    ["scheme", "show"],
    ["scheme", "export"],
    ["phrase", "list", "-a"],
    ["phrase", "show", "1"],
    ["phrase", "export"],
    ["points", "list", "-a"],
    ["points", "show", "1"],
    ["points", "export"],
    ["shop", "list"],
    ["shop", "show", "S-0001"],
    ["shop", "export"],
    ["duty", "list"],
    ["duty", "show", "设备检查"],
    ["duty", "due"],
    ["duty", "export"],
    ["campaign", "list"],
    ["campaign", "show", "2026春"],
    ["campaign", "missing", "2026春"],
    ["campaign", "export", "2026春"],
    ["log", "list"],
    ["log", "show", "L-0001"],
    ["log", "export"],
    ["indicator", "list", "-a"],
    ["indicator", "show", "A01"],
    ["indicator", "export"],
    ["progress"],
    ["pledge", "list"],
    ["pledge", "export"],
    ["trace"],
    ["find", "垃圾"],
    ["trace", "问题.发现"],
    ["summary", "list"],
    ["summary", "show", "2026-02"],
    ["summary", "check", "2025"],
    ["summary", "diff", "2025"],
    ["summary", "export", "2025"],
    ["archive", "list"],
    ["archive", "missing"],
    ["archive", "export"],
    ["undo", "--list"],
    ["config"],
    ["check"],
)


IN_FIGURES = re.compile(
    "改考核办法|set the scheme|改扣分|change a find|加减分|points entry|entry of points"
)
"""Changes of figures; elsewhere a bare number would be an identity."""


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_reading_command_reads_everything(full: Zg, lang: str) -> None:
    for words in READING:
        result = full(*words, lang=lang)
        assert result.code == 0, (words, result.err)
        assert "Traceback" not in result.err
        if (
            lang == "zh"
            and words[0] not in ("export", "scheme")
            and words[-1] not in ("export", "2027")
        ):
            said = set(re.findall(r"(?<![\w.-])[a-z_]{4,}(?![\w.-])", result.out))
            assert not said & (CODES - READ_ALOUD), (words, said & CODES)
        told = [line for line in result.out.splitlines() if not IN_FIGURES.search(line)]
        assert not re.search(r"→ \d{1,2}(?![\d-])", "\n".join(told)), words


def test_every_command_that_reads_is_tried() -> None:
    """What only shows or writes something out is in the list above, or needs words of its own."""
    tried = {tuple(words[:2]) if len(words) > 1 else tuple(words) for words in READING}
    tried |= {tuple(words[:1]) for words in READING}
    asked_elsewhere = {
        ("backup",),
        ("form", "show"),
        ("key", "export"),
        ("shop", "credit"),
        ("notice", "export"),
        ("notice", "text"),
    }
    for words, command in commands():
        names = {p.name for p in command.params}
        reads = "json" in names or words[-1] in ("list", "show", "export", "walk")
        if reads and not {"yes", "dry_run"} & names:
            assert tuple(words) in tried | asked_elsewhere, words


def test_check_calls_it_sound(full: Zg, tmp_path: Path) -> None:
    report = check(tmp_path / "store")
    assert report.sound
    assert [f for f in report.findings if f.unsound] == []


# Nothing is written into a store


def placed(where: Path, pictured: str) -> Iterator[list[str]]:
    """Every command with every way it has to name a file or a directory it writes; `pictured` has photos."""
    inner = {
        ("backup",): [[str(where / "next-x")], ["--keep", "3", str(where)]],
        ("init",): [[str(where / "next-x")]],
        ("demo",): [["--no-board", "--items", "0", "--at", str(where / "going-x")]],
        ("files",): [[pictured, "-o", str(where / "out")]],
        ("export",): [["--by-unit", str(where / "out")]],
        ("restore",): [["--store", str(where / "next-y"), str(where.parent / "b.tar.gz"), "--yes"]],
    }
    for words, extra in inner.items():
        for more in extra:
            yield [*words, *more]
    needed: dict[tuple[str, ...], list[str]] = {
        ("calendar", "export"): ["2027"],
        ("notice", "export"): ["创卫办督〔2026〕1号"],
        ("notice", "register"): [],
        ("import",): [str(where.parent / "in.csv"), "--dry-run"],
        ("notice", "template"): ["supervision"],
        ("notice", "sign"): ["D1"],
        ("files",): [pictured],
        ("round", "walk"): ["2026-02-暗访"],
        ("round", "export"): ["2026-02-暗访"],
        ("stats", "list"): ["overdue_open"],
        ("appraisal", "export"): ["2026-02"],
        ("campaign", "export"): ["2026春"],
    }
    for words, command in commands():
        for param in command.params:
            output = any(opt in ("--output", "--report", "--dir") for opt in param.opts)
            if param.param_type_name == "option" and output and not param.is_flag:
                for name in ("journal.000001.jsonl", "journal.000002.jsonl", "x.xlsx", "x.docx"):
                    target = [param.opts[0], str(where / name)]
                    force = ["--force"] if any(p.name == "force" for p in command.params) else []
                    yield [*words, *needed.get(tuple(words), []), *target, *force]


def test_no_command_writes_into_a_store(full: Zg, tmp_path: Path) -> None:
    store = tmp_path / "store"
    (tmp_path / "in.csv").write_text("检查时间,点位,问题描述\n,,x\n", encoding="utf-8")
    assert full("backup", "b.tar.gz").code == 0

    def state() -> dict[str, bytes]:
        return {
            str(p.relative_to(store)): p.read_bytes()
            for p in store.rglob("*")
            if p.is_file() and p.name not in ("lock", "snapshot.lock")
        }

    before = state()
    count = 0
    repository = Repository(store)
    pictured = next(item.label for item in repository.town.items.values() if item.files)
    repository.close()
    for words in placed(store, pictured):
        result = full(*words)
        assert result.code in (3, 5), (words, result.err)  # 5 where only staff may ask for it
        assert state() == before, words
        count += 1
    assert count > 30
    assert json.loads(full("list", "-a", "--json").out)


@pytest.mark.parametrize("items", [0, 1, 30, 400])
def test_a_demo_of_any_size_is_sound(zg: Zg, tmp_path: Path, items: int) -> None:
    made = zg("demo", "--at", tmp_path / "store", "--no-board", "--items", items, "--seed", 5)
    assert made.code == 0, made.err
    told = zg("check")
    assert told.code == 0 and "to put right" not in told.out + told.err
    assert "damage" not in told.out


def test_a_morning_is_the_same_without_the_index(zg: Zg, tmp_path: Path) -> None:
    office = Office(tmp_path / "store")
    fill(office)
    office.repository.load_closed()
    assert office.repository.write_snapshot()
    office.close()
    asked = (["today"], ["list"], ["list", "复发"], ["today", "--line"], ["show", "R-0001"])
    with_it = [zg(*words) for words in asked]
    assert "Look-back due" in with_it[0].out
    (tmp_path / "store" / "closed.index").unlink()
    assert [zg(*words) for words in asked] == with_it
    repository = Repository(tmp_path / "store")
    assert repository.snapshot_due()
    repository.load_closed()
    assert repository.write_snapshot() and not repository.snapshot_due()
    assert (tmp_path / "store" / "closed.index").exists()
    repository.close()


def test_no_place_of_the_server_is_shown_through_the_gate(
    full: Zg, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = tmp_path / "store"
    repository = Repository(store)
    added = repository.commit(
        [Wish(AddKey(login="founder", public=PUBLIC_KEY))], FOUNDER, datetime.now(UTC)
    )
    repository.close()
    fingerprint = added.of("keys")[0].new.fingerprint  # type: ignore[attr-defined]
    comes_in(monkeypatch, store, "founder", fingerprint)
    tried = [*READING]
    for words, _command in commands():
        tried += [[*words, "--help"], [*words, "x"], [*words, "/etc/passwd", "-o", "/etc/x"]]
    for words in tried:
        result = full(*words)
        said = result.out + result.err
        assert str(tmp_path) not in said and "/root" not in said, words
        assert "Traceback" not in said and "zg failed" not in said, words
    assert check(store).sound
    assert [p.name for p in tmp_path.iterdir()] == ["store"]


def groups() -> dict[str, set[str]]:
    """The commands of each group."""
    found: dict[str, set[str]] = {}
    for words, _command in commands():
        if len(words) > 1:
            found.setdefault(words[0], set()).add(words[1])
    return found


KEPT_BY_HAND = {"list", "show", "add", "edit", "retire", "import", "export"}
CLOSES = {"shop"}
"""What is closed and transferred instead of retired."""


@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_every_register_goes_out_and_comes_in_unchanged(
    full: Zg, tmp_path: Path, form: str
) -> None:
    for register in by_hand():
        sheet = tmp_path / f"{register.table}.{form}"
        assert full(register.noun, "export", "-o", sheet).code == 0, register.table
        came = full(register.noun, "import", sheet, "--yes")
        assert came.code == 0, (register.table, came.err)
        assert "Nothing new." in came.err, (register.table, came.err)


def test_every_register_has_its_commands() -> None:
    had = groups()
    for register in by_hand():
        beside = {"retire"} if register.noun in CLOSES else set()
        assert had[register.noun] >= KEPT_BY_HAND - beside, register.table


WITH_ANOTHER = {"subcategory"}
"""What is said with another field: a category and the kind within it in one word."""


def test_every_field_of_a_register_is_asked_by_its_commands() -> None:
    asked = {tuple(words): {p.name for p in command.params} for words, command in commands()}
    for register in by_hand():
        fields = {f.called for f in register.fields if f.kept} - WITH_ANOTHER
        added = asked[register.noun, "add"]
        assert added >= fields - {"active"}, (register.table, fields - added)
        edited = asked[register.noun, "edit"]
        named = set() if register.whole else {register.named_by[0]}
        assert edited >= fields - named, (register.table, fields - edited)


def test_every_register_is_shown_by_what_it_is_called(full: Zg, tmp_path: Path) -> None:
    repository = Repository(tmp_path / "store")
    tables = {name: dict(records) for name, records in repository.town.tables.items()}
    repository.close()
    for register in by_hand():
        record = next(iter(tables[register.table].values()))
        label = str(record.id) if register.whole else register.label(record).split(" ")[0]
        for lang in ("zh", "en"):
            shown = full(register.noun, "show", label, lang=lang)
            assert shown.code == 0, (register.table, label, shown.err)
            assert register.whole or label in shown.out, register.table
