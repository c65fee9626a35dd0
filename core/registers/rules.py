"""时限规则: of two for the same 小类 and condition only one is in use."""

from core.calendar.working_days import Kind as Counted
from core.model import SUSPEND, Rule, Severity
from core.registers.register import FieldKind, Register, RegisterField, to_everybody
from core.roles import MASTERS
from core.words.categories import CATEGORIES

RULE_KINDS = (
    Counted.SAME_DAY,
    Counted.HOURS,
    Counted.WORK_DAYS,
    Counted.NATURAL_DAYS,
    SUSPEND,
)
"""How a rule counts its deadline."""


RULES = Register(
    table="rules",
    noun="rule",
    record=Rule,
    chinese="时限规则",
    english="rule",
    letter="x",
    keepers=MASTERS,
    named_by=("category", "subcategory", "condition"),
    whole=True,
    numbered="规则编号",
    told=to_everybody,
    fields=(
        RegisterField(
            name="category",
            header="问题类别",
            english="Category",
            synonyms="类别",
            words=tuple(CATEGORIES),
            required=True,
        ),
        RegisterField(name="subcategory", header="小类", english="Kind", required=True),
        RegisterField(name="condition", header="适用条件", english="Condition", synonyms="条件"),
        RegisterField(
            name="kind",
            header="时限方式",
            english="Deadline type",
            synonyms="方式",
            words=RULE_KINDS,
        ),
        RegisterField(
            name="value", kind=FieldKind.COUNT, header="时限值", english="Value", synonyms="天数"
        ),
        RegisterField(
            name="close_standard",
            option="standard",
            header="销号标准",
            english="Closing standard",
            synonyms="标准",
        ),
        RegisterField(
            name="severity", header="严重程度", english="Severity", words=tuple(Severity)
        ),
        RegisterField(name="deduct", kind=FieldKind.FIGURE, header="扣分", english="Points off"),
        RegisterField(name="evidence", header="佐证要求", english="Evidence", synonyms="佐证"),
        RegisterField(
            name="chapter",
            kind=FieldKind.COUNT,
            header="标准章节",
            english="Chapter",
            synonyms="章节",
        ),
        RegisterField(name="active", kind=FieldKind.YES, header="启用", english="In use"),
    ),
)
