"""The words for a message that was told by code."""

from __future__ import annotations

from datetime import UTC, tzinfo

from archive.ground.message import Message
from hdnd.messages.catalogues import translations


def told(message: Message, language: str, zone: tzinfo | None = None) -> str:
    """A message in a language.

    A catalogue names values in braces (PEP 3101). A whole number is written as it is, and with
    marks between its thousands where the catalogue says `{count:n}`; a day as dd/mm/yyyy; an
    instant as dd/mm/yyyy HH:MM by the clock of `zone` or of this computer, and in UTC where it says
    `{at:utc}`, in English then as ISO 8601 has it; words that an archive has stored are translated
    where it says `{why:stored}`; a message within by its own words; a row with commas, or as
    `{parts:clauses}` with semicolons, `sentences` and `words` with spaces, `dots` with middle dots.
    A code that no catalogue has is said as it stands.
    """
    known = translations(language, message.code.partition(".")[0])
    count = message.values.get("count")
    words = message.code
    if isinstance(count, int):
        words = known.ngettext(words, words, count)
    if words == message.code:
        words = known.gettext(words)
    if words == message.code:
        return words if not message.values else str(message)
    if not any(map(words.__contains__, "{}")):
        return words
    from hdnd.messages.filling import Filling

    filling = Filling(language, zone, lambda within: told(within, language, zone))
    return filling.vformat(words, (), message.values)


def in_english(message: Message) -> str:
    """The words for JSON and for logs, the same in every language and zone."""
    return told(message, "en", UTC)
