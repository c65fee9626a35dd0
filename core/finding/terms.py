"""The terms of a query: how they are written, what their keys and words are called."""

from msgspec import Struct

from core.errors import RuleError
from core.model import State
from core.patterns import later

KEYS = {
    "unit": "unit",
    "单位": "unit",
    "zone": "zone",
    "责任区": "zone",
    "区": "zone",
    "lead": "lead",
    "牵头": "lead",
    "cat": "cat",
    "category": "cat",
    "类别": "cat",
    "state": "state",
    "状态": "state",
    "level": "level",
    "级别": "level",
    "due": "due",
    "时限": "due",
    "found": "found",
    "发现": "found",
    "issued": "issued",
    "交办": "issued",
    "closed": "closed",
    "销号": "closed",
    "recheck": "recheck",
    "回头看": "recheck",
    "rework": "rework",
    "返工": "rework",
    "source": "source",
    "来源": "source",
    "no": "no",
    "编号": "no",
    "round": "round",
    "检查": "round",
    "stat": "stat",
    "统计": "stat",
}
FLAGS = {
    "overdue": "overdue",
    "超期": "overdue",
    "mine": "mine",
    "我的": "mine",
    "today": "due_today",
    "今日到期": "due_today",
    "soon": "due_soon",
    "临期": "due_soon",
    "unsigned": "unsigned",
    "未签收": "unsigned",
    "slow": "waits_too_long",
    "超时": "waits_too_long",
    "plan": "plan_due",
    "挂账到期": "plan_due",
    "stockpiled": "stockpiled",
    "积存": "stockpiled",
    "lookback": "lookback_due",
    "回头看到期": "lookback_due",
    "asked": "asked",
    "待批": "asked",
    "orphaned": "orphaned",
    "待改派": "orphaned",
    "provisional": "provisional",
    "暂定": "provisional",
    "notice": "notice_due",
    "应督办": "notice_due",
    "circular": "circular_due",
    "应通报": "circular_due",
    "recurs": "recurs",
    "复发": "recurs",
}
"""Words that name something derived; `core.town.facts.Facts` has a method for each but `mine`."""
CLOSED_FLAGS = frozenset({"lookback_due", "no", "issued", "closed", "recheck", "round", "stat"})
"""Terms that look in every item, whatever its state."""
OPEN_WORDS = frozenset({"open", "未结", "未销号"})
"""States in which an item is not done with, as one word."""
STATE_WORDS = {
    "待立案": State.REPORTED,
    "待交办": State.ACCEPTED,
    "整改中": State.RECTIFYING,
    "待复查": State.AWAITING,
    "挂账": State.SUSPENDED,
    "已销号": State.CLOSED,
    "已合并": State.MERGED,
    "作废": State.VOID,
} | {state.value: state for state in State}
"""State names as written in queries and sheets."""
_TERM = later(r'\s*(-?)(?:([^\s:："|]+)[:：])?((?:"[^"]*"|[^\s"])*)')
_NEEDS_QUOTES = later(r"[\s:：]|^-")
_FLAG_WORDS = {flag: word for word, flag in reversed(FLAGS.items())}


class Term(Struct, frozen=True):
    """One term: `key` is empty for a word."""

    key: str
    value: str
    negated: bool = False


def _known_keys() -> tuple[str, ...]:
    """What terms may begin with, in both languages: unit/单位."""
    return tuple(
        "/".join(name for name, means in KEYS.items() if means == key)
        for key in dict.fromkeys(KEYS.values())
    )


def parse(text: str) -> tuple[Term, ...]:
    """The terms of a query; `RuleError("bad_query")` says where it is wrong."""
    if text.count('"') % 2:
        raise RuleError("bad_query", value=text, at=text.rindex('"') + 1, expected='"')
    terms = []
    at = 0
    while text[at:].strip():
        match = _TERM.match(text, at)
        assert match is not None
        minus, key, value = match.group(1), match.group(2) or "", match.group(3).replace('"', "")
        where = match.start(2 if key else 3) + 1
        if match.end() == at:
            raise RuleError("bad_query", value=text, at=at + 1, expected="")
        at = match.end()
        if key and key.lower() not in KEYS:
            raise RuleError("unknown_key", value=key, at=where, expected=_known_keys())
        if key and not value:
            raise RuleError("bad_query", value=text, at=where, expected=f"{key}:…")
        if not key and not value:
            continue
        if not key and value.lower() in FLAGS:
            terms.append(Term(FLAGS[value.lower()], "", bool(minus)))
        elif not key and value.lower() in OPEN_WORDS:
            terms.append(Term("state", value, bool(minus)))
        else:
            terms.append(Term(KEYS[key.lower()] if key else "", value, bool(minus)))
    return tuple(terms)


def written(term: Term) -> str:
    """A term as a person would write it; `parse` reads it back."""
    minus = "-" if term.negated else ""
    if term.key in _FLAG_WORDS:
        return minus + _FLAG_WORDS[term.key]
    value = f'"{term.value}"' if _NEEDS_QUOTES.search(term.value) else term.value
    return f"{minus}{term.key}:{value}" if term.key else minus + value


def in_chinese(query: str) -> str:
    """A query in Chinese words, which `parse` reads as the same."""
    names = {state.value: word for word, state in STATE_WORDS.items() if not word.isascii()}
    keys = {key: word for word, key in reversed(KEYS.items()) if not word.isascii()}
    flags = {flag: word for word, flag in reversed(FLAGS.items()) if not word.isascii()}
    found = []
    for term in parse(query):
        minus = "-" if term.negated else ""
        if term.key in flags:
            found.append(minus + flags[term.key])
        elif term.key in keys:
            values = [names.get(part, part) for part in term.value.split("|")]
            found.append(f"{minus}{keys[term.key]}:{'|'.join(values)}")
        else:
            found.append(written(term))
    return " ".join(found)
