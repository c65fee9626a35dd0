"""Which of the nine categories a problem is, by the words people use for it (docs/domain.md 6).

The problem weighs and the place does not: 49号路灯杆下 垃圾 is no lamp that does not burn. What a problem is about
goes before what is wrong with it (井盖破损 is a cover, not a road), and the more exact word wins. A word that is used
for several things makes a guess that is marked as one.
"""

import re
from collections.abc import Mapping
from functools import cache

from msgspec import Struct

from core.patterns import later
from core.words.categories import CATEGORIES, category_of
from core.words.placing import place_of

MARKET = later(r"市场|菜场|农贸|集市|摊位|档口|摊点区|水产区|活禽区|肉类区|蔬菜区")
"""What tells that something is in a market."""
_IN_MARKET = {
    "排水管网": "下水不畅",
    "蚊虫孳生": "下水不畅",
    "卫生死角": "环境卫生",
    "暴露垃圾": "环境卫生",
}
"""What in a market is a matter of the market."""

_SURE: dict[str, str] = {
    "暴露垃圾": "暴露垃圾|垃圾满溢|垃圾桶满|桶满|满溢|垃圾散落|垃圾未清|垃圾没清|垃圾未及时|垃圾堆|垃圾成堆|生活垃圾|垃圾外溢|果皮|纸屑|塑料袋"
    "|白色垃圾|遗撒垃圾|垃圾遍地|散落垃圾|垃圾落地|乱扔垃圾|乱倒垃圾|倾倒垃圾|垃圾多|垃圾袋|建筑垃圾|装修垃圾|弃土|渣土堆|垃圾积存|垃圾裸露"
    "|路面垃圾|落叶|污物|污渍|口香糖|脏乱差|清扫不|保洁不|未清扫|没人扫|未保洁|狗粪|狗屎|粪便|痰迹|烟蒂|废纸|饭盒",
    "卫生死角": "卫生死角|死角|陈年垃圾|积存垃圾|断墙|夹缝|背街.{0,4}垃圾|楼道.{0,4}(?:杂物|垃圾)|杂草|荒草|残垣",
    "乱贴乱画": "办证|开锁|刻章|贷款电话|小广告|牛皮癣|乱贴|乱画|涂鸦|张贴|涂画|喷涂广告|墙面广告|非法广告|贴满",
    "乱堆乱放": "乱堆|乱放|堆放|堆物|堆料|杂物|柴草|柴堆|柴禾|秸秆堆|砂石|沙石|沙堆|砖块|木料|建材|物料|堆码|堆积|占用盲道|煤堆",
    "沿街晾挂": "晾晒|晾挂|晾衣|晒被|晒衣|拉绳|挂衣|衣物.{0,3}挂|吊挂|晒腊肉",
    "乱搭乱建": "乱搭|搭建|违建|违章|私搭|彩钢棚|雨棚|棚子|搭棚|加建|阳光房|简易房",
    "公厕管理": "公厕|厕所|旱厕|便池|蹲位|尿渍|尿垢|洗手液|粪坑|化粪池",
    "户外广告": "广告牌|店招|招牌|灯箱|横幅|条幅|户外广告|喷绘|LED屏|标语脱落|布标|门头牌|道旗",
    "绿化带脏乱": "毁绿|种菜|绿化带|绿篱|花坛|草坪|行道树|树池|黄土裸露|绿地|枯枝|树枝|枯树|花箱|苗木",
    "家禽散养": "散养|鸡鸭|家禽|养鸡|养鸭|养猪|鸡舍|鸭棚|放养|犬只|养狗|流浪狗|遛狗|鸡笼|鹅",
    "店外经营": "店门外|门外堆|堆门外|店外|出店|门外摆|跨门|越门|越店|占道经营|占道摆|摆到|摆出|外摆|门口摆|占道烧烤|占人行道(?:经营|卖|摆)|占道|店前摆"
    "|人行道.{0,3}(?:卖|经营|摆摊)|货物.{0,4}(?:占|堆到|摆|堆在|外溢)|货架.{0,4}(?:外|出|占)|桌椅.{0,4}(?:摆|占|外)|(?:店|商户|铺|超市|门市).{0,8}(?:堆到|摆到|摆在|越出|伸出|占用)|遮阳[伞棚]|越出|伸出门",
    "流动摊贩": "卖(?:水果|菜的|早点|早餐|小吃|衣服|鱼的|肉的|瓜|花|凉粉|烤)|小吃车|快餐车|餐车|流动摊|流动商|摊贩|摆摊|游摊|摆地摊|地摊|推车|小贩|三轮车.{0,3}卖|早餐摊|水果摊|摊点占|夜市摊|烧烤摊|叫卖|商贩|路边摊",
    "骑门摊": "骑门",
    "占道加工": "占道加工|占道修|占道洗车|占道焊|电焊|修车|汽修|切割|门窗加工|铝合金|洗车|喷漆|补胎|加工作业",
    "马路市场": "马路市场|以路为市|沿路赶集|占路赶集|占道赶集|马路赶场",
    "占道促销": "促销|拱门|充气|搞活动占|展销|路演|搭台",
    "废品占道收购": "废品|废旧|破烂|收旧",
    "划行归市": "归市|划行|分区不|混在一起|混摆|混卖|摊位混|乱设摊位",
    "活禽区管理": "活禽|宰杀|活鸡|杀鸡",
    "下水不畅": "返水|下水沟|下水不畅|下水不通|市场.{0,6}(?:积水|污水|排水)",
    "环境卫生": "(?:市场|摊位|菜场|档口|肉摊|鱼摊|菜摊).{0,8}(?:脏|油污|血水|烂菜|卫生|不洁|积垢|污渍)|烂菜叶|菜叶|血水|鱼鳞",
    "证照公示": "(?:市场|摊|档).{0,6}(?:证照|执照|许可证)|证照|营业执照|亮照|亮证|许可证|无证",
    "检测公示": "快检|检测公示|农残|检测结果|检测信息|检测室",
    "市场改造": "市场.{0,6}(?:破损|改造|漏雨|屋面|顶棚|老旧)|顶棚漏",
    "车辆乱停": "乱停|违停|乱停乱放|停车|占道停|停放不|车辆占|逆向停|小车停|货车停|停在",
    "非机动车乱停": "电动车|电瓶车|摩托车|自行车|单车|非机动车|两轮车|三轮车.{0,3}停",
    "脏车进镇": "渣土车|脏车|抛洒|抛撒|带泥|泥头车|砂石车|未覆盖.{0,3}车|车.{0,4}未覆盖|撒漏|运渣|车轮带泥",
    "僵尸车": "僵尸车|废弃车|报废车|弃置车",
    "标线磨损": "标线|斑马线|停车线|车位线|标志牌|指示牌|交通标志|信号灯|红绿灯|减速带|划线",
    "占用消防通道": "消防通道|消防栓|消火栓|生命通道|疏散通道",
    "三防设施": "灭蝇|没罩子|无罩|防蝇|防鼠|防尘|三防|纱窗|纱门|挡鼠板|灭蝇灯|风幕|防蝇帘|门帘",
    "前厨后厅": "洗菜池|水池混|荤素|冰箱|前厨|后厅|后厨|厨房|操作间|灶台|生熟|砧板|菜板|案板|凉菜|冷菜|食材|食品.{0,4}(?:落地|混|不分|裸露)|熟食|直接入口",
    "健康证": "健康证|体检证|从业人员.{0,4}证",
    "餐具消毒": "餐具|消毒柜|碗筷|洗消|消毒记录|消毒设施|茶具|杯具|毛巾消毒",
    "油烟扰民": "油烟|油烟机|烟道|排烟|油污直排|烧烤.{0,4}烟",
    "学校食堂": "食堂|留样",
    "二次供水": "二次供水|水箱|供水|饮用水|自来水|蓄水池|泳池",
    "饮食卫生/其他": "食品经营许可证|卫生许可证|餐饮许可|口罩|工作帽|工作服|工帽|(?:饭店|餐馆|餐厅|小吃店|早餐店|面馆|餐饮|快餐店|火锅店|食堂).{0,10}(?:许可证|执照|证照|无证)|过期食品|过期|三无食品|变质|发霉|食品标签|保质期|进货台账|索证|餐厨垃圾|泔水|潲水",
    "路面破损": "未硬化|没硬化|硬化|路面|坑洼|坑槽|路坑|人行道.{0,4}(?:破|损|砖|缺|松)|地砖|步砖|道板|路沿石|路缘石|塌陷|沉陷|台阶|道路破|道路坑|水泥路|路肩"
    "|盲道砖|沥青",
    "井盖缺损": "井盖|窨井|沟盖|盖板|雨箅|雨篦|雨水口|篦子|箅子|检查井",
    "路灯不亮": "路灯|灯不亮|灯杆|照明|灯泡|景观灯|亮化",
    "线缆杂乱": "线缆|电线|飞线|电缆|网线|光缆|蜘蛛网线|线路.{0,3}(?:乱|垂)|弱电箱|电箱|配电箱|线杆|电杆(?:倾|歪|断)",
    "排水管网": "管网|暗沟|雨污|排水沟|下水道|沟渠|阴沟|排水|堵塞|堵了|污水外溢|污水横流|污水溢|冒水|管道|边沟|明沟|化粪池(?:满|溢|堵)|污水井",
    "垃圾收集设施": "垃圾桶.{0,4}(?:破|损|坏|缺|少|脏|无|不足|不够|变形|倒|没盖|无盖|盖子|老化)|(?:破|损|坏|缺|少|无).{0,2}垃圾桶|果皮箱|垃圾池|垃圾房|垃圾箱|收集点|中转站|转运站"
    "|分类亭|垃圾亭|垃圾斗|垃圾容器|分类桶",
    "健身设施": "健身|运动器材|篮球架|儿童游乐|休闲椅|座椅|单杠",
    "公厕不足": "公厕(?:数量)?.{0,3}(?:不足|不够|太少)|公厕少|没有公厕|无公厕|没公厕|找不到公厕|公厕.{0,4}(?:停用|关闭|未开放)",
    "鼠迹": "鼠洞|鼠粪|鼠迹|老鼠|鼠咬|鼠道|有鼠(?!药)|鼠害",
    "毒饵站缺损": "毒饵|鼠屋|鼠药|灭鼠|毒鼠|饵站",
    "基础设施/其他": "停电|公交站台|站牌|桥栏|栏杆|休息亭",
    "交通秩序/其他": "闯红灯|逆行|横穿|不礼让|酒驾|超载|超员|占用公交|不戴头盔",
    "环境保护/其他": "黑烟|废气|刺鼻|粉尘",
    "集贸市场/其他": "公平秤|缺斤|计量",
    "宣传/其他": "宣传氛围|创卫氛围|宣传不|宣传少|宣传力度|没有宣传|未宣传|没有创卫",
    "蚊虫孳生": "蚊|孑孓|积水|孳生|滋生地|水坑|臭水|轮胎.{0,3}水|缸罐",
    "蝇类密度": "苍蝇|(?<![灭防])蝇(?![灯帘])",
    "蟑螂": "蟑|小强",
    "投药漏户": "投药|漏户|消杀|除四害|病媒|四害",
    "水体漂浮物": "漂浮|水葫芦|河面|水面|河道.{0,6}垃圾|河里|河岸.{0,3}垃圾|河堤.{0,3}垃圾|池塘|河中|浮萍|塘里|漂着|沟渠.{0,3}漂",
    "污水直排": "发黑发臭|发黑|发臭|黑臭水|直排|排入|排到河|排河|偷排|黑臭|未接管|排污|污水.{0,4}(?:河|沟|塘|田)|流入河",
    "焚烧垃圾": "焚烧|烧垃圾|烧秸秆|秸秆燃|露天烧|烧树叶|烧荒|冒烟|燃烧|烧杂草|烧纸",
    "工地扬尘": "洒水|灰尘|拆房|拆迁|扬尘|裸土|工地|围挡|施工|未洒水|喷淋|泥浆|裸露土|尘土",
    "噪声扰民": "噪声|噪音|音响|广场舞|扰民|太吵|吵得|半夜吵|吵闹|高音喇叭|喇叭|鸣笛|唱歌",
    "宣传栏陈旧": "宣传栏|橱窗|公告栏|公示栏|展板|宣传牌|宣传标语|文化墙|阅报栏|公益广告|宣传画|健康教育栏|墙绘|核心价值观|健教栏",
    "控烟标识": "控烟|禁烟|烟头|吸烟|烟灰缸|戒烟",
    "资料档案": "教案|资料|档案|台账|记录不|制度未|未上墙|报表|创建材料|会议记录",
    "知晓率低": "(?:创卫|创建).{0,5}(?:不知|不晓|不清楚|没听过|没听说)|知晓|不了解|不清楚创|问卷|满意度|知道率",
}
"""Words that tell a 小类 by themselves; each is a pattern."""
_UNSURE: dict[str, str] = {
    "暴露垃圾": "垃圾|不干净|脏|卫生差|异味|臭味|油污",
    "排水管网": "污水|积污|溢水|漏水",
    "路面破损": "破损|损坏|开裂|缺失",
    "流动摊贩": "摊点|摊位|摊",
    "车辆乱停": "车",
    "乱堆乱放": "堆",
    "油烟扰民": "烧烤",
    "户外广告": "广告",
    "基础设施/其他": "护栏|设施",
    "划行归市": "混放",
}
"""Words that are used for several things: what they tell is a guess."""
_PEST = 3
"""Added to the length of a word for pests: wherever they are, they are the matter."""
_IN_MARKETS = 2
"""Added to a word of the market's own, in a market."""
_EXACT = {
    "鼠迹": _PEST,
    "蟑螂": _PEST,
    "蝇类密度": _PEST,
    "蚊虫孳生": 1,
    "公厕不足": 2,
    "垃圾收集设施": 1,
    "脏车进镇": 1,
    "学校食堂": 1,
    "井盖缺损": 1,
    "污水直排": 1,
    "焚烧垃圾": 1,
    "水体漂浮物": 1,
    "家禽散养": 1,
    "骑门摊": 1,
    "流动摊贩": 1,
    "绿化带脏乱": -1,
    "前厨后厅": -1,
    "户外广告": -1,
    "暴露垃圾": -1,
    "工地扬尘": -1,
}
"""How much more, or less, than its length a word of a 小类 tells."""
_AS_PLACE = later(
    r"(?:杆|桩|箱)?(?:下面?|旁边?|边上|附近|门口|门前|对面|周边|后面|前面|围墙|墙外|墙根|外墙|沿线|两侧|里面?|内(?!容))"
)
"""What follows a thing that only says where."""


