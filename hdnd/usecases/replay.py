"""What is held of an address, and what a capture of it says."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit, urlunsplit

from archive.catalogue.queries import replay
from archive.catalogue.queries.replay import ReplayableCapture
from archive.ground.errors import ArchiveDamaged, Withheld
from archive.ground.home import Home
from archive.ground.urls import composed, in_one_form
from archive.reading import ArchiveReader
from hdnd.views.replay import ReplayedResponse

MOST_UNPACKED = 32 << 20
"""Bytes that a body may grow to."""


def captures_of(home: Home, url: str, hidden: frozenset[int]) -> list[ReplayableCapture]:
    """The captures of an address that may be shown, by time; none is `Withheld` if all are hidden.

    `hidden` are the numbers of those that must not be shown.
    """
    with ArchiveReader.open(home) as reader:
        found = replay.captures_at(reader.catalogue, forms_of(url))
    shown = [capture for capture in found if capture.seq not in hidden]
    if found and not shown:
        raise Withheld("what is held of this address is withheld")
    return shown


def hidden_captures(home: Home) -> frozenset[int]:
    """The numbers of the captures that must not be shown."""
    with ArchiveReader.open(home) as reader:
        return replay.withheld_captures(reader.catalogue)


def captures_below(
    home: Home, starts: Sequence[str], hidden: frozenset[int], *, after: int = 0, most: int
) -> list[ReplayableCapture]:
    """Captures whose address begins as one of some does, by number, those hidden left out."""
    with ArchiveReader.open(home) as reader:
        found = replay.captures_below(reader.catalogue, starts, after, most)
    return [capture for capture in found if capture.seq not in hidden]


def hosts_of(home: Home) -> list[str]:
    """Scheme and host of every address that was captured."""
    with ArchiveReader.open(home) as reader:
        return replay.hosts_of(reader.catalogue)


def missing_of(home: Home, urls: Sequence[str]) -> list[str]:
    """Those of some addresses of which nothing is held, in their order."""
    forms = {url: forms_of(url) for url in dict.fromkeys(urls)}
    every = [form for known in forms.values() for form in known]
    with ArchiveReader.open(home) as reader:
        held = replay.held_of(reader.catalogue, every)
    return [url for url, known in forms.items() if held.isdisjoint(known)]


def nearest(captures: Sequence[ReplayableCapture], at: datetime) -> ReplayableCapture:
    """The capture made nearest to an instant, one that has content if there is one that near."""
    return min(captures, key=lambda one: (abs((one.captured_at - at).total_seconds()), -one.seq))


def response_of(home: Home, capture: ReplayableCapture) -> ReplayedResponse:
    """What a capture says; raises `ArchiveDamaged` for a body that grows beyond all measure."""
    from crawler import decoded_body
    from crawler.extraction.page_charset import decode_html

    with ArchiveReader.open(home) as reader:
        stored = reader.stored(reader.capture(capture.seq))
    try:
        body = decoded_body(stored, MOST_UNPACKED)
    except (ValueError, zlib.error) as error:
        raise ArchiveDamaged(f"capture {capture.seq}: {error}") from error
    kind = stored.header("Content-Type") or ""
    media_type = kind.partition(";")[0].strip().lower()
    is_text = media_type.startswith("text/") or media_type == "application/xhtml+xml"
    return ReplayedResponse(
        stored.status,
        media_type,
        decode_html(body, kind) if is_text else None,
        body,
        stored.body,
        stored.header("Content-Encoding"),
        stored.header("Location"),
        stored.truncated,
    )


def forms_of(url: str) -> list[str]:
    """The forms in which an address may be kept: either scheme, with and without www."""
    whole = in_one_form(url)
    if whole is None:
        return []
    parts = urlsplit(whole)
    host = parts.netloc.removeprefix("www.")
    made = [
        urlunsplit((scheme, where, parts.path, parts.query, ""))
        for scheme in ("https", "http")
        for where in (host, f"www.{host}")
    ]
    return list(dict.fromkeys([url, whole, *made, *map(composed, made)]))
