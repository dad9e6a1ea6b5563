"""How our own records are written: from an exchange to the gzip members of a segment.

A capture is a *group* of members, its response or revisit record last:

    request   metadata   response | revisit

so that a group whose end was lost is recognised by its missing last member. Digests are SHA-256 in
hexadecimal.
"""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from archive.ground.times import to_text
from archive.model import Encryption, Exchange
from archive.warc.digests import digest
from archive.warc.payload_type import identified_type
from archive.warc.record_groups import POSTED_AS
from archive.warc.records import Original
from archive.warc.segments import MemberWriter

REVISIT_PROFILE = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
NOT_MODIFIED_PROFILE = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
WARC_FIELDS = "application/warc-fields"

_CHUNKED = re.compile(rb"(?im)^transfer-encoding(?=[ \t]*:)")


def new_record_id() -> str:
    """A fresh record identifier."""
    return f"<urn:uuid:{uuid.uuid4()}>"


def capture_group(
    exchange: Exchange,
    *,
    run: str,
    warcinfo_id: str,
    original: Original | None,
    about: Mapping[str, str | None],
) -> list[bytes]:
    """The members of a capture in the order they are written.

    With `original`, whose payload came byte for byte again or is said to be unmodified, the last
    member is a revisit record that holds the head alone. `about` are further facts for our own
    record.
    """
    response_id = new_record_id()
    common = {
        "WARC-Target-URI": exchange.target or exchange.url,
        "WARC-Date": to_text(exchange.started_at),
        "WARC-Warcinfo-ID": warcinfo_id,
    }
    if exchange.ip_address:
        common["WARC-IP-Address"] = exchange.ip_address
    concurrent = {**common, "WARC-Concurrent-To": response_id}
    facts = {
        "hdnd-run": run,
        "role": exchange.role.value,
        "via": exchange.via,
        POSTED_AS: exchange.url if exchange.target else None,
        "protocol": exchange.protocol,
        **_encryption(exchange.encryption),
        **about,
    }
    return [
        member("request", concurrent, exchange.request, "application/http; msgtype=request"),
        member("metadata", concurrent, _fields(facts), WARC_FIELDS),
        _last_of_group(exchange, {**common, "WARC-Record-ID": response_id}, original),
    ]


def _encryption(encryption: Encryption | None) -> dict[str, str | None]:
    if encryption is None:
        return {}
    return {
        "tls-protocol": encryption.protocol,
        "tls-cipher": encryption.cipher,
        "certificate-sha256": hashlib.sha256(encryption.chain[0]).hexdigest(),
        "certificate-trouble": encryption.trouble,
    }


def _last_of_group(
    exchange: Exchange, common: Mapping[str, str], original: Original | None
) -> bytes:
    """The response; a revisit record of its head alone if its payload is that of `original`."""
    head = _CHUNKED.sub(b"X-Orig-Transfer-Encoding", exchange.response_head)
    fields = {
        **common,
        "WARC-Payload-Digest": (original and original.confirmed) or digest(exchange.body),
    }
    if exchange.truncated:
        fields["WARC-Truncated"] = exchange.truncated
    protocols = [exchange.protocol.lower()] if exchange.protocol else []
    if exchange.encryption:
        protocols.append(exchange.encryption.protocol)
        fields["WARC-Cipher-Suite"] = exchange.encryption.cipher
    if identified := identified_type(exchange.body):
        fields["WARC-Identified-Payload-Type"] = identified
    if original is None:
        return response_member("response", fields, head, exchange.body, protocols=protocols)
    fields |= {
        "WARC-Profile": NOT_MODIFIED_PROFILE if original.confirmed else REVISIT_PROFILE,
        "WARC-Refers-To": original.record_id,
        "WARC-Refers-To-Target-URI": original.url,
        "WARC-Refers-To-Date": to_text(original.captured_at),
    }
    return response_member("revisit", fields, head, protocols=protocols)


