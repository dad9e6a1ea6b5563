"""The address of a capture as it was typed, its percent-encoding as it came."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from web_reader.reader_request import ReaderRequest

_SCHEME = re.compile(r"(?i)(https?):/+")


def captured_url(asked: ReaderRequest, leading: int) -> str:
    """What stands behind so many segments of the path, with its query."""
    environ = asked.request.environ
    raw = str(environ.get("REQUEST_URI") or "")
    prefix = asked.options.prefix
    if not raw.startswith("/"):
        path = environ["PATH_INFO"].encode("latin-1")
        query = environ.get("QUERY_STRING", "")
        raw = quote(path, safe="/:@!$&'()*+,;=~-._%?") + (f"?{query}" if query else "")
    elif prefix and raw.startswith(f"{prefix}/"):
        raw = raw.removeprefix(prefix)
    url = "/".join(raw.split("/")[leading + 1 :])
    if _SCHEME.match(url):
        return _SCHEME.sub(lambda m: f"{m[1].lower()}://", url, count=1)
    return f"https://{url}"
