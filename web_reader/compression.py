"""Pages on their way out, compressed for those who ask for it (RFC 9110 § 8.4.1.3)."""

from __future__ import annotations

import gzip
from functools import lru_cache
from http import HTTPStatus

from werkzeug.wrappers import Request, Response

_LEAST, _LEVEL = 1024, 5
_TEXTS = ("text/", "application/json", "application/atom+xml", "image/svg+xml")


def compress(request: Request, response: Response) -> None:
    """Compress a whole text of some length, once for all who are given it."""
    if not response.content_type or not response.content_type.startswith(_TEXTS):
        return
    response.vary.add("Accept-Encoding")
    if (
        response.status_code != HTTPStatus.OK
        or not response.is_sequence
        or "Content-Encoding" in response.headers
        or not request.accept_encodings["gzip"]
    ):
        return
    body = response.get_data()
    if len(body) >= _LEAST:
        response.set_data(_compressed(body))
        response.headers["Content-Encoding"] = "gzip"


@lru_cache(128)
def _compressed(body: bytes) -> bytes:
    return gzip.compress(body, _LEVEL, mtime=0)
