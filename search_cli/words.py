"""What is told by code, in the language of this command."""

from __future__ import annotations

from archive.ground.message import Message
from hdnd.messages.language import language_of


def in_words(message: Message | str) -> str:
    """A message's words; text stays as it is."""
    if isinstance(message, str):
        return message
    from hdnd.messages.telling import told

    return told(message, language_of())