class Guess(Struct, frozen=True):
    """What a text is about."""

    category: str
    subcategory: str
    word: str
    """The word that told it."""
    sure: bool


def _pattern(words: str) -> re.Pattern[str]:
    """A pattern whose longer words go before those they begin with."""
    parts, depth, begin = [], 0, 0
    for at, char in enumerate(words):
        depth += (char == "(") - (char == ")")
        if char == "|" and not depth:
            parts.append(words[begin:at])
            begin = at + 1
    parts.append(words[begin:])
    return re.compile("|".join(sorted(parts, key=len, reverse=True)))


@cache
def _patterns(*, sure: bool) -> dict[str, re.Pattern[str]]:
    """By 小类; compiled once somebody guesses."""
    words = _SURE if sure else _UNSURE
    return {sub: _pattern(each) for sub, each in words.items()}


_OF_MARKETS = frozenset(CATEGORIES["集贸市场"]) | {"集贸市场/其他"}


def guess(description: str, location: str = "", *, market: bool = False) -> Guess | None:
    """What a problem is, by its words; `market` where its zone is one. None where no word tells."""
    market = market or bool(MARKET.search(description) or MARKET.search(location))
    whole = re.sub(r"\s+", "", description)
    for text in dict.fromkeys((_problem(whole, location), whole)):
        found = _best(_patterns(sure=True), text, market=market)
        if found is not None:
            return _guessed(*found, sure=True, market=market)
    found = _best(_patterns(sure=False), _problem(whole, location), market=market)
    return _guessed(*found, sure=False, market=market) if found else None


