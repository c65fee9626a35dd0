"""A town that holds one of everything there is: every table, every state, every verb, every paper."""

from datetime import date, timedelta

from tests_support import CLERK, FOUNDER, INSPECTOR, LEADER, TODAY, Office

from core.actions.action import Action
from core.actions.appeals import Appeal
from core.actions.loop.aside import Resume, Suspend
from core.actions.loop.correcting import Correct
from core.actions.loop.decisions import Approve, Recall, Refuse
from core.actions.loop.dividing import Split, UnitPart
from core.actions.loop.feedback import Receive, Submit, Withdraw
from core.actions.loop.handover import Extend, Reassign, Return
from core.actions.loop.inspection import Fail, Inspect, Pass
from core.actions.loop.leaving import Merge, Revive, Void
from core.actions.loop.levels import Remind, Supervise
from core.actions.loop.lookback import Recheck, Reopen
from core.actions.loop.photos import Attach
from core.actions.loop.road import Accept, Assign, Fix, Reject, Report
from core.actions.own_tables import KeepSide
from core.actions.papers import (
    DraftCircular,
    DraftPaper,
    DraftSummary,
    EditCircular,
    EditSummary,
    PublishCircular,
    ReceivePaper,
    ServePaper,
    SignCircular,
    SignPaper,
    SignSummary,
    WithdrawPaper,
)
from core.actions.registers import (
    Add,
    AddKey,
    AddZone,
    AssignZone,
    ChangeSettings,
    Edit,
    Forget,
    MergeUnits,
    MergeZones,
    Remember,
    RetireKey,
    SetHolidays,
)
from core.actions.rounds import (
    AddFind,
    CancelRound,
    DropFind,
    EditFind,
    EditRound,
    MarkUnit,
    PlanRound,
    PlanYear,
    PublishRound,
    ReopenRound,
    ScoreRound,
    SetScheme,
    StartRound,
    VisitZone,
    WaiveFind,
)
from core.actions.year import (
    AddLog,
    AttachFiles,
    CheckShop,
    CloseCampaign,
    CloseShop,
    CorrectLog,
    CountTraces,
    CoverZone,
    EditCampaign,
    LayDrug,
    OpenCampaign,
    PlateShops,
    SampleRooms,
    SetTarget,
    SetTerms,
    SignPledge,
    SignShops,
    SplitZone,
    TellFacts,
    Tick,
    TransferShop,
    VoidLog,
)
from core.model import (
    NOTICES,
    Channel,
    DocumentKind,
    Indicator,
    Part,
    Role,
    RoundKind,
    Shows,
    Trigger,
    VoidKind,
)
from core.year.body import gaps_of
from core.year.evidence import asked_of
from core.year.stretch_numbers import Numbers

JPEG = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 4
DUE = date(2026, 4, 2)
LATE = date(2026, 3, 29)
PAPER = Channel.PAPER


def fill(office: Office) -> None:
    """Do everything that can be done to a town, once."""
    _registers(office)
    _loop(office)
    _in_parts(office)
    _requests(office)
    _papers(office)
    _rounds(office)
    _year(office)
    _beside(office)


PUBLIC_KEY = (
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGOyhtSWSjyLZX78BYxzocc1A07MYUkkdbRWyrpWpr4O 内勤的电脑"
)


