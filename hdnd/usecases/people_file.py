"""`people.tsv` in the home: what only a person can decide about people.

One decision a line: a verdict, a tab, and keys of people as `hdnd who` prints them, with tabs
between. `same` makes its keys one person; `not-same` keeps two apart; `hide` shows nobody of it;
`split` has one key and the articles that tell of a namesake in the same body.
"""

from __future__ import annotations

from pathlib import Path

from archive.ground.causes import cause_of
from archive.ground.errors import UsageError
from archive.ground.home import Home
from archive.ground.message import Message
from council.identity import Decisions

VERDICTS = {"same": 2, "not-same": 2, "hide": 1, "split": 2}
"""The verdicts, and the fewest keys that each one needs."""


def decisions(home: Home) -> Decisions:
    """What is decided in a home; nothing if it has no such file.

    Raises `UsageError` for a file or a line that cannot be read.
    """
    path = home.path / "people.tsv"
    if not path.exists():
        return Decisions()
    same: list[tuple[str, str]] = []
    apart: set[tuple[str, str]] = set()
    hidden: set[str] = set()
    others: list[tuple[str, frozenset[str]]] = []
    for number, line in enumerate(_text(path).splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        verdict, *keys = (part.strip() for part in line.split("\t"))
        keys = [key for key in keys if key]
        if len(keys) < VERDICTS.get(verdict, 99):
            raise UsageError(
                "usecases.no-decision",
                path=path,
                line=number,
                text=line,
                hint=Message("usecases.write-decisions"),
            )
        if verdict == "same":
            same += [(keys[0], key) for key in keys[1:]]
        elif verdict == "not-same":
            apart |= {(one, other) for one in keys for other in keys if one < other}
        elif verdict == "split":
            others.append((keys[0], frozenset(keys[1:])))
        else:
            hidden |= set(keys)
    return Decisions(tuple(same), frozenset(apart), frozenset(hidden), tuple(others))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError("usecases.people-unreadable", path=path, reason=cause_of(error)) from error
