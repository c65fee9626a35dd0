"""A disk that remembers: what system calls did to a directory, and what a power cut may leave of it.

The calls of `os` are recorded as they are made. From any point of the record the states that a disk
may hold are built: content reaches it with a sync of the file, names with a sync of the directory;
what was not synced may be there, or not, or in part.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

SECTOR = 512
NAMES = ("create", "move", "unlink", "mkdir", "rmdir")
"""Kinds of calls that change names."""


class Op(NamedTuple):
    """One recorded call: one of `NAMES`, write, cut, sync, sync_names or ack."""

    kind: str
    inode: int
    path: str
    other: str = ""
    offset: int = 0
    data: bytes = b""


class Recorder:
    """Records what is done below one directory; calls named in `deaf` do nothing."""

    def __init__(
        self, root: Path, patch: pytest.MonkeyPatch, deaf: frozenset[str] = frozenset()
    ) -> None:
        self.root = root
        self.ops: list[Op] = []
        self._inodes: dict[str, int] = {}
        self._handles: dict[int, tuple[int, str]] = {}
        """Inode, 0 for a directory, and name by descriptor."""
        real = {name: getattr(os, name) for name in ("open", "write", "pwrite", "ftruncate")}

        def opened(path: Any, flags: int, *rest: Any, **more: Any) -> int:
            descriptor: int = real["open"](path, flags, *rest, **more)
            self._opened(self._inside(path), flags, descriptor)
            return descriptor

        def write(descriptor: int, data: Any) -> int:
            inode, name = self._handles.get(descriptor, (0, ""))
            offset = os.lseek(descriptor, 0, os.SEEK_CUR)
            if inode and _appends(descriptor):
                offset = os.fstat(descriptor).st_size
            count: int = real["write"](descriptor, data)
            self._note(inode, "write", name, offset, bytes(data)[:count])
            return count

        def pwrite(descriptor: int, data: Any, offset: int) -> int:
            inode, name = self._handles.get(descriptor, (0, ""))
            count: int = real["pwrite"](descriptor, data, offset)
            self._note(inode, "write", name, offset, bytes(data)[:count])
            return count

        def ftruncate(descriptor: int, length: int) -> None:
            real["ftruncate"](descriptor, length)
            inode, name = self._handles.get(descriptor, (0, ""))
            self._note(inode, "cut", name, length)

        def syncing(name: str) -> Callable[[int], None]:
            def sync(descriptor: int) -> None:
                inode, path = self._handles.get(descriptor, (0, ""))
                kind = "sync" if inode else "sync_names"
                if path and name not in deaf and kind not in deaf:
                    self.ops.append(Op(kind, inode, path))

            return sync

        patch.setattr(os, "open", opened)
        patch.setattr(os, "write", write)
        patch.setattr(os, "pwrite", pwrite)
        patch.setattr(os, "ftruncate", ftruncate)
        patch.setattr(os, "fsync", syncing("fsync"))
        patch.setattr(os, "fdatasync", syncing("fdatasync"))
        for name in ("replace", "rename", "unlink", "mkdir", "rmdir"):
            patch.setattr(os, name, self._named(name, getattr(os, name)))

    def ack(self, text: str) -> None:
        """Something was acknowledged here."""
        self.ops.append(Op("ack", 0, text))

    def _inside(self, path: Any) -> str:
        text = os.fspath(path)
        if text == str(self.root):
            return "."
        return os.path.relpath(text, self.root) if text.startswith(f"{self.root}/") else ""

    def _opened(self, name: str, flags: int, descriptor: int) -> None:
        self._handles.pop(descriptor, None)
        if not name:
            return
        if flags & os.O_DIRECTORY == os.O_DIRECTORY:
            self._handles[descriptor] = (0, name)
            return
        if name not in self._inodes:
            self._inodes[name] = len(self.ops) + 1
            self.ops.append(Op("create", self._inodes[name], name))
        self._handles[descriptor] = (self._inodes[name], name)

    def _note(self, inode: int, kind: str, name: str, offset: int, data: bytes = b"") -> None:
        if inode:
            self.ops.append(Op(kind, inode, name, "", offset, data))

    def _named(self, kind: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(path: Any, *rest: Any, **more: Any) -> Any:
            result = real(path, *rest, **more)
            name = self._inside(path)
            if name and kind in ("replace", "rename"):
                other = self._inside(rest[0])
                self.ops.append(Op("move", 0, name, other))
                _move(self._inodes, name, other)
            elif name and kind == "unlink":
                self.ops.append(Op("unlink", self._inodes.pop(name), name))
            elif name:
                self.ops.append(Op(kind, 0, name))
            return result

        return call


def _appends(descriptor: int) -> bool:
    import fcntl

    return bool(fcntl.fcntl(descriptor, fcntl.F_GETFL) & os.O_APPEND)


def _move(names: dict[str, Any], name: str, other: str) -> None:
    for old in [n for n in names if n == name or n.startswith(name + "/")]:
        names[other + old[len(name) :]] = names.pop(old)


class Disk(NamedTuple):
    """What a disk holds: the content of every name, None for a directory."""

    files: dict[str, bytes | None]
    told: str
    """Which of the possible states this is."""

    def lay(self, root: Path) -> None:
        """Write it to a directory."""
        root.mkdir()
        root.chmod(0o700)
        for name in sorted(self.files):
            content = self.files[name]
            path = root / name
            path.parent.mkdir(exist_ok=True, mode=0o700)
            if content is None:
                path.mkdir(exist_ok=True, mode=0o700)
            else:
                path.write_bytes(content)
                path.chmod(0o600)


def after_a_cut(ops: list[Op]) -> Iterator[Disk]:
    """Every state a disk may hold after these calls."""
    pending = _pending_names(ops)
    for names in range(len(pending) + 1):
        left_out = frozenset(pending[names:])
        for told, tear in _tears(ops):
            yield Disk(_state(ops, left_out, tear), f"{names}/{len(pending)} names, {told}")


def _pending_names(ops: list[Op]) -> list[int]:
    """Places of the changes of names that no sync of their directory has followed."""
    pending: list[int] = []
    for at, op in enumerate(ops):
        if op.kind in NAMES:
            pending.append(at)
        elif op.kind == "sync_names":
            pending = [p for p in pending if not _within(ops[p], op.path)]
    return pending


def _within(op: Op, directory: str) -> bool:
    homes = {os.path.dirname(name) or "." for name in (op.path, op.other) if name}  # noqa: PTH120
    return directory in homes


Tear = Callable[[bytes, list[tuple[str, int, bytes]]], bytes]


def _tears(ops: list[Op]) -> Iterator[tuple[str, Tear]]:
    """Ways in which unsynced content may be on the disk."""
    yield "all content", lambda synced, rest: _applied(synced, rest)
    if not any(op.kind in ("write", "cut") for op in ops):
        return
    yield "synced content only", lambda synced, rest: synced
    for share in (1, 2, 3):
        yield (
            f"{share}/4 of the last write",
            lambda synced, rest, share=share: _applied(synced, _shortened(rest, share)),
        )
    yield "length without content", lambda synced, rest: _zeroed(synced, rest, last=False)
    yield "first sector missing", lambda synced, rest: _zeroed(synced, rest, last=True)


def _applied(content: bytes, writes: list[tuple[str, int, bytes]]) -> bytes:
    for kind, offset, data in writes:
        if kind == "cut":
            content = content[:offset].ljust(offset, b"\0")
        else:
            content = content.ljust(offset, b"\0")
            content = content[:offset] + data + content[offset + len(data) :]
    return content


def _shortened(writes: list[tuple[str, int, bytes]], share: int) -> list[tuple[str, int, bytes]]:
    if not writes:
        return writes
    kind, offset, data = writes[-1]
    return [*writes[:-1], (kind, offset, data[: len(data) * share // 4])]


def _zeroed(content: bytes, writes: list[tuple[str, int, bytes]], *, last: bool) -> bytes:
    """The new length, with zeros where a write has not arrived; `last`: in one sector only."""
    whole = _applied(content, writes)
    for kind, offset, data in writes:
        if kind == "write":
            lost = min(SECTOR, len(data)) if last else len(data)
            whole = whole[:offset] + bytes(lost) + whole[offset + lost :]
    return whole[: len(_applied(content, writes))]


def _state(ops: list[Op], left_out: frozenset[int], tear: Tear) -> dict[str, bytes | None]:
    names: dict[str, int | None] = {}
    synced: dict[int, list[tuple[str, int, bytes]]] = {}
    loose: dict[int, list[tuple[str, int, bytes]]] = {}
    for at, op in enumerate(ops):
        if op.kind in ("write", "cut"):
            loose.setdefault(op.inode, []).append((op.kind, op.offset, op.data))
        elif op.kind == "sync":
            synced.setdefault(op.inode, []).extend(loose.pop(op.inode, []))
        elif at not in left_out:
            _rename(names, op)
    return {
        name: None
        if inode is None
        else tear(_applied(b"", synced.get(inode, [])), loose.get(inode, []))
        for name, inode in names.items()
    }


def _rename(names: dict[str, int | None], op: Op) -> None:
    match op.kind:
        case "create":
            names[op.path] = op.inode
        case "mkdir":
            names[op.path] = None
        case "unlink" | "rmdir":
            names.pop(op.path, None)
        case "move":
            _move(names, op.path, op.other)
        case _:
            pass