def _guessed(sub: str, word: str, *, sure: bool, market: bool) -> Guess:
    if market and (sub != "蚊虫孳生" or word == "积水"):
        sub = _IN_MARKET.get(sub, sub)
    elif sub in _OF_MARKETS - {"活禽区管理", "证照公示"}:
        sure = False
    category, slash, other = sub.partition("/")
    return Guess(category, other, word, sure) if slash else Guess(category_of(sub), sub, word, sure)


def _problem(text: str, location: str) -> str:
    """The text without the place it begins with."""
    place = re.sub(r"\s+", "", location)
    if place and text.startswith(place) and len(text) > len(place) + 1:
        return text[len(place) :]
    head = place_of(text)
    return text[len(head) :] if len(text) - len(head) > 1 else text


def _best(
    words: Mapping[str, re.Pattern[str]], text: str, *, market: bool
) -> tuple[str, str] | None:
    """The 小类 whose word tells most, and the word."""
    best: tuple[tuple[int, int], str, str] | None = None
    for sub, pattern in words.items():
        for match in pattern.finditer(text):
            if _AS_PLACE.match(text, match.end()) and match.end() < len(text) - 2:
                continue
            tells = len(match.group()) + _EXACT.get(sub, 0)
            tells += _IN_MARKETS if market and sub in _OF_MARKETS else 0
            weight = (tells, match.start())
            if best is None or weight > best[0]:
                best = (weight, sub, match.group())
    return best[1:] if best else None
