"""What a disk may hold after the power went: the writes and syncs of a run, replayed in part.

The method is that of ALICE (Pillai et al., "All File Systems Are Not Created Equal", OSDI 2014).
A run under strace leaves a log of what it did to files. A state is made of what was done up to a
moment: what a later sync made durable is there in any case; of the rest a file system may keep
all, none, some of it, or a part of one write.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

BLOCK = 4096
MODES = ("ordered", "lost", "reordered", "torn")

_CALLS = (
    "open,openat,creat,close,dup,dup2,dup3,fcntl,read,pread64,write,pwrite64,writev,lseek,ftruncate,"
    "fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,rmdir,"
    "sendfile,copy_file_range,link,linkat,symlink,symlinkat,fallocate"
)
_LINE = re.compile(rb"(\d+) +(\w+)\((.*)\) += (-?\d+)", re.DOTALL)
_PATH = re.compile(rb'"((?:\\x[0-9a-f]{2})*)"')
_FD = re.compile(rb"(-?\d+)<((?:\\x[0-9a-f]{2}|[^>])*)>")


@dataclass(frozen=True)
class Data:
    """Bytes of a file (its number) from an offset on; None cuts the file off there."""

    file: int
    offset: int
    content: bytes | None


@dataclass(frozen=True)
class Names:
    """What names stand for after an operation: the number of a file, or None for nothing."""

    changed: Mapping[str, int | None]


@dataclass(frozen=True)
class Sync:
    """A file (its number) or a folder (its name) is durable from here on."""

    what: int | str


Operation = Data | Names | Sync


@dataclass(frozen=True)
class Recording:
    """What a run did to the files below a folder, and what lay there before."""

    folder: Path
    before: Path
    operations: Sequence[Operation]
    known: Mapping[str, int]

    def state(self, target: Path, moment: int, mode: str, chance: random.Random) -> None:
        """Make in `target` what the disk may hold if the power goes before operation `moment`."""
        done = self.operations[:moment]
        durable = _durable(done)
        kept = [
            operation
            for number, operation in enumerate(done)
            if number in durable or _survives(mode, chance)
        ]
        if mode == "torn" and kept and isinstance(kept[-1], Data) and kept[-1].content:
            last = kept[-1]
            assert last.content is not None
            kept[-1] = Data(
                last.file, last.offset, last.content[: chance.randrange(len(last.content))]
            )
        shutil.copytree(self.before, target, symlinks=True)
        self._replay(kept, target)

    def _replay(self, kept: Sequence[Operation], target: Path) -> None:
        contents: dict[int, bytearray] = {
            number: bytearray((self.before / name).read_bytes())
            for name, number in self.known.items()
        }
        names: dict[str, int | None] = dict(self.known)
        for operation in kept:
            if isinstance(operation, Data):
                _apply(operation, contents.setdefault(operation.file, bytearray()))
            elif isinstance(operation, Names):
                names.update(operation.changed)
        for name, number in names.items():
            path = target / name
            if number is None:
                path.unlink(missing_ok=True)
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(contents.get(number, b""))


def _apply(operation: Data, content: bytearray) -> None:
    if operation.content is None:
        size = operation.offset
        content[size:] = b"\0" * max(0, size - len(content))
        return
    content.extend(b"\0" * (operation.offset - len(content)))
    content[operation.offset : operation.offset + len(operation.content)] = operation.content


def _survives(mode: str, chance: random.Random) -> bool:
    return {"ordered": True, "torn": True, "lost": False}.get(mode, chance.random() < 0.5)


def _durable(done: Sequence[Operation]) -> set[int]:
    """The numbers of the operations that a later sync covers."""
    files: set[int] = set()
    folders: set[str] = set()
    durable = set()
    for number in range(len(done) - 1, -1, -1):
        operation = done[number]
        if isinstance(operation, Sync):
            (folders if isinstance(operation.what, str) else files).add(operation.what)  # type: ignore[arg-type]
        elif isinstance(operation, Data):
            if operation.file in files:
                durable.add(number)
        elif all(str(Path(name).parent) in folders for name in operation.changed):
            durable.add(number)
    return durable


def record(command: Sequence[str], folder: Path, scratch: Path, **run: object) -> Recording:
    """Run a command under strace; a test skips where there is none."""
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed")
    before, log = scratch / "before", scratch / "strace.log"
    shutil.copytree(folder, before, symlinks=True)
    trace = [
        "strace",
        "-f",
        "-y",
        "-xx",
        "-s",
        str(1 << 24),
        "-e",
        f"trace={_CALLS}",
        "-o",
        str(log),
    ]
    subprocess.run([*trace, *command], check=True, **run)  # type: ignore[call-overload]
    return _read(log, folder, before)


def _read(log: Path, folder: Path, before: Path) -> Recording:
    known = {
        str(path.relative_to(before)): number
        for number, path in enumerate(sorted(before.rglob("*")))
        if path.is_file()
    }
    reader = _LogReader(str(folder), known, before)
    with log.open("rb") as file:
        for call, arguments, result in _calls(file):
            reader.take(call, arguments, result)
    return Recording(folder, before, reader.operations, known)


def _calls(lines: Iterator[bytes]) -> Iterator[tuple[bytes, bytes, int]]:
    """Every call that succeeded; one that another thread interrupted is put together again."""
    begun: dict[bytes, bytes] = {}
    for line in lines:
        process, _, rest = line.rstrip(b"\n").partition(b" ")
        rest = rest.lstrip()
        if rest.endswith(b"<unfinished ...>"):
            begun[process] = rest.removesuffix(b"<unfinished ...>").rstrip()
            continue
        if rest.startswith(b"<... "):
            rest = begun.pop(process, b"") + rest.partition(b" resumed>")[2]
        found = _LINE.fullmatch(process + b" " + rest) or _LINE.match(process + b" " + rest)
        if found and int(found[4]) >= 0:
            yield found[2], found[3], int(found[4])


class _LogReader:
    """From calls to operations. A descriptor has its own place in a file."""

    def __init__(self, folder: str, known: Mapping[str, int], before: Path) -> None:
        self._root = folder.rstrip("/") + "/"
        self._numbers: dict[str, int] = dict(known)
        self._sizes: dict[int, int] = defaultdict(
            int, {number: (before / name).stat().st_size for name, number in known.items()}
        )
        self._next = max(known.values(), default=-1) + 1
        self._places: dict[tuple[bytes, str], int] = {}
        self._appending: set[tuple[bytes, str]] = set()
        self.operations: list[Operation] = []

    def take(self, call: bytes, arguments: bytes, result: int) -> None:
        name = call.decode()
        if name in ("open", "openat", "creat"):
            self._open(arguments, result)
        elif name in ("write", "pwrite64", "writev"):
            self._write(name, arguments, result)
        elif name in ("sendfile", "copy_file_range"):
            self._copy(name, arguments, result)
        elif name == "read":
            self._move(arguments, result)
        elif name == "lseek":
            self._seek(arguments, result)
        elif name == "ftruncate":
            self._truncate(arguments)
        elif name in ("fsync", "fdatasync"):
            self._sync(arguments)
        elif name.startswith(("rename", "unlink", "rmdir", "link")):
            self._rename(name, arguments)

    def _inside(self, path: bytes) -> str | None:
        text = _decoded(path)
        return text.removeprefix(self._root) if text.startswith(self._root) else None

    def _paths(self, arguments: bytes) -> list[str | None]:
        """The paths that a call names, relative to the folder; None for those elsewhere."""
        base = None
        found: list[str | None] = []
        for match in re.finditer(
            rb'AT_FDCWD<([^>]*)>|(\d+)<([^>]*)>|"((?:\\x[0-9a-f]{2})*)"', arguments
        ):
            if match[4] is None:
                base = _decoded(match[1] if match[1] is not None else match[3])
                continue
            path = _decoded(match[4])
            whole = os.path.normpath(f"{base or ''}/{path}" if not path.startswith("/") else path)
            found.append(whole.removeprefix(self._root) if whole.startswith(self._root) else None)
        return found

    def _descriptor(self, arguments: bytes) -> tuple[tuple[bytes, str], str] | None:
        match = _FD.match(arguments)
        path = self._inside(match[2]) if match else None
        if match is None or path is None:
            return None
        return (match[1], path), path

    def _open(self, arguments: bytes, result: int) -> None:
        path = next(iter(self._paths(arguments)), None)
        if path is None or b"O_DIRECTORY" in arguments:
            return
        key = (str(result).encode(), path)
        if path not in self._numbers:
            if b"O_CREAT" not in arguments:
                return
            self._numbers[path] = self._next
            self._next += 1
            self.operations.append(Names({path: self._numbers[path]}))
        number = self._numbers[path]
        if b"O_TRUNC" in arguments and self._sizes[number]:
            self.operations.append(Data(number, 0, None))
            self._sizes[number] = 0
        self._places[key] = 0
        self._appending.discard(key)
        if b"O_APPEND" in arguments:
            self._appending.add(key)

    def _write(self, name: str, arguments: bytes, result: int) -> None:
        found = self._descriptor(arguments)
        if found is None:
            return
        key, path = found
        number = self._numbers.get(path)
        if number is None:
            return
        data = b"".join(map(_bytes, _PATH.findall(arguments)))[:result]
        if name == "pwrite64":
            offset = int(arguments.rsplit(b",", 1)[1])
        elif key in self._appending:
            offset = self._sizes[number]
        else:
            offset = self._places.get(key, 0)
            self._places[key] = offset + result
        self._put(number, offset, data)

    def _put(self, number: int, offset: int, data: bytes) -> None:
        """A write, block by block, for a disk keeps blocks."""
        while data:
            size = BLOCK - offset % BLOCK
            self.operations.append(Data(number, offset, data[:size]))
            offset, data = offset + len(data[:size]), data[size:]
        self._sizes[number] = max(self._sizes[number], offset)

    def _copy(self, name: str, arguments: bytes, result: int) -> None:
        """What the kernel copied from file to file is read from the source as it lies there now."""
        found = [(fd, self._inside(path), _decoded(path)) for fd, path in _FD.findall(arguments)]
        into, source = (found[0], found[1]) if name == "sendfile" else (found[1], found[0])
        if into[1] is None or into[1] not in self._numbers:
            return
        key = (into[0], into[1])
        number, offset = self._numbers[into[1]], self._places.get(key, 0)
        self._places[key] = offset + result
        with Path(source[2]).open("rb") as file:
            file.seek(offset)
            self._put(number, offset, file.read(result))

    def _move(self, arguments: bytes, result: int) -> None:
        found = self._descriptor(arguments)
        if found:
            self._places[found[0]] = self._places.get(found[0], 0) + result

    def _seek(self, arguments: bytes, result: int) -> None:
        found = self._descriptor(arguments)
        if found:
            self._places[found[0]] = result

    def _truncate(self, arguments: bytes) -> None:
        found = self._descriptor(arguments)
        if found and found[1] in self._numbers:
            number, size = self._numbers[found[1]], int(arguments.rsplit(b",", 1)[1])
            self.operations.append(Data(number, size, None))
            self._sizes[number] = size

    def _sync(self, arguments: bytes) -> None:
        match = _FD.match(arguments)
        path = _decoded(match[2]) if match else ""
        if path + "/" == self._root:
            self.operations.append(Sync("."))
        elif path.startswith(self._root):
            inside = path.removeprefix(self._root)
            self.operations.append(Sync(self._numbers.get(inside, inside)))

    def _rename(self, name: str, arguments: bytes) -> None:
        paths = self._paths(arguments)
        if name.startswith("rename") and len(paths) == 2:
            self._move_names(paths[0], paths[1])
        elif name.startswith("unlink") and paths and paths[0] in self._numbers:
            assert paths[0] is not None
            del self._numbers[paths[0]]
            self.operations.append(Names({paths[0]: None}))

    def _move_names(self, old: str | None, new: str | None) -> None:
        if old is None or new is None:
            return
        moved = {path for path in self._numbers if path == old or path.startswith(old + "/")}
        changed: dict[str, int | None] = {}
        for path in sorted(moved):
            number = self._numbers.pop(path)
            changed[path] = None
            self._numbers[new + path.removeprefix(old)] = number
            changed[new + path.removeprefix(old)] = number
        if changed:
            self.operations.append(Names(changed))


def _bytes(text: bytes) -> bytes:
    return bytes.fromhex(text.replace(b"\\x", b"").decode())


def _decoded(text: bytes) -> str:
    if b"\\x" in text:
        return re.sub(
            rb"\\x([0-9a-f]{2})", lambda match: bytes.fromhex(match[1].decode()), text
        ).decode("utf-8", "surrogateescape")
    return text.decode("utf-8", "surrogateescape")
