"""Codes of what can keep a file from being read. A promise to scripts: docs/attachments.md."""

from __future__ import annotations

from archive.attachment_text import NO_TEXT as NO_TEXT

EMPTY = "empty"
ENCRYPTED = "encrypted"
DAMAGED = "damaged"
WEB_PAGE = "web page"
"""A web page came where a document was promised."""
UNKNOWN = "unknown kind"
UNSUPPORTED = "unsupported kind"
LIMIT = "limit"
"""The file asks for more than a file is given: detail names what."""
KILLED = "killed"
"""The process that read the file did not come to its end: detail names why."""
