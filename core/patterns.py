"""Patterns that are compiled when they are first used."""

import re
from typing import Any, cast


class _Later:
    """Stands for a pattern until it is asked for something: most commands never ask."""

    def __init__(self, text: str, flags: int) -> None:
        self._text, self._flags = text, flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(self._text, self._flags), name)
        self.__dict__[name] = found
        return found


def later(text: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern to be used by its methods; a fault in it shows at the first use."""
    return cast("re.Pattern[str]", _Later(text, flags))
