"""The facts of an archive in forms that others read; private people are left out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from archive.catalogue.fact_tables import TABLE_OF
from archive.ground.durable import atomic_write
from archive.ground.home import Home
from archive.ground.spreadsheets import csv_lines
from council import Person
from council.follow_the_money import entities
from council.identity import Known, people
from council.model import Told
from council.popolo import popolo
from hdnd.usecases.council_facts import FactArchive, open_facts
from hdnd.usecases.fact_rows import columns_of
from hdnd.views.fact import fact_json, holding_json

FORMS = ("facts", "popolo", "ftm")
"""The forms that are one text; `facts-csv` is a folder of tables."""

_EVIDENCE = ("id", "article", "published", "version", "field", "number", "start", "end", "file",
             "page", "digest", "quote", "rule", "class", "url")  # fmt: skip


def fact_texts(home: Home, form: str, *, site: str | None, ids: frozenset[str]) -> Iterator[str]:
    """The lines of `facts` (JSON lines), `ftm` (FollowTheMoney, JSON lines) or `popolo`."""
    with open_facts(home) as archive:
        told = _chosen(archive, site, ids)
        if form == "facts":
            yield from map(_line, map(fact_json, told))
            return
        known = people(told, archive.councils, archive.decisions)
        if form == "ftm":
            yield from map(_line, entities(known, told, archive.councils))
        else:
            yield _line(popolo(known, told, archive.councils))


def write_fact_tables(
    home: Home, folder: Path, *, site: str | None, ids: frozenset[str]
) -> list[Path]:
    """Write one CSV file a table into a new folder: each kind of fact, people, holdings.

    After an error there is no folder.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with open_facts(home) as archive, atomic_write(folder) as unfinished:
        unfinished.mkdir()
        told = _chosen(archive, site, ids)
        written = []
        for kind, table in TABLE_OF.items():
            rows = [fact for fact in told if fact.kind == kind]
            if rows:
                written.append(_write(unfinished / f"{table}.csv", _rows(rows)))
        known = people(told, archive.councils, archive.decisions)
        written.append(_write(unfinished / "person.csv", _people(known)))
        written.append(_write(unfinished / "person_holding.csv", _holdings(known)))
    return [folder / path.name for path in written]


def _people(known: Iterable[Known[Told]]) -> Iterator[tuple[object, ...]]:
    yield "key", "name", "spellings", "site", "scope", "mentions"
    for one in known:
        spellings = "; ".join(sorted(one.spellings))
        yield one.key, one.name, spellings, one.site, one.scope, len(one.mentions)


def _holdings(known: Iterable[Known[Told]]) -> Iterator[tuple[object, ...]]:
    columns = ("title", "role", "body", "status", "first_evidence", "last_evidence")
    yield "key", *columns
    for one in known:
        for holding in one.holdings:
            shown = holding_json(holding)
            yield one.key, *(shown[name] for name in columns)


def _chosen(archive: FactArchive, site: str | None, ids: frozenset[str]) -> list[Told]:
    named = {archive.reader.current_id(one) for one in ids}
    return [
        fact
        for fact in archive.told(*TABLE_OF)
        if (site is None or fact.site == site)
        and (not named or fact.article in named)
        and not (isinstance(fact.value, Person) and fact.value.private)
    ]


def _rows(told: list[Told]) -> Iterator[tuple[object, ...]]:
    names = [name for name in columns_of(told[0].value) if name != "folded"]
    yield (*_EVIDENCE, *(f"fact_{name}" for name in names))
    for fact in told:
        shown, columns = fact_json(fact), columns_of(fact.value)
        yield (*(shown[name] for name in _EVIDENCE), *(columns[name] for name in names))


def _write(path: Path, rows: Iterable[tuple[object, ...]]) -> Path:
    with atomic_write(path) as unfinished:
        unfinished.write_text(csv_lines(rows), encoding="utf-8", newline="")
    return path


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False) + "\n"
