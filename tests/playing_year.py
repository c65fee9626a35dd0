"""A year told as a vector (docs/year.md), played through the product's own actions."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Any

from core.actions.action import Action
from core.actions.registers import Add, AddZone
from core.actions.wish import Wish
from core.actions.year import (
    AddLog,
    CheckShop,
    CloseCampaign,
    CloseShop,
    CorrectLog,
    CountTraces,
    CoverZone,
    LayDrug,
    OpenCampaign,
    PlateShops,
    SampleRooms,
    SetTarget,
    SetTerms,
    SignPledge,
    SignShops,
    TellFacts,
    Tick,
    TransferShop,
    VoidLog,
)
from core.calendar.periods import read_period
from core.changes import Change, Changes
from core.deciding import decide_all
from core.errors import RuleError
from core.measures import Question, measure
from core.model import (
    Assignment,
    Document,
    DocumentKind,
    DocumentState,
    End,
    Feedback,
    File,
    Item,
    Outcome,
    Pause,
    Record,
    Settings,
    SpotFix,
    State,
    Suspension,
)
from core.registers.defaults import default_rules
from core.roles import ALL_HANDS, Actor
from core.stats.shares import hundredths
from core.town.town import Moment, Town
from core.year.evidence import names_at

EVERYBODY = Actor("founder", ALL_HANDS, via="cli")
PAPERS = {
    "简报": DocumentKind.BRIEF,
    "督办": DocumentKind.SUPERVISION,
    "通报": DocumentKind.CIRCULAR,
    "约谈": DocumentKind.TALK,
    "曝光": DocumentKind.EXPOSURE,
    "交办": DocumentKind.ASSIGNMENT,
}


TOWN = {
    "office": "河口镇创卫办",
    "zones": [
        {"code": "Z01", "name": "河东社区", "kind": "社区"},
        {"code": "Z02", "name": "沿河段", "kind": "街道段", "parent": "Z01"},
        {"code": "Z03", "name": "桥头段", "kind": "街道段", "parent": "Z01"},
        {"code": "Z10", "name": "上塘村", "kind": "村"},
    ],
    "units": [
        {"name": "保洁公司", "kind": "企业"},
        {"name": "园林站", "kind": "机关站所"},
        {"name": "上塘村委会", "kind": "村居"},
    ],
    "indicators": [
        {"code": "A01", "every": "month", "owners": ["保洁公司"]},
        {"code": "A03"},
        {"code": "A18"},
        {"code": "B08"},
        {"code": "C01"},
        {"code": "C18"},
        {"code": "D07"},
        {"code": "G01", "name": "投诉件", "unit": "件", "better": "less"},
        {"code": "G02", "name": "抽检合格率", "unit": "%", "kind": "mean"},
    ],
}
OPENED = {
    "do": "campaign.open",
    "at": "2026-03-05",
    "ref": "2026春",
    "from": "2026-03-10",
    "to": "2026-04-20",
    "vectors": ["鼠"],
}


def day_of(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def files_of(count: int) -> tuple[File, ...]:
    return tuple(
        File(name=f"佐证{n}.jpg", digest=f"{n:064x}", kind="jpg", size=9) for n in range(count)
    )


class PlayedYear:
    """A town in memory, and the labels the telling gives its records."""

    def __init__(self, vector: dict[str, Any]) -> None:
        self.vector = vector
        self.town = Town()
        self.today = date(2025, 1, 1)
        self.ids: dict[str, int] = {}
        """By the telling's label; units, zones and indicators by name and code."""
        self.labels: dict[str, str] = {}
        """The telling's label of a record, by the product's own."""
        self.refusals: list[tuple[dict[str, Any], str]] = []
        self.town.put("settings", Settings(id=1, office=vector["town"]["office"]))
        for rule in default_rules():
            self.town.put("rules", rule)
        self._found(vector["town"])
        self._steps = list(vector["steps"])

    def do(self, *actions: Action) -> Changes:
        at = datetime.combine(self.today, time(4), UTC)
        moment = Moment.of(at, self.town)
        changes = decide_all(self.town, [Wish(a) for a in actions], EVERYBODY, moment)
        changes = changes.numbered(self.town.seq + 1)
        self.town.apply(changes)
        return changes

    def _found(self, town: dict[str, Any]) -> None:
        for unit in town["units"]:
            made = self.do(Add(table="units", fields={k: unit[k] for k in ("name", "kind")}))
            self.ids[unit["name"]] = made.of("units")[0].id
        for zone in town["zones"]:
            fields = {k: zone[k] for k in ("code", "name", "kind") if zone.get(k)}
            if zone.get("parent"):
                fields["parent"] = zone["parent"]
            self.ids[zone["code"]] = self.do(AddZone(fields=fields)).of("zones")[0].id
        for told in town["indicators"]:
            fields = {k: v for k, v in told.items() if k != "owners" and v != ""}
            if told.get("owners"):
                fields["owners"] = tuple(self.ids[name] for name in told["owners"])
            made = self.do(Add(table="indicators", fields=fields))
            self.ids[told["code"]] = made.of("indicators")[0].id

    def until(self, today: date | None = None) -> Town:
        """The town with every step that was saved by a day, or all."""
        while self._steps:
            step = self._steps[0]
            at = date.fromisoformat(step["at"])
            if today is not None and at > today:
                break
            self._steps.pop(0)
            self.today = at
            self._step(step)
        if today is not None:
            self.today = today
        return self.town

    def _step(self, step: dict[str, Any]) -> None:
        maker = getattr(self, "_" + step["do"].replace(".", "_"))
        before = self.town.seq
        try:
            maker(step)
        except RuleError as error:
            self.refusals.append((step, error.refusal.code))
            assert step.get("refused") == error.refusal.code, (step, error)
            assert self.town.seq == before
        else:
            assert not step.get("refused"), step

    def _made(self, step: dict[str, Any], table: str, changes: Changes) -> None:
        record = changes.of(table)[0].new
        self.ids[step["ref"]] = record.id
        self.labels[str(getattr(record, "label", ""))] = step["ref"]

    def _on(self, step: dict[str, Any]) -> date | None:
        return day_of(step.get("on"))

    def _log_fields(self, step: dict[str, Any]) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        for name in ("title", "people", "people_approx", "key", "excused", "reference", "note"):
            if step.get(name) not in (None, ""):
                fields[name] = step[name]
        for name in ("place", "source", "chapter"):
            if step.get(name):
                fields[name] = step[name]
        if step.get("until"):
            fields["until"] = day_of(step["until"])
        for name in ("unit", "zone", "duty", "campaign"):
            if step.get(name):
                fields[name] = self.ids[step[name]]
        if step.get("files"):
            fields["files"] = files_of(step["files"])
        if "figures" in step:
            fields["figures"] = [
                {
                    "indicator": f["indicator"],
                    "text": f["text"],
                    "zone": self.ids[f["zone"]] if f.get("zone") else None,
                }
                for f in step["figures"]
            ]
        return fields

    def _log_add(self, step: dict[str, Any]) -> None:
        action = AddLog(kind=step["kind"], on=self._on(step), fields=self._log_fields(step))
        self._made(step, "logs", self.do(action))

    def _log_correct(self, step: dict[str, Any]) -> None:
        fields = self._log_fields(step)
        if step.get("on"):
            fields["on"] = day_of(step["on"])
        self.do(CorrectLog(log=self.ids[step["log"]], fields=fields, reason=step["reason"]))

    def _log_void(self, step: dict[str, Any]) -> None:
        self.do(VoidLog(log=self.ids[step["log"]], reason=step["reason"]))

    def _duty_add(self, step: dict[str, Any]) -> None:
        terms = [
            {**t, "since": day_of(t["since"]), "day": str(t.get("day") or "")}
            for t in step["terms"]
        ]
        fields = {"name": step["name"], "kind": step["kind"], "terms": terms}
        self._made(step, "duties", self.do(Add(table="duties", fields=fields)))

    def _duty_edit(self, step: dict[str, Any]) -> None:
        for told in step["terms"]:
            self.do(
                SetTerms(
                    duty=self.ids[step["duty"]],
                    since=day_of(told["since"]),
                    cycle=told["cycle"],
                    day=str(told.get("day") or ""),
                    roll=told.get("roll", False),
                )
            )

    def _shop_add(self, step: dict[str, Any]) -> None:
        fields = {"name": step["name"], "zone": self.ids[step["zone"]]}
        if step.get("opened_on"):
            fields["opened_on"] = day_of(step["opened_on"])
        self._made(step, "shops", self.do(Add(table="shops", fields=fields)))

    def _shops(self, step: dict[str, Any]) -> tuple[int, ...]:
        return tuple(self.ids[label] for label in step["shops"])

    def _shop_sign(self, step: dict[str, Any]) -> None:
        until = day_of(step.get("until"))
        self.do(SignShops(shops=self._shops(step), on=self._on(step), until=until))

    def _shop_plate(self, step: dict[str, Any]) -> None:
        self.do(
            PlateShops(shops=self._shops(step), on=self._on(step), down=step.get("down", False))
        )

    def _shop_check(self, step: dict[str, Any]) -> None:
        self.do(
            CheckShop(
                shop=self.ids[step["shop"]], on=self._on(step), score=hundredths(step["score"])
            )
        )

    def _shop_transfer(self, step: dict[str, Any]) -> None:
        fields = {"keeper": "经营者"}
        self.do(TransferShop(shop=self.ids[step["shop"]], on=self._on(step), fields=fields))

    def _shop_close(self, step: dict[str, Any]) -> None:
        self.do(CloseShop(shop=self.ids[step["shop"]], on=self._on(step)))

    def _campaign_open(self, step: dict[str, Any]) -> None:
        action = OpenCampaign(
            first=date.fromisoformat(step["from"]),
            last=date.fromisoformat(step["to"]),
            vectors=tuple(step["vectors"]),
        )
        self._made(step, "campaigns", self.do(action))

    def _campaign_tick(self, step: dict[str, Any]) -> None:
        key = self.ids[step["campaign"]]
        self.do(Tick(campaign=key, name=step["name"], on=self._on(step)))

    def _campaign_cover(self, step: dict[str, Any]) -> None:
        fields = {k: v for k, v in step.items() if k.endswith(("_plan", "_done"))}
        self.do(
            CoverZone(
                campaign=self.ids[step["campaign"]], zone=self.ids[step["zone"]], fields=fields
            )
        )

    def _campaign_drug(self, step: dict[str, Any]) -> None:
        self.do(
            LayDrug(
                campaign=self.ids[step["campaign"]],
                on=self._on(step),
                name=step["name"],
                kg=str(step["kg"]),
                reg_no=step.get("reg_no", ""),
            )
        )

    def _campaign_density(self, step: dict[str, Any]) -> None:
        self.do(
            CountTraces(
                campaign=self.ids[step["campaign"]],
                on=self._on(step),
                vector=step["vector"],
                when=step["when"],
                method=step["method"],
                found=step["found"],
                checked=step["checked"],
                zone=self.ids[step["zone"]] if step.get("zone") else None,
            )
        )

    def _campaign_sample(self, step: dict[str, Any]) -> None:
        self.do(
            SampleRooms(
                campaign=self.ids[step["campaign"]],
                zone=self.ids[step["zone"]],
                checked=step["checked"],
                missed=step["missed"],
                on=self._on(step),
            )
        )

    def _campaign_close(self, step: dict[str, Any]) -> None:
        key = self.ids[step["campaign"]]
        self.do(CloseCampaign(campaign=key, on=self._on(step), reason=step.get("reason", "")))

    def _indicator_target(self, step: dict[str, Any]) -> None:
        self.do(
            SetTarget(
                indicator=self.ids[step["indicator"]],
                year=step["year"],
                value=step["value"],
                reference=step.get("reference", ""),
                plan=tuple(map(str, step.get("plan") or ())),
                on=day_of(step.get("set_on") or step.get("on")),
            )
        )

    def _pledge_sign(self, step: dict[str, Any]) -> None:
        action = SignPledge(
            unit=self.ids[step["unit"]],
            year=step["year"],
            on=self._on(step),
            lines={k: str(v) for k, v in step["lines"].items()},
        )
        self._made(step, "pledges", self.do(action))

    def _zone_fact(self, step: dict[str, Any]) -> None:
        self.do(TellFacts(zone=self.ids[step["zone"]], facts=step["facts"], on=self._on(step)))

    def _put(self, table: str, record: Record) -> None:
        self.town.apply(Changes(changes=(Change(table, None, record),)))

    def _paper(self, step: dict[str, Any]) -> None:
        """Papers are given as they stand."""
        signed, gone = day_of(step["signed_on"]), day_of(step.get("withdrawn_on"))
        number = len(self.town.documents) + 1
        assert signed is not None
        paper = Document(
            id=number,
            kind=PAPERS[step["kind"]],
            state=DocumentState.WITHDRAWN if gone else DocumentState.SIGNED,
            number=step["number"],
            year=signed.year,
            seq=number,
            signed_on=signed,
            withdrawn_on=gone,
        )
        self._put("documents", paper)

    def _item(self, step: dict[str, Any]) -> None:
        """So are items."""
        number = len(self.town.items) + 1
        fix = day_of(step.get("fix_on"))
        suspended = step.get("suspended")
        given = tuple(_assignments(step, self.ids))
        self._put(
            "items",
            Item(
                id=number,
                number=step["ref"],
                state=_state(step, given),
                zone=self.ids[step["zone"]],
                description="问题",
                category=step["category"],
                subcategory=step["subcategory"],
                found_on=day_of(step["found_on"]),
                reported_on=day_of(step["accepted_on"]),
                accepted_on=day_of(step["accepted_on"]),
                assignments=given,
                fix=SpotFix(on=fix, measure="当场清理") if fix else None,
                closed_on=fix or (given[-1].ended_on if given else None),
                suspension=Suspension(since=day_of(suspended["since"]), reason=suspended["reason"])
                if suspended
                else None,
                pauses=(Pause(since=day_of(suspended["since"])),) if suspended else (),
                plan_on=day_of(suspended["plan_on"]) if suspended else None,
            ),
        )

    def told(self, text: str) -> str:
        """A text with the telling's labels in place of the product's."""
        if not self.labels:
            return text
        ours = "|".join(map(re.escape, sorted(self.labels, key=len, reverse=True)))
        return re.sub(ours, lambda found: self.labels[found[0]], text)

    def measured(self, asked: str) -> dict[str, Any]:
        """A measure of a stretch, as the telling expects it."""
        code, _at, period = asked.partition("@")
        window = Question(self.town, read_period(period, self.today))
        counted = measure(self.town, code).count(window)
        units = names_at(self.town, window.day)
        zones = {z.id: z.code for z in self.town.zones.values()}
        lines = [
            {
                "ref": self.told(line.ref),
                "on": line.on.isoformat() if line.on else None,
                "unit": units.get(line.unit or 0),
                "zone": zones.get(line.zone or 0),
                "value": line.value,
            }
            for line in counted.lines
        ]
        return {
            "value": counted.printed_value,
            "text": counted.text,
            "lines": lines,
            "left_out": [
                {"ref": self.told(left.ref), "why": self.told(left.why)}
                for left in counted.left_out
            ],
            "notes": [self.told(note) for note in counted.notes],
        }


def _assignments(step: dict[str, Any], ids: dict[str, int]) -> Iterator[Assignment]:
    for number, told in enumerate(step["assignments"], 1):
        done = day_of(told.get("feedback_on"))
        end = End(told["end"]) if told.get("end") else None
        outcome = Outcome.PASSED if end == End.CLOSED else Outcome.PENDING
        due = day_of(told["due"])
        yield Assignment(
            no=number,
            lead=ids[told["lead"]],
            issued_on=day_of(told["issued_on"]),
            due=due,
            orig_due=due,
            work_until=due,
            feedbacks=(Feedback(on=done, measure="已整改", outcome=outcome),) if done else (),
            ended_on=day_of(told.get("ended_on")),
            end=end,
        )


def _state(step: dict[str, Any], given: tuple[Assignment, ...]) -> State:
    if step.get("void"):
        return State.VOID
    if step.get("merged_into"):
        return State.MERGED
    if step.get("suspended"):
        return State.SUSPENDED
    if step.get("fix_on") or (given and given[-1].end == End.CLOSED):
        return State.CLOSED
    if given and given[-1].feedbacks:
        return State.AWAITING
    return State.RECTIFYING if given else State.ACCEPTED
