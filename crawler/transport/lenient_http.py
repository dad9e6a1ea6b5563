"""Heads and chunks that break a rule of HTTP/1.1 (RFC 9112), read as browsers read them.

What a browser makes of them is what readers of the portal saw: blanks where none belong are passed
over, a line that is no header says nothing, a length that is none counts as none. What is kept are
the bytes as they came. It builds on private parts of Twisted, as `wire` does, with the same canary.
"""

from __future__ import annotations

import re

from scrapy.core.downloader.handlers import http11
from twisted.web._newclient import HEADER, STATUS
from twisted.web.http import _ChunkedTransferDecoder

MAX_HEAD = 256 * 1024
"""Bytes of status and header lines, interim answers included, that a server is listened to for."""

_STATUS_LINE = re.compile(rb"\s*HTTP(?:/(\d+)(?:\.(\d+))?)?\s+(\d{3})\s*(.*)", re.IGNORECASE)
_TOKEN = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_LENGTH = re.compile(rb"\d+(?:\s*,\s*\d+)*")
_CHUNK_SIZE = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,16})[ \t]*(?:;[^\n]*)?\r?\n")
_LONGEST_SIZE_LINE = 16 * 1024


class LenientChunks(_ChunkedTransferDecoder):
    """Chunks whose lines may have blanks, odd extensions, or end in a line feed alone."""

    def _dataReceived_CHUNK_LENGTH(self) -> bool:  # noqa: N802 (Twisted's name)
        end = self._buffer.find(b"\n")
        if end == -1 and len(self._buffer) <= _LONGEST_SIZE_LINE:
            return False
        line = _CHUNK_SIZE.fullmatch(self._buffer, 0, end + 1)
        if line is None:
            # The parent says what is wrong with it.
            return super()._dataReceived_CHUNK_LENGTH()
        self.length = int(line[1], 16)
        self.state = "BODY" if self.length else "TRAILER"
        del self._buffer[: end + 1]
        self._start = 0
        return True

    def _dataReceived_CRLF(self) -> bool:  # noqa: N802 (Twisted's name)
        if not self._buffer.startswith(b"\n"):
            return super()._dataReceived_CRLF()
        del self._buffer[:1]
        self.state = "CHUNK_LENGTH"
        return True

    def _dataReceived_TRAILER(self) -> bool:  # noqa: N802 (Twisted's name)
        if self._buffer.startswith(b"\n"):
            self._buffer[:1] = b"\r\n"
        return super()._dataReceived_TRAILER()

    def noMoreData(self) -> None:  # noqa: N802 (Twisted's name)
        """All has come once the last chunk, of no length, has."""
        if self.state != "TRAILER":
            super().noMoreData()


class LenientParser(http11._LenientHTTPClientParser):
    """A response parser for lines of any length, names that are none, and empty lines at first."""

    MAX_LENGTH = MAX_HEAD
    _transferDecoders = {b"chunked": LenientChunks}  # noqa: N815, RUF012 (Twisted's name)

    def lineReceived(self, line: bytes) -> None:  # noqa: N802 (Twisted's name)
        """Take one line of the head."""
        line = line.removesuffix(b"\r")
        if self.state == STATUS and not line.strip():
            return
        if self.state == HEADER and line[:1] in (b" ", b"\t") and self._partialHeader is None:
            return
        super().lineReceived(line)

    def statusReceived(self, status: bytes) -> None:  # noqa: N802 (Twisted's name)
        """Take the status line, however its parts are spaced."""
        if found := _STATUS_LINE.fullmatch(status):
            major, minor, code, reason = found.groups()
            version = b"HTTP/%b.%b" % (major or b"1", minor or b"0")
            status = b" ".join((version, code, reason))
        super().statusReceived(status)  # type: ignore[no-untyped-call]

    def headerReceived(self, name: bytes, value: bytes) -> None:  # noqa: N802 (Twisted's name)
        """Take a field, if its name is one."""
        name = name.strip()
        if not _TOKEN.fullmatch(name):
            return
        if name.lower() == b"content-length" and not _LENGTH.fullmatch(value):
            return
        if name.lower() == b"transfer-encoding":
            if b"chunked" not in [part.strip() for part in value.lower().split(b",")]:
                return
            value = b"chunked"
        super().headerReceived(name, value)  # type: ignore[no-untyped-call]
