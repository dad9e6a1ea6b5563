"""The derivation `facts`: what the articles of an archive state, by the reading that is handed in.

It is made after the crawl, of the versions of articles and of the text of their attachments. A fact
belongs to a version: one that is no longer an article's takes its facts with it.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol, TypeAlias

from archive.attachment_text import page_from_json
from archive.catalogue.attachment_files import article_files
from archive.catalogue.attachment_texts import AttachmentTexts
from archive.catalogue.captures import RecordOf
from archive.catalogue.database import Catalogue
from archive.catalogue.derivation import CAPTURES, Schedule, Step, Work
from archive.catalogue.fact_tables import SCHEMA, TABLE_OF, columns_of
from archive.catalogue.rows import found, mapping, parsed
from archive.catalogue.version_identity import from_json
from archive.model import Article

_STEP = 100
"""Versions that are read before what was found is committed."""

_WANTED = """
SELECT v.article, v.digest AS version, c.run, a.version IS NOT NULL AS stands,
    s.name AS segment_name
FROM version v
JOIN (SELECT article, version, min(seq) AS seq FROM observation GROUP BY article, version) o
    ON o.article = v.article AND o.version = v.digest
JOIN capture c ON c.seq = o.seq
JOIN segment s ON s.number = c.segment
LEFT JOIN article a ON a.id = v.article AND a.version = v.digest
ORDER BY o.seq
"""


@dataclass(frozen=True, slots=True)
class FactRow:
    """A fact as it is stored: where it stands, what read it, and the columns of its kind.

    Raises ValueError for columns that its kind does not have, KeyError for a kind that is none.
    """

    kind: str
    field: str
    number: int
    source: str
    start: int
    stop: int
    quote: str
    rule: str
    stated: bool
    columns: Mapping[str, str | int | None]

    def __post_init__(self) -> None:
        if not self.columns.keys() <= columns_of(self.kind):
            raise ValueError(self.kind)


@dataclass(frozen=True, slots=True)
class FileText:
    """The text of an attachment: the digest of its payload, and its pages in order."""

    digest: str
    pages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BearerRow:
    """A name in an office in a version, as the table `bearer` has it."""

    folded: str
    spellings: str
    mentions: str
    posts: str


@dataclass(frozen=True, slots=True)
class VersionUnit:
    """A version to be read, as its `content` is stored, and the files to be read with it.

    `description` is that of the run which saw it first, as JSON; `segment` has the record of that.
    """

    article: str
    version: str
    content: str
    description: str
    files: tuple[FileText, ...]
    segment: str

    @property
    def segments(self) -> tuple[str, ...]:
        """None: all that is read is here."""
        return ()


@dataclass(frozen=True, slots=True)
class VersionReading:
    """What was read of a version.

    Each fact with its id, who bears which posts among them, and the pairs of its words.
    """

    facts: tuple[tuple[str, FactRow], ...]
    bearers: tuple[BearerRow, ...]
    pairs: bytes


class ReadFacts(Protocol):
    """The reading of a version, as the archive is handed it: pure, and numbered by its rule."""

    rule: int

    def __call__(
        self, description: Mapping[str, Any], article: Article, files: Sequence[FileText]
    ) -> Iterable[FactRow]:
        """What a version and its files state, by the description of the site it is from."""

    def bearers(self, facts: Sequence[tuple[str, FactRow]]) -> Iterable[BearerRow]:
        """The names in an office among the facts of a version, which come with their ids."""

    def word_pairs(self, article: Article) -> bytes:
        """The pairs of words of a version."""


_Key: TypeAlias = tuple[str, str]
"""An article, and the digest of its version."""


class _Wanted(NamedTuple):
    """The run that describes a version, the files to be read with it, and its segment."""

    run: str
    source: str
    segment: str


class Facts:
    """The facts of every version of every article; a standing one's files are read with it."""

    name = "facts"
    when = Schedule.AFTER_THE_CRAWL
    schema = SCHEMA
    result = VersionReading

    def __init__(self, read: ReadFacts, *, with_files: bool = False) -> None:
        self._read = read
        self._with_files = with_files
        self.reads: tuple[str, ...] = (CAPTURES, "pages")
        if with_files:
            self.reads += (AttachmentTexts.name,)

    @property
    def rule(self) -> int:
        """The number of the reading's rules."""
        return self._read.rule

    def derive(self, work: Work) -> Iterator[Step]:
        """Take away what has lost its version or its files, then read what is new."""
        connection = work.connection
        wanted = self._wanted(work.catalogue)
        read = {
            (row["article"], row["version"]): (row["run"], row["source"])
            for row in connection.execute("SELECT * FROM read_version")
        }
        missing = [key for key, one in wanted.items() if (one.run, one.source) != read.get(key)]
        for key in sorted(read.keys() - (wanted.keys() - missing)):
            _forget(connection, *key)
        readings = work.read(self, self._units(connection, {key: wanted[key] for key in missing}))
        for done, (key, reading) in enumerate(zip(missing, readings, strict=True), 1):
            _store(connection, key, wanted[key], reading)
            if done % _STEP == 0 or done == len(missing):
                yield Step(done, len(missing), key[0])

    def read(self, units: Iterable[VersionUnit], record_of: RecordOf) -> Iterator[VersionReading]:
        """Read each version; no record is needed beside it."""
        values: dict[str, Mapping[str, Any]] = {}
        for unit in units:
            if unit.description not in values:
                values[unit.description] = parsed(unit.description, mapping)
            article = from_json(unit.content)
            facts = _named(unit, self._read(values[unit.description], article, unit.files))
            bearers = tuple(self._read.bearers(_in_order(facts)))
            yield VersionReading(facts, bearers, self._read.word_pairs(article))

    def _units(
        self, connection: sqlite3.Connection, wanted: Mapping[_Key, _Wanted]
    ) -> Iterator[VersionUnit]:
        descriptions: dict[str, str] = {}
        for (article, version), one in wanted.items():
            if one.run not in descriptions:
                descriptions[one.run] = _description(connection, one.run)
            files = tuple(_file_text(connection, digest) for digest in one.source.split())
            content = _content(connection, article, version)
            description = descriptions[one.run]
            yield VersionUnit(article, version, content, description, files, one.segment)

    def _wanted(self, catalogue: Catalogue) -> dict[_Key, _Wanted]:
        """For each article's version the run that describes it, and the files to read with it."""
        connection = catalogue.connection
        files: dict[str, list[str]] = defaultdict(list)
        if self._with_files:
            with_text = {
                row["payload_digest"]
                for row in connection.execute(
                    "SELECT payload_digest FROM attachment WHERE text_digest != ''"
                )
            }
            for file in article_files(catalogue):
                if file.stands and file.payload_digest in with_text:
                    files[file.article].append(file.payload_digest)
        return {
            (row["article"], row["version"]): _Wanted(
                row["run"],
                " ".join(dict.fromkeys(files[row["article"]])) if row["stands"] else "",
                row["segment_name"],
            )
            for row in connection.execute(_WANTED)
        }


