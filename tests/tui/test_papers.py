"""Papers on the board: from an overdue item to a notice as a file in six keys."""

from pathlib import Path

import docx
import pytest
from board_support import demo, opened

from core.model import Document, DocumentKind, DocumentState, State
from core.papers.due import candidates
from tui.session.session import Session
from tui.words import i18n


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    i18n.use("zh")
    return demo(tmp_path / "town")


def text_of(path: Path) -> str:
    return "\n".join(p.text for p in docx.Document(str(path)).paragraphs)


def files_in(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.docx"))


def notices(session: Session) -> list[Document]:
    """Those of this year's that are no circular: the sample town has briefs of last year's."""
    papers = session.town.documents.values()
    return [d for d in papers if d.variant is None and d.kind != DocumentKind.BRIEF]


async def test_from_an_overdue_item_to_a_notice_in_six_keys(town: Path, tmp_path: Path) -> None:
    async with opened(town, (80, 24)) as board:
        session = board.session
        one = next(
            c for c in candidates(session.town, session.moment.today) if c.items[0].level < 2
        )
        board.app.screen.view.go_to(one.items[0].id)
        await board.keys("Q", "enter", "enter")
        await board.saved()
        assert "草稿" in board.text
        await board.keys("enter")
        await board.saved()
        await board.keys("enter", "enter")
        (path,) = files_in(tmp_path)
        assert path.name == "创卫办督〔2026〕1号.docx"
        told = text_of(path)
        for item in one.items:
            assert item.label in told
            assert session.town.items[item.id].level == 2
        assert "整改督办通知书" in board.app.clipboard
        await board.keys("v")
        await board.saved()
        await board.keys("r")
        await board.saved()
        (document,) = notices(session)
        assert document.state == DocumentState.RECEIVED
        await board.keys("x", *"重复", "enter")
        await board.saved()
        assert session.town.documents[document.id].state == DocumentState.WITHDRAWN


async def test_marked_cards_become_a_paper_a_unit(town: Path) -> None:
    async with opened(town, (80, 24)) as board:
        session = board.session
        items = [i for i in session.town.in_state(State.RECTIFYING) if i.assignment][:3]
        units = {i.assignment.lead for i in items if i.assignment}
        for item in items:
            board.app.screen.view.go_to(item.id)
            await board.keys("space")
        await board.keys("Q")
        assert "已标记" in board.text
        await board.keys("n", "enter")
        await board.saved()
        assert {d.unit for d in notices(session)} == units
        assert {k for d in notices(session) for k in d.items} == {i.id for i in items}
        await board.keys("y")
        assert "整改督办通知书" in board.app.clipboard
