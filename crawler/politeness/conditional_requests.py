"""Conditional requests (RFC 9110 § 13): what they ask, and what a 304 confirms."""

from __future__ import annotations

from archive.catalogue.captures import capture_at
from archive.catalogue.database import Catalogue
from archive.model import Capture, Exchange
from archive.warc.http_response import split_http
from crawler.frontier.entries import FrontierEntry


def conditions(entry: FrontierEntry) -> dict[str, str]:
    """The headers by which a server may answer 304."""
    if entry.validator is None:
        return {}
    named = {
        "If-None-Match": entry.validator.etag,
        "If-Modified-Since": entry.validator.last_modified,
    }
    return {name: value for name, value in named.items() if value}


def confirmed(catalogue: Catalogue, entry: FrontierEntry, exchange: Exchange) -> Capture | None:
    """The capture that a 304 confirms; None if it was not asked for, or is about another."""
    status, headers, _ = split_http(exchange.response_head)
    if status != 304 or entry.validator is None:
        return None
    named = next((value for name, value in headers if name.lower() == "etag"), None)
    if named and entry.validator.etag and _opaque(named) != _opaque(entry.validator.etag):
        return None
    return capture_at(catalogue, entry.validator.confirms)


def _opaque(etag: str) -> str:
    """An entity tag for the weak comparison (RFC 9110 § 8.8.3.2)."""
    return etag.strip().removeprefix("W/")
