"""指标: known by their codes; one that the program counts has no figures."""

from collections.abc import Iterator

from core.model import Indicator, Log
from core.model.indicator import BETTER, EVERY, KINDS
from core.registers.ground import Breach, Ground, Touched, doubles
from core.registers.register import FieldKind, Register, RegisterField, to_everybody
from core.roles import DESK


def sound(ground: Ground, touched: Touched) -> Iterator[Breach]:
    """Two indicators of one code; figures of one that the program counts."""
    held = [i for i in ground.all(Indicator) if i.active]
    for _key, one, other in doubles(held, lambda i: (i.code.upper(),), touched):
        fields = {"table": "indicators", "value": other.code, "active": True}
        yield Breach("taken", "indicators", one.id, fields)
    if touched is not None and not touched:
        return
    counted = {i.code: i for i in held if i.counts and (touched is None or i.id in touched)}
    for log in ground.all(Log) if counted else ():
        for figure in log.figures:
            if log.stands and figure.indicator in counted:
                one = counted.pop(figure.indicator)
                fields = {"value": f"{one.code} {one.name}", "number": log.label}
                yield Breach("counted_indicator", "indicators", one.id, fields)


INDICATORS = Register(
    table="indicators",
    noun="indicator",
    record=Indicator,
    chinese="指标",
    english="indicator",
    letter="m",
    keepers=DESK,
    named_by=("code",),
    told=to_everybody,
    fields=(
        RegisterField(
            name="code",
            header="指标编码",
            english="Code",
            synonyms="编码|编号",
            required=True,
            plain=True,
        ),
        RegisterField(
            name="name", header="指标名称", english="Name", synonyms="指标|名称|项目", required=True
        ),
        RegisterField(name="unit", header="计量单位", english="Unit", synonyms="单位"),
        RegisterField(name="category", header="问题类别", english="Category", synonyms="类别"),
        RegisterField(name="kind", header="合计方式", english="Adds up by", words=KINDS),
        RegisterField(name="better", header="方向", english="Better when", words=BETTER),
        RegisterField(name="every", header="填报周期", english="Reported every", words=EVERY),
        RegisterField(
            name="owners",
            kind=FieldKind.REFS,
            header="归口单位",
            english="Whose figures count",
            of="units",
            rests=False,  # as of a day: one that went into another is asked for by its line
        ),
        RegisterField(name="counts", header="自动统计口径", english="Counted by"),
        RegisterField(name="check", header="台账参考口径", english="Told beside"),
        RegisterField(name="scale", header="数量级", english="Scale", words=("", "万")),
        RegisterField(name="active", kind=FieldKind.YES, header="启用", english="In use"),
    ),
    sound=sound,
)
