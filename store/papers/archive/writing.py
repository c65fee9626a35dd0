"""The archive written aside and put in place whole, as a folder or a zip (docs/year.md 6)."""

import csv
import hashlib
import io
import os
import shutil
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from core.measures import Question
from core.measures.subjects.archive import chapters_of, points_of, year_of
from core.measures.subjects.logs import lines_of
from core.measures.subjects.standard_points import Held, Holding, Point
from core.town.town import Town
from store.disk.files import check_target, make_output_directory, refuse_inside_store
from store.disk.photos import Photos
from store.errors import FileRefused
from store.ledgers.going_out.standard import safe_name
from store.ledgers.going_out.writing import save
from store.papers.archive.volumes import Volumes, sheet
from store.papers.paper import PaperTable
from store.papers.word import as_pages

CONTENTS, MISSING, INDEX, VOLUME = "00总目录.xlsx", "00缺项清单.docx", "index.csv", "卷内目录.xlsx"
_EPOCH = (1980, 1, 1, 0, 0, 0)


def write_archive(
    town: Town, today: date, years: Sequence[int], photos: Photos, target: Path, *, force: bool
) -> int:
    """Write the archive of some years; how many files it has. A name that ends in .zip is one file.

    Raises `FileRefused`.
    """
    zipped = target.suffix.lower() == ".zip"
    _check(target, zipped=zipped, force=force)
    files = archive_files(town, today, years, photos)
    try:
        if zipped:
            save(_zip(files), target, force=force)
        else:
            _folder(files, target, force=force)
    except OSError as error:
        why = os.strerror(error.errno or 0)
        raise FileRefused("cannot_write", file=str(target), why=why) from error
    return len(files)


def _check(target: Path, *, zipped: bool, force: bool) -> None:
    if zipped:
        check_target(target, force=force)
        return
    refuse_inside_store(target)
    if target.is_symlink():
        raise FileRefused("is_symlink", file=str(target))
    if target.exists() and (not force or not target.is_dir() or not (target / INDEX).exists()):
        raise FileRefused("exists", file=str(target))
    other = _not_ours(target)
    if other:
        raise FileRefused("holds_more", file=str(target), value=other)
    if not target.parent.is_dir():
        raise FileRefused("no_directory", file=str(target.parent))


def _not_ours(target: Path) -> str:
    """A file in the folder of an archive that the archive does not have: what somebody put there is not taken away."""
    if not target.is_dir():
        return ""
    with (target / INDEX).open(encoding="utf-8-sig", newline="") as index:
        ours = {row["path"] for row in csv.DictReader(index)} | {CONTENTS, MISSING, INDEX}
    for path in sorted(target.rglob("*")):
        name = path.relative_to(target).as_posix()
        if not path.is_dir() and name not in ours and path.name != VOLUME:
            return name
    return ""


def archive_files(
    town: Town, today: date, years: Sequence[int], photos: Photos
) -> dict[str, bytes]:
    """Every file of the archive, by its path in it."""
    volumes = Volumes(town, today, photos)
    files: dict[str, bytes] = {}
    index: list[tuple[str, str, str, str]] = []
    placed: dict[str, str] = {}
    """Where a record lies already: one of two points lies once."""
    rows: list[dict[str, Any]] = []
    lacking: list[tuple[str, ...]] = []
    for point in points_of(town):
        for year in years:
            found = point.asks(Question(town, year_of(year, today)))
            rows.append(_row(town, point, year, found))
            if not found.enough:
                lacking.append((point.code, point.name, str(year), found.held.value, found.lacking))
            if found.held != Held.NONE:
                _volume(town, volumes, point, year, found, files, index, placed)
    for chapter in chapters_of(town):
        point = Point(f"{chapter}.0", "文件", documents(chapter, placed))
        for year in years:
            found = point.asks(Question(town, year_of(year, today)))
            if found.records:
                _volume(town, volumes, point, year, found, files, index, placed)
    files[CONTENTS] = sheet(rows, _CONTENTS_HEADERS, "迎检档案总目录")
    files[MISSING] = _missing(lacking)
    files[INDEX] = _index(index)
    return dict(sorted(files.items()))


