"""Instants as a page shows them: in Vietnam's time, and no more exactly than they are known."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from hdnd.messages.catalogues import translations
from hdnd.messages.language import Language
from hdnd.views.history import History
from web_reader.formats import minute, second

Rough = Mapping[datetime, str]
"""The instants of captures whose records name no second, with what they name, such as `2021`."""


class Captured(Protocol):
    """A capture: when it was made, and how roughly that is known."""

    @property
    def captured_at(self) -> datetime:
        """The instant."""

    @property
    def captured_in(self) -> str | None:
        """Its date as the record states it, where that names no second."""


def rough_moments(history: History) -> Rough:
    """What is rough in the history of an article."""
    return {one.captured_at: one.captured_in for one in history.observations if one.captured_in}


def captured(capture: Captured, language: Language) -> str:
    """When a capture was made, to the second if that is known."""
    return some_time(capture.captured_in, language) or second(capture.captured_at)


def at(moment: datetime, rough: Rough, language: Language) -> str:
    """An instant to the minute if that is known."""
    return some_time(rough.get(moment), language) or minute(moment)


def some_time(stated: str | None, language: Language) -> str:
    """A date that its record states no more exactly."""
    if not stated:
        return ""
    return translations(language).gettext("some time in %(date)s") % {"date": stated}
