"""The catalogue against the records: made a second time beside it, then compared row by row."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import islice, zip_longest
from pathlib import Path

from archive.catalogue import database
from archive.catalogue.capture_rows import CaptureRows, NotTakenIn
from archive.catalogue.derivation import When
from archive.catalogue.derivation_state import read_state
from archive.catalogue.deriver import Deriver
from archive.catalogue.registry import Registry, tables_of
from archive.catalogue.schema import FROM_RECORDS
from archive.catalogue.version_identity import stored_digest
from archive.fixity.damage import REPAIR, Damage, DamagedPart
from archive.ground.home import Home
from archive.warc.record_groups import Group

_MANY = 10
"""Damaged rows of one table that are named one by one; the rest is counted."""

_FILE = "catalogue.sqlite"


class Second:
    """A second catalogue, in a file that is thrown away, filled with the groups of a check."""

    def __init__(self, path: Path) -> None:
        self.connection = database.open_for_writing(path)
        self.connection.execute("PRAGMA synchronous=OFF")
        self.connection.execute("BEGIN")
        self._intake = CaptureRows(self.connection)

    def copy_before(self, live: sqlite3.Connection, name: str) -> None:
        """Trust what the archive's own catalogue says of the segments before the one named."""
        before = f"(SELECT number FROM segment WHERE name < '{name}')"
        self._copy(live, f"SELECT * FROM segment WHERE number IN {before}")
        self._copy(live, f"SELECT * FROM capture WHERE segment IN {before}")
        self._copy(live, "SELECT * FROM run")
        captures = f"(SELECT seq FROM capture WHERE segment IN {before})"
        self._copy(live, f"SELECT * FROM imported WHERE seq IN {captures}")
        self._copy(live, f"SELECT * FROM memento WHERE seq IN {captures}")

    def share_identity(self, live: sqlite3.Connection) -> None:
        """Pass for the archive's own catalogue, before what was made of that one."""
        self.connection.execute(
            "UPDATE meta SET value = ? WHERE name = 'id'", (database.identity(live),)
        )

    def _copy(self, live: sqlite3.Connection, query: str) -> None:
        table = query.split()[3]
        for row in live.execute(query):
            marks = ", ".join("?" * len(row))
            self.connection.execute(f"INSERT OR IGNORE INTO {table} VALUES ({marks})", tuple(row))

    def segment(self, name: str) -> int:
        """The number of the segment of this name, which from now on there is."""
        self.connection.execute(
            "INSERT OR IGNORE INTO segment (name, committed) VALUES (?, 0)", (name,)
        )
        row = self.connection.execute("SELECT number FROM segment WHERE name = ?", (name,))
        return int(row.fetchone()["number"])

    def take_in(self, segment: int, group: Group) -> NotTakenIn | None:
        """Take a group in; says why it can't be."""
        try:
            self._intake.take_in(segment, group)
        except NotTakenIn as reason:
            return reason
        return None

    def close(self) -> None:
        """Close the file."""
        self.connection.close()


def check_itself(live: sqlite3.Connection) -> Iterator[Damage]:
    """What SQLite finds, versions whose content has another digest, revisits that lead nowhere."""
    for (what,) in live.execute(f"PRAGMA integrity_check({_MANY})"):
        if what != "ok":
            yield _damage(f"SQLite says: {what}")
    for row in live.execute("SELECT article, digest, content FROM version"):
        try:
            sound = stored_digest(row["content"]) == row["digest"]
        except (ValueError, TypeError, KeyError):
            sound = False
        if not sound:
            yield _damage(f"version {row['digest'][:12]} of {row['article']} has another digest")
    for row in live.execute(
        "SELECT r.url, r.record_id FROM capture r LEFT JOIN capture o"
        " ON o.record_id = r.refers_to AND o.refers_to IS NULL"
        " AND o.payload_digest = r.payload_digest AND o.seq < r.seq"
        " WHERE r.refers_to IS NOT NULL AND o.seq IS NULL"
    ):
        what = f"revisit {row['record_id']}: the response that it refers to is not there"
        yield Damage(
            DamagedPart.SEGMENT, "warc", what, "Restore the segment from a backup.", url=row["url"]
        )


def compare_records(
    second: sqlite3.Connection, live: sqlite3.Connection, *, everything: bool
) -> Iterator[Damage]:
    """Rows of the records just read against the archive's own.

    Unless `everything` was read, the numbers of captures are not compared, nor is asked for the
    records of outcomes and the like.
    """
    for table in FROM_RECORDS:
        if _key(live, table) == "seq" and not everything:
            continue
        if everything and _same_rows(table, second, live):
            continue
        yield from _few(_differing(table, second, live, exact=everything), table)
        if everything or table == "capture":
            yield from _few(_without_record(table, second, live), table)


