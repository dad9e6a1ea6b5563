"""A site's description."""

from __future__ import annotations

from crawler import Site

__all__ = ["Site"]
