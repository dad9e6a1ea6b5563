"""The words for a message that was told by code."""

from __future__ import annotations

import string
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, tzinfo
from typing import Any

from archive.ground.message import Message
from archive.ground.times import day_and_time
from hdnd.messages.catalogues import translations
from hdnd.messages.language import grouped
from hdnd.messages.stored import stored_words

LIST = ", "
"""Between the parts of a row."""
_JOINTS = {"clauses": "; ", "sentences": " ", "words": " ", "dots": " · "}


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
    return _Told(language, zone).vformat(words, (), message.values)


def in_english(message: Message) -> str:
    """The words for JSON and for logs, the same in every language and zone."""
    return told(message, "en", UTC)


class _Told(string.Formatter):
    """A format string of a catalogue, filled in for a language."""

    def __init__(self, language: str, zone: tzinfo | None) -> None:
        self.language = language
        self.zone = zone

    def get_value(self, key: int | str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
        return kwargs[str(key)]

    def format_field(self, value: Any, format_spec: str) -> str:
        match value:
            case Message():
                return told(value, self.language, self.zone)
            case datetime() if format_spec == "utc" and self.language == "en":
                return day_and_time(value)
            case datetime() if format_spec == "utc" or self.zone is UTC:
                return f"{value.astimezone(UTC):%d/%m/%Y %H:%M} UTC"
            case datetime():
                return f"{value.astimezone(self.zone):%d/%m/%Y %H:%M}"
            case date():
                return f"{value:%d/%m/%Y}"
            case int() if format_spec == "n":
                return grouped(value, self.language)
            case str() if format_spec == "stored":
                return stored_words(value, self.language)
            case list() | tuple() if joint := _JOINTS.get(format_spec):
                return joint.join(self.format_field(one, "") for one in value)
            case list() | tuple():
                return LIST.join(self.format_field(one, format_spec) for one in value)
            case float():
                written = format(value, format_spec)
                return written.replace(".", ",") if self.language == "vi" else written
        return format(value if isinstance(value, int) else str(value), format_spec)
