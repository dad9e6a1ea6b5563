"""Texts of a page of which nothing was read."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from archive.model import Article, StoredResponse
from crawler.drafts.seen_pages import SeenPage

_LONG, _MOST = 15, 8


def left_over(stored: StoredResponse, article: Article | None) -> list[str]:
    """The longest texts of a page that are no link and were not read of it, in their order."""
    if article is None:
        return []
    try:
        page = SeenPage.of(stored)
    except (ValueError, zlib.error):
        return []
    return unread(article, (piece.text for piece in page.pieces if piece.link is None))


def unread(article: Article, texts: Iterable[str]) -> list[str]:
    """Of these texts those that are in nothing that was read."""
    told = [article.title, article.lead or "", article.stamp or "", article.poster or ""]
    told += [block.text for block in article.blocks] + [one.name for one in article.attachments]
    whole = " ".join(" ".join(told).split())
    left = [text for text in texts if len(text) > _LONG and text not in whole]
    longest = sorted(left, key=len, reverse=True)[:_MOST]
    return [text for text in left if text in longest]
