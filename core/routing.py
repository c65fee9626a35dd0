"""Suggestions: which category, unit, deadline and requirement, each with its reason (docs/domain.md 6).

A suggestion fills a dialog; nothing acts on it by itself.
"""

from datetime import date

from msgspec import Struct

from core.categories import category_of
from core.model import SUSPEND, Item, Route, Rule, State
from core.text import key_of
from core.town import Town
from core.worktime import Calendar, Deadline, Kind

WORDS: dict[str, tuple[str, ...]] = {
    "暴露垃圾": ("垃圾桶", "满溢", "垃圾散落", "暴露垃圾", "未清运"),
    "卫生死角": ("死角", "断墙", "积存垃圾", "陈年垃圾"),
    "乱贴乱画": ("小广告", "牛皮癣", "张贴", "涂画", "乱贴"),
    "乱堆乱放": ("堆放", "堆物", "杂物", "占用盲道", "砂石"),
    "沿街晾挂": ("晾晒", "晾挂", "晾衣"),
    "乱搭乱建": ("搭建", "违建", "棚"),
    "公厕管理": ("公厕", "厕所", "便池"),
    "户外广告": ("广告牌", "店招", "招牌"),
    "绿化带脏乱": ("绿化带", "绿篱", "花坛"),
    "家禽散养": ("散养", "鸡鸭", "家禽"),
    "店外经营": ("店外", "出店", "门外摆"),
    "流动摊贩": ("流动摊", "摊贩", "流动商贩"),
    "骑门摊": ("骑门摊",),
    "占道加工": ("占道加工", "电焊", "修车", "汽修", "切割"),
    "马路市场": ("马路市场", "以路为市"),
    "占道促销": ("促销", "拱门"),
    "废品占道收购": ("废品",),
    "划行归市": ("归市", "分区"),
    "活禽区管理": ("活禽", "宰杀"),
    "下水不畅": ("下水", "排水沟", "堵塞"),
    "证照公示": ("证照", "营业执照", "许可证"),
    "检测公示": ("检测", "快检"),
    "车辆乱停": ("乱停", "违停", "停车"),
    "非机动车乱停": ("电动车", "摩托车", "自行车"),
    "脏车进镇": ("渣土车", "脏车", "抛洒"),
    "僵尸车": ("僵尸车", "废弃车"),
    "标线磨损": ("标线", "斑马线"),
    "占用消防通道": ("消防通道", "消防栓"),
    "三防设施": ("防蝇", "防鼠", "三防"),
    "前厨后厅": ("前厨", "后厅"),
    "健康证": ("健康证",),
    "餐具消毒": ("餐具", "消毒柜"),
    "油烟扰民": ("油烟", "烧烤"),
    "学校食堂": ("食堂", "留样"),
    "二次供水": ("供水", "水箱"),
    "路面破损": ("路面", "坑洼", "坑槽", "破损"),
    "井盖缺损": ("井盖",),
    "路灯不亮": ("路灯",),
    "线缆杂乱": ("线缆", "电线", "飞线"),
    "排水管网": ("管网", "暗沟", "雨污"),
    "垃圾收集设施": ("垃圾池", "垃圾房"),
    "健身设施": ("健身",),
    "鼠迹": ("鼠洞", "鼠粪", "鼠迹"),
    "毒饵站缺损": ("毒饵", "鼠屋"),
    "蚊虫孳生": ("积水", "蚊"),
    "蝇类密度": ("苍蝇", "蝇"),
    "蟑螂": ("蟑",),
    "投药漏户": ("投药", "漏户"),
    "水体漂浮物": ("漂浮", "水葫芦", "河面"),
    "污水直排": ("直排", "污水"),
    "焚烧垃圾": ("焚烧", "烧垃圾"),
    "工地扬尘": ("扬尘", "裸土", "工地"),
    "噪声扰民": ("噪声", "音响", "广场舞"),
    "宣传栏陈旧": ("宣传栏", "橱窗"),
    "控烟标识": ("控烟", "禁烟", "烟头"),
    "资料档案": ("资料", "档案", "台账"),
    "知晓率低": ("知晓",),
}
"""Words that tell a 小类; the longest that occurs decides."""


class Reason(Struct, frozen=True):
    """Why something is suggested: a code the faces have words for, and what it is about."""

    code: str
    value: str = ""


class Suggestion(Struct, frozen=True, kw_only=True):
    """What is suggested for one item; a field without a reason is not suggested."""

    category: str = ""
    subcategory: str = ""
    category_why: Reason | None = None
    lead: int | None = None
    co: tuple[int, ...] = ()
    lead_why: Reason | None = None
    deadline: str = ""
    """As a deadline word; empty where the problem should be planned instead."""
    due: date | None = None
    due_why: Reason | None = None
    requirement: str = ""
    severity: str = ""
    suspend_days: int | None = None
    """Days within which it is planned, where it cannot be put right at once."""


