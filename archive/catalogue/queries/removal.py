"""The captures that have to go so that nothing of an article is left."""

from __future__ import annotations

from typing import NamedTuple

from archive.catalogue.database import Catalogue
from archive.model import PageKind


class PlacedCapture(NamedTuple):
    """A capture: its number, its segment, and the offset of its record there."""

    seq: int
    segment: str
    offset: int


def captures_to_remove(catalogue: Catalogue, article: str) -> list[PlacedCapture]:
    """Those of its addresses, of the files that no other article has, and all that refer to them.

    An error or redirect that showed nothing of it stays if a capture refers to it that stays.
    """
    one = catalogue.connection.execute
    own = {row["seq"] for row in one(_OF_ITS_ADDRESSES, {"id": article})}
    own |= {row["seq"] for row in one(_OF_ITS_FILES, {"id": article})}
    bare = {seq for seq in own if one(_IS_BARE, (seq, *_BARE)).fetchone()}
    found = own - bare
    to_follow = list(found)
    while to_follow:
        referring = {row["seq"] for row in one(_REFERRING, (to_follow.pop(),))} - found
        found |= referring
        to_follow += referring
    for seq in bare - found:
        if {row["seq"] for row in one(_REFERRING, (seq,))} <= found | bare:
            found.add(seq)
    rows = (one(_PLACE, (seq,)).fetchone() for seq in sorted(found))
    return [PlacedCapture(row["seq"], row["name"], row["offset"]) for row in rows]


_BARE = (PageKind.ERROR.value, PageKind.REDIRECT.value, PageKind.SOFT_404.value)

_OF_ITS_ADDRESSES = """
SELECT p.seq FROM article_url u JOIN page p ON p.site = u.site AND p.identity_url = u.url
WHERE u.article = :id AND (p.article IS NULL OR p.article = :id)
UNION SELECT seq FROM page WHERE article = :id
"""

_OF_ITS_FILES = """
SELECT p.seq FROM article a JOIN article_file f ON f.article = a.id
JOIN page p ON p.site = a.site AND p.identity_url = f.url JOIN capture c USING (seq)
WHERE a.id = :id
    AND NOT EXISTS (SELECT 1 FROM article_file o WHERE o.url = f.url AND o.article != :id)
    AND NOT EXISTS (SELECT 1 FROM capture same JOIN page sp USING (seq)
        JOIN article_file o ON o.url = sp.identity_url
        WHERE same.payload_digest = c.payload_digest AND o.article != :id)
"""

_IS_BARE = "SELECT 1 FROM page WHERE seq = ? AND article IS NULL AND kind IN (?, ?, ?)"

_REFERRING = """
SELECT r.seq FROM capture c JOIN capture r ON r.payload_digest = c.payload_digest
    AND r.refers_to = c.record_id
WHERE c.seq = ?
"""

_PLACE = """
SELECT c.seq, s.name, c.offset FROM capture c JOIN segment s ON s.number = c.segment WHERE c.seq = ?
"""
