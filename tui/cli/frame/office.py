"""What a command works with: the open store, the person, the day; and what it says."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from core.changes import Changes
from core.errors import Incomplete, NotFound, RuleError
from core.finding.query import Keep, compile_query, wants_closed
from core.ledger.record import ASKED_KEYS, Projector
from core.lists.list_reading import Reading
from core.model import Channel, Document, Event, File, Item, Shows, Unit, Zone
from core.model.event import CHANNEL_WORDS
from core.sight.seen import Seen, seen_by
from core.sight.whose import is_limited, sees_own
from core.town.town import Moment, Town
from core.words.deadlines import due_written
from core.words.numbers import is_short, short_part
from core.words.text import key_of, removed
from store.history.journals.lock import WAIT
from store.history.repository import Repository
from tui.clock import check_clock
from tui.exits import talk as talk
from tui.terminal.display import shown
from tui.whereabouts import actor_in, own_language, store_path
from tui.words import i18n
from tui.words.i18n import _
from tui.words.texts import name_of, sentence, word_called

if TYPE_CHECKING:
    from core.actions.action import Action


class Office(Reading):
    """An open store seen by one person on one day."""

    def __init__(
        self, repository: Repository, acting: str | None, wait: float, via: str = "cli"
    ) -> None:
        self.repository = repository
        self.actor = actor_in(repository.town, acting, via)
        self.now = datetime.now(UTC)
        self.wait = wait
        self.limited = is_limited(repository.town, self.actor)
        self._seen: tuple[tuple[int, bool, int], Seen] | None = None
        if self.limited:
            repository.load_closed()
        today = Moment.of(self.now, repository.town).today
        super().__init__(repository.town, today, word_called)

    @property
    def town(self) -> Town:
        """The loaded state as the person sees it, also where the store has been read anew since."""
        return self.seen.town if self.limited else self.repository.town

    @property
    def whole(self) -> Town:
        """The whole town, for figures that are cut down to what the person is told."""
        return self.repository.town

    @property
    def own_only(self) -> bool:
        """Whether the person sees only what is their unit's."""
        return sees_own(self.repository.town, self.actor)

    @property
    def seen(self) -> Seen:
        """The town of a person of limited sight."""
        full = self.repository.town
        stamp = (full.seq, full.complete, len(full.items))
        if self._seen is None or self._seen[0] != stamp:
            self._seen = (stamp, seen_by(full, self.actor))
        return self._seen[1]

    def told(self, events: Iterable[Event]) -> list[Event]:
        """Of lines of history those that the person may see."""
        return self.seen.told(events) if self.limited else list(events)

    def items(self, numbers: Sequence[str]) -> list[Item]:
        """The items behind numbers as people write them, each once.

        Which one the last digits of a number stand for is said. Raises `NotFound("no_item")`.
        """
        found: dict[int, Item] = {}
        for number in numbers:
            item = None if is_short(number) else self.town.find_short(number)
            if item is None and not self.town.complete:
                self.repository.load_closed()
            item = item or self.town.find_short(number)
            if item is None:
                for near in self.town.near(number):
                    raise NotFound("no_item_near", number=number, near=near.label)
                raise NotFound("no_item", number=number)
            if is_short(number) or short_part(number):
                talk(f"{shown(number)}: {shown(item.label)}")
            found[item.id] = item
        return list(found.values())

    def matching(self, query: Sequence[str], *, every: bool) -> list[Item]:
        """Items a query lets through: open ones, or all; in order of their numbers."""
        for word in query:
            if word.startswith("--"):
                raise Incomplete("no_option", value=word)
        if (every or wants_closed(query)) and not self.town.complete:
            self.repository.load_closed()
        keep: Keep = compile_query(query, self.town, self.today, self.actor)
        pool = self.town.in_hand() if every or wants_closed(query) else self.town.open_items()
        return sorted((item for item in pool if keep(item)), key=by_number)

    def any_unit(self, name: str) -> Unit:
        """A unit in use, or a retired one by its full name. Raises `RuleError("no_unit")`."""
        retired = self.town.unit_named(name)
        return retired if retired is not None else self.unit(name)

    def any_zone(self, name: str) -> Zone:
        """A zone in use, or a retired one by its code. Raises `RuleError("no_zone")`."""
        retired = self.town.zone_coded(name)
        return retired if retired is not None else self.zone(name)

    def paper(self, text: str) -> Document | None:
        """A paper by its number, or a draft as D and its number."""
        wanted = key_of(text)
        papers = self.town.documents.values()
        return next(
            (d for d in papers if wanted and wanted in (key_of(d.label), key_of(f"D{d.id}"))), None
        )

    def keep(self, path: str, shows: Shows) -> File:
        """Take a photo in beside the store. Raises `FileRefused`, `NotSaved`."""
        from tui.photo_files import kept_photo

        return kept_photo(self.repository.photos, path, shows)

    def login_of(self, name: str) -> str:
        """The login a person goes by, or is called by."""
        people = self.town.staff.values()
        return next((s.login for s in people if name in (s.login, s.name)), name)

    def due(self, text: str | None, start: date | None) -> date | None:
        """The day a deadline means, counted from `start`. Raises `RuleError("bad_due")`."""
        return None if text is None else due_written(text, start or self.today, self.period)

    def channel(self, text: str) -> Channel:
        """The channel a word names. Raises `RuleError("unknown_channel")`."""
        found = CHANNEL_WORDS.get(text)
        if found is None:
            raise RuleError("unknown_channel", value=text)
        return found

    def commit(self, actions: Sequence[Action], **options: Any) -> Changes:
        """Save actions as one transaction and bring the head start up to date where it is due."""
        from core.actions.wish import Wish

        for action in actions:
            warn_of_removed(action)
        check_clock(self.repository, self.now)
        changes = self.repository.commit(
            [Wish(action) for action in actions], self.actor, self.now, wait=self.wait, **options
        )
        if self.repository.snapshot_due():
            self.repository.write_snapshot()
        return changes

    def records(self, items: Sequence[Item], keys: Sequence[str] = ()) -> list[dict[str, Any]]:
        """Items as portable records, with what goes out only where `keys` ask for it."""
        asked = [key for key in ASKED_KEYS if key in keys]
        return list(Projector(self.town, self.today).records(items, asked))


