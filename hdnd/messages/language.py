"""In which language a process speaks, and how that writes numbers."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Literal

Language = Literal["en", "vi"]
LANGUAGES: Mapping[str, Language] = {"en": "en", "vi": "vi"}

VARIABLE = "HDND_LANG"
_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")
"""In this order (POSIX.1-2017, Base Definitions § 8.2)."""


def language_of(environment: Mapping[str, str] = os.environ) -> Language:
    """The language that `$HDND_LANG` names, else that of the locale: Vietnamese or English."""
    named = environment.get(VARIABLE) or next(filter(None, map(environment.get, _LOCALE)), "")
    return "vi" if named.lower().partition("_")[0].partition("-")[0] == "vi" else "en"


def grouped(number: int, language: str) -> str:
    """A whole number with marks between its thousands: 1,250, in Vietnamese 1.250."""
    written = f"{number:,}"
    return written.replace(",", ".") if language == "vi" else written
