"""A sheet of pairs, as a Word file or a workbook."""

from collections.abc import Iterable

from store.papers.pairs.before_after import Shown

FORMS = ("docx", "xlsx")


def sheet_of_pairs(shown: Iterable[Shown], office: str, form: str) -> bytes:
    """Pairs in one of the `FORMS`, under the name of the office."""
    title = f"{office}问题整改前后对比"
    if form == "docx":
        from store.papers.pairs.word import pair_sheet

        return pair_sheet(shown, title)
    from store.papers.pairs.book import pair_book

    return pair_book(shown, title)
