"""申请: of one kind only one waits for an item."""

from collections.abc import Iterator

from core.model import Item, Request, RequestState
from core.registers.ground import Fault, Ground, Touched, doubles


def sound(ground: Ground, touched: Touched) -> Iterator[Fault]:
    """Two requests of one kind wait for one item."""
    for _key, request, _other in doubles(_waiting(ground, touched), _matter, touched):
        item = ground.get("items", request.item)
        number = item.label if isinstance(item, Item) else str(request.item)
        fields = {"number": number, "verb": request.kind.value}
        yield Fault("already_asked", "requests", request.id, fields)


def _matter(request: Request) -> tuple[tuple[int, str], ...]:
    return ((request.item, request.kind),)


def _waiting(ground: Ground, touched: Touched) -> list[Request]:
    if touched is None:
        return [r for r in ground.all(Request) if r.state == RequestState.ASKED]
    records = [ground.get("requests", key) for key in touched]
    items = dict.fromkeys(r.item for r in records if isinstance(r, Request))
    return [request for item in items for request in ground.pending(item)]
