"""The numbers of a stretch, each counted once."""

from core.errors import NotFound
from core.measures import Asked, Counted, measure
from core.measures.measure import Meant


class Numbers:
    """What measures come to over one stretch, by the name a text has for them."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self._counted: dict[str, Counted] = {}
        self._codes: dict[str, str] = {}

    def __call__(self, name: str) -> Counted:
        """What a measure comes to; nothing where there is none of the name."""
        if name not in self._counted:
            meant = self.meant(name)
            self._counted[name] = meant.count(self.asked) if meant else Counted()
        return self._counted[name]

    def meant(self, name: str) -> Meant | None:
        """The measure of a name."""
        try:
            found = measure(self.asked.town, name)
        except NotFound:
            return None
        self._codes[name] = found.code
        return found

    def code(self, name: str) -> str:
        """The code of a measure: items.found(市容环境)."""
        if name not in self._codes:
            self.meant(name)
        return self._codes.get(name, name)