def _registers(office: Office) -> None:
    do = office.do
    do(AddKey(login="liaison", public=PUBLIC_KEY))
    do(RetireKey(key=1))
    do(
        Add(
            table="units", fields={"name": "园林所", "aliases": ("绿化队",), "phone": "13800000001"}
        )
    )
    do(Edit(table="units", record=4, fields={"short": "园林", "leader_post": "所长"}))
    do(Add(table="units", fields={"name": "旧办"}))
    do(AddZone(fields={"code": "Z03", "name": "第三段", "parent": 1}))
    do(
        Edit(
            table="zones", record=3, fields={"scope": "桥头至学校", "parent": 2, "households": 1200}
        )
    )
    do(AddZone(fields={"code": "Z04", "name": "旧段"}))
    do(AssignZone(zone=3, unit=4, since=date(2026, 2, 1)))
    do(AssignZone(zone=3, unit=2, since=date(2026, 2, 1), part=Part.CO))
    office.reported(zone=4)
    do(MergeZones(zone=4, into=3))
    office.issued(zone=3)
    do(Reassign(item=2, lead=5, due=DUE, reason="归口"))
    do(MergeUnits(unit=5, into=4))
    do(Add(table="staff", fields={"login": "li", "name": "内勤", "roles": (Role.CLERK,)}))
    do(Edit(table="staff", record=3, fields={"roles": (Role.CLERK, Role.INSPECTOR)}))
    rule = {"category": "市容环境", "subcategory": "其他", "condition": "雨天", "value": 3}
    key = do(Add(table="rules", fields=rule)).of("rules")[0].id
    do(Edit(table="rules", record=key, fields={"kind": "natural_days", "active": False}))
    key = (
        do(Add(table="routes", fields={"category": "宣传", "lead": 2, "zone": 1}))
        .of("routes")[0]
        .id
    )
    do(Edit(table="routes", record=key, fields={"lead": 4, "co": (2,)}))
    key = do(Add(table="views", fields={"name": "雨天", "query": "overdue"})).of("views")[0].id
    do(Edit(table="views", record=key, fields={"query": "overdue unit:园林所"}))
    do(Remember(sender="城管局", headers={"啥问题": "description"}, units={"绿化": 4}))
    do(Remember(units={"老绿化": 4}))
    do(Forget(sender=1, words=("绿化",)))
    do(SetHolidays(year=2027, rest=("0101",), work=("0131",), source="国办发明电"))
    do(ChangeSettings(fields={"contact": "0000", "lookback_days": 131}))


def _loop(office: Office) -> None:
    do = office.do
    do(Reject(item=office.reported(), reason=VoidKind.OUT_OF_SCOPE, note="不归我们"))
    do(Fix(item=office.reported(), measure="当场清了"))
    key = office.issued()
    do(Receive(item=key, channel=PAPER))
    do(Remind(item=key))
    do(Submit(item=key, measure="清了", channel=PAPER))
    do(Withdraw(item=key, reason="没清完", channel=PAPER))
    do(Submit(item=key, measure="清了", channel=PAPER))
    do(Fail(item=key, reason="有残留", work_until=DUE))
    do(Submit(item=key, measure="又清了", channel=PAPER))
    do(Pass(item=key, finding="合格"), actor=LEADER)
    do(Recheck(item=key, photos=("a.jpg",), finding="保持住了"))
    key = office.issued()
    do(Inspect(item=key, passed=True, finding="已清"), actor=INSPECTOR)
    do(
        Reopen(item=key, reason="反弹", photos=("b.jpg",), lead=2, due=DUE),
        actor=FOUNDER,
    )
    main, other = office.accepted(), office.accepted()
    do(Merge(item=other, main=main))
    other = office.accepted()
    do(Void(item=other, reason=VoidKind.DUPLICATE, note="重复"))
    do(Revive(item=other, reason="查实有"))
    do(Void(item=office.reported(), reason=VoidKind.UNFOUNDED, note="没有"))
    do(Correct(item=main, fields={"location": "桥头", "zone": 2}, reason="更正"))
    key = office.issued(due=LATE)
    do(Supervise(item=key, reason=Trigger.OVERDUE, work_until=DUE))
    key = office.accepted()
    do(Suspend(item=key, reason="修路", measure="围挡", plan_on=date(2026, 9, 1)))
    do(Resume(item=key, lead=2, due=DUE))
    do(Suspend(item=office.accepted(), reason="修路", measure="围挡", plan_on=date(2026, 9, 1)))
    office.fed_back()
    file = office.repository.photos.keep(JPEG, "后.jpg", Shows.AFTER)
    do(Attach(item=key, files=(file,)))


def _in_parts(office: Office) -> None:
    key = office.accepted(location="分项的地方")
    soon = TODAY + timedelta(days=3)
    office.do(Split(item=key, parts=(UnitPart(lead=1, due=soon), UnitPart(lead=2, due=soon))))


