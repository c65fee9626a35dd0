"""公示期: the days on which units may object to what is published (docs/rounds.md 2, docs/circular.md 1)."""

from datetime import date

from core.model import Document, Round


def window_runs(published: Document | Round, day: date) -> bool:
    """Whether one may still object on a day; never where the scheme gives no days for it."""
    until = published.objections_until
    return until is not None and day <= until
