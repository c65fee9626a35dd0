"""Quick entry: lines as people write them."""

from datetime import date
from typing import Any

import pytest
from board_support import LAST
from tests_support import Office

from core.ledger.line import QuickReader, lines_of
from core.town.town import Town
from store.samples import DemoSize, build_demo


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    built = build_demo(tmp_path_factory.mktemp("quick") / "town", "founder", LAST, DemoSize(5), 1)
    built.close()
    return built.town


def read(town: Town, line: str) -> dict[str, Any]:
    report = QuickReader(town, LAST).read(line)
    proposed = report.proposed
    units = {unit.id: unit.name for unit in town.units.values()}
    return {
        "zone": town.zones[report.zone].code if report.zone else "",
        "place": report.location,
        "text": report.description,
        "kind": report.subcategory or report.category,
        "severity": report.severity,
        "found": report.found_on,
        "lead": units.get(proposed.lead or 0, "") if proposed else "",
        "co": [units[u] for u in proposed.co] if proposed else [],
        "due": proposed.due if proposed else None,
        "words": proposed.deadline if proposed else "",
    }


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "z08 水产区 12号门前 占道经营",
            {"zone": "Z08", "place": "水产区 12号门前", "text": "占道经营", "kind": "占道经营"},
        ),
        (
            "二段 桂花街西段 占道摆摊3处 城管 3天",
            {
                "zone": "Z02",
                "place": "桂花街西段",
                "text": "占道摆摊3处",
                "lead": "城管中队",
                "due": date(2026, 4, 3),
                "words": "3天",
            },
        ),
        (
            "z08 水产区 地面积水 环卫所、农贸市场管理办 昨天 3个工作日 严重",
            {
                "zone": "Z08",
                "place": "水产区",
                "text": "地面积水",
                "lead": "环卫所",
                "co": ["农贸市场管理办"],
                "found": date(2026, 3, 30),
                "due": date(2026, 4, 3),
                "severity": "严重",
            },
        ),
        ("农贸市场 垃圾满溢", {"zone": "Z08", "place": "", "text": "垃圾满溢", "lead": ""}),
        ("3．老场街巷口：流动摊贩8个，油污满地", {"place": "老场街巷口", "kind": ""}),
        (
            "第五段 滨河桥头 流动摊贩 两个摊 4月10日前",
            {"kind": "流动摊贩", "place": "滨河桥头", "text": "流动摊贩 两个摊"},
        ),
        ("桂花街 暴露垃圾 3处", {"place": "桂花街", "text": "暴露垃圾 3处", "kind": "暴露垃圾"}),
        (
            "六段 客运站 厕所脏臭 交管办 周五前",
            {"zone": "Z06", "place": "客运站", "text": "厕所脏臭", "lead": "交管办"},
        ),
        ("六段 客运站 厕所脏臭 周五前", {"due": date(2026, 4, 3)}),
        ("三段 学校食堂 油污 3天", {"place": "学校食堂", "text": "油污", "kind": "学校食堂"}),
        (
            "桂花街西段，占道，城管中队，3天",
            {
                "zone": "Z02",
                "place": "桂花街西段",
                "text": "占道",
                "lead": "城管中队",
                "words": "3天",
            },
        ),
        (
            "农贸市场门口有死老鼠，请市场监管所于4月28日前处理",
            {
                "zone": "Z08",
                "place": "",
                "text": "农贸市场门口有死老鼠",
                "lead": "市场监管所",
                "due": date(2026, 4, 28),
            },
        ),
        (
            "桂花街西段42号门前，有人乱倒建筑垃圾，占了半边路，影响通行，多次劝阻无效，群众反映大",
            {"place": "桂花街西段42号门前", "zone": "Z02"},
        ),
        (
            "老场街巷口 油污 城管、环卫所 明天",
            {"zone": "Z04", "lead": "城管中队", "co": ["环卫所"], "due": date(2026, 4, 1)},
        ),
        ("五段 桥头 堆物 4.28", {"due": date(2026, 4, 28), "text": "堆物"}),
        ("五段 桥头 堆物 3.28", {"found": date(2026, 3, 28), "due": None}),
        ("五段 桥头 堆物 一周", {"due": date(2026, 4, 7), "text": "堆物"}),
        ("桂花街 市容环境 3处垃圾", {"place": "桂花街", "text": "3处垃圾", "kind": "市容环境"}),
        ("客运站 门口 垃圾", {"place": "客运站 门口", "text": "垃圾"}),
        ("@环卫所 门口 垃圾", {"place": "门口", "text": "垃圾", "lead": "环卫所"}),
        ("第五段 桥头 堆物 2026年3月20日", {"found": date(2026, 3, 20), "text": "堆物"}),
        ("第五段 桥头 堆物 2026年4月20日", {"due": date(2026, 4, 20), "text": "堆物"}),
        ("第五段 滨河桥头 堆物 4月10日前", {"due": date(2026, 4, 10), "found": LAST}),
        ("第五段 桥头 堆物 环卫所 4月3号清运", {"due": date(2026, 4, 3), "lead": "环卫所"}),
        ("第五段 桥头 堆物 环卫所 今天清理", {"due": LAST, "words": "当天"}),
        ("第五段 桥头 堆物 环卫所 3月20号清运", {"due": None}),
        (
            "镇东12号门前乱堆杂物，城管3日内清理",
            {"place": "镇东12号门前", "lead": "城管中队", "words": "3日内"},
        ),
        (
            "桂花街西段店外经营，请城管中队于4月28日前整改",
            {"zone": "Z02", "lead": "城管中队", "due": date(2026, 4, 28)},
        ),
        ("中心广场垃圾桶满溢，环卫所明天清走", {"lead": "环卫所", "due": date(2026, 4, 1)}),
        ("客运站厕所没水没纸，交管办限两天", {"lead": "交管办", "words": "两天"}),
        (
            "镇东大桥下乱倒建筑垃圾1车（城管中队，3个工作日）",
            {"text": "镇东大桥下乱倒建筑垃圾1车", "lead": "城管中队", "words": "3个工作日"},
        ),
        ("镇东公厕无洗手液，环卫所立即整改", {"lead": "环卫所", "due": LAST}),
        (
            "1.镇东汽车站对面，垃圾桶满溢，污水外流（环卫所，当天）",
            {"text": "垃圾桶满溢，污水外流", "lead": "环卫所", "due": LAST},
        ),
        (
            "镇东 卷帘门破损 责任单位：城管 时限：4月30日",
            {"text": "卷帘门破损", "lead": "城管中队", "due": date(2026, 4, 30)},
        ),
        ("以上问题请各单位收到后及时整改，整改后把照片发群里。", {"place": "", "text": ""}),
        ("3月28日检查发现桥头垃圾满溢", {"text": "3月28日检查发现桥头垃圾满溢"}),
        ("各社区楼道堆物严重，未落实整改", {"text": "各社区楼道堆物严重"}),
        ("已清理完毕 [图片]", {"place": "", "text": ""}),
        ("4. 第五段 无", {"place": "", "text": ""}),
        ("第五段 滨河桥头 堆物 3月28日", {"due": None, "found": date(2026, 3, 28)}),
        ("滨河桥头 垃圾3处 5号摊位", {"place": "滨河桥头", "text": "垃圾3处 5号摊位"}),
        ("三段 校门口 流动摊贩", {"place": "校门口", "text": "流动摊贩", "kind": "流动摊贩"}),
        ("三段 流动摊贩", {"zone": "Z03", "place": "", "text": "流动摊贩"}),
        ("占道摆摊3处", {"zone": "", "place": "", "text": "占道摆摊3处"}),
        ("段 堆物", {"zone": "", "place": "段", "text": "堆物"}),
    ],
)
def test_a_line_is_read_as_it_is_meant(town: Town, line: str, said: dict[str, Any]) -> None:
    found = read(town, line)
    assert {key: found[key] for key in said} == said


