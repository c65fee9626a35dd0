"""What lies in a volume of the archive: the records of a point and year as files."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from typing import Any

from msgspec import Struct

from core.ledger.record import KEYS, Projector
from core.measures.indicators import indicator
from core.model import Campaign, Document, File, Item, Log, Pledge, Shop
from core.stats.shares import in_points
from core.town.town import Town
from core.words.amounts import written as amount
from store.disk.photos import Photos
from store.errors import FileRefused
from store.ledgers.formats import Format
from store.ledgers.going_out.standard import safe_name
from store.ledgers.going_out.writing import write_records, write_rows
from store.papers.issuing import written
from store.papers.word import as_pages
from store.papers.word_parts import same_always

_CREATED = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")
_FIXED = rb'<dcterms:\1 xsi:type="dcterms:W3CDTF">2000-01-01T00:00:00Z</dcterms:\1>'
SHOPS = {
    "code": "编号",
    "name": "商户名称",
    "zone": "责任区",
    "address": "门牌号",
    "trade": "类别",
    "signed_on": "责任书签订日",
    "until": "有效至",
    "plate": "责任牌",
    "checks": "检查次数",
    "last": "最近得分",
}


class Piece(Struct, frozen=True):
    """One file of a volume, and the record it is of."""

    name: str
    data: bytes
    ref: str


def timeless(data: bytes) -> bytes:
    """A workbook without the time it was made."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as made, zipfile.ZipFile(out, "w") as kept:
        for name in made.namelist():
            content = made.read(name)
            if name == "docProps/core.xml":
                content = _CREATED.sub(_FIXED, content)
            kept.writestr(name, content)
    return same_always(out.getvalue())


def sheet(rows: list[dict[str, Any]], headers: dict[str, str], title: str) -> bytes:
    """A table as a workbook that is always the same."""
    return timeless(write_rows(rows, Format.XLSX, headers, title=title))


