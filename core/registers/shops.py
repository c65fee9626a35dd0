"""商户: known by number, credit number, or name and zone; two of a name in one zone are one."""

from collections.abc import Hashable, Iterator

from core.model import Shop
from core.registers.ground import Breach, Ground, Touched, doubles
from core.registers.register import FieldKind, Register, RegisterField
from core.roles import DESK
from core.words.text import key_of


def known_by(shop: Shop) -> Iterator[Hashable]:
    """What a shop is known by beside its number."""
    yield key_of(shop.name), shop.zone
    if shop.credit_no:
        yield shop.credit_no


def sound(ground: Ground, touched: Touched) -> Iterator[Breach]:
    """Two open shops share a name in a zone, or a credit number."""
    live = [shop for shop in ground.all(Shop) if shop.active and shop.closed_on is None]
    for key, shop, other in doubles(live, known_by, touched):
        value = key if isinstance(key, str) else other.name
        fields = {"table": "shops", "value": value, "active": True, "owner": other.label}
        yield Breach("taken", "shops", shop.id, fields)


def _inside(shop: Shop) -> Iterator[tuple[str, str, int | None]]:
    for check in shop.checks:
        yield "zone", "zones", check.zone
        yield "item", "items", check.item


SHOPS = Register(
    table="shops",
    noun="shop",
    record=Shop,
    chinese="商户",
    english="shop",
    letter="p",
    keepers=DESK,
    named_by=("name",),
    numbered="商户编号",
    inside=_inside,
    told=lambda shop, belonging: shop.zone in belonging.zones,
    fields=(
        RegisterField(
            name="name",
            header="商户名称",
            english="Shop",
            synonyms="名称|店名|字号|店招|单位名称|门店|门店名称|商铺名称|店铺名称|商家名称",
            required=True,
        ),
        RegisterField(
            name="zone",
            kind=FieldKind.REF,
            header="责任区",
            english="Zone",
            synonyms="路段|街道|所在路段|所属路段|片区|所在责任区|所属责任区",
            of="zones",
            required=True,
        ),
        RegisterField(
            name="address",
            header="门牌号",
            english="Address",
            synonyms="地址|门牌|经营地址|经营场所|详细地址",
        ),
        RegisterField(
            name="trade",
            header="类别",
            english="Trade",
            synonyms="经营类别|业态|行业|行业分类|经营范围|经营项目|类型",
        ),
        RegisterField(
            name="keeper",
            header="负责岗位",
            english="Post in charge",
            synonyms="负责人|经营者|业主|店主|法人|法定代表人|责任人",
            contact=True,
        ),
        RegisterField(
            name="phone",
            header="电话",
            english="Phone",
            synonyms="联系电话|手机|手机号|联系方式",
            contact=True,
        ),
        RegisterField(
            name="credit_no",
            header="统一社会信用代码",
            english="Credit no.",
            synonyms="信用代码|营业执照号|注册号|统一信用代码|营业执照注册号|社会信用代码",
        ),
        RegisterField(
            name="permit_no",
            header="许可证号",
            english="Permit no.",
            synonyms="食品经营许可证|食品经营许可证号|经营许可证|许可证",
        ),
        RegisterField(
            name="scope", header="责任范围", english="Scope", synonyms="三包范围|包保范围|四至范围"
        ),
        RegisterField(
            name="opened_on",
            kind=FieldKind.DAY,
            header="开业日期",
            english="Opened on",
            synonyms="开业时间|开办时间",
        ),
        RegisterField(
            name="closed_on",
            kind=FieldKind.DAY,
            header="停业日期",
            english="Closed on",
            synonyms="停业时间|注销日期",
        ),
        RegisterField(
            name="signed_on",
            kind=FieldKind.DAY,
            header="签订日期",
            english="Signed on",
            synonyms="签订时间|责任书|责任书签订日期|责任书签订时间|是否签订|是否签订责任书",
            kept=False,
        ),
        RegisterField(
            name="until",
            kind=FieldKind.DAY,
            header="有效至",
            english="Valid until",
            synonyms="有效期至|责任书有效期|到期日期|截止日期",
            kept=False,
        ),
        RegisterField(
            name="plate_on",
            kind=FieldKind.DAY,
            header="挂牌日期",
            english="Posted on",
            synonyms="责任牌|门前三包责任牌|三包责任牌|是否挂牌|挂牌|挂牌时间|责任牌挂牌日期",
            kept=False,
        ),
        RegisterField(name="note", header="备注", english="Note", synonyms="说明"),
        RegisterField(name="active", kind=FieldKind.YES, header="在册", english="In use"),
    ),
    sound=sound,
)