def _same_rows(table: str, second: sqlite3.Connection, live: sqlite3.Connection) -> bool:
    """Whether a table is the same in both, row by row in the order of the primary key."""
    query = f"SELECT * FROM {table} ORDER BY 1"
    rows = zip_longest(second.execute(query), live.execute(query))
    return all(mine == own for mine, own in rows)


def _differing(
    table: str, second: sqlite3.Connection, live: sqlite3.Connection, *, exact: bool
) -> Iterator[Damage]:
    key = _key(live, table)
    for row in second.execute(f"SELECT * FROM {table}"):
        own = live.execute(f"SELECT * FROM {table} WHERE {key} = ?", (row[key],)).fetchone()
        if own is None:
            yield _damage(f"it lacks the {table} {row[key]}", _url(row))
            continue
        names = [name for name in row.keys() if exact or name != "seq"]  # noqa: SIM118
        wrong = [name for name in names if row[name] != own[name]]
        if wrong:
            yield _damage(f"{table} {row[key]}: {', '.join(wrong)} not as in the record", _url(row))


def _without_record(
    table: str, second: sqlite3.Connection, live: sqlite3.Connection
) -> Iterator[Damage]:
    key = _key(live, table)
    for row in live.execute(f"SELECT * FROM {table}"):
        found = second.execute(f"SELECT 1 FROM {table} WHERE {key} = ?", (row[key],))
        if found.fetchone() is None:
            yield _damage(f"{table} {row[key]}: there is no sound record of it", _url(row))


def check_derived(
    home: Home, second: sqlite3.Connection, live: sqlite3.Connection, registry: Registry
) -> Iterator[Damage]:
    """All that was made in the crawl, against what is made of the same records now."""
    derivations = registry.made(When.IN_THE_CRAWL)
    states = {one.name: read_state(live, one.name) for one in derivations}
    for derivation in derivations:
        state = states[derivation.name]
        rule = state.rule if state else 0
        if rule != derivation.rule:
            what = f"{derivation.name} follows rule {rule}, this program's is {derivation.rule}"
            yield Damage(DamagedPart.CATALOGUE, _FILE, what, "`hdnd index` derives it anew.")
            return
    for table in ("capture", "outcome", "withholding", "suspicion"):
        # What a process that died had kept and not yet read, the next start reads.
        upto = min(state.upto for state in states.values() if state)
        second.execute(f"DELETE FROM {table} WHERE seq > ?", (upto,))
    deriver = Deriver(home, second, registry)
    deriver.begin_anew_if_rule_changed()
    deriver.derive()
    for derivation in derivations:
        yield from compare_tables(tables_of(derivation), second, live)


def compare_tables(
    tables: Iterable[str], second: sqlite3.Connection, live: sqlite3.Connection
) -> Iterator[Damage]:
    """Every row of tables against rows just made."""
    for table in tables:
        if not _same_rows(table, second, live):
            yield from _few(_unequal(table, second, live), table)


def _unequal(table: str, second: sqlite3.Connection, live: sqlite3.Connection) -> Iterator[Damage]:
    columns = live.execute(f"PRAGMA table_info({table})").fetchall()
    key = [column["name"] for column in columns if column["pk"]]
    query = f"SELECT * FROM {table}"
    lookup = f"{query} WHERE {' AND '.join(f'{name} = ?' for name in key)}"
    for own in live.execute(query):
        row = second.execute(lookup, [own[name] for name in key]).fetchone()
        if row is None or tuple(row) != tuple(own):
            yield _damage(f"{table} {own[key[0]]}: not what the captures say", _url(own))
    for row in second.execute(query):
        if live.execute(lookup, [row[name] for name in key]).fetchone() is None:
            yield _damage(f"{table} {row[key[0]]}: the captures say so, the catalogue does not")


def _few(damages: Iterator[Damage], table: str) -> Iterator[Damage]:
    yield from islice(damages, _MANY)
    if more := sum(1 for _ in damages):
        yield _damage(f"{table}: {more:,} more rows are not as they should be")


def _key(live: sqlite3.Connection, table: str) -> str:
    columns = live.execute(f"PRAGMA table_info({table})").fetchall()
    names = [column["name"] for column in columns]
    return "record_id" if "record_id" in names else str(names[0])


def _url(row: sqlite3.Row) -> str | None:
    return row["url"] if "url" in row.keys() else None  # noqa: SIM118


def _damage(what: str, url: str | None = None) -> Damage:
    return Damage(DamagedPart.CATALOGUE, _FILE, what, REPAIR, url=url)
