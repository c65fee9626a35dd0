"""Every register has its place: it opens from the menu, in both languages, shows its records and asks for a new one."""

from pathlib import Path

import pytest
from board_support import opened
from everything import fill
from tests_support import Office

from core.registers import by_hand
from tui.board.screen import BoardScreen
from tui.places.destinations import destinations
from tui.verbs.screen import FormScreen
from tui.words import i18n
from tui.words.declared import noun_of

WIDE = (140, 40)
MADE_OF_THE_BOARD = {"views"}
"""What is made of what the board shows just then, not entered."""


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("full") / "store"
    office = Office(path)
    fill(office)
    office.close()
    return path


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_every_register_opens_and_asks_for_a_new_record(full: Path, lang: str) -> None:
    i18n.use(lang)
    async with opened(full, WIDE, ready="") as board:
        await board.until(lambda: isinstance(board.app.screen, BoardScreen))
        letters = {d.label: d for d in destinations(board.session)}
        for register in by_hand():
            name = noun_of(register, several=True)
            place = letters[name[:1].upper() + name[1:]]
            records = board.session.town.tables[register.table].values()
            assert place.number == str(sum(getattr(r, "active", True) for r in records))
            await board.app.run_action(place.action, board.app.screen)
            if register.table in MADE_OF_THE_BOARD:
                await board.until(lambda: not isinstance(board.app.screen, BoardScreen))
            else:
                await board.until(lambda n=name: n in board.text.lower())
                await board.keys("a")
                await board.until(lambda: isinstance(board.app.screen, FormScreen))
                asked = {field.key for field in board.app.screen.standing[0].fields}
                assert asked, register.table
                await board.keys("escape")
                await board.until(lambda: not isinstance(board.app.screen, FormScreen))
            await board.keys("q")
            await board.until(lambda: isinstance(board.app.screen, BoardScreen))
