"""Everything the year-end summaries of five real offices report, told in a line each and found in a summary again.

Each row: what was typed, the measure it goes into, and the words of the summary it must come out in. Figures are theirs,
or a number of our own where theirs is left blank.
"""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from playing_year import PlayedYear

from core.actions.registers import Add as AddRecord
from core.actions.year import (
    AddLog,
    CheckShop,
    CloseCampaign,
    CountTraces,
    CoverZone,
    LayDrug,
    OpenCampaign,
    PlateShops,
    SetTarget,
    SetTerms,
    SignPledge,
    SignShops,
    TellFacts,
    Tick,
)
from core.calendar.periods import read_period
from core.measures import Question, measure
from core.model import UNIFIED
from core.registers.catalogue import default_indicators
from core.year.clauses import filled
from core.year.drafting import draw
from core.year.said import read_line
from core.year.stretch_numbers import Numbers

TODAY = date(2026, 1, 8)
TOWN = {
    "office": "示例镇创卫办",
    "units": [
        {"name": "环卫所", "kind": "机关站所"},
        {"name": "卫生院", "kind": "机关站所"},
        {"name": "文化服务中心", "kind": "机关站所"},
    ],
    "zones": [{"code": "Z01", "name": "白马社区", "kind": "社区"}],
    "indicators": [{"code": each.code} for each in default_indicators()],
}

