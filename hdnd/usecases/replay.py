"""What is held of an address, and what a capture of it says."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from archive.catalogue.queries import replay
from archive.catalogue.queries.replay import ReplayableCapture
from archive.catalogue.queries.runs import descriptions
from archive.ground.causes import cause_of
from archive.ground.errors import ArchiveDamaged, UsageError, Withheld
from archive.ground.home import Home
from archive.ground.message import Message
from archive.ground.urls import composed, in_one_form
from archive.reading import ArchiveReader
from hdnd.views.replay import Hidden, ReplayedResponse

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer

    from archive.export import Selected

PAGE_TYPES = ("text/html", "application/xhtml+xml")
"""The media types of pages."""
MOST_UNPACKED = 32 << 20
"""Bytes that a body may grow to."""
MOST_PACKED = 64 << 20
"""Bytes of a package that is made on demand."""


def captures_of(home: Home, url: str, hidden: Hidden) -> list[ReplayableCapture]:
    """The captures of an address that may be shown, by time; `Withheld` if all are hidden."""
    with ArchiveReader.open(home) as reader:
        found = replay.captures_at(reader.catalogue, forms_of(url))
        if not found:
            found = replay.captures_at(reader.catalogue, _identities(reader, url))
    shown = [capture for capture in found if capture.seq not in hidden.captures]
    if found and not shown:
        raise Withheld("usecases.address-withheld")
    return shown


def hidden_of(home: Home) -> Hidden:
    """What must not be shown now."""
    with ArchiveReader.open(home) as reader:
        addresses = replay.withheld_addresses(reader.catalogue)
        captures = replay.withheld_captures(reader.catalogue)
    return Hidden(captures, frozenset(form for url in addresses for form in forms_of(url)))


def leads_to_hidden(url: str, hidden: Hidden) -> bool:
    """Whether a link leads to what must not be shown."""
    return bool(hidden.addresses) and not hidden.addresses.isdisjoint(forms_of(url))


def captures_below(
    home: Home, starts: Sequence[str], hidden: Hidden, *, after: int = 0, most: int
) -> list[ReplayableCapture]:
    """Captures whose address begins as one of some does, by number, those hidden left out."""
    with ArchiveReader.open(home) as reader:
        found = replay.captures_below(reader.catalogue, starts, after, most)
    return [capture for capture in found if capture.seq not in hidden.captures]


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
        missing = [url for url, known in forms.items() if held.isdisjoint(known)]
        return [
            url for url in missing if not replay.held_of(reader.catalogue, _identities(reader, url))
        ]


def package_of(home: Home, article: str) -> bytes:
    """A WACZ of an article with its files; the same bytes as long as the archive is the same.

    Raises `UsageError` for an article that is not here and for one whose package would be too
    large to be made on demand, `Withheld` for one not to be shown.
    """
    from archive.export import Selection, selected
    from hdnd.usecases.page_parts import requisites_of

    with ArchiveReader.open(home) as reader:
        wanted = Selection(
            articles=frozenset([article]), requisites=requisites_of(reader, [article])
        )
        with selected(reader, wanted) as chosen:
            return _packed(chosen)


def _packed(chosen: Selected) -> bytes:
    from archive.export import write_wacz_into

    records = list(chosen.articles())
    made = _Bounded(MOST_PACKED)
    last = max(record.last_captured_at for record in records)
    write_wacz_into(chosen, made, title=records[0].article.title, created=last)
    return made.getvalue()


class _Bounded(BytesIO):
    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def write(self, data: Buffer, /) -> int:
        written = super().write(data)
        if self.tell() > self._most:
            raise UsageError(
                "usecases.package-too-large",
                most=self._most >> 20,
                hint=Message("usecases.export-to-a-file"),
            )
        return written


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
        raise ArchiveDamaged(
            "usecases.body-unreadable", capture=capture.seq, reason=cause_of(error)
        ) from error
    kind = stored.header("Content-Type") or ""
    media_type = kind.partition(";")[0].strip().lower()
    is_text = media_type.startswith("text/") or media_type in PAGE_TYPES
    text = decode_html(body, kind) if is_text else None
    return ReplayedResponse(
        stored.status,
        media_type,
        text,
        body,
        stored.body,
        stored.header("Content-Encoding"),
        stored.header("Location"),
        stored.truncated,
        media_type in PAGE_TYPES and _is_beyond_limits(text or ""),
    )


def _is_beyond_limits(html: str) -> bool:
    from crawler.extraction.page_limits import TooMuch, check_markup

    try:
        check_markup(html)
    except TooMuch:
        return True
    return False


def _identities(reader: ArchiveReader, url: str) -> list[str]:
    """An address without what changes from visit to visit, as each site's platform has it."""
    from crawler import identities_of

    whole = in_one_form(url)
    return identities_of(descriptions(reader.catalogue), whole) if whole else []


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
