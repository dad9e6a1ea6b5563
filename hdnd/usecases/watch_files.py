"""Where watches lie: a file for each, and beside it what was told of it, line by line.

What was told is only ever added to. A line that a kill or a power cut left half written was not
told: it is cut off before the next one is added.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from archive.ground.causes import cause_of
from archive.ground.durable import sync_folder
from archive.ground.errors import UsageError
from archive.ground.home import Home
from archive.ground.message import Message
from archive.ground.plain_files import require_plain_file
from archive.ground.untrusted_json import parsed_json
from hdnd.views.watch import Watch, WatchEvent, WatchEventKind

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")


def watches(home: Home) -> list[Watch]:
    """Every watch, by its name; what cannot be read is an error that names the file."""
    return [_read(require_plain_file(path)) for path in sorted(home.watches.glob("*.json"))]


def watch(home: Home, name: str) -> Watch:
    """The watch of a name, or `UsageError`."""
    path = _path(home, name, ".json")
    if not path.exists():
        known = [one.name for one in watches(home)]
        hint = Message("usecases.known-watches", known=known) if known else None
        raise UsageError("usecases.no-watch", name=name, hint=hint)
    return _read(path)


def write_watch(home: Home, made: Watch, known: Iterable[str]) -> None:
    """Keep a watch, with the keys of what is known; `UsageError` if the name is taken."""
    path = _path(home, made.name, ".json")
    if path.exists():
        raise UsageError(
            "usecases.watch-exists", name=made.name, hint=Message("usecases.another-name")
        )
    home.watches.mkdir(parents=True, exist_ok=True)
    log = _path(home, made.name, ".jsonl")
    log.unlink(missing_ok=True)
    _append(log, [{"known": key} for key in known])
    unfinished = path.with_name(path.name + ".unfinished")
    _write(unfinished, json.dumps(asdict(made), ensure_ascii=False, indent=1) + "\n")
    unfinished.rename(path)
    sync_folder(home.watches)


def remove_watch(home: Home, name: str) -> None:
    """Forget a watch and what was told of it."""
    found = watch(home, name)
    _path(home, found.name, ".json").unlink()
    _path(home, found.name, ".jsonl").unlink(missing_ok=True)


def known_keys(home: Home, name: str) -> set[str]:
    """The keys of all that was told of a watch, and of what there was before it."""
    lines = _lines(_path(home, name, ".jsonl"))
    return {str(line.get("known") or line.get("key")) for line in lines if "handed" not in line}


def told(home: Home, name: str) -> list[WatchEvent]:
    """What was told of a watch, the oldest first."""
    return [_event(line) for line in _lines(_path(home, name, ".jsonl")) if "key" in line]


def not_handed_on(home: Home, name: str, to: str) -> list[WatchEvent]:
    """What was told and not yet handed on to a receiver."""
    lines = _lines(_path(home, name, ".jsonl"))
    handed = {key for line in lines if line.get("to") == to for key in line.get("handed", ())}
    return [_event(line) for line in lines if "key" in line and line["key"] not in handed]


def tell(home: Home, name: str, events: Iterable[WatchEvent]) -> None:
    """Note that these are told; they are on the disk when it returns."""
    _append(_path(home, name, ".jsonl"), [asdict(event) for event in events])


def note_handed(home: Home, name: str, events: Iterable[WatchEvent], to: str) -> None:
    """Note that these were handed on to a receiver."""
    if keys := [event.key for event in events]:
        _append(_path(home, name, ".jsonl"), [{"handed": keys, "to": to}])


def _event(line: dict[str, Any]) -> WatchEvent:
    return WatchEvent(**{**line, "kind": WatchEventKind(line["kind"])})


def _path(home: Home, name: str, suffix: str) -> Path:
    if not _NAME.fullmatch(name):
        raise UsageError(
            "usecases.no-name-of-a-watch", name=name, hint=Message("usecases.letters-of-a-name")
        )
    return require_plain_file(home.watches / f"{name}{suffix}")


def _read(path: Path) -> Watch:
    try:
        value = parsed_json(path.read_text(encoding="utf-8"))
        for name in ("queries", "sites", "categories"):
            value[name] = tuple(value.get(name, ()))
        return Watch(**value)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise UsageError(
            "usecases.watch-unreadable",
            path=path,
            reason=cause_of(error),
            hint=Message("usecases.mend-watch"),
        ) from error


def _lines(path: Path) -> list[dict[str, Any]]:
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return []
    return list(_whole(text))


def _whole(text: str) -> Iterator[dict[str, Any]]:
    for line in text.split("\n")[:-1]:
        try:
            value = parsed_json(line)
        except ValueError:
            continue
        if isinstance(value, dict):
            yield value


def _append(path: Path, values: Sequence[dict[str, Any]]) -> None:
    if not values:
        return
    _cut_unfinished(path)
    lines = "".join(json.dumps(value, ensure_ascii=False) + "\n" for value in values)
    _write(path, lines, mode="a")


def _cut_unfinished(path: Path) -> None:
    """Cut off a line that has no end."""
    if not path.exists():
        return
    with path.open("rb+") as file:
        data = file.read()
        if data and not data.endswith(b"\n"):
            file.truncate(data.rfind(b"\n") + 1)


def _write(path: Path, text: str, mode: str = "w") -> None:
    with path.open(mode, encoding="utf-8", newline="") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
