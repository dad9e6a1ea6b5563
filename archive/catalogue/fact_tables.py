"""The tables of facts: what articles state, each row with the words that state it.

`fact` has the evidence: the version, the passage, the span, the rule. Each kind of fact has a table
of its own beside it, a row for each fact. What the columns mean stands in `council.model`.

Two tables keep what questions to many articles would else read all of them for. `bearer` has the
names in an office of each version, in JSON: the spellings, the ids of the mentions, and for each
post its id, the name, role, body and status, and the number of the mention that bears it.
`word_pairs` has the pairs of words of each version (`council.word_pairs`).
"""

from __future__ import annotations

import sqlite3
from functools import cache

from archive.catalogue.schema import tables_in

SCHEMA = """
CREATE TABLE read_version (
    article TEXT NOT NULL, version TEXT NOT NULL, run TEXT NOT NULL, source TEXT NOT NULL,
    PRIMARY KEY (article, version)) WITHOUT ROWID;
CREATE TABLE fact (
    id TEXT PRIMARY KEY, article TEXT NOT NULL, version TEXT NOT NULL, kind TEXT NOT NULL,
    field TEXT NOT NULL, number INTEGER NOT NULL, source TEXT NOT NULL, start INTEGER NOT NULL,
    stop INTEGER NOT NULL, quote TEXT NOT NULL, rule TEXT NOT NULL,
    stated INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX fact_version ON fact (article, version);
CREATE TABLE bearer (
    article TEXT NOT NULL, version TEXT NOT NULL, folded TEXT NOT NULL, spellings TEXT NOT NULL,
    mentions TEXT NOT NULL, posts TEXT NOT NULL,
    PRIMARY KEY (article, version, folded)) WITHOUT ROWID;
CREATE TABLE word_pairs (
    article TEXT NOT NULL, version TEXT NOT NULL, pairs BLOB NOT NULL,
    PRIMARY KEY (article, version)) WITHOUT ROWID;
CREATE TABLE mention (
    fact TEXT PRIMARY KEY, name TEXT NOT NULL, folded TEXT NOT NULL, how TEXT NOT NULL,
    private INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX mention_folded ON mention (folded);
CREATE TABLE holding (
    fact TEXT PRIMARY KEY, person TEXT NOT NULL, folded TEXT NOT NULL, role TEXT NOT NULL,
    body TEXT NOT NULL, status TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX holding_folded ON holding (folded);
CREATE TABLE citation (
    fact TEXT PRIMARY KEY, kind TEXT NOT NULL, number INTEGER, year INTEGER, symbol TEXT NOT NULL,
    name TEXT NOT NULL, issuer TEXT NOT NULL, dated INTEGER, inferred_year INTEGER,
    form TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX citation_number ON citation (number);
CREATE TABLE term (
    fact TEXT PRIMARY KEY, number INTEGER, first INTEGER, last INTEGER,
    body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE council_session (
    fact TEXT PRIMARY KEY, number INTEGER NOT NULL, kind TEXT NOT NULL, term INTEGER,
    body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE stated_date (
    fact TEXT PRIMARY KEY, first TEXT NOT NULL, last TEXT NOT NULL, unit TEXT NOT NULL,
    basis TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE impossible_date (fact TEXT PRIMARY KEY, what TEXT NOT NULL, day TEXT) WITHOUT ROWID;
CREATE TABLE stated_count (
    fact TEXT PRIMARY KEY, kind TEXT NOT NULL, low INTEGER, high INTEGER, state TEXT NOT NULL,
    period TEXT NOT NULL, actor TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE activity (
    fact TEXT PRIMARY KEY, kind TEXT NOT NULL, first TEXT NOT NULL, last TEXT NOT NULL,
    unit TEXT NOT NULL, basis TEXT NOT NULL, state TEXT NOT NULL, body TEXT NOT NULL,
    chairs TEXT NOT NULL, wards TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX activity_first ON activity (first);
CREATE TABLE personnel (
    fact TEXT PRIMARY KEY, what TEXT NOT NULL, person TEXT NOT NULL, folded TEXT NOT NULL,
    title TEXT NOT NULL, day TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE commitment (
    fact TEXT PRIMARY KEY, who TEXT NOT NULL, due TEXT, until TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE vote (
    fact TEXT PRIMARY KEY, votes INTEGER, of INTEGER, share INTEGER,
    level TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE money (
    fact TEXT PRIMARY KEY, dong INTEGER NOT NULL, up_to INTEGER) WITHOUT ROWID;
CREATE TABLE award (fact TEXT PRIMARY KEY, name TEXT NOT NULL) WITHOUT ROWID;
"""

TABLE_OF = {
    "person": "mention",
    "post": "holding",
    "document": "citation",
    "term": "term",
    "session": "council_session",
    "date": "stated_date",
    "impossible": "impossible_date",
    "count": "stated_count",
    "activity": "activity",
    "personnel": "personnel",
    "commitment": "commitment",
    "vote": "vote",
    "money": "money",
    "award": "award",
}
"""The table of each kind of fact."""

TABLES = tables_in(SCHEMA)


@cache
def columns_of(kind: str) -> frozenset[str]:
    """The columns of a kind of fact, beside that which names the fact. Raises KeyError."""
    table = TABLE_OF[kind]
    connection = sqlite3.connect(":memory:")
    try:
        connection.executescript(SCHEMA)
        rows = connection.execute("SELECT name FROM pragma_table_info(?)", (table,))
        return frozenset(name for (name,) in rows if name != "fact")
    finally:
        connection.close()