def _content(connection: sqlite3.Connection, article: str, version: str) -> str:
    row = connection.execute(
        "SELECT content FROM version WHERE article = ? AND digest = ?", (article, version)
    ).fetchone()
    return str(found(row)["content"])


def _file_text(connection: sqlite3.Connection, digest: str) -> FileText:
    rows = connection.execute(
        "SELECT content FROM attachment_page WHERE payload_digest = ? ORDER BY place", (digest,)
    )
    pages = (parsed(row["content"], page_from_json).text for row in rows)
    return FileText(digest, tuple(pages))


def _description(connection: sqlite3.Connection, run: str) -> str:
    row = connection.execute("SELECT description FROM run WHERE id = ?", (run,)).fetchone()
    return str(found(row)["description"])


def _forget(connection: sqlite3.Connection, article: str, version: str) -> None:
    where = "SELECT id FROM fact WHERE article = ? AND version = ?"
    for table in TABLE_OF.values():
        connection.execute(f"DELETE FROM {table} WHERE fact IN ({where})", (article, version))
    for table in ("bearer", "word_pairs", "fact", "read_version"):
        connection.execute(
            f"DELETE FROM {table} WHERE article = ? AND version = ?", (article, version)
        )


def _named(unit: VersionUnit, rows: Iterable[FactRow]) -> tuple[tuple[str, FactRow], ...]:
    """Each fact with its id."""
    named, seen = [], Counter[str]()
    for row in rows:
        name = _identity(unit.article, unit.version, row)
        seen[name] += 1
        named.append((name if seen[name] == 1 else f"{name}-{seen[name]}", row))
    return tuple(named)


def _in_order(named: Iterable[tuple[str, FactRow]]) -> list[tuple[str, FactRow]]:
    """Facts in their order within the version."""
    return sorted(named, key=lambda one: (one[1].source, one[1].number, one[1].start, one[0]))


def _store(
    connection: sqlite3.Connection, key: _Key, wanted: _Wanted, reading: VersionReading
) -> None:
    """Write what was read of a version."""
    connection.execute(
        "INSERT INTO read_version (article, version, run, source) VALUES (?, ?, ?, ?)",
        (*key, wanted.run, wanted.source),
    )
    for name, row in reading.facts:
        connection.execute(
            "INSERT INTO fact (id, article, version, kind, field, number, source, start, stop,"
            " quote, rule, stated) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                name,
                *key,
                row.kind,
                row.field,
                row.number,
                row.source,
                row.start,
                row.stop,
                row.quote,
                row.rule,
                row.stated,
            ),
        )
        columns = ", ".join(("fact", *row.columns))
        places = ", ".join("?" * (1 + len(row.columns)))
        connection.execute(
            f"INSERT INTO {TABLE_OF[row.kind]} ({columns}) VALUES ({places})",
            (name, *row.columns.values()),
        )
    connection.executemany(
        "INSERT INTO bearer (article, version, folded, spellings, mentions, posts)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        [(*key, one.folded, one.spellings, one.mentions, one.posts) for one in reading.bearers],
    )
    connection.execute(
        "INSERT INTO word_pairs (article, version, pairs) VALUES (?, ?, ?)", (*key, reading.pairs)
    )


def _identity(article: str, version: str, row: FactRow) -> str:
    """The name of a fact: what it says, and where."""
    text = json.dumps(
        [
            article,
            version,
            row.kind,
            row.field,
            row.number,
            row.source,
            row.start,
            row.stop,
            dict(row.columns),
        ],
        ensure_ascii=False,
    )
    return hashlib.sha256(text.encode()).hexdigest()[:16]
