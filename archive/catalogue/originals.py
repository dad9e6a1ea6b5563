"""Which response of the archive a revisit refers to (ISO 28500:2017 § 6.7), and whether it may.

Programs name it by its record id, by its address and date, by its payload's digest, or not at all.
What they say is held against what the response is: a revisit that states another digest is none of
it.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import Enum
from http import HTTPStatus
from typing import NamedTuple, cast

from archive.catalogue.captures import capture_at, record_of
from archive.catalogue.database import Catalogue
from archive.ground.times import from_text, to_text
from archive.warc.digests import holds, normal
from archive.warc.record_head import plain_address
from archive.warc.records import WarcRecord


class Referral(Enum):
    """What became of a revisit's search for its response."""

    HERE = "here"
    NOT_HERE = "not here"
    CONTRADICTED = "contradicted"
    OUTDATED = "outdated"


def original_record(
    connection: sqlite3.Connection, fields: Mapping[str, str]
) -> sqlite3.Row | None:
    """The response in the catalogue that the fields of a revisit record refer to.

    By record id; else by URL and date, to the second; else by the payload digest that its own maker
    stated or that its payload has; for a 304 that names only an address, the last before it. None
    that the revisit's own digest or the address that it names contradicts.
    """
    found = (row for way in _WAYS if (row := way(connection, fields)))
    return next((row for row in found if not _contradicts(connection, fields, row)), None)


def referral(catalogue: Catalogue, revisit: WarcRecord) -> Referral:
    """Whether the response that a revisit refers to is here.

    A digest that no row can be compared with is compared with the payload itself; a 304 without a
    digest of it by what it says of the resource's state (RFC 9110 § 8.8).
    """
    connection, fields = catalogue.connection, revisit.fields
    found = original_record(connection, fields)
    if found is None:
        named = any(way(connection, fields) for way in _WAYS)
        return Referral.CONTRADICTED if named else Referral.NOT_HERE
    stated = fields.get("WARC-Payload-Digest", "")
    form = normal(stated)
    if form in _payload_names(connection, found):
        return Referral.HERE
    comparable = form is not None and not _states_nothing(fields)
    state = _state_of(revisit) if revisit.head.status == HTTPStatus.NOT_MODIFIED else _State()
    if comparable or any(state):
        record = record_of(catalogue.home, capture_at(catalogue, found["seq"]))
        if comparable and holds(stated, record.payload) is False:
            return Referral.CONTRADICTED
        if state.is_other_than(_state_of(record)):
            return Referral.OUTDATED
    return Referral.HERE


class _State(NamedTuple):
    """What a message says of the state of its resource: entity tag, and when it was modified."""

    etag: str = ""
    modified: datetime | None = None

    def is_other_than(self, held: _State) -> bool:
        """Whether this is another state than a response has, by what both say."""
        if self.etag and held.etag:
            return self.etag != held.etag
        return bool(self.modified and held.modified and self.modified > held.modified)


def _state_of(record: WarcRecord) -> _State:
    told = {name.lower(): value.strip() for name, value in record.head.headers}
    try:
        modified = parsedate_to_datetime(told.get("last-modified", ""))
    except ValueError:
        modified = None
    if modified and not modified.tzinfo:
        modified = modified.replace(tzinfo=UTC)
    return _State(told.get("etag", "").removeprefix("W/"), modified)


def _contradicts(
    connection: sqlite3.Connection, fields: Mapping[str, str], original: sqlite3.Row
) -> bool:
    """Whether a revisit states another payload digest than a response has, or, if none of the two
    can be compared, names another address in `WARC-Refers-To-Target-URI`.
    """
    stated = normal(fields.get("WARC-Payload-Digest", ""))
    names = _payload_names(connection, original)
    if stated in names:
        return False
    algorithm = (stated or "").partition(":")[0]
    if any(name.startswith(f"{algorithm}:") for name in names):
        return not _states_nothing(fields)
    address = fields.get("WARC-Refers-To-Target-URI")
    return bool(address) and plain_address(address or "") != original["url"]


def _payload_names(connection: sqlite3.Connection, original: sqlite3.Row) -> set[str]:
    """The digests by which the catalogue knows the payload of a response, in our form."""
    row = connection.execute(
        "SELECT stated_as, sha1 FROM imported WHERE record_id = ?", (original["record_id"],)
    ).fetchone()
    told = (row["stated_as"], row["sha1"]) if row else ()
    return {original["payload_digest"], *filter(None, told)}


def _states_nothing(fields: Mapping[str, str]) -> bool:
    """Whether a revisit's payload digest is of its own empty payload, as that of a 304 may be."""
    return _is_not_modified(fields) and normal(fields["WARC-Payload-Digest"]) in _OF_NOTHING


def _is_not_modified(fields: Mapping[str, str]) -> bool:
    return fields.get("WARC-Profile", "").rstrip("/").endswith("/server-not-modified")


def _by_id(connection: sqlite3.Connection, fields: Mapping[str, str]) -> sqlite3.Row | None:
    query = "SELECT * FROM capture WHERE record_id = ?"
    row = connection.execute(query, (fields.get("WARC-Refers-To"),)).fetchone()
    if row and row["refers_to"]:
        row = connection.execute(query, (row["refers_to"],)).fetchone()
    return cast("sqlite3.Row | None", row)


def _by_address_and_date(
    connection: sqlite3.Connection, fields: Mapping[str, str]
) -> sqlite3.Row | None:
    try:
        url = plain_address(fields["WARC-Refers-To-Target-URI"])
        at = to_text(from_text(fields["WARC-Refers-To-Date"]))
    except (KeyError, ValueError):
        return None
    second = at.partition(".")[0]
    return _first(
        connection,
        "url = :url AND captured_at BETWEEN :second || '.' AND :second || 'Z'"
        " ORDER BY captured_at != :at, seq",
        {"url": url, "second": second, "at": at},
    )


def _by_digest(connection: sqlite3.Connection, fields: Mapping[str, str]) -> sqlite3.Row | None:
    stated = normal(fields.get("WARC-Payload-Digest", ""))
    if stated is None:
        return None
    return _first(
        connection,
        "(payload_digest = :stated OR seq IN"
        " (SELECT seq FROM imported WHERE stated_as = :stated OR sha1 = :stated))"
        " ORDER BY url != :url, seq",
        {"stated": stated, "url": plain_address(fields.get("WARC-Target-URI", ""))},
    )


def _last_before(connection: sqlite3.Connection, fields: Mapping[str, str]) -> sqlite3.Row | None:
    if not _is_not_modified(fields):
        return None
    address = fields.get("WARC-Refers-To-Target-URI") or fields.get("WARC-Target-URI", "")
    return _first(
        connection,
        "url = :url AND captured_at <= :at ORDER BY captured_at DESC, seq DESC",
        {"url": plain_address(address), "at": to_text(from_text(fields["WARC-Date"]))},
    )


_WAYS = (_by_id, _by_address_and_date, _by_digest, _last_before)

_OF_NOTHING = frozenset(
    f"{name}:{hashlib.new(name).hexdigest()}" for name in ("md5", "sha1", "sha256", "sha512")
)
"""What some programs state of a 304, whose own payload is empty."""


def _first(
    connection: sqlite3.Connection, where: str, values: Mapping[str, str]
) -> sqlite3.Row | None:
    query = f"SELECT * FROM capture WHERE refers_to IS NULL AND {where} LIMIT 1"
    return cast("sqlite3.Row | None", connection.execute(query, values).fetchone())
