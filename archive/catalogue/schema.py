"""The tables of the catalogue; `FORMAT` is raised with every change to them."""

from __future__ import annotations

import sqlite3
from functools import lru_cache

FORMAT = 6

FROM_RECORDS = (
    "run",
    "capture",
    "memento",
    "imported",
    "outcome",
    "withholding",
    "quarantine",
    "certificate",
    "encryption",
)
"""The tables whose rows are read off the records."""

RECORDS = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE segment (
    number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, committed INTEGER NOT NULL);
CREATE TABLE run (
    id TEXT PRIMARY KEY, crawl TEXT NOT NULL, site TEXT NOT NULL, kind TEXT NOT NULL,
    description TEXT NOT NULL, started_at TEXT NOT NULL, ended_at TEXT, reason TEXT,
    counts TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE capture (
    seq INTEGER PRIMARY KEY, record_id TEXT NOT NULL UNIQUE, run TEXT NOT NULL, site TEXT NOT NULL,
    url TEXT NOT NULL, role TEXT NOT NULL, via TEXT, captured_at TEXT NOT NULL,
    status INTEGER NOT NULL, media_type TEXT, payload_digest TEXT NOT NULL,
    payload_length INTEGER NOT NULL, refers_to TEXT, truncated TEXT,
    segment INTEGER NOT NULL, offset INTEGER NOT NULL, length INTEGER NOT NULL);
CREATE INDEX capture_payload ON capture (payload_digest);
CREATE INDEX capture_url ON capture (url, seq);
CREATE TABLE imported (
    record_id TEXT PRIMARY KEY, seq INTEGER, file TEXT NOT NULL, digest TEXT NOT NULL,
    offset TEXT NOT NULL, date TEXT NOT NULL, stated TEXT, stated_as TEXT, sha1 TEXT)
    WITHOUT ROWID;
CREATE INDEX imported_stated ON imported (stated_as);
CREATE INDEX imported_sha1 ON imported (sha1);
CREATE INDEX imported_seq ON imported (seq);
CREATE TABLE memento (
    seq INTEGER PRIMARY KEY, source TEXT NOT NULL, form TEXT NOT NULL, fetched_url TEXT NOT NULL,
    fetched_at TEXT NOT NULL, digest TEXT);
CREATE INDEX memento_fetched ON memento (fetched_url);
CREATE INDEX memento_digest ON memento (source, digest);
CREATE TABLE outcome (
    seq INTEGER PRIMARY KEY, record_id TEXT NOT NULL UNIQUE, run TEXT NOT NULL, site TEXT NOT NULL,
    url TEXT NOT NULL, role TEXT NOT NULL, via TEXT, at TEXT NOT NULL, outcome TEXT NOT NULL,
    detail TEXT NOT NULL);
CREATE INDEX outcome_url ON outcome (url, seq);
CREATE TABLE withholding (
    seq INTEGER PRIMARY KEY, record_id TEXT NOT NULL UNIQUE, run TEXT NOT NULL,
    article TEXT NOT NULL, act TEXT NOT NULL, at TEXT NOT NULL, reason TEXT NOT NULL, by TEXT);
CREATE TABLE quarantine (
    seq INTEGER PRIMARY KEY, record_id TEXT NOT NULL UNIQUE, run TEXT NOT NULL, at TEXT NOT NULL,
    reason TEXT NOT NULL, captures TEXT NOT NULL);
CREATE TABLE certificate (digest TEXT PRIMARY KEY, record_id TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE encryption (
    seq INTEGER PRIMARY KEY, protocol TEXT NOT NULL, cipher TEXT NOT NULL,
    certificate TEXT NOT NULL, trouble TEXT);
"""
"""What the catalogue knows of itself and of segments, and the rows read off the records."""

DERIVATION = """
CREATE TABLE derivation (
    name TEXT PRIMARY KEY, rule INTEGER NOT NULL, basis TEXT NOT NULL, catalogue TEXT NOT NULL,
    upto INTEGER NOT NULL) WITHOUT ROWID;
"""
"""How far derivations are: in the catalogue, and in every file that one has of its own."""

PAGES = """
CREATE TABLE page (
    seq INTEGER PRIMARY KEY, site TEXT NOT NULL, kind TEXT NOT NULL, identity_url TEXT NOT NULL,
    article TEXT, total INTEGER, links TEXT NOT NULL, problem TEXT);
CREATE INDEX page_identity ON page (site, identity_url, seq);
CREATE TABLE article (
    id TEXT PRIMARY KEY, site TEXT NOT NULL, url TEXT NOT NULL, categories TEXT NOT NULL,
    version TEXT NOT NULL, published_at TEXT, first_captured_at TEXT NOT NULL,
    last_captured_at TEXT NOT NULL, last_seq INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE alias (id TEXT PRIMARY KEY, article TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE article_url (
    site TEXT NOT NULL, url TEXT NOT NULL, article TEXT NOT NULL,
    PRIMARY KEY (site, url, article)) WITHOUT ROWID;
CREATE INDEX article_url_article ON article_url (article);
CREATE TABLE address_category (
    site TEXT NOT NULL, url TEXT NOT NULL, category TEXT NOT NULL,
    PRIMARY KEY (site, url, category)) WITHOUT ROWID;
CREATE TABLE article_file (
    article TEXT NOT NULL, url TEXT NOT NULL, PRIMARY KEY (article, url)) WITHOUT ROWID;
CREATE INDEX article_file_url ON article_file (url);
CREATE TABLE version (
    article TEXT NOT NULL, digest TEXT NOT NULL, content TEXT NOT NULL,
    PRIMARY KEY (article, digest)) WITHOUT ROWID;
CREATE TABLE observation (
    seq INTEGER PRIMARY KEY, article TEXT NOT NULL, version TEXT NOT NULL,
    captured_at TEXT NOT NULL, url TEXT NOT NULL, truncated INTEGER NOT NULL,
    views INTEGER, category TEXT, poster TEXT, stamp TEXT);
CREATE INDEX observation_article ON observation (article, captured_at, seq);
CREATE TABLE gone (article TEXT PRIMARY KEY, since TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE quarantined (seq INTEGER PRIMARY KEY, quarantine INTEGER NOT NULL);
CREATE TABLE change (id TEXT PRIMARY KEY, seq INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX change_seq ON change (seq);
"""
"""The tables that extraction fills (`archive.catalogue.pages`)."""

VIEWS = """
CREATE VIEW withheld AS
    SELECT coalesce(alias.article, w.article) AS article, max(w.seq) AS seq, act, at, reason, by
    FROM withholding w LEFT JOIN alias ON alias.id = w.article
    GROUP BY coalesce(alias.article, w.article) HAVING act = 'withhold';
CREATE VIEW shown_article AS
    SELECT * FROM article WHERE id NOT IN (SELECT article FROM withheld);
"""
"""What is withheld now, and what may be shown."""

CATALOGUE = f"{RECORDS}{DERIVATION}{PAGES}{VIEWS}"
"""All of it."""


@lru_cache
def tables_in(schema: str) -> tuple[str, ...]:
    """The tables that a schema makes, in its order."""
    connection = sqlite3.connect(":memory:")
    try:
        connection.executescript(schema)
        rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return tuple(str(name) for (name,) in rows)
    finally:
        connection.close()
