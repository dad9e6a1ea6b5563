"""Memento (RFC 7089): what stands in `Link`, and lists of captures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from werkzeug.exceptions import NotFound

from hdnd.usecases import replay
from web_reader.replay.addresses import replay_address

if TYPE_CHECKING:
    from hdnd.views.replay import ReplayableCapture
    from web_reader.reader_request import ReaderRequest


def mementos_of(asked: ReaderRequest, url: str) -> list[ReplayableCapture]:
    """The captures of an address; raises `NotFound` if there is none."""
    found = replay.captures_of(asked.home, url, asked.archive.hidden())
    if not found:
        raise NotFound
    return found


def link_header(asked: ReaderRequest, url: str, captures: Sequence[ReplayableCapture]) -> str:
    """The original, the TimeGate, the TimeMap, the first and the last memento."""
    return ", ".join([*_about(asked, url), *_ends(asked, url, captures)])


def timemap_links(
    asked: ReaderRequest, url: str, captures: Sequence[ReplayableCapture]
) -> Iterator[str]:
    """A TimeMap in the link format (RFC 6690), a line a link."""
    about = list(_about(asked, url, self_=True))
    mementos = [_memento(asked, url, one, _relation(n, captures)) for n, one in enumerate(captures)]
    yield from (f"{line},\n" for line in [*about, *mementos][:-1])
    yield f"{mementos[-1]}\n"


def timemap_json(
    asked: ReaderRequest, url: str, captures: Sequence[ReplayableCapture]
) -> dict[str, Any]:
    """The same as JSON, as the MemGator aggregator writes it."""
    listed = [
        {
            "datetime": one.captured_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "uri": asked.whole(replay_address(asked, one.captured_at, url)),
        }
        for one in captures
    ]
    return {
        "original_uri": url,
        "self": asked.whole(f"{asked.options.prefix}/timemap/json/{url}"),
        "timegate_uri": asked.whole(f"{asked.options.prefix}/timegate/{url}"),
        "timemap_uri": {
            "link_format": asked.whole(f"{asked.options.prefix}/timemap/link/{url}"),
            "json_format": asked.whole(f"{asked.options.prefix}/timemap/json/{url}"),
        },
        "mementos": {"first": listed[0], "last": listed[-1], "list": listed},
    }


def asked_time(asked: ReaderRequest) -> datetime | None:
    """The `Accept-Datetime` of a request, None if it has none; ValueError for what is no date."""
    text = asked.request.headers.get("Accept-Datetime", "").strip()
    if not text:
        return None
    moment = parsedate_to_datetime(text)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


def _about(asked: ReaderRequest, url: str, *, self_: bool = False) -> Iterator[str]:
    prefix = asked.options.prefix
    relation = "self" if self_ else "timemap"
    timemap = asked.whole(f"{prefix}/timemap/link/{_safe(url)}")
    yield f'<{_safe(url)}>; rel="original"'
    yield f'<{timemap}>; rel="{relation}"; type="application/link-format"'
    yield f'<{asked.whole(f"{prefix}/timegate/{_safe(url)}")}>; rel="timegate"'


def _ends(asked: ReaderRequest, url: str, captures: Sequence[ReplayableCapture]) -> Iterator[str]:
    if len(captures) == 1:
        yield _memento(asked, url, captures[0], "first last memento")
        return
    yield _memento(asked, url, captures[0], "first memento")
    yield _memento(asked, url, captures[-1], "last memento")


def _relation(place: int, captures: Sequence[ReplayableCapture]) -> str:
    first = "first " if place == 0 else ""
    last = "last " if place == len(captures) - 1 else ""
    return f"{first}{last}memento"


def _memento(asked: ReaderRequest, url: str, capture: ReplayableCapture, relation: str) -> str:
    address = asked.whole(replay_address(asked, capture.captured_at, _safe(url)))
    at = format_datetime(capture.captured_at, usegmt=True)
    return f'<{address}>; rel="{relation}"; datetime="{at}"'


def _safe(url: str) -> str:
    """An address that cannot end the angle brackets it stands in."""
    return url.replace("<", "%3C").replace(">", "%3E").replace('"', "%22").replace(" ", "%20")
