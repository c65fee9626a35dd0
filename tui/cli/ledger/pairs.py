"""整改前后对比 on the command line: `zg export QUERY --photos`, and behind a paper."""

from collections.abc import Sequence

from core.errors import NotFound, RuleError
from core.model import Item
from store.disk.photos import Photos
from store.errors import FileRefused
from store.ledgers.formats import Format
from store.papers.pairs.before_after import Pair, Shown, pairs_of, shown
from store.papers.pairs.sheet import FORMS, sheet_of_pairs
from tui.cli.frame.office import Office, talk
from tui.cli.frame.output import put
from tui.exits import progress
from tui.words.i18n import _, ngettext
from tui.words.texts import say


def write_pairs(
    office: Office, items: Sequence[Item], output: str, form: Format, *, force: bool, exif: bool
) -> None:
    """A sheet of pairs to a file. Raises `RuleError`, `NotFound`, `FileRefused`."""
    if form.value not in FORMS:
        raise RuleError("pairs_docx_or_xlsx", value=output)
    pairs = pairs_of(office.town, items)
    if not pairs:
        raise NotFound("no_photos")
    without = len(items) - len(pairs)
    if without:
        talk(
            ngettext(
                "{count} item has no photo and is left out.",
                "{count} items have no photo and are left out.",
                without,
            ).format(count=without)
        )
    with progress(_("Photos"), shown=output != "-") as advance:
        each = shown(office.repository.photos, pairs, _told, advance, exif=exif)
        name = office.town.settings.office
        put(output, form, lambda: sheet_of_pairs(each, name, form.value), force=force)


def _told(number: str, error: FileRefused) -> None:
    talk(f"{number}: {say(error)}")


def shown_pairs(office: Office, pairs: Sequence[Pair]) -> list[Shown]:
    """Pairs with their pictures, for an annex; what cannot be shown is told."""
    photos: Photos = office.repository.photos
    with progress(_("Photos")) as advance:
        return list(shown(photos, pairs, _told, advance))
