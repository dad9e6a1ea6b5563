"""The key by which web archives look up a URL."""

from __future__ import annotations

from archive.export.surt import urlkey

__all__ = ["urlkey"]