def _requests(office: Office) -> None:
    later = DUE + timedelta(days=1)
    asked: dict[str, Action] = {
        "approve": Extend(item=office.issued(), due=later, reason="雨", channel=PAPER),
        "refuse": Extend(item=office.issued(), due=later, reason="雨", channel=PAPER),
        "recall": Extend(item=office.issued(), due=later, reason="雨", channel=PAPER),
        "lapse": Extend(item=office.issued(), due=later, reason="雨", channel=PAPER),
        "leave": Reassign(item=office.issued(), lead=4, due=DUE, reason="归园林"),
    }
    for what, action in asked.items():
        request = office.do(action, actor=CLERK).of("requests")[0].id
        item = action.item  # type: ignore[attr-defined]
        match what:
            case "approve":
                office.do(Approve(request=request), actor=LEADER)
            case "refuse":
                office.do(Refuse(request=request, reason="来得及"), actor=LEADER)
            case "recall":
                office.do(Recall(request=request), actor=CLERK)
            case "lapse":
                office.do(Submit(item=item, measure="清了", channel=PAPER))
            case _:
                pass
    key = office.do(Report(zone=1, location="x", description="y", found_on=TODAY)).of("items")[0].id
    office.do(Accept(item=key, category="宣传", subcategory="其他", on=TODAY))
    office.do(Assign(item=key, lead=2, due=DUE, on=TODAY))
    office.do(Return(item=key, reason="不是我们的", unit=4, channel=PAPER), actor=CLERK)


def _papers(office: Office) -> None:
    do = office.do

    def draft(kind: DocumentKind, **fields: object) -> int:
        return do(DraftPaper(kind=kind, **fields)).of("documents")[0].id

    for kind in NOTICES:
        to_unit = kind in (DocumentKind.ASSIGNMENT, DocumentKind.SUPERVISION)
        if kind in (DocumentKind.CIRCULAR, DocumentKind.TALK):
            continue
        fields: dict[str, object] = {"items": (office.issued(due=LATE),)}
        if to_unit:
            fields["unit"] = 2
        if kind == DocumentKind.SUPERVISION:
            fields["work_until"] = TODAY
        if kind == DocumentKind.BRIEF:
            fields = {"text": "本周简报"}
        do(SignPaper(document=draft(kind, **fields)))
    notice = next(d for d in office.town.documents.values() if d.kind == DocumentKind.SUPERVISION)
    do(ServePaper(document=notice.id))
    do(ReceivePaper(document=notice.id, by="副所长"))
    until = date(2026, 4, 7)
    again = draft(
        DocumentKind.SUPERVISION, unit=2, items=(office.issued(due=LATE),), work_until=until
    )
    do(SignPaper(document=again))
    do(WithdrawPaper(document=again, reason="写错单位"))
    served = draft(
        DocumentKind.SUPERVISION, unit=2, items=(office.issued(due=LATE),), work_until=until
    )
    do(SignPaper(document=served))
    do(ServePaper(document=served))
    draft(DocumentKind.SUPERVISION, unit=2, items=(office.issued(due=LATE),), work_until=until)


