"""责任单位: who is answerable for putting a problem right."""

from datetime import date

from core.model.base import Former, Record


class Unit(Record, frozen=True, kw_only=True):
    """A unit with every name people write for it."""

    name: str
    short: str = ""
    aliases: tuple[str, ...] = ()
    kind: str = ""
    """机关站所, 村居, 学校, 企业 or 部门垂管; free text."""
    group: str = ""
    leader_post: str = ""
    liaison_post: str = ""
    phone: str = ""
    active: bool = True
    until: date | None = None
    """The day it was retired."""
    into: int | None = None
    """The unit it was merged into."""
    former: tuple[Former, ...] = ()
    """Names it had before; they still read."""

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that stands for it now, the official one first."""
        return tuple(dict.fromkeys(n for n in (self.name, self.short, *self.aliases) if n))
