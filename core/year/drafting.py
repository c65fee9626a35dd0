"""The standard paragraphs of a stretch, with what they lack (docs/year.md 5)."""

from fractions import Fraction

from msgspec import Struct

from core.measures import Question
from core.measures.progress import Advance, Reached, with_targets
from core.measures.subjects.office_work import rounds_there
from core.model import Indicator
from core.stats.shares import rounded
from core.year.clauses import standing
from core.year.stretch_numbers import AHEAD, DONE, GOAL, GROWTH, OF_TARGET, YEAR, Numbers
from core.year.usual_sentences import REACHED, sentences

YEAR_END = (12, 31)


class Drafted(Struct, frozen=True):
    """One standard paragraph with its holes."""

    key: str
    part: str
    text: str


class Drawn(Struct, frozen=True):
    """What the program says of a stretch."""

    paragraphs: tuple[Drafted, ...]
    lacking: tuple[str, ...]
    """Codes of measures without a number (缺数)."""


def draw(asked: Question, numbers: Numbers | None = None) -> Drawn:
    """The standard paragraphs of a stretch that have any number."""
    value = numbers or Numbers(asked)
    paragraphs: list[Drafted] = []
    lacking: list[str] = []
    no_rounds = not rounds_there(asked)
    for sentence in sentences(asked):
        found = standing(sentence.text, value)
        if found.text:
            paragraphs.append(Drafted(sentence.key, sentence.part, found.text))
        elif sentence.optional:
            continue
        lacking += [
            value.code(name) for name in found.lacking if not _silent(name, no_rounds=no_rounds)
        ]
    for each in with_targets(asked):
        text = target_text(each)
        if text:
            paragraphs.append(Drafted(f"{REACHED}.{each.indicator.code}", REACHED, text))
    return Drawn(tuple(paragraphs), tuple(dict.fromkeys(lacking)))


def _silent(name: str, *, no_rounds: bool) -> bool:
    """Whether a measure without a number is nothing to tell: an empty list, rounds where there never were any."""
    return (
        name.startswith("指标.") or name == "活动.其余" or (no_rounds and name.startswith("检查."))
    )


def target_text(each: Advance) -> str:
    """How an indicator stands against its target; empty where nothing is known of it."""
    held, target = each.indicator, each.target
    if target is None or each.state in (None, Reached.NO_DATA):
        return ""
    clauses = [_value(each)]
    goal = f"{_hole(GOAL, held)}{held.unit}"
    if held.better == "less":
        clauses.append(f"控制目标{goal}以内")
        clauses.append("超出目标" if each.state == Reached.BEYOND else "未超出目标")
    elif held.against:
        clauses.append(f"目标{goal}")
        clauses.append("达到目标" if each.state == Reached.DONE else "未达到目标")
    elif not target.value:
        clauses.append(f"全年目标{goal}")  # no share of nought
    else:
        clauses.append(f"完成全年目标{goal}的{_hole(DONE, held)}")
        clauses += _pace(each)
    clauses += _growth(each)
    return "，".join(clauses) + "。"


def _value(each: Advance) -> str:
    held = each.indicator
    missing = "、".join(gap.cycle for gap in each.missing)
    gap = f"【缺{missing}】" if missing else ""
    hole = f"{{{held.code}}}"
    same = each.year is each.value
    if each.value.value is None:
        if held.against:
            return f"{held.name}{_hole(YEAR, held)}{'' if held.share else held.unit}{gap}"
        return f"{held.name}本年累计{_hole(YEAR, held)}{held.unit}{gap}"
    said = f"{held.name}{hole}{'' if held.share else held.unit}{gap}"
    if same or held.against:
        return said
    return f"{said}，本年累计{_hole(YEAR, held)}{held.unit}"


def _hole(what: str, held: Indicator) -> str:
    return f"{{{OF_TARGET}.{what}.{held.code}}}"


def _pace(each: Advance) -> list[str]:
    """Against the time that has passed; nothing on the last day of the year."""
    gap = each.gap
    if gap is None or (each.day.month, each.day.day) == YEAR_END:
        return []
    if rounded(gap) == 0:
        return ["与序时进度持平"]
    word = "超" if gap > 0 else "滞后"
    return [f"{word}序时进度{_hole(AHEAD, each.indicator)}个百分点"]


def _growth(each: Advance) -> list[str]:
    if each.before_lacks:
        return [each.yoy]
    growth: Fraction | None = each.growth
    if growth is None:
        return []
    if rounded(growth) == 0:
        return ["与上年同期持平"]
    return [f"同比{'增长' if growth > 0 else '下降'}{_hole(GROWTH, each.indicator)}"]
