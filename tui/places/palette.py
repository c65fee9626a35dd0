"""`:`: every key of a place by name, in Chinese, English or pinyin."""

from tui.frame.key import label_of
from tui.frame.keys import PLACES
from tui.verbs.fields import Choice, Field, Form
from tui.words import i18n
from tui.words.i18n import _


def form_of(place: str) -> Form:
    """A form whose answer `action` is what a key of the place does."""
    choices = []
    for name, keys in PLACES:
        if name == place:
            for key in keys:
                if key.told and key.action != "palette":
                    also = (key.text, i18n.chinese(key.text), label_of(key), key.verb)
                    choices.append(Choice(key.action, f"{_(key.text)}  {label_of(key)}", also))
    field = Field(key="action", label=_("Do"), choices=tuple(choices), required=True, menu=True)
    return Form(_("What to do"), (field,), hint=_("Type a few letters, Enter does it, Esc cancel"))
