"""The zip a workbook or a Word file is: looked through before anything in it is believed."""

import io
import re
import struct
import zipfile
import zlib

from store.errors import FileRefused

LARGEST_UNPACKED = 200 * 1024 * 1024
LARGEST_PART = 100 * 1024 * 1024
"""Bytes one member may unpack to."""
MOST_MEMBERS = 2_000
_LOCAL = struct.Struct("<4s5H3I2H")
_PROLOG = 1024
"""Bytes of a member in which a document type would stand."""
_TYPED = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
LONGEST_CELL = 32_767
"""Characters of a cell, as spreadsheets have it."""
_LARGE = 48 * 1024 * 1024
"""Bytes of a part from which its texts are measured: a smaller one does little harm."""
_LONG_TEXT = re.compile(rb">[^<]{%d}" % (4 * LONGEST_CELL))
_PARTS = (".xml", ".rels")


class Archive:
    """Members by name; each unpacks to what it says of itself or is refused."""

    def __init__(self, data: bytes, name: str) -> None:
        """Raises `FileRefused`: cut short, or a bomb."""
        self._data = data
        self._name = name
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                members = archive.infolist()
        except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as error:
            raise FileRefused("cut_short", file=name) from error
        sizes = [member.file_size for member in members]
        if (
            len(sizes) > MOST_MEMBERS
            or sum(sizes) > LARGEST_UNPACKED
            or any(size > LARGEST_PART for size in sizes)
        ):
            raise FileRefused("bomb", file=name)
        self._kept: dict[str, bytes] = {}
        self._members = {member.filename.replace("\\", "/"): member for member in members}
        self._crooked = any("\\" in member.filename for member in members)

    def __contains__(self, member: str) -> bool:
        return member in self._members

    def slashed(self) -> bytes:
        """The file with / in the names of its members, where a packer wrote \\."""
        if not self._crooked:
            return self._data
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for name in self._members:
                archive.writestr(name, self.read(name))
        return out.getvalue()

    def names(self) -> list[str]:
        """Every member."""
        return list(self._members)

    def read(self, member: str) -> bytes:
        """What a member holds; b"" where there is none. Raises `FileRefused`."""
        found = self._members.get(member)
        if found is None:
            return b""
        if member not in self._kept:
            self._kept[member] = self._unpacked(found)
        return self._kept[member]

    def check_parts(self) -> None:
        """Refuse a file whose XML defines entities, holds a giant, or unpacks to more than it says."""
        for member in self._members.values():
            if not member.filename.lower().endswith(_PARTS):
                continue
            content = self.read(member.filename)
            if len(content) > _LARGE and _LONG_TEXT.search(content):
                raise FileRefused("huge_cell", file=self._name, limit=LONGEST_CELL)
            head = content[:_PROLOG]
            if _TYPED.search(head.replace(b"\0", b"")):
                raise FileRefused("entities", file=self._name)

    def _unpacked(self, member: zipfile.ZipInfo) -> bytes:
        if member.flag_bits & 1:
            raise FileRefused("encrypted", file=self._name)
        packed = self._packed(member)
        if member.compress_type == zipfile.ZIP_STORED:
            data, ended = packed, True
        elif member.compress_type == zipfile.ZIP_DEFLATED:
            inflate = zlib.decompressobj(-15)
            try:
                data = inflate.decompress(packed, member.file_size + 1)
            except zlib.error as error:
                raise FileRefused("cut_short", file=self._name) from error
            ended = inflate.eof or len(data) > member.file_size
        else:
            raise FileRefused("cut_short", file=self._name)
        if len(data) > member.file_size:
            raise FileRefused("bomb", file=self._name)
        if len(data) < member.file_size or not ended:
            raise FileRefused("cut_short", file=self._name)
        return data

    def _packed(self, member: zipfile.ZipInfo) -> bytes:
        at = member.header_offset
        head = self._data[at : at + _LOCAL.size]
        if len(head) < _LOCAL.size or head[:4] != b"PK\3\4":
            raise FileRefused("cut_short", file=self._name)
        *_rest, name_length, extra_length = _LOCAL.unpack(head)
        begin = at + _LOCAL.size + name_length + extra_length
        return self._data[begin : begin + member.compress_size]
