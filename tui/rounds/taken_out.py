"""What is taken out of a round: the list to walk, its sheet as a file."""

from core.model import Round
from core.rounds.portable import score_headers, score_records
from store.ledgers.formats import Format
from store.ledgers.going_out.standard import safe_name
from store.ledgers.going_out.writing import write_rows
from store.papers.round_walk import walk_pages, walk_said
from store.papers.word import as_pages
from tui.frame.page import ReadingScreen
from tui.places.place import Place
from tui.places.writing import write_to
from tui.terminal.display import shown

FORMS = ("xlsx", "docx", "csv", "md", "json")


def show_walk(place: Place[str | None], held: Round) -> None:
    """The list to take along, to read and to copy."""
    session = place.session
    texts = walk_said(session.town, held, session.moment.today)
    text = "\n\n".join(texts)
    place.app.push_screen(
        ReadingScreen(shown(held.number), [("text", shown(text, lines=True))], text)
    )


def write_sheet(place: Place[str | None], held: Round) -> None:
    """The sheet as a file; as docx the list to walk."""
    session = place.session

    def make(form: str) -> bytes:
        town = session.town
        if form == "docx":
            return as_pages(held.number, walk_pages(town, held, session.moment.today))
        records, headers = score_records(town, held), score_headers(held)
        return write_rows(records, Format(form), headers, title=held.number)

    write_to(place, f"~/{safe_name(held.number)}.xlsx", FORMS, make)
