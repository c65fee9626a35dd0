"""日程 as a calendar file (.ics), by icalendar (extra `office`): whole days, each known again by its key."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from importlib.util import find_spec

from core.day.agenda import Engagement
from core.words.text import visible
from store.errors import FileRefused

NAMES = {
    "deadline": "整改到期",
    "look_back": "回头看",
    "round": "检查",
    "window": "公示期满",
    "duty": "经常性工作",
}


def as_calendar(found: Sequence[Engagement], office: str, now: datetime) -> bytes:
    """The bytes of a .ics. Raises `FileRefused("needs_office")` where icalendar is not installed."""
    if find_spec("icalendar") is None:
        raise FileRefused("needs_office", file="", library="icalendar")
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//zhenggai//zg today//ZH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"{visible(office)}日程")
    whose = sha256(office.encode()).hexdigest()[:12]
    for each in found:
        event = Event()
        event.add("uid", f"{each.key}@{whose}.zhenggai")
        event.add("dtstamp", now)
        event.add("dtstart", each.on)
        event.add("dtend", each.on + timedelta(days=1))
        title = " ".join(filter(None, (NAMES[each.kind], each.number, each.where or each.what)))
        event.add("summary", visible(title))
        if each.where:
            event.add("location", visible(each.where))
        event.add("description", visible("\n".join(filter(None, (each.what, each.who)))))
        event.add("categories", [NAMES[each.kind]])
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())
