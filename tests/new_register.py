"""A register nobody has written for: a record and a declaration, and nothing else; then the program runs.

`python tests/new_register.py WORDS` is `zg WORDS` of a program that has it.
"""

from datetime import date

from core.model import Record
from core.registers import REGISTERS, Field, FieldKind, Register, declare
from core.roles import MASTERS


class Bin(Record, frozen=True, kw_only=True):
    """A bin that stands somewhere."""

    code: str
    name: str
    zone: int | None = None
    keeper: int | None = None
    helpers: tuple[int, ...] = ()
    colours: tuple[str, ...] = ()
    litres: float | None = None
    count: int | None = None
    bought_on: date | None = None
    covered: bool = False
    state: str = ""
    active: bool = True


BINS = Register(
    table="bins",
    noun="bin",
    record=Bin,
    chinese="垃圾桶",
    english="bin",
    keepers=MASTERS,
    named_by=("code",),
    fields=(
        Field(name="code", header="桶号", english="Bin no.", required=True, plain=True),
        Field(name="name", header="桶名", english="Bin name", synonyms="叫法|名字", required=True),
        Field(name="zone", kind=FieldKind.REF, of="zones", header="所在责任区", english="Where"),
        Field(name="keeper", kind=FieldKind.REF, of="units", header="管护单位", english="Keeper"),
        Field(
            name="helpers", kind=FieldKind.REFS, of="units", header="协管单位", english="Helpers"
        ),
        Field(name="colours", kind=FieldKind.NAMES, header="颜色", english="Colours"),
        Field(name="litres", kind=FieldKind.FIGURE, header="容积", english="Litres"),
        Field(name="count", kind=FieldKind.COUNT, header="桶数", english="Bins"),
        Field(name="bought_on", kind=FieldKind.DAY, header="购置日期", english="Bought on"),
        Field(name="covered", kind=FieldKind.YES, header="有盖", english="Covered"),
        Field(name="state", header="完好", english="Condition", words=("好", "坏")),
        Field(name="active", kind=FieldKind.YES, header="在用", english="In use"),
    ),
)

if BINS.table not in REGISTERS:
    declare(BINS)

if __name__ == "__main__":
    from tui.main import main

    main()