class Volumes:
    """The records of a town as files."""

    def __init__(self, town: Town, today: date, photos: Photos) -> None:
        self._town = town
        self._today = today
        self._photos = photos
        self._by_label: dict[str, Any] = {}
        for table in ("logs", "shops", "pledges", "campaigns", "documents", "items"):
            for record in town.tables[table].values():
                self._by_label[str(getattr(record, "label", ""))] = record

    def pieces(self, refs: tuple[str, ...], last: date) -> Iterator[Piece]:
        """The files of records, in their order: problems and shops in one table each, what was filed with them."""
        records = [(ref, self._by_label[ref]) for ref in refs if ref in self._by_label]
        items = [r for _ref, r in records if isinstance(r, Item)]
        shops = [r for _ref, r in records if isinstance(r, Shop)]
        if items:
            yield from self._items(items)
        if shops:
            yield Piece(
                "商户名册.xlsx", self._shops(shops, min(last, self._today)), f"{shops[0].label}…"
            )
        number = 0
        for ref, record in records:
            if isinstance(record, Item | Shop):
                continue
            number += 1
            head = f"{number:03d}"
            yield from self._one(head, ref, record)

    def _one(self, head: str, ref: str, record: Any) -> Iterator[Piece]:
        match record:
            case Log():
                name = f"{head} {record.on} {record.kind} {ref}"
                yield Piece(f"{safe_name(name)}.docx", self._log(record), ref)
                yield from self._files(head, ref, record.files)
            case Pledge():
                unit = self._town.units.get(record.unit)
                name = f"{head} {record.signed_on} 责任书 {unit.name if unit else ''} {ref}"
                yield Piece(f"{safe_name(name)}.docx", self._pledge(record), ref)
                yield from self._files(head, ref, record.files)
            case Campaign():
                name = f"{head} {ref}除四害行动"
                yield Piece(f"{safe_name(name)}.docx", self._campaign(record), ref)
            case Document():
                name = safe_name(f"{head} {record.signed_on} {record.label}")
                data = written(record, self._town, self._today, "docx", self._photos)
                yield Piece(f"{name}.docx", data, ref)
            case _:
                raise TypeError(type(record))

    def _files(self, head: str, ref: str, files: tuple[File, ...]) -> Iterator[Piece]:
        for number, file in enumerate(files, 1):
            try:
                data = self._photos.read(file)
            except FileRefused:
                continue  # that it is gone stands in the list of what is missing
            yield Piece(f"{head}-{number}.{file.kind}", data, ref)

    def _log(self, log: Log) -> bytes:
        town = self._town
        unit, zone = town.units.get(log.unit or 0), town.zones.get(log.zone or 0)
        rows = [
            ("日期", f"{log.on}" if log.last == log.on else f"{log.on}至{log.last}"),
            ("类型", log.kind),
            ("名称", log.title),
            ("文号", log.reference),
            ("单位", unit.name if unit else ""),
            ("责任区", zone.name if zone else ""),
            ("地点", log.place),
            ("参加人数", "" if log.people is None else f"{log.people}{log.people_approx}"),
            ("数量", "、".join(self._figures(log))),
            ("佐证", "、".join(file.name for file in log.files)),
            ("备注", log.note),
        ]
        lines = [f"{name}：{value}" for name, value in rows if value]
        return as_pages(f"{log.kind} {log.label}", (), [f"{log.kind}记录 {log.label}", *lines])

    def _figures(self, log: Log) -> Iterator[str]:
        for figure in log.figures:
            held = indicator(self._town, figure.indicator)
            name, unit = (held.name, held.unit) if held else (figure.indicator, "")
            if figure.part is not None and figure.whole is not None:
                yield f"{name}{amount(figure.part)}/{amount(figure.whole)}"
            else:
                yield f"{name}{amount(figure.value)}{figure.approx}{unit}"

    def _pledge(self, pledge: Pledge) -> bytes:
        unit = self._town.units.get(pledge.unit)
        lines = [
            f"{pledge.year}年目标责任书 {pledge.label}",
            f"单位：{unit.name if unit else ''}",
            f"签订日期：{pledge.signed_on}",
        ]
        for code, value in pledge.lines.items():
            held = indicator(self._town, code)
            lines.append(
                f"{held.name if held else code}：{amount(value)}{held.unit if held else ''}"
            )
        if pledge.text:
            lines.append(pledge.text)
        return as_pages(pledge.label, (), lines)

    def _campaign(self, campaign: Campaign) -> bytes:
        lines = [
            f"{campaign.label}除四害行动",
            f"日期：{campaign.first}至{campaign.last}",
            f"防制对象：{'、'.join(campaign.vectors)}",
            "统一：" + "、".join(f"{u.name}（{u.on}）" for u in campaign.unified if u.on),
        ]
        for cover in campaign.covers:
            told = [
                f"{word}{_of(getattr(cover, f'{what}_done'))}/{_of(getattr(cover, f'{what}_plan'))}"
                for what, word in (("streets", "街道"), ("households", "户"), ("rooms", "房间"))
                if getattr(cover, f"{what}_plan") is not None
            ]
            lines.append(f"{self._town.zones[cover.zone].name}：{'、'.join(told)}")
        lines += [f"投药：{d.name} {amount(d.kg)}公斤 {d.reg_no}" for d in campaign.drugs]
        lines += [
            f"密度：{d.vector}{d.when} {d.found}/{d.checked} {d.method} {d.on}"
            for d in campaign.densities
        ]
        return as_pages(campaign.label, (), lines)

    def _items(self, items: list[Item]) -> Iterator[Piece]:
        projector = Projector(self._town, self._today)
        pieces = [piece for item in items for piece in self._town.pieces_of(item)]
        records = [projector.record(piece) for piece in pieces]
        data = timeless(write_records(records, Format.XLSX, title="整改台账", columns=KEYS))
        yield Piece("整改台账.xlsx", data, f"{items[0].label}…")
        for item in {each.id: each for each in (*items, *pieces)}.values():
            counts: dict[str, int] = {}
            for file in item.files:
                word = "整改前" if file.shows == "before" else "整改后"
                counts[word] = counts.get(word, 0) + 1
                try:
                    content = self._photos.read(file)
                except FileRefused:
                    continue
                name = f"{safe_name(item.label)} {word}{counts[word]}.{file.kind}"
                yield Piece(name, content, item.label)

    def _shops(self, shops: list[Shop], day: date) -> bytes:
        """The roster as it was on a day, with the checks of its year."""
        rows = []
        for shop in shops:
            held = shop.agreement_on(day)
            checks = [c for c in shop.checks if c.on.year == day.year and c.on <= day]
            zone = self._town.zones.get(shop.zone)
            rows.append(
                {
                    "code": shop.label,
                    "name": shop.name,
                    "zone": zone.name if zone else None,
                    "address": shop.address or None,
                    "trade": shop.trade or None,
                    "signed_on": held.signed_on if held else None,
                    "until": held.until if held else None,
                    "plate": "有" if shop.posted_on(day) else "无",
                    "checks": len(checks) or None,
                    "last": in_points(checks[-1].score) if checks else None,
                }
            )
        return sheet(rows, SHOPS, "商户名册")


def _of(value: int | None) -> str:
    return "未报" if value is None else str(value)
