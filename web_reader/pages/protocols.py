"""What other programs of web archives ask for: Memento's TimeGate and TimeMap, CDX."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from archive.ground.times import to_timestamp14
from hdnd.usecases import replay
from hdnd.views.cdx import urlkey
from web_reader.replay.addresses import read_stamp, replay_address
from web_reader.replay.memento import (
    asked_time,
    link_header,
    mementos_of,
    timemap_json,
    timemap_links,
)
from web_reader.replay.raw_address import captured_url
from web_reader.showing import as_json
from web_reader.wrong_values import WrongValue

if TYPE_CHECKING:
    from hdnd.views.replay import ReplayableCapture
    from web_reader.reader_request import ReaderRequest

_MOST = 10_000
_MATCHES = ("exact", "prefix", "host", "domain")
_FIELDS = (
    "urlkey", "timestamp", "url", "mime", "status", "digest", "length", "offset", "filename",
)  # fmt: skip
_FILTER = re.compile(r"(?P<not>!?)(?P<how>[=~]?)(?P<name>\w+):(?P<wanted>.{0,200})")
_PATTERN = re.compile(r"(?:[\w /:|-]|\.\*?|\\[./?+*|])*")
"""Patterns of `~` that take no time to speak of: letters, `.`, `.*` (twice at most), `|`."""
_MOST_STARS = 2


def timegate(asked: ReaderRequest, url: str) -> Response:
    """The capture nearest to the time that is asked for, the last one if none is."""
    wanted = captured_url(asked, 1)
    captures = mementos_of(asked, wanted)
    try:
        at = asked_time(asked)
    except (ValueError, TypeError):
        raise BadRequest("Accept-Datetime") from None
    chosen = replay.nearest(captures, at) if at else captures[-1]
    response = Response(
        status=HTTPStatus.FOUND,
        headers={
            "Location": asked.whole(replay_address(asked, chosen.captured_at, wanted)),
            "Link": link_header(asked, wanted, captures),
        },
    )
    response.vary.add("accept-datetime")
    return response


def timemap(asked: ReaderRequest, url: str, form: str = "link") -> Response:
    """Every capture of an address."""
    wanted = captured_url(asked, 2)
    captures = mementos_of(asked, wanted)
    if form == "json":
        return as_json(timemap_json(asked, wanted, captures))
    text = "".join(timemap_links(asked, wanted, captures))
    return Response(text, content_type="application/link-format")


def cdx(asked: ReaderRequest) -> Response:
    """Captures as lines, with the parameters of pywb's CDX server."""
    wanted = _read(asked)
    found = _chosen(asked, wanted)
    lines = [_fields(capture) for capture in found]
    lines.sort(key=lambda one: (one["urlkey"], one["timestamp"]))
    if wanted.is_reversed:
        lines.reverse()
    if closest := wanted.closest:
        lines.sort(key=lambda one: abs((_time(one["timestamp"]) - closest).total_seconds()))
    text = "".join(_lines(lines[: wanted.limit], wanted.fields, as_json=wanted.as_json))
    kind = "application/x-ndjson" if wanted.as_json else "text/x-cdxj"
    return Response(text, content_type=f"{kind}; charset=utf-8")


def wacz(asked: ReaderRequest, id: str) -> Response:
    """An article with its files as a WACZ, whole or by ranges (RFC 9110 § 14)."""
    body = asked.archive.kept(f"wacz {id}", lambda: replay.package_of(asked.home, id))
    response = Response(body, content_type="application/wacz+zip")
    response.headers.set("Content-Disposition", "attachment", filename=f"{id}.wacz")
    if asked.options.is_for_everyone:
        response.headers["Access-Control-Allow-Origin"] = "*"
    response.set_etag(hashlib.sha256(body).hexdigest()[:20])
    response.make_conditional(asked.request, accept_ranges=True, complete_length=len(body))
    return response


