"""What a 工作总结 says by itself: one sentence a part, with the measures its numbers are (docs/year.md 5)."""

from msgspec import Struct

from core.measures import Question
from core.measures.subjects.campaigns import campaigns_in, unified_of, vector_of
from core.words.categories import CATEGORIES

PROFILE = "概况"
REACHED = "成效"
PROBLEMS = "存在问题"
NEXT = "下步打算"


class Chapter(Struct, frozen=True):
    """One part of a summary, with its heading."""

    key: str
    heading: str
    """Without its number, which follows from what there is."""
    level: int = 2
    """1 for 一、, 2 for （一）."""


FIRST = "主要工作"
"""The heading before those of the second level."""
PARTS: tuple[Chapter, ...] = (
    Chapter(PROFILE, "", 2),
    Chapter("组织领导", "组织领导"),
    Chapter("制度计划", "制度计划"),
    Chapter("宣传发动", "宣传发动"),
    Chapter("设施投入", "设施投入"),
    Chapter("专项整治", "专项整治"),
    Chapter("督查考核", "督查考核"),
    Chapter(REACHED, "成效", 1),
    Chapter(PROBLEMS, "存在问题", 1),
    Chapter(NEXT, "下步打算", 1),
)
"""The parts in their order; the one before the first heading has none."""


class Sentence(Struct, frozen=True):
    """One standard paragraph: a text of clauses with {measures}; ⁰ keeps a nought."""

    key: str
    part: str
    text: str
    optional: bool = False
    """Whether it is there only where it has any number, and nothing is told as lacking else."""


_PLAIN = (
    (
        PROFILE,
        PROFILE,
        "辖区面积{概况.面积}平方米，楼院{概况.楼院}座，居民{概况.户数}户，人口{概况.人口}人，辖区单位{概况.单位}个。",
    ),
    (
        "组织领导",
        "组织领导",
        "召开会议{活动.会议.次}次、{活动.会议.人次}人次，与{责任书.单位}个单位签订目标责任书，"
        "印发方案制度{活动.制度文件.次}件。",
    ),
    (
        "制度计划",
        "制度计划",
        "经常性工作应办{工作.应办}次，完成{工作.完成}次，完成率{工作.完成率}，逾期完成{工作.逾期}次，"
        "漏办{工作.漏办}次⁰。",
    ),
    (
        "宣传发动",
        "宣传发动",
        "开展宣传活动{活动.宣传活动.次}次，举办讲座{活动.讲座.次}场、{活动.讲座.人次}人次，"
        "培训{活动.培训.次}次、{活动.培训.人次}人次，编发简报{文书.简报}期，曝光{文书.曝光}期，{指标.B}。",
    ),
    ("设施投入", "设施投入", "{指标.C}。"),
)
_CATEGORY = "{c}方面，发现问题{{问题.发现.{c}}}个，已销号{{问题.已销号.{c}}}个，{{指标.{c}}}。"
_SHOPS = (
    "应签商户{三包.商户}户，签订率{三包.签订率}，本期签订责任书{三包.份数}份，挂牌率{三包.挂牌率}，"
    "检查{三包.检查}次，平均{三包.平均}分，红旗{三包.红旗}户，黑旗{三包.黑旗}户⁰。"
)
_CAMPAIGN = (
    "{c}行动中，街道到位率{{除四害.街道.{c}}}，户到位率{{除四害.户.{c}}}，房间到位率{{除四害.房间.{c}}}，"
    "投药{{除四害.投药.{c}}}公斤，{v}密度由{{除四害.密度前.{c}}}降至{{除四害.密度后.{c}}}，"
    "{n}统一已落实{{除四害.四统一.{c}}}项。"
)
_REST = "组织开展{活动.其余}。"
_OFFICE = (
    "发现问题{问题.发现}个，其中立行立改{问题.立行立改}个，已销号{问题.已销号}个；"
    "交办批次销号率{问题.销号率}，按期整改率{问题.按期率}；"
    "下达督办通知书{文书.督办}份，通报批评{文书.通报}份，约谈{文书.约谈}次；"
    "月小查{检查.月小查}次，季普查{检查.季普查}次，大查{检查.大查}次。"
)
_REACHED = "{目标.设}项目标中完成或达序时{目标.达}项，滞后{目标.滞后}项⁰，无数据{目标.无数据}项；{指标.其余}。"
_NUMBERS = "零一二三四五六七八九十"


def sentences(asked: Question) -> list[Sentence]:
    """The standard paragraphs of a stretch, in their order; those of targets are made from their progress."""
    found = [Sentence(key, part, text) for key, part, text in _PLAIN]
    special = "专项整治"
    found += [
        Sentence(f"{special}.{c}", special, _CATEGORY.format(c=c), optional=True)
        for c in CATEGORIES
    ]
    found.append(Sentence("门前三包", special, _SHOPS))
    count = len(unified_of(asked.town))
    number = _NUMBERS[count] if count < len(_NUMBERS) else str(count)
    for campaign in campaigns_in(asked):
        text = _CAMPAIGN.format(c=campaign.label, v=vector_of(campaign), n=number)
        found.append(Sentence(f"除四害.{campaign.label}", special, text))
    found.append(Sentence("其他活动", special, _REST))
    found.append(Sentence("督查考核", "督查考核", _OFFICE))
    found.append(Sentence(REACHED, REACHED, _REACHED))
    return found
