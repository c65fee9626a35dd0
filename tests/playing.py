"""Plays a small town told in verbs through the product's own actions, the clock on the day each was recorded."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from core.actions.action import Action
from core.actions.appeals import Appeal
from core.actions.loop.aside import Resume, Suspend
from core.actions.loop.correcting import Correct
from core.actions.loop.feedback import Receive, Submit, Withdraw
from core.actions.loop.handover import Extend, Reassign, Return
from core.actions.loop.inspection import Fail, Inspect, Pass
from core.actions.loop.leaving import Merge, Revive, Void
from core.actions.loop.levels import Criticise, Remind, Summon, Supervise
from core.actions.loop.lookback import Recheck, Reopen
from core.actions.loop.road import Accept, Assign, Fix, Reject, Report
from core.actions.registers import Add, AddZone, AssignZone, Edit, MergeUnits
from core.actions.rounds import (
    AddFind,
    FinaliseRound,
    MarkUnit,
    PlanRound,
    PublishRound,
    ScoreRound,
    SetScheme,
    StartRound,
    VisitZone,
    WaiveFind,
)
from core.actions.wish import Wish
from core.changes import Change, Changes
from core.deciding import decide_all
from core.model import (
    Channel,
    Document,
    DocumentKind,
    DocumentState,
    Find,
    Role,
    RoundKind,
    Scheme,
    Settings,
    Trigger,
    VoidKind,
)
from core.roles import ALL_HANDS, Actor
from core.stats.shares import hundredths
from core.town.town import Moment, Town

EVERYBODY = Actor("founder", ALL_HANDS, via="cli")
CLERK = Actor("clerk", (Role.CLERK,), via="cli")
UNIT_WORD = {"channel": Channel.PHONE}
FACTORS = {None: 100, "": 100, "repeat": 200, "outside": 200, "within": 0}
START = date(2026, 1, 1)


def day_of(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


class Played:
    """A town in memory, and the names the telling gives its records."""

    def __init__(self, vector: dict[str, Any]) -> None:
        self.vector = vector
        self.town = Town()
        self.units: dict[str, int] = {}
        self.zones: dict[str, int] = {}
        self.items: dict[str, int] = {}
        self.rounds: dict[str, int] = {}
        self.finds: dict[str, int] = {}
        self.points: dict[str, int] = {}
        self.town.put("settings", Settings(id=1, office="测试镇创卫办"))
        self._found()
        self._steps = sorted(self._told(), key=lambda step: step[0])
        self._at = 0

    def do(self, on: date, *actions: Action, actor: Actor = EVERYBODY) -> Changes:
        """One transaction, at noon of a day."""
        at = datetime.combine(on, time(4), UTC)
        moment = Moment.of(at, self.town)
        changes = decide_all(self.town, [Wish(a) for a in actions], actor, moment)
        changes = changes.numbered(self.town.seq + 1)
        self.town.apply(changes)
        return changes

    def until(self, today: date) -> Town:
        """The town as of the end of a day."""
        while self._at < len(self._steps) and self._steps[self._at][0][0] <= today:
            (day, _rank, _number), step = self._steps[self._at]
            step(day)
            self._at += 1
        self._papers(today)
        return self.town

    def _found(self) -> None:
        for unit in self.vector["units"]:
            fields = {k: unit[k] for k in ("name", "kind", "group") if k in unit}
            changes = self.do(START, Add(table="units", fields=fields))
            self.units[unit["id"]] = changes.of("units")[0].id
        for zone in self.vector["zones"]:
            code = zone if isinstance(zone, str) else zone["id"]
            fields = {"code": code, "name": f"{code}段"}
            changes = self.do(START, AddZone(fields=fields))
            self.zones[code] = changes.of("zones")[0].id

    def _told(self) -> Iterator[tuple[tuple[date, int, int], Any]]:
        number = 0
        for part in self.vector["responsibilities"]:
            number += 1
            since = date.fromisoformat(part["since"])
            lead = AssignZone(
                zone=self.zones[part["zone"]], unit=self.units[part["unit"]], since=since
            )
            yield (max(START, since), 0, number), lambda day, lead=lead: self.do(day, lead)
        for event in self.vector["events"]:
            number += 1
            recorded = date.fromisoformat(event.get("at") or event["on"])
            yield (recorded, 1, number), lambda day, event=event: self._event(day, event)
        for told in self.vector["rounds"]:
            yield from self._round(told)
        for unit in self.vector["units"]:
            if unit.get("into"):
                day = date.fromisoformat(unit["until"])
                into = MergeUnits(unit=self.units[unit["id"]], into=self.units[unit["into"]])
                yield (day, 0, 0), lambda day, into=into: self.do(day, into)
            elif unit.get("until"):
                day, key = date.fromisoformat(unit["until"]), self.units[unit["id"]]
                retire = Edit(table="units", record=key, fields={"active": False, "until": day})
                yield (day, 0, 0), lambda day, retire=retire: self.do(day, retire)

    def _round(self, told: dict[str, Any]) -> Iterator[tuple[tuple[date, int, int], Any]]:
        started = date.fromisoformat(told["started_on"])
        yield (started, 0, 0), lambda day: self._start(day, told)
        yield (started, 2, 0), lambda day: self._walk(day, told)
        for key, action in (("published_on", PublishRound), ("final_on", FinaliseRound)):
            if told.get(key):
                day = date.fromisoformat(told[key])
                yield (
                    (day, 2, 1),
                    lambda day, action=action: self.do(day, action(round=self.rounds[told["id"]])),
                )
        for find in told.get("finds", ()):
            if find.get("waived_on"):
                waived = date.fromisoformat(find["waived_on"])
                yield (
                    (waived, 2, 0),
                    lambda day, find=find: self.do(
                        day, WaiveFind(find=self.finds[find["id"]], reason="免扣")
                    ),
                )

    def _start(self, day: date, told: dict[str, Any]) -> None:
        weights = {name: hundredths(str(w)) for name, w in told["weights"].items()}
        month = told["started_on"][:7]
        held = next((s for s in self.town.all(Scheme) if s.since == month), None)
        if held is None or any(held.weights.get(c) != w for c, w in weights.items()):
            merged = {**(held.weights if held else {}), **weights}
            self.do(day, SetScheme(since=month, fields={"weights": merged}))
        planned = PlanRound(
            kind=RoundKind(told["kind"]),
            plan_on=day,
            zones=tuple(self.zones[code] for code in told["zones"]),
            categories=tuple(told["weights"]),
            counts=told.get("counts"),
        )
        key = self.do(day, planned).of("rounds")[0].id
        self.rounds[told["id"]] = key
        self.do(day, StartRound(round=key))

    def _walk(self, day: date, told: dict[str, Any]) -> None:
        key, na = self.rounds[told["id"]], told.get("na", ())
        unseen = told.get("not_visited", {})
        for code in told["zones"]:
            none = tuple(category for zone, category in na if zone == code)
            seen = {"seen": False, "why": unseen[code]} if code in unseen else {}
            self.do(day, VisitZone(round=key, zone=self.zones[code], na=none, **seen))
        for find in told.get("finds", ()):
            self._find(day, key, find)
        for unit, mark in (told.get("files") or {}).items():
            self.do(
                day,
                MarkUnit(round=key, unit=self.units[unit], points=hundredths(str(mark))),
            )
        self.do(day, ScoreRound(round=key))

    def _find(self, day: date, key: int, find: dict[str, Any]) -> None:
        why = find.get("why") or ""
        factor = find.get("factor")
        made = AddFind(
            round=key,
            zone=self.zones[find["zone"]],
            category=find["category"],
            subcategory=find.get("subcategory", ""),
            item=self.items[find["item"]] if find.get("item") else None,
            itemless=not find.get("item"),
            text="见现场",
            deduct=hundredths(str(find["deduct"])),
            count=find.get("count", 1),
            factor=FACTORS[why] if factor is None else hundredths(str(factor)),
            factor_why=why,
            note="现场认定",
        )
        changes = self.do(day, made)
        found = next(c.new for c in changes if isinstance(c.new, Find))
        self.finds[find["id"]] = found.id

    def _papers(self, today: date) -> None:
        """Papers are given to the score as they are."""
        for number, told in enumerate(self.vector.get("papers", ()), 1):
            signed = date.fromisoformat(told["signed_on"])
            if signed > today:
                continue
            gone = day_of(told.get("withdrawn_on"))
            withdrawn = gone is not None and gone <= today
            items = tuple(self.items[name] for name in told.get("items", ()))
            paper = Document(
                id=1000 + number,
                kind=DocumentKind(told["kind"]),
                state=DocumentState.WITHDRAWN if withdrawn else DocumentState.SIGNED,
                unit=self.units[told["unit"]] if told.get("unit") else None,
                items=items,
                work_until=day_of(told.get("work_until")),
                number=f"第{number}号",
                year=signed.year,
                seq=number,
                signed_on=signed,
                withdrawn_on=gone if withdrawn else None,
            )
            held = self.town.documents.get(paper.id)
            self.town.apply(Changes(changes=(Change("documents", held, paper),)))

    def _event(self, today: date, event: dict[str, Any]) -> None:
        verb = event["do"]
        on = day_of(event.get("on"))
        if verb == "entry":
            fields = {
                "unit": self.units[event["unit"]],
                "month": event["period"],
                "kind": event["kind"],
                "points": hundredths(str(event["points"])),
                "why": event.get("why", f"{event['kind']} {len(self.points) + 1}"),
            }
            made = self.do(today, Add(table="points", fields=fields))
            self.points[event.get("id", "")] = made.of("points")[0].id
            return
        if verb == "report":
            report = Report(
                on=on,
                zone=self.zones[event["zone"]] if event.get("zone") else None,
                location=event.get("location", "某处"),
                description=event.get("description", "问题"),
                category=event["category"],
                subcategory=event.get("subcategory", ""),
                severity=event.get("severity", ""),
                source=event.get("source", "日常巡查"),
                found_on=day_of(event.get("found_on")) or on,
            )
            self.items[event["item"]] = self.do(today, report).of("items")[0].id
            return
        item = self.items[event["item"]] if event.get("item") else 0
        maker = getattr(self, f"_{verb}", None)
        action = (
            maker(item, on, event) if maker is not None else SIMPLE[verb](item, on, event, self)
        )
        self.do(today, action, actor=CLERK if verb in ("submit", "withdraw") else EVERYBODY)

    def _assign(self, item: int, on: date, event: dict[str, Any]) -> Assign:
        co = tuple(self.units[u] for u in event.get("co", ()))
        return Assign(
            item=item, on=on, lead=self.units[event["unit"]], co=co, due=day_of(event["due"])
        )

    def _reassign(self, item: int, on: date, event: dict[str, Any]) -> Reassign:
        due = day_of(event["due"])
        return Reassign(item=item, on=on, lead=self.units[event["unit"]], due=due, reason="不属")

    def _resume(self, item: int, on: date, event: dict[str, Any]) -> Resume:
        lead = self.units[event["unit"]] if event.get("unit") else None
        return Resume(item=item, on=on, due=day_of(event["due"]), lead=lead)

    def _reopen(self, item: int, on: date, event: dict[str, Any]) -> Reopen:
        held = self.town.item(item).assignment
        lead = self.units[event["unit"]] if event.get("unit") else held.lead if held else None
        return Reopen(
            item=item, on=on, lead=lead, due=day_of(event["due"]), reason="反弹", photos=("a.jpg",)
        )

    def _submit(self, item: int, on: date | None, event: dict[str, Any]) -> Submit:
        undated = on is None or event.get("undated", False)
        return Submit(
            item=item, on=None if undated else on, measure="已整改", claimed=undated, **UNIT_WORD
        )

    def _appeal(self, item: int, on: date, event: dict[str, Any]) -> Appeal:
        find = self.finds[event["find"]] if event.get("find") else None
        points = self.points[event["points"]] if event.get("points") else None
        return Appeal(item=item, on=on, no=event.get("no"), find=find, points=points, reason="查实")

    def named(self, label: str) -> str:
        """The name the telling gives an item, or item/assignment, of ours."""
        number, _slash, no = label.partition("/")
        item = self.town.find(number)
        assert item is not None
        name = next(name for name, key in self.items.items() if key == item.id)
        return f"{name}/{no}" if no else name


def _void_kind(event: dict[str, Any]) -> VoidKind:
    said = event.get("reason", "误报")
    return VoidKind(said) if said in tuple(VoidKind) else VoidKind.FALSE_ALARM


def _until(on: date, event: dict[str, Any], days: int = 2) -> date:
    return day_of(event.get("work_until")) or on + timedelta(days=days)


SIMPLE: dict[str, Any] = {
    "accept": lambda i, on, e, p: Accept(item=i, on=on),
    "reject": lambda i, on, e, p: Reject(item=i, on=on, note="不属实"),
    "fix": lambda i, on, e, p: Fix(item=i, on=on, measure="当场清理"),
    "receive": lambda i, on, e, p: Receive(item=i, on=on, **UNIT_WORD),
    "withdraw": lambda i, on, e, p: Withdraw(item=i, on=on, reason="未完", **UNIT_WORD),
    "pass": lambda i, on, e, p: Pass(
        item=i, on=on, feedback_on=day_of(e.get("feedback_on") or e.get("done"))
    ),
    "fail": lambda i, on, e, p: Fail(item=i, on=on, reason="未净", work_until=_until(on, e)),
    "inspect": lambda i, on, e, p: Inspect(
        item=i,
        on=on,
        passed=e.get("passed", True),
        finding="" if e.get("passed", True) else "未净",
        work_until=None if e.get("passed", True) else _until(on, e),
    ),
    "return": lambda i, on, e, p: Return(item=i, on=on, reason="不属", **UNIT_WORD),
    "extend": lambda i, on, e, p: Extend(
        item=i, on=on, due=day_of(e["due"]), reason="雨天", **UNIT_WORD
    ),
    "suspend": lambda i, on, e, p: Suspend(
        item=i,
        on=on,
        reason="待改造",
        measure="围挡",
        plan_on=day_of(e.get("plan_on")) or on + timedelta(days=90),
    ),
    "merge": lambda i, on, e, p: Merge(item=i, on=on, main=p.items[e["main"]]),
    "void": lambda i, on, e, p: Void(item=i, on=on, reason=_void_kind(e), note="核实"),
    "revive": lambda i, on, e, p: Revive(item=i, on=on, reason="查实"),
    "remind": lambda i, on, e, p: Remind(item=i, on=on),
    "supervise": lambda i, on, e, p: Supervise(
        item=i, on=on, reason=Trigger.LEADER, work_until=_until(on, e, 5)
    ),
    "criticise": lambda i, on, e, p: Criticise(item=i, on=on, reference="批示"),
    "summon": lambda i, on, e, p: Summon(item=i, on=on, record="约谈记录"),
    "recheck": lambda i, on, e, p: Recheck(item=i, on=on, photos=("a.jpg",)),
    "correct": lambda i, on, e, p: Correct(
        item=i, on=on, fields={"due": day_of(e["due"])}, reason="更正"
    ),
}