def _rounds(office: Office) -> None:
    do = office.do
    do(SetScheme(since="2026-02", fields={"small_n": 4, "objection_days": 0}))
    do(SetScheme(since="2026-02", fields={"small_n": 3}))
    do(PlanYear(year=2026))
    held = do(PlanRound(kind=RoundKind.COVERT, plan_on=date(2026, 2, 10))).of("rounds")[0].id
    do(EditRound(round=held, fields={"members": "县创卫办"}))
    do(StartRound(round=held, on=date(2026, 2, 10)))
    for zone in office.town.rounds[held].zones:
        do(VisitZone(round=held, zone=zone, on=date(2026, 2, 10)))
    text = {"location": "桥头", "text": "垃圾外溢", "subcategory": "暴露垃圾"}
    found = do(AddFind(round=held, zone=1, on=date(2026, 2, 10), **text)).of("finds")[0].id
    do(EditFind(find=found, fields={"count": 2}))
    other = do(AddFind(round=held, zone=2, category="宣传", itemless=True, text="标语褪色"))
    do(WaiveFind(find=other.of("finds")[0].id, reason="已换"))
    third = do(AddFind(round=held, zone=2, category="宣传", itemless=True, text="重复"))
    do(DropFind(find=third.of("finds")[0].id))
    do(MarkUnit(round=held, unit=2, points=850))
    do(ScoreRound(round=held), PublishRound(round=held))
    do(ReopenRound(round=held, reason="漏项"))
    do(ScoreRound(round=held))
    for each in [r for r in office.town.rounds.values() if r.plan_on.month <= 2 and r.id != held]:
        do(CancelRound(round=each.id, reason="大雪"))
    fields = {"unit": 2, "month": "2026-02", "kind": "praise", "why": "县里表扬"}
    key = do(Add(table="phrases", fields={"of": "整改措施", "text": "已清运"})).of("phrases")[0].id
    do(Edit(table="phrases", record=key, fields={"text": "已清运并冲洗"}))
    key = do(Add(table="points", fields=fields)).of("points")[0].id
    do(Edit(table="points", record=key, fields={"reference": "简报3期"}))
    paper = do(DraftCircular(period="2026-02")).of("documents")[0].id
    do(EditCircular(document=paper, texts={"next": "再加力"}))
    do(PublishCircular(document=paper))
    do(Appeal(find=found, reason="不属本区"))
    do(SignCircular(document=paper))
    posted = do(DraftCircular(period="2025-12")).of("documents")[0].id
    do(PublishCircular(document=posted))
    late = office.issued(due=date(2026, 3, 29))
    do(Submit(item=late, measure="清了", channel=Channel.PHONE))
    do(Pass(item=late), actor=INSPECTOR)
    do(Appeal(item=late, reason="停电"))


def _year(office: Office) -> None:
    _shops_and_duties(office)
    _campaigns(office)
    _targets_and_log(office)
    do = office.do
    do(TellFacts(zone=1, facts={"面积": 12000, "单位": 3}, on=date(2026, 1, 5)))
    shop = do(Add(table="shops", fields={"name": "分段小店", "zone": 2})).of("shops")[0].id
    parts = ({"code": "Z02A", "name": "二段东"}, {"code": "Z02B", "name": "二段西"})
    do(SplitZone(zone=2, parts=parts, shops={shop: 1}))
    paper = do(DraftSummary(period="2026-02")).of("documents")[0].id
    drafted = office.town.documents[paper]
    edit = EditSummary(
        document=paper,
        texts={drafted.body[0].key: "自己的话。", "补充": "补一段。"},
        parts={"补充": "存在问题"},
        off={drafted.body[-1].key: True},
    )
    do(edit)
    drafted = office.town.documents[paper]
    gaps = gaps_of(drafted, Numbers(asked_of(drafted, office.town, TODAY)))
    if gaps:
        do(EditSummary(document=paper, accepted={gap.name: "已核" for gap in gaps}))
    do(SignSummary(document=paper))
    do(DraftSummary(period="2025"))


def _shops_and_duties(office: Office) -> None:
    do = office.do
    fields = {"name": "利民店", "zone": 1, "trade": "副食", "address": "桥头1号"}
    shop = do(Add(table="shops", fields=fields)).of("shops")[0].id
    other = do(Add(table="shops", fields={"name": "老店", "zone": 1})).of("shops")[0].id
    do(Edit(table="shops", record=shop, fields={"name": "利民副食店"}))
    do(SignShops(shops=(shop, other), on=date(2026, 1, 6)))
    do(PlateShops(shops=(shop, other), on=date(2026, 1, 7)))
    do(PlateShops(shops=(other,), down=True))
    do(CheckShop(shop=shop, deductions={"门前垃圾": 500}, finding="有杂物"))
    do(TransferShop(shop=other, fields={"name": "新店"}))
    do(CloseShop(shop=other))
    file = office.repository.photos.keep(JPEG, "责任书.jpg", Shows.AFTER, papers=True)
    do(AttachFiles(table="shops", record=shop, files=(file,)))
    terms = ({"since": date(2026, 1, 1), "cycle": "month", "day": "20"},)
    fields = {"name": "设备检查", "kind": "维修保养", "unit": 2, "terms": terms}
    duty = do(Add(table="duties", fields=fields)).of("duties")[0].id
    do(SetTerms(duty=duty, since=date(2026, 3, 1), cycle="month", day="last", roll=True))
    do(AddLog(kind="维修保养", on=date(2026, 1, 20), fields={"duty": duty}))
    do(
        AddLog(
            kind="维修保养",
            on=date(2026, 2, 20),
            fields={"duty": duty, "excused": True, "note": "冰冻"},
        )
    )
    key = do(Add(table="duties", fields={"name": "旧事", "terms": terms})).of("duties")[0].id
    do(Edit(table="duties", record=key, fields={"active": False}))