def suggest(town: Town, item: Item, today: date) -> Suggestion:
    """What to do with an item, as far as rules, routes and the past tell."""
    category, sub, why = _category(item)
    rule = rule_for(town, category, sub)
    lead, co, lead_why = _unit(town, item, category, sub, today)
    deadline, due, due_why = _deadline(rule, today, town.calendar)
    return Suggestion(
        category=category,
        subcategory=sub,
        category_why=why,
        lead=lead,
        co=co,
        lead_why=lead_why,
        deadline=deadline,
        due=due,
        due_why=due_why,
        requirement=item.close_standard or (rule.close_standard if rule else ""),
        severity=item.severity or (rule.severity if rule else ""),
        suspend_days=rule.value if rule and rule.kind == SUSPEND else None,
    )


def _category(item: Item) -> tuple[str, str, Reason | None]:
    if item.category:
        return item.category, item.subcategory, None
    text = key_of(f"{item.description} {item.location}")
    found = [(len(w), sub, w) for sub, words in WORDS.items() for w in words if key_of(w) in text]
    if not found:
        return "", "", None
    _length, sub, word = max(found, key=lambda f: f[0])
    return category_of(sub), sub, Reason("word", word)


def rule_for(town: Town, category: str, subcategory: str) -> Rule | None:
    """The rule of a 小类, the one without a condition first."""
    found = [
        rule
        for rule in town.rules.values()
        if rule.active and (rule.category, rule.subcategory) == (category, subcategory)
    ]
    return min(found, key=lambda r: (bool(r.condition), r.id), default=None)


def likely_unit(town: Town, item: Item, today: date) -> int | None:
    """The unit that rules and the zone point to, without a look at the past: cheap enough to draw."""
    said = item.proposed
    if said is not None and said.lead is not None and _in_use(town, said.lead):
        return said.lead
    route = _route(town, item, item.category, item.subcategory) if town.routes else None
    if route is not None:
        return route.lead
    lead = town.lead_of(item.zone, today) if item.zone is not None else None
    return lead.id if lead is not None and lead.active else None


def _unit(
    town: Town, item: Item, category: str, sub: str, today: date
) -> tuple[int | None, tuple[int, ...], Reason | None]:
    """What a ledger said, else a route, else the zone's unit, else what was done last."""
    said = item.proposed
    if said is not None and said.lead is not None and _in_use(town, said.lead):
        return said.lead, said.co, Reason("proposed")
    route = _route(town, item, category, sub)
    if route is not None:
        return route.lead, route.co, Reason("route", _named(town, route))
    if item.zone is not None:
        lead = town.lead_of(item.zone, today)
        if lead is not None and lead.active:
            return lead.id, (), Reason("zone", town.zones[item.zone].name)
    last = _last(town, item, category, sub)
    if last is not None and last.assignment is not None:
        return last.assignment.lead, last.assignment.co, Reason("last", last.label)
    return None, (), None


def _in_use(town: Town, unit: int) -> bool:
    found = town.units.get(unit)
    return found is not None and found.active


def _route(town: Town, item: Item, category: str, sub: str) -> Route | None:
    zone = town.zones.get(item.zone or 0)
    kind = zone.kind if zone else ""
    fitting = [
        route
        for route in town.routes.values()
        if route.active
        and route.category in ("", category)
        and route.subcategory in ("", sub)
        and route.zone in (None, item.zone)
        and route.zone_kind in ("", kind)
        and _in_use(town, route.lead)
    ]
    return max(fitting, key=lambda r: (*_weight(r), -r.id), default=None)


def _weight(route: Route) -> tuple[int, int]:
    """小类 before category before neither; within that zone before kind of zone before neither."""
    what = 2 if route.subcategory else 1 if route.category else 0
    where = 2 if route.zone is not None else 1 if route.zone_kind else 0
    return what, where


def _named(town: Town, route: Route) -> str:
    zone = town.zones.get(route.zone or 0)
    parts = (route.subcategory or route.category, zone.name if zone else route.zone_kind)
    return " ".join(part for part in parts if part)


def _last(town: Town, item: Item, category: str, sub: str) -> Item | None:
    """The item of this zone and category, the same 小类 first, that was issued last."""
    if item.zone is None or not category:
        return None
    issued = [
        other
        for other in town.items.values()
        if other.id != item.id
        and other.zone == item.zone
        and other.category == category
        and other.state not in (State.VOID, State.MERGED)
        and other.assignment is not None
        and other.assignment.lead is not None
        and _in_use(town, other.assignment.lead)
    ]
    return max(
        issued,
        key=lambda i: (
            i.subcategory == sub,
            (i.assignment.issued_on if i.assignment else None) or date.min,
            i.id,
        ),
        default=None,
    )


def _deadline(
    rule: Rule | None, today: date, calendar: Calendar
) -> tuple[str, date | None, Reason | None]:
    if rule is None or rule.kind == SUSPEND:
        return "", None, None
    deadline = Deadline(Kind(rule.kind), rule.value)
    return word_of(deadline), calendar.due_on(deadline, today), Reason("rule", rule.subcategory)


def word_of(deadline: Deadline) -> str:
    """A deadline rule as people write it, which reads back as the same rule."""
    match deadline.kind:
        case Kind.SAME_DAY:
            return "当日"
        case Kind.HOURS:
            return f"{deadline.value}小时"
        case Kind.WORK_DAYS:
            return f"{deadline.value}个工作日"
        case Kind.NATURAL_DAYS:
            return f"{deadline.value}天"
        case Kind.DATE:
            return deadline.on.isoformat() if deadline.on else ""
