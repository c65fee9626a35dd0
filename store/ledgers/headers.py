"""Headers of sheets: the Chinese one of every field, and what else offices write for it."""

from collections.abc import Mapping

from core.ledger.record import KEYS
from core.lists.walks import HEADERS as WALK_HEADERS
from core.registers import Register
from core.words.text import key_of
from store.ledgers.wording import LEDGER_NOTHING, LEDGER_PATTERNS, Vocabulary, made_of

HEADERS: dict[str, str] = {
    "number": "问题编号",
    "found_on": "检查时间",
    "source": "检查类型",
    "external_no": "来件编号",
    "zone": "责任区",
    "zone_name": "责任区名称",
    "location": "点位",
    "description": "问题描述",
    "category": "问题类别",
    "subcategory": "小类",
    "severity": "严重程度",
    "lead_unit": "责任单位",
    "co_units": "配合单位",
    "responsible": "责任人",
    "requirement": "整改要求",
    "issued_on": "交办时间",
    "due_on": "整改时限",
    "work_until": "当前要求",
    "measure": "整改措施",
    "progress": "整改情况",
    "feedback_on": "完成日期",
    "photos_before": "整改前照片",
    "photos_after": "整改后照片",
    "inspection": "复查情况",
    "inspected_on": "复查日期",
    "inspector": "复查人",
    "closed_on": "销号日期",
    "state": "状态",
    "level": "督办级别",
    "reworks": "返工次数",
    "reopened": "重开次数",
    "overdue": "是否超期",
    "provisional": "时限暂定",
    "close_standard": "销号标准",
    "part_of": "所属问题",
    "merged_into": "并入编号",
    "void_reason": "作废原因",
    "plan_on": "挂账计划日期",
    "reporter": "登记人",
    "diary": "最近进展",
    "note": "备注",
    "round": "检查编号",
    "revision": "版本",
}
"""One Chinese header a field, in ledger order."""
ASKED_HEADERS: dict[str, str] = {"overdue_workdays": "超期工作日", "overdue_days": "超期天数"}
"""Of the fields that go out only where they are asked for."""

SYNONYMS: dict[str, str] = {
    "number": "编号|编码|台账号",
    "found_on": "检查日期|发现时间|发现日期|督查时间|时间|日期",
    "source": "来源|问题来源|检查方式",
    "zone": "责任区域|责任区编号|责任片区|片区",
    "location": "地点|地址|位置|具体位置|点位名称|路段|区域",
    "description": "问题|存在问题|问题内容|具体问题|主要问题|问题清单",
    "category": "类别|分类|类型|项目",
    "subcategory": "问题小类",
    "severity": "程度|问题程度",
    "lead_unit": "整改单位|牵头单位|主责单位|承办单位|责任部门|单位",
    "co_units": "协办单位|配合部门",
    "responsible": "责任领导|整改责任人",
    "requirement": "要求",
    "issued_on": "交办日期|下发时间",
    "due_on": "时限|完成时限|整改期限|限期|期限|要求完成时间",
    "measure": "措施|整改意见",
    "progress": "情况|整改进展|落实情况|整改结果|完成情况|是否整改|是否完成",
    "feedback_on": "完成时间|整改完成日期|反馈时间",
    "photos_before": "整改前|整改前图片|问题照片",
    "photos_after": "整改后|整改后图片|整改照片",
    "inspection": "复核情况|验收|复查结果",
    "inspected_on": "复查时间|复核日期",
    "state": "销号|是否销号|销号情况|整改状态",
    "note": "说明",
}
"""Other writings, by field (docs/domain.md 8)."""

MARK = "标识"
"""The narrow column of a ledger handed out: `number|revision` of each row."""
WALK_CODE, WALKED = WALK_HEADERS["code"], "walk_code"
"""The column by which a list somebody walked with is known, and its key in rows."""
ORDINALS = ("序号", "序", "No", "行号", "排序")
"""A running number of the sheet; never a key."""
COUNTS = frozenset(map(key_of, ORDINALS))

