"""English words that are left over in what is printed in Vietnamese."""

from __future__ import annotations

import re

_LEFT_OUT = re.compile(
    r"`[^`]*`|“[^”]*”|https?://\S+|<[^>]+>|--[\w-]+|\$\w+|\S*[_/\\.@=|*]\S*|\S*\d\S*|\S*…\S*|\w+-\S+"
)
_WORD = re.compile(r"[^\W\d_]+")
_SYLLABLE = re.compile(
    r"(?:b|c|ch|d|g|gh|gi|h|k|kh|l|m|n|ng|ngh|nh|p|ph|qu|r|s|t|th|tr|v|x)?"
    r"[aeiouy]{1,3}(?:c|ch|m|n|ng|nh|p|t)?"
)
"""A Vietnamese syllable without its marks."""

_ENGLISH_ALL_THE_SAME = frozenset(
    [
        "can",
        "date",
        "gone",
        "has",
        "item",
        "not",
        "of",
        "on",
        "one",
        "page",
        "some",
        "that",
        "the",
        "then",
        "time",
        "up",
    ]
)
_TERMS = frozenset(
    [
        "bar",
        "bit",
        "bus",
        "byte",
        "cron",
        "crontab",
        "csv",
        "git",
        "hdnd",
        "index",
        "json",
        "km",
        "liferay",
        "mail",
        "online",
        "pdf",
        "pip",
        "port",
        "proxy",
        "refresh",
        "repair",
        "root",
        "search",
        "show",
        "socket",
        "systemd",
        "systemctl",
        "tesseract",
        "url",
        "verify",
        "wacz",
        "warc",
        "web",
        "xlsx",
        "kb",
        "mb",
        "gb",
        "sha",
        "utc",
        "qr",
        "wifi",
        "app",
        "email",
        "internet",
        "camera",
        "covid",
    ]
)
"""Names of programs, formats and commands, and words that Vietnamese has taken in."""


def english_in(text: str) -> set[str]:
    """The words of a text that are neither Vietnamese nor names, in small letters.

    What is typed, addresses, names of files and quotations are left out.
    """
    words = (word for word in _WORD.findall(_LEFT_OUT.sub(" ", text)) if not word.isupper())
    return {word.lower() for word in words if word.isascii() and _is_english(word.lower())}


def _is_english(word: str) -> bool:
    if word in _TERMS or len(word) == 1:
        return False
    return word in _ENGLISH_ALL_THE_SAME or not _SYLLABLE.fullmatch(word)
