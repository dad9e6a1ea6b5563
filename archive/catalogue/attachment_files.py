"""Which captures are attachments, whose they are, and which of them stand now."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from urllib.parse import unquote, urlsplit

from archive.catalogue.attachment_texts import DUE
from archive.catalogue.database import Catalogue
from archive.catalogue.version_identity import from_json

_EXTENSION = re.compile(r".\.[A-Za-z0-9]{2,5}$")
_OF_ARTICLES = """
WITH RECURSIVE named (article, site, url) AS (
    SELECT o.article, p.site, json_extract(k.value, '$[2]')
    FROM observation o JOIN page p USING (seq), json_each(p.links) k
    WHERE instr(p.links, '"attachment"') AND json_extract(k.value, '$[1]') = 'attachment'
        {and_observed}
    UNION
    SELECT n.article, n.site, json_extract(p.links, '$[0][2]') FROM named n
    CROSS JOIN page p ON p.site = n.site AND p.identity_url = n.url
    WHERE p.kind = 'redirect' AND p.links != '[]'),
file (article, url, is_named) AS (
    SELECT article, url, max(is_named) FROM (
        SELECT article, url, 0 AS is_named FROM article_file WHERE true {and_of_article}
        UNION ALL SELECT article, url, 1 FROM named)
    GROUP BY article, url)
SELECT f.article, f.url, c.payload_digest, c.seq, c.truncated, a.version,
    v.content, a.site
FROM file f
JOIN shown_article a ON a.id = f.article
JOIN version v ON v.article = a.id AND v.digest = a.version
JOIN page p ON p.site = a.site AND p.identity_url = f.url AND p.kind != 'article'
JOIN capture c ON c.seq = p.seq AND c.status = 200 AND (f.is_named OR c.role = 'attachment')
WHERE c.seq NOT IN (SELECT seq FROM quarantined)
ORDER BY f.article, f.url, c.captured_at, c.seq
"""
"""What an article's pages ever named as its attachment is one, whatever it was captured as."""


@dataclass(frozen=True, slots=True)
class ArticleFile:
    """An attachment of an article, in one of the states that it had.

    `stands` says that it is what the article's page leads to now: the last state of a file that the
    standing version links. `version` is that version.
    """

    article: str
    version: str
    url: str
    name: str
    payload_digest: str
    capture: int
    stands: bool


def first_captures(catalogue: Catalogue) -> dict[str, int]:
    """For each payload that came for an attachment, the number of its first capture."""
    return {row["payload_digest"]: row["seq"] for row in catalogue.connection.execute(DUE)}


def article_files(catalogue: Catalogue, article: str | None = None) -> Iterator[ArticleFile]:
    """The attachments of one article, or of all that may be shown, each state of a file once."""
    query = _OF_ARTICLES.format(
        and_observed="AND o.article = :article" if article else "",
        and_of_article="AND article = :article" if article else "",
    )
    connection = catalogue.connection
    rows = connection.execute(query, {"article": article}).fetchall()
    for _, of_article in groupby(rows, key=lambda row: str(row["article"])):
        yield from _files_of(connection, list(of_article))


def _files_of(connection: sqlite3.Connection, rows: list[sqlite3.Row]) -> Iterator[ArticleFile]:
    """The files of one article; of captures with the same payload the last counts."""
    linked = {a.url: a.name for a in from_json(rows[0]["content"]).attachments}
    last = {row["url"]: row["seq"] for row in rows}
    states = {(row["url"], row["payload_digest"]): row for row in rows}
    for (url, digest), row in states.items():
        source = url if url in linked else _leading_to(connection, row["site"], url, linked)
        yield ArticleFile(
            article=row["article"],
            version=row["version"],
            url=url,
            name=linked[source] if source else file_name(url),
            payload_digest=digest,
            capture=row["seq"],
            stands=source is not None and last[url] == row["seq"],
        )


def _leading_to(
    connection: sqlite3.Connection, site: str, url: str, linked: Mapping[str, str]
) -> str | None:
    """The address, of those that an article links, that redirects to `url`."""
    rows = connection.execute(
        "SELECT p.identity_url FROM page p, json_each(p.links) AS link"
        " WHERE p.site = ? AND p.kind = 'redirect' AND json_extract(link.value, '$[2]') = ?",
        (site, url),
    )
    return next((row["identity_url"] for row in rows if row["identity_url"] in linked), None)


def named_as_sent(file: ArticleFile, sent: str) -> ArticleFile:
    """The file under the name that the server gave it, if its address names none."""
    if not sent or _EXTENSION.search(file.name) or not _EXTENSION.search(sent):
        return file
    return replace(file, name=sent)


def file_name(url: str) -> str:
    """The name of a file by its address; what comes after it in a portal's addresses is dropped."""
    parts = [part for part in unquote(urlsplit(url).path).split("/") if part]
    named = [part for part in parts if "." in part[1:-1]]
    return (named or parts or [url])[-1]