def metadata_member(
    target: str,
    at: datetime,
    values: Mapping[str, str | None],
    *,
    warcinfo_id: str,
    concurrent_to: str | None = None,
) -> bytes:
    """A `metadata` record: about a URL that left no response, a run, a record made elsewhere."""
    fields = {
        "WARC-Target-URI": target,
        "WARC-Date": to_text(at),
        "WARC-Warcinfo-ID": warcinfo_id,
    }
    if concurrent_to:
        fields["WARC-Concurrent-To"] = concurrent_to
    return member("metadata", fields, _fields(values), WARC_FIELDS)


def warcinfo_member(
    filename: str, at: datetime, values: Mapping[str, str | None]
) -> tuple[bytes, str]:
    """The `warcinfo` record that opens a segment, and its id."""
    record_id = new_record_id()
    fields = {
        "WARC-Record-ID": record_id,
        "WARC-Filename": filename,
        "WARC-Date": to_text(at),
    }
    return member("warcinfo", fields, _fields(values), WARC_FIELDS), record_id


def response_member(
    kind: str, fields: Mapping[str, str], *block: bytes, protocols: Sequence[str] = ()
) -> bytes:
    """A `response` record, or a `revisit` record of the head of one.

    Each of the `protocols` it came by has a `WARC-Protocol` of its own, as IIPC proposes.
    """
    return member(kind, fields, block, "application/http; msgtype=response", protocols)


def _fields(values: Mapping[str, str | None]) -> bytes:
    lines = (f"{name}: {_one_line(value)}\r\n" for name, value in values.items() if value)
    return "".join(lines).encode("utf-8")


def _one_line(value: str) -> str:
    return value.replace("\r", " ").replace("\n", " ").strip()


def member(
    kind: str,
    fields: Mapping[str, str],
    block: bytes | tuple[bytes, ...],
    media_type: str,
    protocols: Sequence[str] = (),
) -> bytes:
    """One record as a gzip member of a segment; its block may come in parts, which go together."""
    parts = (block,) if isinstance(block, bytes) else block
    named = {
        "WARC-Type": kind,
        "WARC-Record-ID": new_record_id(),
        **fields,
        "WARC-Block-Digest": digest(*parts),
    }
    if kind == "request":
        named["WARC-Payload-Digest"] = digest(_payload(b"".join(parts)))
    came_by = [("WARC-Protocol", protocol) for protocol in protocols]
    headers = StatusAndHeaders("", [*named.items(), *came_by], protocol="WARC/1.1")
    head = _RawHead(b"".join(parts)) if kind == "revisit" else None
    stream = _Parts(() if head else parts)
    size = sum(map(len, parts))
    record = ArcWarcRecord("warc", kind, headers, stream, head, media_type, size)
    packed = MemberWriter()
    writer = WARCWriter(packed, gzip=False, warc_version="1.1")
    # What is no HTTP message has a block and no payload (ISO 28500:2017 § 5.9).
    writer.NO_PAYLOAD_DIGEST_TYPES = (*writer.NO_PAYLOAD_DIGEST_TYPES, "metadata")
    writer.write_record(record)
    return packed.end()


class _Parts:
    """Bytes in parts, read as one file, which are not put together for it."""

    def __init__(self, parts: Sequence[bytes]) -> None:
        self._files = [BytesIO(part) for part in parts]

    def read(self, size: int) -> bytes:
        """Up to so many of the next bytes."""
        while self._files:
            if data := self._files[0].read(size):
                return data
            del self._files[0]
        return b""


class _RawHead(StatusAndHeaders):  # type: ignore[misc]
    """A head that is written as it came; warcio takes a revisit's block from here alone."""

    def __init__(self, head: bytes) -> None:
        super().__init__(head.partition(b"\r\n")[0].decode("latin-1"), [])
        self._head = head

    def compute_headers_buffer(self, header_filter: object = None) -> None:
        self.headers_buff = self._head


def _payload(block: bytes) -> bytes:
    return block.partition(b"\r\n\r\n")[2]
