"""申请: of one kind only one waits for an item."""

from collections.abc import Iterator

from core.model import About, Item, Request, RequestKind, RequestState
from core.registers.ground import Breach, Ground, Touched, doubles


def sound(ground: Ground, touched: Touched) -> Iterator[Breach]:
    """Two requests of one kind wait for one item."""
    for _key, request, _other in doubles(_waiting(ground, touched), _matter, touched):
        item = ground.get("items", request.item)
        number = item.label if isinstance(item, Item) else str(request.item)
        fields = {"number": number, "verb": request.kind.value}
        yield Breach("already_asked", "requests", request.id, fields)


def _matter(request: Request) -> tuple[tuple[object, ...], ...]:
    """What it is about; of appeals the assignment, the find or the entry of points."""
    if request.kind == RequestKind.APPEAL:
        return ((request.kind, *matter_of(request)),)
    return ((request.item, request.kind),)


def matter_of(request: Request) -> tuple[object, ...]:
    """The one matter an appeal is about."""
    asked = request.asked
    match asked.about:
        case About.FIND:
            return (About.FIND, asked.find)
        case About.POINTS:
            return (About.POINTS, asked.points)
        case _:
            return (About.LATE, request.item, request.assignment)


def _waiting(ground: Ground, touched: Touched) -> list[Request]:
    if touched is None:
        return [r for r in ground.all(Request) if r.state == RequestState.ASKED]
    records = [ground.get("requests", key) for key in touched]
    items = dict.fromkeys(r.item for r in records if isinstance(r, Request))
    return [request for item in items for request in ground.pending(item)]
