"""Filling values in: the words of a catalogue with those of a message in them."""

from __future__ import annotations

import string
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, tzinfo
from typing import Any

from archive.ground.message import Message
from archive.ground.times import day_and_time
from hdnd.messages.language import grouped
from hdnd.messages.stored import stored_words

_LIST = ", "
"""Between the parts of a row."""

_JOINTS = {"clauses": "; ", "sentences": " ", "words": " ", "dots": " · "}


class Filling(string.Formatter):
    """Fills in values for a language and a zone; `told` says a message that is one of them."""

    def __init__(self, language: str, zone: tzinfo | None, told: Callable[[Message], str]) -> None:
        self.language = language
        self.zone = zone
        self.told = told

    def get_value(self, key: int | str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
        """The value of a name."""
        return kwargs[str(key)]

    def format_field(self, value: Any, format_spec: str) -> str:
        """A value as it is written where its name stands."""
        match value:
            case Message():
                return self.told(value)
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
                return _LIST.join(self.format_field(one, format_spec) for one in value)
            case float():
                written = format(value, format_spec)
                return written.replace(".", ",") if self.language == "vi" else written
        return format(value if isinstance(value, int) else str(value), format_spec)
