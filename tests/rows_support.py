"""Rows of a small office, read from text, for tests."""

from tests_support import FOUNDER, TODAY, Office

from core.ledger.moving_in import Mover
from core.ledger.outcome import Entry, Intake
from core.ledger.row_reader import Reader
from core.words.text import key_of
from store.ledgers.coming_in.reading import read_ledger
from store.ledgers.coming_in.tables.holds import Known

HEAD = "序号,检查时间,责任区,点位,存在问题,问题类别,责任单位,整改时限"
ROW = "1,2026-03-20,Z01,桥头,垃圾满溢未清运,市容环境,环卫所,2026-04-05"


def known(office: Office) -> Known:
    town = office.town
    return Known(
        units={key_of(name) for unit in town.units.values() for name in unit.names},
        zones={key_of(name) for zone in town.zones.values() for name in (zone.code, zone.name)},
    )


def read(office: Office, text: str | bytes, name: str = "a.csv") -> Intake:
    data = text.encode() if isinstance(text, str) else text
    rows = read_ledger(data, name, known=known(office)).rows
    return Reader(office.town, FOUNDER, TODAY).read(rows)


def said(entry: Entry) -> set[tuple[str, str]]:
    return {(doubt.code, doubt.field) for doubt in entry.doubts}


def moved(office: Office, text: str) -> Intake:
    rows = read_ledger(text.encode(), "a.csv", known=known(office)).rows
    return Mover(office.town, FOUNDER, TODAY, "a").read(rows)
