"""Certificate chains as records, each kept once: what a server proved itself with.

A `resource` record (ISO 28500:2017 § 6.4) with the target `urn:hdnd:certificate:<digest>`, the
digest being the SHA-256 of the server's own certificate in DER, as browsers and OpenSSL print it.
Its block has the chain as it was sent, in PEM (RFC 8555 § 9.1).
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from datetime import datetime
from textwrap import wrap

from archive.ground.times import to_text
from archive.warc.record_writer import member
from archive.warc.records import WarcRecord

TARGET = "urn:hdnd:certificate:"
MEDIA_TYPE = "application/pem-certificate-chain"


def certificate_digest(der: bytes) -> str:
    """The SHA-256 of a certificate in DER, in hexadecimal."""
    return hashlib.sha256(der).hexdigest()


def is_chain(record: WarcRecord) -> bool:
    """Whether a record holds a certificate chain, and nothing that was fetched."""
    return record.fields.get("WARC-Target-URI", "").startswith(TARGET)


def chain_member(chain: Sequence[bytes], at: datetime, *, warcinfo_id: str) -> bytes:
    """The record of a chain, the server's own certificate first, each in DER."""
    fields = {
        "WARC-Target-URI": TARGET + certificate_digest(chain[0]),
        "WARC-Date": to_text(at),
        "WARC-Warcinfo-ID": warcinfo_id,
    }
    return member("resource", fields, "".join(map(_pem, chain)).encode("ascii"), MEDIA_TYPE)


def _pem(der: bytes) -> str:
    lines = "\n".join(wrap(base64.b64encode(der).decode("ascii"), 64))
    return f"-----BEGIN CERTIFICATE-----\n{lines}\n-----END CERTIFICATE-----\n"
