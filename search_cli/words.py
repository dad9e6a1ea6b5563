"""What this command says, in its language.

English stands in the code; `hdnd.messages` has the Vietnamese (GNU gettext). A message names its
values in braces: whole numbers get marks between their thousands, instants are told by this
computer's clock. What is no amount, such as a year, is given as text.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from hdnd.messages.language import LANGUAGES, grouped, language_of

if TYPE_CHECKING:
    from gettext import NullTranslations

    from archive.ground.message import Message
    from hdnd.messages.language import Language

OPTION = "--lang"
_OF_CLICK = "click"
"""The domain of what click says; it asks gettext for the process's own."""


class _Chosen:
    """The language of this command line, once it is known."""

    language: Language | None = None


def choose(arguments: Sequence[str], environment: Mapping[str, str] = os.environ) -> None:
    """Choose the language of a command line: `--lang`, `$HDND_LANG`, then the locale."""
    before = _Chosen.language or "en"
    _Chosen.language = _asked_for(arguments) or language_of(environment)
    if _Chosen.language != before:
        _let_click_speak(_Chosen.language)


def spoken() -> Language:
    """The language of this command line."""
    return _Chosen.language or language_of()


def _(message: str, /, **values: object) -> str:
    """A message with its values."""
    said = message if spoken() == "en" else _words().gettext(message)
    return said.format(**_written(values)) if values else said


def ngettext(one: str, many: str, count: int, /, **values: object) -> str:
    """A message in the singular or in the plural, with its values and `{count}`."""
    if spoken() == "en":
        said = one if count == 1 else many
    else:
        said = _words().ngettext(one, many, count)
    return said.format(count=in_figures(count), **_written(values))


def N_(message: str) -> str:  # noqa: N802  (gettext's own name for a message that is told later)
    """Mark a message for the catalogues."""
    return message


def in_words(message: Message) -> str:
    """The words of what is told by code."""
    from hdnd.messages.telling import told

    return told(message, spoken())


def stored(text: str) -> str:
    """Words that an archive has stored in English."""
    if spoken() == "en":
        return text
    from hdnd.messages.stored import stored_words

    return stored_words(text, spoken())


def in_figures(number: int) -> str:
    """A whole number with marks between its thousands."""
    return grouped(number, spoken())


def decimal(number: float) -> str:
    """A number with one decimal, set off by a point, in Vietnamese by a comma."""
    written = f"{number:.1f}"
    return written if spoken() == "en" else written.replace(".", ",")


def when(moment: datetime) -> str:
    """A date and time as the portal writes them: dd/mm/yyyy hh:mm."""
    return moment.strftime("%d/%m/%Y %H:%M")


def local(moment: datetime) -> str:
    """An instant as this computer's clock shows it; `zone` says once which that is."""
    return when(moment.astimezone())


def in_utc(moment: datetime) -> str:
    """An instant as a proof needs it: in UTC, and saying so."""
    at = moment.astimezone(UTC)
    return f"{at:%Y-%m-%d %H:%M} UTC" if spoken() == "en" else f"{when(at)} UTC"


def day_of(moment: date) -> str:
    """A day: 2024-02-05, in Vietnamese 05/02/2024."""
    return f"{moment:%Y-%m-%d}" if spoken() == "en" else f"{moment:%d/%m/%Y}"


def month_of(name: str) -> str:
    """A month: 2024-02, in Vietnamese 02/2024."""
    year, month = name.split("-")
    return name if spoken() == "en" else f"{month}/{year}"


def zone(moment: datetime) -> str:
    """How far this computer's clock is from UTC at an instant: UTC+07:00."""
    offset = f"{moment.astimezone():%z}"
    return f"UTC{offset[:3]}:{offset[3:5]}" if offset[1:5] != "0000" else "UTC"


def _asked_for(arguments: Sequence[str]) -> Language | None:
    """The last `--lang` of a command line; what is wrong with another value click says."""
    found: Language | None = None
    for argument, following in zip(arguments, [*arguments[1:], ""], strict=False):
        if argument == "--":
            break
        name, equals, value = argument.partition("=")
        if name == OPTION:
            found = LANGUAGES.get(value if equals else following, found)
    return found


def _let_click_speak(language: Language) -> None:
    """Click translates by the process's domain, in the language that `$LANGUAGE` names."""
    import gettext

    from hdnd.messages.catalogues import LOCALE

    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain(_OF_CLICK, LOCALE)
    gettext.textdomain(_OF_CLICK)


def _words() -> NullTranslations:
    from hdnd.messages.catalogues import translations

    return translations(spoken())


def _written(values: Mapping[str, object]) -> dict[str, str]:
    return {name: _as_text(value) for name, value in values.items()}


def _as_text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, int):
        return in_figures(value)
    if isinstance(value, datetime):
        return local(value)
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return in_words(value) if hasattr(value, "code") else str(value)