def documents(chapter: int, placed: Mapping[str, str]) -> Callable[[Question], Holding]:
    """Documents of a chapter that no point asks for."""

    def asks(asked: Question) -> Holding:
        held = [
            log.label
            for kind in ("上级文件", "制度文件")
            for log in lines_of(asked, kind)
            if log.stands and (log.chapter or 1) == chapter and log.label not in placed
        ]
        return Holding(tuple(held), bool(held))

    return asks


_CONTENTS_HEADERS = {
    "point": "编号",
    "chapter": "章节",
    "name": "名称",
    "year": "年度",
    "held": "状态",
    "records": "件数",
    "lacks": "缺少",
}


def _row(town: Town, point: Point, year: int, found: Holding) -> dict[str, Any]:
    return {
        "point": point.code,
        "chapter": chapters_of(town)[point.chapter],
        "name": point.name,
        "year": year,
        "held": found.held.value,
        "records": len(found.records),
        "lacks": found.lacking or None,
    }


def _volume(
    town: Town,
    volumes: Volumes,
    point: Point,
    year: int,
    found: Holding,
    files: dict[str, bytes],
    index: list[tuple[str, str, str, str]],
    placed: dict[str, str],
) -> None:
    """The records of a point and year, with their list."""
    chapter = f"{point.chapter}{chapters_of(town)[point.chapter]}"
    named = f"{point.code}{point.name}"
    where = [chapter, named, str(year)]
    if town.settings.archive_order == "year":
        where = [str(year), chapter, named]
    folder = "/".join(map(safe_name, where))
    here = tuple(ref for ref in found.records if _lies(ref, year) not in placed)
    for ref in here:
        placed[_lies(ref, year)] = folder
    rows: list[dict[str, Any]] = []
    for number, piece in enumerate(volumes.pieces(here, date(year, 12, 31)), 1):
        path = f"{folder}/{piece.name}"
        files[path] = piece.data
        index.append((path, hashlib.sha256(piece.data).hexdigest(), piece.ref, point.code))
        rows.append({"no": number, "name": piece.name, "ref": piece.ref, "where": None})
    for ref in found.records:
        other = placed.get(_lies(ref, year), folder)
        if other != folder:
            rows.append({"no": len(rows) + 1, "name": ref, "ref": ref, "where": other})
    headers = {"no": "序号", "name": "文件", "ref": "记录", "where": "另见"}
    files[f"{folder}/{VOLUME}"] = sheet(rows, headers, named)


def _lies(ref: str, year: int) -> str:
    """What a record lies under, once: a shop in the roster of each year."""
    return f"{ref}@{year}" if ref.startswith("S-") else ref


def _missing(lacking: list[tuple[str, ...]]) -> bytes:
    table = PaperTable(
        title="缺项清单",
        header=("编号", "名称", "年度", "状态", "缺少"),
        rows=tuple(lacking),
        widths=(8, 24, 10, 10, 40),
    )
    return as_pages("缺项清单", (table,))


def _index(rows: list[tuple[str, str, str, str]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(("path", "sha256", "record", "point"))
    writer.writerows(sorted(rows))
    return out.getvalue().encode("utf-8-sig")


def _zip(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            member = zipfile.ZipInfo(name, _EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o644 << 16
            archive.writestr(member, data)
    return out.getvalue()


def _folder(files: dict[str, bytes], target: Path, *, force: bool) -> None:
    """Written aside, then renamed; what was there is moved away first."""
    aside = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    shutil.rmtree(aside, ignore_errors=True)
    try:
        make_output_directory(aside)
        for name, data in files.items():
            path = aside / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        if target.exists() and force:
            old = target.with_name(f".{target.name}.{os.getpid()}.old")
            target.rename(old)
            aside.rename(target)
            shutil.rmtree(old, ignore_errors=True)
        else:
            aside.rename(target)
    finally:
        shutil.rmtree(aside, ignore_errors=True)  # gone already where it was renamed
