"""A version of an article in the place of the standing one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from archive.catalogue.captures import page_of
from archive.history.article_history import History, Version, history
from archive.model import ArticleRecord
from archive.reading import ArchiveReader


def at_version(reader: ArchiveReader, record: ArticleRecord, version: str) -> ArticleRecord:
    """The article as a version of it said it; `version` is a digest or the beginning of one.

    Times, captures and what was seen beside are those of the captures that showed this version; it
    is read from the last whole one of them. Raises `UsageError` for a version that it never had.
    """
    known = history(reader.catalogue, record.id)
    return _of_version(reader, record, known, known.version(version))


def versions_of(reader: ArchiveReader, record: ArticleRecord) -> Iterator[ArticleRecord]:
    """The article in each of its versions, in the order of time."""
    known = history(reader.catalogue, record.id)
    for version in known.versions:
        yield _of_version(reader, record, known, version)


def _of_version(
    reader: ArchiveReader, record: ArticleRecord, known: History, version: Version
) -> ArticleRecord:
    seen = max(
        (o for o in known.observations if o.version == version.digest),
        key=lambda o: (not o.truncated, o.captured_at, o.number),
    )
    page = page_of(reader.catalogue, seen.number)
    return replace(
        record,
        article=version.article,
        version=version.digest,
        views=seen.views,
        poster=seen.poster,
        stamp=seen.stamp,
        captures=version.captures,
        first_captured_at=version.first_captured_at,
        last_captured_at=version.last_captured_at,
        capture_seq=seen.number,
        first_captured_in=_stated(known, version, version.first_captured_at),
        last_captured_in=_stated(known, version, version.last_captured_at),
        truncated=reader.capture(seen.number).truncated,
        problem=page.problem if page else None,
    )


def _stated(known: History, version: Version, moment: datetime) -> str | None:
    """The date of a version's capture at an instant as its record states it, if that is rough."""
    seen = (o for o in known.observations if (o.version, o.captured_at) == (version.digest, moment))
    return next((o.captured_in for o in seen), None)