def by_number(item: Item) -> tuple[str, int, int, int]:
    """Order of ledgers: by series, then by number, then by part."""
    number, part = item.label, ""
    if item.part_of is not None:
        number, _dash, part = number.rpartition("-")
    series, _dash, seq = number.rpartition("-")
    return series, _count(seq), _count(part), item.id


def _count(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0


def warn_of_removed(action: Action) -> None:
    """Say on stderr what control characters an option held."""
    for name in action.__struct_fields__:
        value = getattr(action, name)
        if isinstance(value, str):
            for char in removed(value):
                talk(
                    _("{field}: control character {char} was taken out.").format(
                        field=name_of(name), char=char
                    )
                )


def _warn(repository: Repository, said: Collection[str] = ()) -> list[str]:
    """Say what is not as it should be and was not said; returns what was said."""
    codes = [code for code in dict.fromkeys(repository.warnings) if code not in said]
    for code in codes:
        talk(sentence(code, {"path": str(repository.path)}))
    return codes


@contextmanager
def open_office(
    store: str | None,
    lang: str | None,
    acting: str | None = None,
    wait: float = WAIT,
    via: str = "cli",
) -> Iterator[Office]:
    """Open the store for a command; the person's own language holds unless `--lang` says.

    A damaged store is shown as far as it can be read; the command then ends by saying so.
    """
    if lang is not None and lang not in i18n.LANGUAGES:
        raise RuleError("unknown_language", value=lang)
    repository = Repository(store_path(store), partial=True)
    try:
        repository.load_unshelved()
        office = Office(repository, acting, wait, via)
        own = own_language(repository.town.member(office.actor.login))
        if lang is None and own:
            i18n.use(own)
        said = _warn(repository)
        yield office
        _warn(repository, said)
        if repository.damage is not None:
            raise repository.damage
    finally:
        repository.close()
