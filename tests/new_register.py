"""A register nobody has written for: a record and a declaration, and nothing else; then the program runs.

`python tests/new_register.py WORDS` is `zg WORDS` of a program that has it.
"""

from datetime import date

from core.model import Record
from core.registers import REGISTERS, FieldKind, Register, RegisterField, declare
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
        RegisterField(name="code", header="桶号", english="Bin no.", required=True, plain=True),
        RegisterField(
            name="name", header="桶名", english="Bin name", synonyms="叫法|名字", required=True
        ),
        RegisterField(
            name="zone", kind=FieldKind.REF, of="zones", header="所在责任区", english="Where"
        ),
        RegisterField(
            name="keeper", kind=FieldKind.REF, of="units", header="管护单位", english="Keeper"
        ),
        RegisterField(
            name="helpers", kind=FieldKind.REFS, of="units", header="协管单位", english="Helpers"
        ),
        RegisterField(name="colours", kind=FieldKind.NAMES, header="颜色", english="Colours"),
        RegisterField(name="litres", kind=FieldKind.FIGURE, header="容积", english="Litres"),
        RegisterField(name="count", kind=FieldKind.COUNT, header="桶数", english="Bins"),
        RegisterField(name="bought_on", kind=FieldKind.DAY, header="购置日期", english="Bought on"),
        RegisterField(name="covered", kind=FieldKind.YES, header="有盖", english="Covered"),
        RegisterField(name="state", header="完好", english="Condition", words=("好", "坏")),
        RegisterField(name="active", kind=FieldKind.YES, header="在用", english="In use"),
    ),
)

if BINS.table not in REGISTERS:
    declare(BINS)

if __name__ == "__main__":
    from tui.main import main

    main()
