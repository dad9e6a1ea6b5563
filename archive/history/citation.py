"""A citation of an article as it was captured, with all that is needed to check it.

The archived URL has the form that Memento servers use (RFC 7089; 14 digits of UTC), below a prefix
that stands for whatever server replays an export.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from archive.catalogue.captures import page_of
from archive.catalogue.queries.certificates import encryption_of
from archive.catalogue.queries.runs import description_of
from archive.ground.times import to_timestamp14
from archive.history.article_history import history
from archive.reading import ArchiveReader


@dataclass(frozen=True, slots=True)
class Citation:
    """Where and when an article said what it said, and in which record that is kept.

    `site_name` is the site's own name, `council_level` and `council_place` those of the council
    whose site it is, all as its description has them. `archived_url` is None where it is not known
    what address the archive is replayed at. `certificate` is the SHA-256 of the certificate (in
    DER) that the server had, `certificate_trouble` why no browser would trust it. `truncated` says
    why the capture was cut, `problem` what of it could not be read; both None if it is whole.
    `captured_in` is the capture's date as its record states it, where that names no second.
    """

    id: str
    title: str
    site: str
    site_name: str
    council_level: str
    council_place: str
    published_at: datetime | None
    url: str
    captured_at: datetime
    version: str
    payload_digest: str
    archived_url: str | None
    segment: str
    record_id: str
    certificate: str | None = None
    certificate_trouble: str | None = None
    truncated: str | None = None
    problem: str | None = None
    captured_in: str | None = None


def cite(
    reader: ArchiveReader,
    article_id: str,
    *,
    version: str | None = None,
    prefix: str | None = None,
) -> Citation:
    """Cite the standing version, or the one named, by the last whole capture that showed it.

    `prefix` is the address below which a server replays the archive, if one does.
    Raises `UsageError` for what the archive does not hold, `Withheld` for what must not be shown.
    """
    known = history(reader.catalogue, article_id)
    chosen = known.version(version or known.standing)
    seen = max(
        (o for o in known.observations if o.version == chosen.digest),
        key=lambda o: (not o.truncated, o.captured_at, o.number),
    )
    capture = reader.capture(seen.number)
    proof = encryption_of(reader.catalogue, seen.number)
    page = page_of(reader.catalogue, seen.number)
    about = description_of(reader.catalogue, known.id)
    council = about.get("council") or {}
    at = to_timestamp14(capture.captured_at)
    return Citation(
        id=known.id,
        title=chosen.article.title,
        site=known.site,
        site_name=str(about.get("name") or known.site),
        council_level=str(council.get("level") or ""),
        council_place=str(council.get("place") or ""),
        published_at=chosen.article.published_at,
        url=seen.url,
        captured_at=capture.captured_at,
        version=chosen.digest,
        payload_digest=capture.payload_digest,
        archived_url=f"{prefix.rstrip('/')}/{at}/{capture.url}" if prefix else None,
        segment=capture.segment,
        record_id=capture.record_id,
        certificate=proof.certificate if proof else None,
        certificate_trouble=proof.trouble if proof else None,
        truncated=capture.truncated,
        problem=page.problem if page else None,
        captured_in=seen.captured_in,
    )