# The year is 2025; a day is not what they report.
LINES = (
    # A community's: notices, clean-ups, training, rules, checks, repairs, green, cleaners.
    ("3月1日 宣传活动 挂横幅 B02=12条", "活动.宣传活动.次", "开展宣传活动4次"),
    ("3月1日 宣传栏 小黑板 B03=1期", "B03", "宣传栏板报9期"),
    ("4月5日 大扫除 卫生死角15处", "A03", "清理卫生死角45余处"),
    ("4月6日 大扫除 A18=3500㎡", "A18", "清扫面积2003500㎡"),
    ("5月9日 大扫除 绿化带菜园", "活动.大扫除.次", "大扫除"),
    ("5月20日 培训 保洁知识 30人", "活动.培训.人次", "培训2次、110人次"),
    ("6月3日 制度文件 门岗制度", "活动.制度文件.次", "印发方案制度8件"),
    ("6月9日 场所检查 消防设施", "活动.场所检查.次", "场所检查1次"),
    ("6月20日 维修保养 C19=26户次", "C19", "维修26户次"),
    ("7月1日 绿化养护 草坪补种", "活动.绿化养护.次", "绿化养护2次"),
    ("7月2日 考核奖惩 保洁质量", "活动.考核奖惩.次", "考核奖惩2次"),
    # A town's: rubbish, adverts, stalls, walls, toilets, roads, river, jobs.
    ("3月2日 设施建设 活动广场 C10=4个", "C10", "活动广场4个"),
    ("3月12日 专项整治 A02=900余方", "A02", "清理垃圾900余方"),
    ("3月12日 专项整治 A12=60余吨", "A12", "清理杂物60余吨"),
    ("3月13日 专项整治 A04=35处 A05=210条 A06=1800条", "A06", "清除牛皮癣1800条"),
    ("3月13日 专项整治 户外广告 A04=7处", "A04", "拆除违规广告42处"),
    ("3月14日 专项整治 标语 A05=9条", "A05", "清理破损标语219条"),
    ("3月15日 专项整治 A07=86余起", "A07", "取缔占道经营86余起"),
    ("4月1日 专项整治 A21=1.5万㎡", "A21", "粉刷墙面15000㎡"),
    ("4月2日 设施建设 C02=3座 C11=2处 C12=9个 C03=160个", "C12", "垃圾池9个"),
    ("4月2日 设施建设 公厕 C02=1座", "C02", "新建公厕4座"),
    ("4月2日 设施建设 停车场 C11=1处", "C11", "停车场3处"),
    ("4月3日 专项整治 A17=14条", "A17", "清理农杂船14条"),
    ("4月4日 设施建设 C06=6公里 C07=4200余平方米", "C07", "硬化道路4200余㎡"),
    ("4月4日 设施建设 公路提档 C06=3公里", "C06", "硬化道路9公里"),
    ("4月8日 专项整治 A20=58余台次 A19=640余人次", "A19", "出动人员640余人次"),
    ("4月8日 专项整治 运输 A20=2台次", "A20", "出动机械车辆60余台次"),
    ("4月9日 专项整治 A13=4条 A14=11公里", "A14", "整治道路街道11公里"),
    ("4月9日 专项整治 街道 A13=2条", "A13", "整治道路街道6条"),
    ("4月10日 专项整治 A11=130块 A08=16处 A09=5处 A10=23处", "A11", "更换门店牌匾130块"),
    ("4月10日 专项整治 违建 A08=1处", "A08", "拆除违建17处"),
    ("4月10日 专项整治 断壁 A09=1处", "A09", "修复残墙断壁6处"),
    ("4月10日 专项整治 乱建 A10=1处", "A10", "清理乱搭乱建24处"),
    ("4月11日 专项整治 A16=2600余米 A15=1900余米", "A15", "整治河道1900余米"),
    ("4月11日 专项整治 路肩 A16=1米", "A16", "整理路肩2601余米"),
    ("4月12日 满意度调查 F01=93.6%", "F01", "群众满意度93.60%"),
    ("5月1日 节能治污 D05=7起 D06=2家", "D05", "查处污染行为7起"),
    ("5月1日 节能治污 关停 D06=1家", "D06", "督促淘汰整改企业3家"),
    ("3月20日 绿化养护 C16=320亩", "C16", "植树造林320亩"),
    ("3月22日 宣传活动 健教资料 B01=6000余份", "B01", "宣传资料26300余份"),
    ("5月12日 讲座 常见病 260人", "活动.讲座.次", "举办讲座3场"),
    ("5月31日 控烟 无烟日", "活动.控烟.次", "控烟1次"),
    ("12月1日 填报 B08=100%", "B08", "健康知识知晓率100.00%"),
    ("8月8日 食品检查 餐饮食堂 D04=44户次", "D04", "食品场所检查44户次"),
    ("9月1日 消杀 蚊蝇蟑螂", "活动.消杀.次", "消杀1次"),
    ("9月2日 制度文件 考核奖惩办法", "活动.制度文件.次", "印发方案制度8件"),
    ("9月3日 设施建设 C04=1辆", "C04", "垃圾清运车1辆"),
    ("9月4日 巡查 包村巡查", "活动.巡查.次", "巡查1次"),
    ("12月20日 考核奖惩 年终评先", "活动.考核奖惩.次", "考核奖惩2次"),
    # A community's: visits, volunteers, talks, sports.
    ("3月5日 慰问服务 走访老人 114人次", "活动.慰问服务.人次", "慰问服务1次、114人次"),
    ("3月6日 志愿服务 邻里结对", "活动.志愿服务.次", "志愿服务1次"),
    ("5月3日 讲座 消防安全", "活动.讲座.次", "举办讲座3场"),
    ("5月4日 讲座 科普", "活动.讲座.次", "举办讲座3场"),
    ("10月1日 文体活动 健步行 200余人", "活动.文体活动.人次", "文体活动5次、2180余【核】人次"),
    # A bureau's: leaflets, boards, meetings, games, halls, sports grounds, money.
    ("6月5日 宣传活动 散发知识单 B01=300余份 B03=4期", "B01", "宣传资料26300余份"),
    ("6月6日 宣传栏 专栏 B03=4期", "B03", "宣传栏板报9期"),
    ("2月3日 会议 专题会 25人", "活动.会议.次", "召开会议3次"),
    ("2月4日 制度文件 工作要点", "活动.制度文件.次", "印发方案制度8件"),
    ("2月5日 制度文件 实施方案", "活动.制度文件.次", "印发方案制度8件"),
    ("5月7日 文体活动 羽毛球 500余人", "活动.文体活动.次", "文体活动5次"),
    ("5月8日 文体活动 职工赛 480余人", "活动.文体活动.人次", "2180余【核】人次"),
    ("7月1日 文体活动 漂流 1000余人", "活动.文体活动.人次", "2180余【核】人次"),
    ("4月2日 文体活动 晚霞杯", "活动.文体活动.次", "文体活动5次"),
    ("1月1日至6月30日 填报 D07=30万人次", "D07", "免费开放场馆30万人次"),
    ("7月2日 设施建设 农民健身 C17=28个 C01=84万元", "C17", "健身工程44个"),
    ("7月3日 设施建设 健身路径 C17=16个 C01=64万元", "C01", "投入资金208余万元"),
    # A town's again: the rally, the money, the green, the cleaners, the catering trade.
    ("3月31日 会议 誓师大会 2000多人", "活动.会议.人次", "召开会议3次、2085余人次"),
    ("3月31日 大扫除 全镇清扫 死角30余处 垃圾11余吨 A18=2平方公里", "A01", "清理垃圾11余吨"),
    ("3月9日 制度文件 创建方案", "活动.制度文件.次", "印发方案制度8件"),
    ("3月9日 制度文件 检查办法", "活动.制度文件.次", "印发方案制度8件"),
    ("3月9日 制度文件 责任追究办法", "活动.制度文件.次", "印发方案制度8件"),
    ("3月10日 制度文件 单位方案", "活动.制度文件.次", "印发方案制度8件"),
    ("3月16日 会议 联络员会 60人", "活动.会议.次", "召开会议3次"),
    ("3月18日 宣传活动 倡议书公开信 B01=20000余份", "B01", "宣传资料26300余份"),
    ("8月1日 设施建设 C15=200口 C08=600平方米 C09=300余株", "C08", "绿化600㎡"),
    ("8月1日 设施建设 行道树 C09=4株", "C09", "栽植树木304余株"),
    ("8月1日 设施建设 花池草坪 C01=60余万元", "C01", "投入资金208余万元"),
    ("8月2日 设施建设 C14=2块 C05=20盏 C13=10辆", "C05", "路灯20盏"),
    ("8月2日 设施建设 花池 C15=1口", "C15", "花池201口"),
    ("8月2日 设施建设 信息栏 C14=1块", "C14", "信息栏3块"),
    ("8月2日 设施建设 手推车 C13=1辆", "C13", "手推车11辆"),
    ("8月3日 设施建设 垃圾箱 C03=1个", "C03", "新增垃圾箱桶161个"),
    ("8月5日 填报 C18=25名", "C18", "保洁人员25名"),
    ("8月6日 培训 从业人员 80人", "活动.培训.次", "培训2次"),
    ("8月7日 健康检查 D02=86人次", "D02", "健康检查86人次"),
    ("9月9日 督查会商 跟踪督查", "活动.督查会商.次", "督查会商1次"),
    ("9月10日 媒体报道 村务公开栏", "活动.媒体报道.次", "媒体报道1次"),
)


