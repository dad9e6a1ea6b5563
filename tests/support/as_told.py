"""What is told by code, in English words, as one process hands it to another."""

from __future__ import annotations

from archive.ground.errors import HdndError
from archive.ground.message import Message
from hdnd.messages.telling import in_english


def told_of(error: HdndError) -> dict[str, str]:
    """An error's message and hint."""
    return {"message": in_english(error.said), "hint": in_english(error.hint) if error.hint else ""}


def as_json(value: object) -> str:
    """A value that JSON has no form for: a message by its words, another as text."""
    return in_english(value) if isinstance(value, Message) else str(value)
