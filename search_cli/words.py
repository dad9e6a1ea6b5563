"""What is told by code, in the language of this command."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archive.ground.message import Message


def in_words(message: Message | str) -> str:
    """A message's words; text stays as it is."""
    if isinstance(message, str):
        return message
    from hdnd.messages.language import language_of
    from hdnd.messages.telling import told

    return told(message, language_of())


def stored(text: str) -> str:
    """Words that an archive has stored in English, as this command's reader reads them."""
    from hdnd.messages.language import language_of
    from hdnd.messages.stored import stored_words

    return stored_words(text, language_of())