def _campaigns(office: Office) -> None:
    do = office.do
    wish = OpenCampaign(first=date(2026, 3, 1), last=date(2026, 4, 10))
    key = do(wish).of("campaigns")[0].id
    do(EditCampaign(campaign=key, fields={"title": "春季灭鼠", "vectors": ("鼠", "蟑螂")}))
    do(Tick(campaign=key, name="用药", reference="方案1"))
    do(Tick(campaign=key, name="用药", undone=True))
    do(CoverZone(campaign=key, zone=1, fields={"rooms_plan": 40, "rooms_done": 31}))
    do(LayDrug(campaign=key, name="毒饵", kg="12.5", reg_no="WP1", zone=1))
    do(CountTraces(campaign=key, vector="鼠", when="前", method="路径法", found=9, checked=800))
    do(SampleRooms(campaign=key, zone=1, checked=20, missed=1))
    do(AddLog(kind="消杀", fields={"campaign": key, "title": "投药"}))
    do(CloseCampaign(campaign=key, reason="余下的秋季补"), actor=LEADER)
    do(OpenCampaign(first=date(2026, 9, 1), last=date(2026, 10, 10)))


def _targets_and_log(office: Office) -> None:
    do = office.do
    fields = {"code": "X01", "name": "投诉", "unit": "件", "better": "less", "every": "month"}
    own = do(Add(table="indicators", fields={**fields, "owners": (2,)})).of("indicators")[0].id
    do(Edit(table="indicators", record=own, fields={"every": "quarter"}))
    rubbish = next(i for i in office.town.all(Indicator) if i.code == "A01").id
    do(SetTarget(indicator=rubbish, year=2026, value="1万", reference="责任书"))
    do(SetTarget(indicator=rubbish, year=2026, value="1.2万", on=date(2026, 3, 1)))
    pledge = SignPledge(unit=2, year=2026, lines={"A01": "800"}, post="主任", text="保洁")
    signed = do(pledge).of("pledges")[0].id
    figures = [
        {"indicator": "A01", "text": "30余", "zone": 1},
        {"indicator": "C01", "text": "1.5万"},
    ]
    fields = {"title": "清河道", "zone": 1, "unit": 2, "figures": figures}
    line = do(AddLog(kind="专项整治", on=date(2026, 3, 9), fields=fields)).of("logs")[0].id
    do(CorrectLog(log=line, fields={"title": "清河道二期"}, reason="写错"))
    fields = {"title": "动员会", "people": "约60"}
    wrong = do(AddLog(kind="会议", on=date(2026, 3, 3), fields=fields)).of("logs")[0].id
    do(VoidLog(log=wrong, reason="没开成"))
    told = {"until": date(2026, 2, 28), "unit": 2, "figures": [{"indicator": "A01", "text": "12"}]}
    do(AddLog(kind="填报", on=date(2026, 2, 1), fields=told))
    file = office.repository.photos.keep(JPEG, "现场.jpg", Shows.AFTER, papers=True)
    do(AttachFiles(table="logs", record=line, files=(file,)))
    do(AttachFiles(table="pledges", record=signed, files=(file,)))


def _beside(office: Office) -> None:
    office.do(KeepSide(table="notes", key=1, body={"text": "备忘"}))
    office.accepted()
    office.undo()
    office.reported()
    office.undo()
