"""How a site says that there is no article, by what came for an address that was made up."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from archive.ground.message import Message
from archive.model import StoredResponse
from crawler.drafts.seen_pages import SeenPage, ancestors, cut
from crawler.drafts.selectors import names_of

_LONGEST = 160


def draft_missing(
    stored: StoredResponse | None, others: Sequence[SeenPage]
) -> tuple[list[str], list[str], Message]:
    """Signs and texts of such a page, and what is to be known of it; empty for an honest status."""
    if stored is None:
        return [], [], Message("crawler.missing-not-seen")
    if stored.status != 200:
        return [], [], Message("crawler.missing-answered", status=stored.status)
    try:
        page = SeenPage.of(stored)
    except (ValueError, zlib.error):
        return [], [], Message("crawler.missing-unreadable")
    known = {piece.text for other in others for piece in other.pieces}
    own = [p for p in page.pieces if p.text not in known and p.link is None]
    told = [p for p in own if 8 <= len(p.text) <= _LONGEST]
    signs = []
    for piece in told[:3]:
        for node in list(ancestors(piece.node))[:2]:
            name = next(iter(names_of(node)), None)
            if name and not any(other.first(name) for other in others):
                signs.append(name)
                break
    texts = [piece.text for piece in told[:2]]
    if not texts and not signs:
        return [], [], Message("crawler.missing-says-nothing")
    if not texts:
        return list(dict.fromkeys(signs)), texts, Message("crawler.missing-has-a-sign")
    said = Message("crawler.missing-says", text=cut(texts[0]))
    return list(dict.fromkeys(signs)), texts, said
