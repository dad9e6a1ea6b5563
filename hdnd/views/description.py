"""A proposed description, and what a description reads."""

from __future__ import annotations

from dataclasses import dataclass

from archive.ground.message import Message
from archive.model import Page
from crawler.drafts.draft_file import Choice
from crawler.drafts.proposals import Proposal

__all__ = ["Choice", "OtherReading", "Proposal", "Rereading", "TriedPage"]


@dataclass(frozen=True, slots=True)
class TriedPage:
    """A page as a description reads it, and texts of it of which nothing is read."""

    url: str
    page: Page
    left_over: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OtherReading:
    """A capture that a description reads otherwise than it was read."""

    url: str
    captured_on: str
    before: Message
    now: Message


@dataclass(frozen=True, slots=True)
class Rereading:
    """How many captures were read again, and those that would read otherwise."""

    captures: int
    otherwise: tuple[OtherReading, ...]