@dataclass(frozen=True, slots=True)
class _Rule:
    """A `filter`: what a field must be (`=`), begin as (`~`, a pattern) or have in it; or must not
    (`!`).
    """

    name: str
    wanted: str
    how: str
    is_negated: bool

    def passes(self, fields: Mapping[str, str]) -> bool:
        value = fields[self.name]
        if self.how == "=":
            found = value == self.wanted
        elif self.how == "~":
            found = re.match(self.wanted, value) is not None
        else:
            found = self.wanted in value
        return found != self.is_negated


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a CDX request asks for."""

    url: str
    match: str
    first: str
    last: str
    is_reversed: bool
    closest: datetime | None
    rules: tuple[_Rule, ...]
    fields: tuple[str, ...]
    as_json: bool
    limit: int


def _read(asked: ReaderRequest) -> _Wanted:
    """The parameters of a request; WrongValue for one that makes no sense."""
    url, match = asked.value("url"), asked.choice("matchType", _MATCHES) or "exact"
    if not url:
        raise WrongValue("url", "address")
    if url.startswith("*.") and match == "exact":
        url, match = url[2:], "domain"
    if url.endswith("*") and match == "exact":
        url, match = url[:-1], "prefix"
    return _Wanted(
        url if "://" in url else f"https://{url}",
        match,
        _stamp(asked, "from"),
        _stamp(asked, "to"),
        asked.choice("sort", ("reverse",)) == "reverse",
        _instant(asked, "closest"),
        tuple(_rule(text) for text in asked.values("filter")),
        _fields_asked(asked),
        asked.choice("output", ("json",)) == "json",
        asked.count("limit", _MOST, _MOST),
    )


def _stamp(asked: ReaderRequest, name: str) -> str:
    """The digits of a time, of as many as there are."""
    _instant(asked, name)
    return asked.value(name)


def _instant(asked: ReaderRequest, name: str) -> datetime | None:
    text = asked.value(name)
    if not text:
        return None
    found = read_stamp(text)
    if found is None or found[1]:
        raise WrongValue(name, "time")
    return found[0]


def _rule(text: str) -> _Rule:
    match = _FILTER.fullmatch(text)
    if match is None or match["name"] not in _FIELDS:
        raise WrongValue("filter", "filter", known=_FIELDS)
    wanted = match["wanted"]
    if match["how"] == "~" and (not _PATTERN.fullmatch(wanted) or wanted.count(".*") > _MOST_STARS):
        raise WrongValue("filter", "filter", known=_FIELDS)
    return _Rule(match["name"], wanted, match["how"], bool(match["not"]))


def _fields_asked(asked: ReaderRequest) -> tuple[str, ...]:
    """The fields of `fl`, in its order; all if it names none."""
    named = tuple(dict.fromkeys(filter(None, map(str.strip, asked.value("fl").split(",")))))
    if unknown := [name for name in named if name not in _FIELDS]:
        raise WrongValue("fl", "one-of", known=_FIELDS) from ValueError(unknown)
    return named or _FIELDS


def _chosen(asked: ReaderRequest, wanted: _Wanted) -> list[ReplayableCapture]:
    hidden = asked.archive.hidden()
    if wanted.match == "exact":
        found = replay.captures_of(asked.home, wanted.url, hidden)
    else:
        starts = _starts(asked, wanted.url, wanted.match)
        found = replay.captures_below(asked.home, starts, hidden, most=_MOST)
    return [
        one
        for one in found
        if _is_within(to_timestamp14(one.captured_at), wanted.first, wanted.last)
        and all(rule.passes(_fields(one)) for rule in wanted.rules)
    ]


def _starts(asked: ReaderRequest, url: str, match: str) -> list[str]:
    """How the addresses begin that are asked for."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        raise WrongValue("url", "address") from None
    if match == "domain":
        return [
            f"{origin}/"
            for origin in replay.hosts_of(asked.home)
            if _of_domain(origin.partition("://")[2].partition(":")[0], host)
        ]
    path = parts.path or "/" if match == "prefix" else "/"
    query = f"?{parts.query}" if match == "prefix" and parts.query else ""
    return [
        f"{scheme}://{www}{host}{port}{path}{query}"
        for scheme in ("http", "https")
        for www in ("", "www.")
    ]


def _of_domain(host: str, domain: str) -> bool:
    return host == domain or host.endswith(f".{domain}")


def _is_within(stamp: str, first: str, last: str) -> bool:
    return (not first or stamp >= first) and (not last or stamp[: len(last)] <= last)


def _fields(capture: ReplayableCapture) -> dict[str, str]:
    return {
        "urlkey": urlkey(capture.url),
        "timestamp": to_timestamp14(capture.captured_at),
        "url": capture.url,
        "mime": "warc/revisit" if capture.is_revisit else capture.media_type or "unk",
        "status": str(capture.status),
        "digest": capture.payload_digest,
        "length": str(capture.length),
        "offset": str(capture.offset),
        "filename": capture.segment,
    }


def _lines(
    lines: Sequence[Mapping[str, str]], shown: Sequence[str], *, as_json: bool
) -> Iterator[str]:
    for line in lines:
        told = {name: line[name] for name in shown}
        if as_json:
            yield json.dumps(told) + "\n"
        else:
            rest = {n: v for n, v in told.items() if n not in ("urlkey", "timestamp")}
            yield f"{line['urlkey']} {line['timestamp']} {json.dumps(rest)}\n"


def _time(stamp: str) -> datetime:
    return datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