def test_a_paste_is_a_line_each(office: Office) -> None:
    assert lines_of("一、\n\n1. 甲处 积水\r\n（2）乙处：堆物\n③ 丙处 破损\n2.5米高的墙") == [
        "一、",
        "甲处 积水",
        "乙处：堆物",
        "丙处 破损",
        "2.5米高的墙",
    ]


@pytest.mark.parametrize(
    ("line", "unread"),
    [
        ("Z01 路口 垃圾满溢 城建监察二中队 3天", {"lead_unit": "城建监察二中队"}),
        ("Z01 路口 垃圾满溢 12月45日前", {"due_on": "12月45日前"}),
        ("Z01 路口 垃圾满溢 2026-13-40", {"due_on": "2026-13-40"}),
        ("Z98 路口 垃圾满溢", {"zone": "Z98"}),
    ],
)
def test_what_nobody_understands_is_shown_and_is_no_text(
    town: Town, line: str, unread: dict[str, str]
) -> None:
    report = QuickReader(town, LAST).read(line)
    assert report.proposed is not None
    assert report.proposed.unread == unread
    assert report.description == "垃圾满溢"


def test_heads_of_a_table_are_no_problem(town: Town) -> None:
    heads, row = QuickReader(town, LAST).read_all(["地点\t问题\t单位", "路口\t垃圾满溢\t环卫所"])
    assert heads.lacking and not heads.description
    assert (row.location, row.description) == ("路口", "垃圾满溢")
