"""What other programs of web archives ask for: Memento's TimeGate and TimeMap, CDX."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
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

if TYPE_CHECKING:
    from hdnd.views.replay import ReplayableCapture
    from web_reader.reader_request import ReaderRequest

_MOST = 10_000
_FIELDS = (
    "urlkey", "timestamp", "url", "mime", "status", "digest", "length", "offset", "filename",
)  # fmt: skip


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
    url = asked.value("url")
    if not url:
        raise BadRequest("url")
    for name, known in (("sort", ("", "reverse")), ("output", ("", "json"))):
        if asked.value(name) not in known:
            raise BadRequest(f"{name}: {', '.join(known[1:])}")
    found = _chosen(asked, url)
    lines = [_fields(capture) for capture in found]
    lines.sort(key=lambda one: (one["urlkey"], one["timestamp"]))
    if asked.value("sort") == "reverse":
        lines.reverse()
    if closest := read_stamp(asked.value("closest")):
        lines.sort(key=lambda one: abs((_time(one["timestamp"]) - closest[0]).total_seconds()))
    limit = asked.count("limit", _MOST, _MOST)
    shown = [name for name in asked.value("fl").split(",") if name in _FIELDS] or _FIELDS
    text = "".join(_lines(lines[:limit], shown, asked.value("output")))
    kind = "application/x-ndjson" if asked.value("output") == "json" else "text/x-cdxj"
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


def _chosen(asked: ReaderRequest, url: str) -> list[ReplayableCapture]:
    hidden, match = asked.archive.hidden(), asked.value("matchType") or "exact"
    if url.endswith("*") and match == "exact":
        url, match = url[:-1], "prefix"
    whole = url if "://" in url else f"https://{url}"
    if match == "exact":
        found = replay.captures_of(asked.home, whole, hidden)
    elif match in ("prefix", "host", "domain"):
        found = replay.captures_below(asked.home, _starts(asked, whole, match), hidden, most=_MOST)
    else:
        raise BadRequest("matchType: exact, prefix, host, domain")
    first, last = asked.value("from"), asked.value("to")
    return [
        one
        for one in found
        if _is_within(to_timestamp14(one.captured_at), first, last) and _passes(asked, one)
    ]


def _starts(asked: ReaderRequest, url: str, match: str) -> list[str]:
    """How the addresses begin that are asked for."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        raise BadRequest("url") from None
    if match == "domain":
        return [
            f"{origin}/"
            for origin in replay.hosts_of(asked.home)
            if _of_domain(origin.partition("://")[2].partition(":")[0], host)
        ]
    path = parts.path or "/" if match == "prefix" else "/"
    query = f"?{parts.query}" if match == "prefix" and parts.query else ""
    port = f":{parts.port}" if parts.port else ""
    return [
        f"{scheme}://{www}{host}{port}{path}{query}"
        for scheme in ("http", "https")
        for www in ("", "www.")
    ]


def _of_domain(host: str, domain: str) -> bool:
    return host == domain or host.endswith(f".{domain}")


def _is_within(stamp: str, first: str, last: str) -> bool:
    return (not first or stamp >= first) and (not last or stamp[: len(last)] <= last)


def _passes(asked: ReaderRequest, capture: ReplayableCapture) -> bool:
    """Each `filter`: a field and a text that it must have (`=status:200`, `!mime:text`)."""
    fields = _fields(capture)
    for rule in asked.values("filter")[:10]:
        negated, rule = rule.startswith("!"), rule.removeprefix("!")
        exact, rule = rule.startswith("="), rule.removeprefix("=").removeprefix("~")
        name, _, wanted = rule.partition(":")
        value = str(fields.get(name, ""))
        if (value == wanted if exact else wanted in value) == negated:
            return False
    return True


def _fields(capture: ReplayableCapture) -> dict[str, Any]:
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
    lines: list[dict[str, Any]], shown: tuple[str, ...] | list[str], output: str
) -> Iterator[str]:
    for line in lines:
        told = {name: line[name] for name in _FIELDS if name in shown}
        if output == "json":
            yield json.dumps(told) + "\n"
        else:
            rest = {n: v for n, v in told.items() if n not in ("urlkey", "timestamp")}
            yield f"{line['urlkey']} {line['timestamp']} {json.dumps(rest)}\n"


def _time(stamp: str) -> datetime:
    return datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