@pytest.fixture(scope="module")
def year() -> Iterator[tuple[PlayedYear, Question, str]]:
    """A town that did all of it, and what its summary says."""
    played = PlayedYear({"town": TOWN, "steps": []})
    played.today = date(2025, 1, 2)
    _standing(played)
    for typed, _measure, _said in LINES:
        played.today = date(2025, 12, 31)
        line = read_line(f"2025年{typed}", played.town, played.today)
        assert line.kind and line.on.year == 2025, typed
        played.do(AddLog(kind=line.kind, on=line.on, fields=line.fields))
    played.today = TODAY
    asked = Question(played.town, read_period("2025", TODAY))
    numbers = Numbers(asked)
    text = "\n".join(filled(each.text, numbers) for each in draw(asked).paragraphs)
    yield played, asked, text


def _standing(played: PlayedYear) -> None:
    """What stands the whole year: facts, pledges, duties, shops, two campaigns, a target."""
    zone = played.ids["Z01"]
    facts = {"面积": 350000, "楼院": 44, "户数": 2196, "人口": 6405, "单位": 22, "党员": 57}
    played.do(TellFacts(zone=zone, facts={**facts, "70岁以上": 238}, on=date(2025, 1, 2)))
    played.do(SignPledge(unit=played.ids["环卫所"], year=2025, lines={"A01": "10"}))
    halls = next(i for i in played.town.tables["indicators"].values() if i.code == "D07")
    played.do(SetTarget(indicator=halls.id, year=2025, value="50万"))
    terms = ({"since": date(2025, 1, 1), "cycle": "quarter"},)
    fields = {"name": "宣传栏更新", "kind": "宣传栏", "terms": terms}
    duty = played.do(AddRecord(table="duties", fields=fields)).of("duties")[0].id
    for month in (3, 6, 9, 12):
        played.today = date(2025, month, 28)
        played.do(AddLog(kind="宣传栏", on=played.today, fields={"duty": duty}))
    played.today = date(2025, 1, 3)
    played.do(SetTerms(duty=duty, since=date(2026, 1, 1), cycle="month"))
    shops = tuple(
        played.do(AddRecord(table="shops", fields={"name": n, "zone": zone})).of("shops")[0].id
        for n in ("百货店", "饭店", "药店")
    )
    played.do(SignShops(shops=shops))
    played.do(PlateShops(shops=shops[:2]))
    played.do(CheckShop(shop=shops[0], score=9600))
    for first in (date(2025, 3, 5), date(2025, 9, 5)):
        _campaign(played, first, zone)