ORIGIN = "出处"
"""File, sheet and row of a row in doubt."""
REASON = "存疑"
"""Behind a header: why what stands in its column is in doubt."""


def _map() -> dict[str, str]:
    found: dict[str, str] = {}
    for key in KEYS:
        for name in (HEADERS[key], key, *SYNONYMS.get(key, "").split("|")):
            if name:
                found.setdefault(key_of(name), key)
    for name in ORDINALS:
        found[key_of(name)] = ""
    found[key_of(ORIGIN)] = ""
    for name in ("", *HEADERS.values()):
        found[key_of(name + REASON)] = ""
    found[key_of(MARK)] = "mark"
    found[key_of(WALK_CODE)] = WALKED
    return found


LEDGER: dict[str, str] = _map()
"""Field by header as `key_of` compares it; an empty field is a column that says nothing."""


LEDGER_WORDS = Vocabulary(LEDGER, LEDGER_PATTERNS, nothing=LEDGER_NOTHING)
"""How headers of ledgers are understood."""


def vocabulary(headers: Mapping[str, str], table: str = "") -> Vocabulary:
    """How headers of a list are understood: names joined by | by key, and what they are made of in that of a register.

    What has the name of a field of the ledger is known by what else that is called: 责任部门.
    """
    found = {key_of(name): "" for name in ORDINALS}
    for key, names in headers.items():
        for name in (key, *names.split("|")):
            found.setdefault(key_of(name), key)
    of_ledger = {header: field for field, header in HEADERS.items()}
    for key, names in headers.items():
        for name in SYNONYMS.get(of_ledger.get(first_header(names), ""), "").split("|"):
            found.setdefault(key_of(name), key)
    return Vocabulary(found, _MADE_OF.get(table, ()))


def lookup(register: Register) -> Vocabulary:
    """How headers of a register's sheet are understood."""
    return vocabulary(register.headers, register.table)


_OF_ZONES = made_of(
    ("code|name", "责任区|片区|网格"),
    ("scope", ".*(?:范围|四至|边界|起止|起讫).*"),
    (
        "lead_unit",
        "(?:牵头|包保|责任|主责|管理|包片|包联|承包|包抓|负责|挂包|联系)+(?:责任)?{UNIT}(?:名称)?",
    ),
    ("area", ".*(?:面积|平方米).*"),
    ("households", "(?!.*(?:商|店|摊|个体|企业)).*户数"),
    ("population", ".*(?:人口|人数).*"),
    ("kind", "(?:责任区|区域|片区)?(?:类型|类别|性质|属性|种类)"),
    ("name", "(?:责任区|责任区域|路段|片区|网格|区域|街巷|点位|场所|社区|道路)(?:名称|名)?"),
    ("parent", "(?:所属|上级|所在)(?:责任区|片区|网格|社区|村|单元).*"),
)
_OF_UNITS = made_of(
    (
        "aliases",
        "(?:规范|标准|统一|平时|日常|常用|群里|习惯|口头|其他|民间|当地|大家|平常|通常|常见)*(?:的)?(?:叫法|称呼|俗称|别称|简称|别名|名称|称谓)|又叫|俗名|也称|亦称",
    ),
    ("kind", "{UNIT}?(?:类型|性质|类别|属性|种类)"),
    ("liaison_post", "(?:创卫|工作|具体|信息)*(?:联络员|联系人|联络人|经办人)(?:姓名|职务|岗位)?"),
    ("phone", "(?!.*(?:人|员|领导)(?:姓名)?(?:及|和|与|、)).*(?:电话|手机|联系方式|号码).*"),
    ("leader_post", "(?:分管|主管|主要|包联|负责|班子)*(?:领导|负责人)(?:姓名|职务)?"),
    ("group", ".*(?:工作组|专班|小组|专项组)"),
    ("name", "(?:责任|成员|整改|牵头)*{UNIT}(?:全称|名称|名)?"),
)
_MADE_OF = {"zones": _OF_ZONES, "units": _OF_UNITS}
"""What headers of lists are made of; of a code or a name tells what stands below."""


def first_header(names: str) -> str:
    """The header that is written."""
    return names.split("|")[0]
