"""Default rules for the nine categories (docs/domain.md 7) and views: data a new store begins with.

Days are chosen so that nobody has to log hours; an office changes them with `zg rule`.
"""

from core.model import Rule, View

PHOTOS = "整改前后照片"

_ROWS = """
市容环境|暴露垃圾|same_day|0|垃圾清净，桶外无散落|一般|1|3
市容环境|卫生死角|work_days|3|垃圾清运干净，原处有人管护|较重|2|3
市容环境|乱贴乱画|work_days|2|清除并恢复墙面底色|一般|1|3
市容环境|乱堆乱放|work_days|2|物品移走，通道无阻|一般|1|3
市容环境|沿街晾挂|same_day|0|晾挂物和绳索取下|一般|0.5|3
市容环境|乱搭乱建|natural_days|15|依法拆除并清场|严重|3|3
市容环境|公厕管理|work_days|3|设施完好，地面洁净，有人保洁|一般|1|3
市容环境|户外广告|work_days|5|破损部分修复或拆除，无安全隐患|较重|1|3
市容环境|绿化带脏乱|work_days|2|杂物捡净，缺株补种|一般|0.5|3
市容环境|家禽散养|work_days|3|入圈饲养，路面无粪便|一般|0.5|3
占道经营|店外经营|same_day|0|货物收回店内，人行道畅通|一般|1|3
占道经营|流动摊贩|work_days|1|摊点撤离，地面油污清洗|较重|1|3
占道经营|骑门摊|work_days|3|摊位退回门线内，街面可通行|较重|2|3
占道经营|占道加工|work_days|3|作业退回店内，地面清洗|一般|1|3
占道经营|马路市场|work_days|5|摊位进场经营，道路恢复通行|严重|3|3
占道经营|占道促销|hours|4|促销设施撤走|一般|0.5|3
占道经营|废品占道收购|work_days|3|废品离开道路，堆放有围挡|一般|1|3
集贸市场|划行归市|work_days|5|分区有标识，商品按区摆放|一般|1|5
集贸市场|活禽区管理|work_days|3|隔离到位，每日清粪消毒并有记录|严重|3|5
集贸市场|下水不畅|work_days|2|管沟疏通，盖板齐全，无积水|较重|2|5
集贸市场|环境卫生|work_days|2|通道整洁，垃圾密闭存放|较重|1|5
集贸市场|证照公示|work_days|5|证照在有效期内并上墙|较重|2|6
集贸市场|检测公示|work_days|3|检测结果每日公示，记录完整|一般|1|6
集贸市场|市场改造|suspend|180|改造完工并通过验收|严重|2|5
交通秩序|车辆乱停|work_days|1|禁停处无车辆停放|一般|1|3
交通秩序|非机动车乱停|work_days|1|车辆入位，盲道无占用|一般|0.5|3
交通秩序|脏车进镇|work_days|2|路面冲洗，运输车辆密闭|较重|2|3
交通秩序|僵尸车|natural_days|15|车辆拖离，车位清扫|一般|1|3
交通秩序|标线磨损|work_days|10|标线重划，标志补齐|较重|1|3
交通秩序|占用消防通道|hours|4|通道腾空，设禁停标识|严重|2|3
饮食卫生|三防设施|work_days|5|防蝇、防鼠、防尘设施齐全可用|一般|1|6
饮食卫生|前厨后厅|natural_days|30|布局改为前厅后厨，油烟经净化|较重|2|6
饮食卫生|健康证|work_days|5|从业人员健康证齐全有效|一般|1|6
饮食卫生|餐具消毒|work_days|3|消毒设备正常使用并有记录|较重|2|6
饮食卫生|油烟扰民|work_days|2|油烟经净化排放，周边无油污|较重|2|4
饮食卫生|学校食堂|hours|24|隐患消除，留样和设备合规|严重|3|6
饮食卫生|二次供水|work_days|5|水箱上锁清洗，检测合格并公示|较重|2|6
基础设施|路面破损|work_days|5|路面补平，雨后无积水|一般|1|3
基础设施|井盖缺损|hours|2|立即围挡警示，井盖换好|严重|2|3
基础设施|路灯不亮|work_days|5|损坏灯具修复，亮灯率达标|一般|1|3
基础设施|线缆杂乱|natural_days|30|线缆捆扎入槽，废线清除|较重|1|3
基础设施|排水管网|suspend|240|管网改造完工并通水正常|严重|2|4
基础设施|垃圾收集设施|natural_days|15|设施更换到位，周边干净|一般|1|3
基础设施|健身设施|work_days|3|损坏器材停用围挡，修复或拆除|较重|1|3
基础设施|公厕不足|suspend|300|公厕建成开放，管护落实|较重|2|3
病媒生物|鼠迹|work_days|3|鼠洞封堵，鼠迹清除|较重|2|7
病媒生物|毒饵站缺损|work_days|5|毒饵站补齐，饵料新鲜，有警示|一般|1|7
病媒生物|蚊虫孳生|work_days|2|积水清除，容器倒置|较重|1|7
病媒生物|蝇类密度|work_days|5|孳生物清除，密度下降达标|较重|2|7
病媒生物|蟑螂|work_days|5|投药后蟑迹清除，缝隙封闭|一般|1|7
病媒生物|投药漏户|work_days|3|漏户补投并签字登记|较重|2|7
环境保护|水体漂浮物|work_days|3|水面和岸坡无垃圾|一般|1|3
环境保护|污水直排|work_days|5|停止直排，污水经处理|严重|3|4
环境保护|焚烧垃圾|hours|2|明火扑灭，灰烬清走|一般|1|4
环境保护|工地扬尘|work_days|3|裸土覆盖，出入口冲洗|较重|2|3
环境保护|噪声扰民|work_days|2|限时停止，音量不超标|一般|0.5|4
宣传|宣传栏陈旧|work_days|5|内容更新，版面完好|一般|0.5|2
宣传|控烟标识|work_days|3|标识补齐，有人劝阻|一般|1|2
宣传|资料档案|work_days|10|资料补齐，按章归档|一般|1|1
宣传|知晓率低|natural_days|15|再次抽访达到要求|一般|1|2
"""
"""Category, 小类, kind, value, closing standard, severity, points, chapter."""


def default_rules() -> list[Rule]:
    """The rules a new store begins with, numbered from 1."""
    found = []
    for number, line in enumerate(_ROWS.strip().splitlines(), 1):
        category, sub, kind, value, standard, severity, deduct, chapter = line.split("|")
        found.append(
            Rule(
                id=number,
                category=category,
                subcategory=sub,
                kind=kind,
                value=int(value),
                close_standard=standard,
                severity=severity,
                deduct=float(deduct),
                evidence=PHOTOS,
                chapter=int(chapter),
            )
        )
    return found


_VIEWS = (
    ("超期", "overdue"),
    ("今日到期", "today"),
    ("临期", "soon"),
    ("待复查", "state:待复查"),
    ("督办以上", "level:2+"),
    ("待批申请", "asked"),
    ("我登记的", "mine"),
)
"""Name and query of the views on the keys 1, 2, 3 and so on."""


def default_views() -> list[View]:
    """The saved views a new store begins with, numbered from 1."""
    return [View(id=n, name=name, query=query, key=n) for n, (name, query) in enumerate(_VIEWS, 1)]
