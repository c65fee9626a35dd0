"""来件方: what is remembered of whoever sends ledgers, each once."""

from collections.abc import Iterator

from core.model import Sender
from core.registers.ground import Fault, Ground, Touched, doubles
from core.words.text import key_of


def sound(ground: Ground, touched: Touched) -> Iterator[Fault]:
    """A sender in use is remembered twice."""
    live = [sender for sender in ground.all(Sender) if sender.active]
    for _key, sender, _other in doubles(live, lambda s: (key_of(s.name),), touched):
        fields = {"table": "senders", "value": sender.name, "active": True}
        yield Fault("taken", "senders", sender.id, fields)
