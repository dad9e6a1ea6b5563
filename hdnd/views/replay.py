"""A captured response, for those who show it again."""

from __future__ import annotations

from dataclasses import dataclass

from archive.catalogue.queries.replay import ReplayableCapture

__all__ = ["Hidden", "ReplayableCapture", "ReplayedResponse"]


@dataclass(frozen=True, slots=True)
class Hidden:
    """What must not be shown: captures by their numbers, and the addresses of withheld articles."""

    captures: frozenset[int]
    addresses: frozenset[str]


@dataclass(frozen=True, slots=True)
class ReplayedResponse:
    """What a capture says: status, media type (small letters, no parameters), content.

    `is_beyond_limits`: a page with more elements, depth or attributes than is parsed. `text` is
    there for texts, its charset undone; `body` has content codings undone, `stored` is
    as it came, under the content coding that `coding` names. `location` is where a redirect leads.
    """

    status: int
    media_type: str
    text: str | None
    body: bytes
    stored: bytes
    coding: str | None
    location: str | None
    truncated: str | None
    is_beyond_limits: bool = False
