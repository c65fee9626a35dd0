"""常用语: the office's own sentences, offered where they fit."""

from core.model import Phrase
from core.registers.register import FieldKind, Register, RegisterField, to_everybody
from core.roles import OFFICE

LINES = {
    "measure": "整改措施",
    "requirement": "整改要求",
    "finding": "复查情况",
    "reason": "理由",
}
"""Lines of forms that sentences are offered in, as the register calls them."""

PHRASES = Register(
    table="phrases",
    noun="phrase",
    record=Phrase,
    chinese="常用语",
    english="set phrase",
    letter="h",
    keepers=OFFICE,
    named_by=("of", "text"),
    whole=True,
    told=to_everybody,
    fields=(
        RegisterField(
            name="of", header="用在", english="Used in", required=True, words=tuple(LINES.values())
        ),
        RegisterField(
            name="text", header="常用语", english="Phrase", synonyms="用语|语句|内容", required=True
        ),
        RegisterField(name="active", kind=FieldKind.YES, header="在用", english="In use"),
    ),
)
