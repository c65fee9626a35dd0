"""路由规则: of two for the same only one is in use."""

from core.model import Route
from core.registers.register import FieldKind, Register, RegisterField
from core.roles import MASTERS
from core.words.categories import CATEGORIES

ROUTES = Register(
    table="routes",
    noun="route",
    record=Route,
    chinese="路由规则",
    english="route",
    letter="f",
    keepers=MASTERS,
    named_by=("category", "subcategory", "zone", "zone_kind"),
    whole=True,
    numbered="路由编号",
    fields=(
        RegisterField(
            name="category",
            header="问题类别",
            english="Category",
            synonyms="类别",
            words=tuple(CATEGORIES),
        ),
        RegisterField(name="subcategory", header="小类", english="Kind"),
        RegisterField(name="zone", kind=FieldKind.REF, header="责任区", english="Zone", of="zones"),
        RegisterField(
            name="zone_kind", header="责任区类型", english="Type of zone", synonyms="区域类型"
        ),
        RegisterField(
            name="lead",
            option="unit",
            kind=FieldKind.REF,
            header="责任单位",
            english="Lead unit",
            synonyms="牵头单位",
            of="units",
            column="lead_unit",
            required=True,
        ),
        RegisterField(
            name="co",
            kind=FieldKind.REFS,
            header="配合单位",
            english="Co-units",
            of="units",
            column="co_units",
        ),
        RegisterField(name="note", header="备注", english="Note"),
        RegisterField(name="active", kind=FieldKind.YES, header="启用", english="In use"),
    ),
)