def _campaign(played: PlayedYear, first: date, zone: int) -> None:
    played.today = first
    opened = OpenCampaign(first=first, last=date(2025, first.month + 1, 10))
    key = played.do(opened).of("campaigns")[0].id
    for name in UNIFIED:
        played.do(Tick(campaign=key, name=name))
    told: dict[str, Any] = {}
    for what, number in (("streets", 7), ("households", 2196), ("rooms", 5100)):
        told |= {f"{what}_plan": number, f"{what}_done": number}
    played.do(CoverZone(campaign=key, zone=zone, fields=told))
    played.do(LayDrug(campaign=key, name="毒饵", kg="40", reg_no="WP1"))
    for when, found in (("前", 12), ("后", 3)):
        counted = CountTraces(
            campaign=key, vector="鼠", when=when, method="路径法", found=found, checked=1000
        )
        played.do(counted)
    played.today = date(2025, first.month + 1, 11)
    played.do(CloseCampaign(campaign=key))


STANDING = (
    "辖区面积350000平方米，楼院44座，居民2196户，人口6405人，辖区单位22个",
    "与1个单位签订目标责任书",
    "经常性工作应办4次，完成4次",
    "签订率100.00%（3/3）",
    "本期签订责任书3份",
    "挂牌率66.67%（2/3）",
    "2025春行动中，街道到位率100.00%（7/7），户到位率100.00%（2196/2196）",
    "2025秋行动中",
    "投药40公斤，鼠密度由1.20%（12/1000）降至0.30%（3/1000），四统一已落实4项",
    "免费开放场馆30万人次，完成全年目标50万人次的60.00%",
)
"""What is not a line of the log."""


@pytest.mark.parametrize("row", LINES, ids=lambda row: row[0])
def test_what_was_done_is_in_the_summary(
    year: tuple[PlayedYear, Question, str], row: tuple[str, str, str]
) -> None:
    played, asked, text = year
    typed, name, said = row
    counted = measure(played.town, name).count(asked)
    assert counted.value is not None
    kind = typed.split()[1]
    title = [word for word in typed.split()[2:] if not any(c.isdigit() for c in word)]
    lines = {line.ref for line in counted.lines}
    mine = [
        log.label
        for log in played.town.tables["logs"].values()
        if log.kind == kind and (not title or log.title == title[0])
    ]
    assert lines & set(mine), (typed, lines, mine)
    assert said in text, (said, json.dumps(text, ensure_ascii=False))


@pytest.mark.parametrize("said", STANDING)
def test_what_stands_is_in_the_summary(year: tuple[PlayedYear, Question, str], said: str) -> None:
    assert said in year[2], json.dumps(year[2], ensure_ascii=False)


def test_facts_beyond_the_sentence_can_be_asked(year: tuple[PlayedYear, Question, str]) -> None:
    played, asked, _text = year
    for name, number in (("党员", "57"), ("70岁以上", "238")):
        assert measure(played.town, f"概况.{name}").count(asked).text == number
