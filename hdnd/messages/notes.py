"""What is said of how a query was read, in a reader's language.

The engine says it in English; here each sentence is known by its form, and one that is not known
stays as it is.
"""

from __future__ import annotations

import re
from functools import lru_cache

from hdnd.messages.catalogues import translations


def N_(message: str) -> str:  # noqa: N802  (gettext's own name for a message that is told later)
    """Mark a message for the catalogues."""
    return message


_FORMS = (
    N_("there is no word to look for"),
    N_("read as: %(read)s"),
    N_("only asks, and is not looked for: %(words)s"),
    N_("%(sign)s is read as %(field)s:"),
    N_("%(sign)s has nothing after it: left out"),
    N_("%(sign)s has nothing after it: read as a word"),
    N_("%(sign)s means nothing after a word: left out"),
    N_("%(sign)s means nothing after a word: read as a word"),
    N_("%(sign)s joins nothing here: left out"),
    N_("%(sign)s joins nothing here: read as a word"),
    N_("%(value)s ends before it begins: read the other way round"),
    N_("%(value)s makes no sense: read as words"),
    N_("a star in front or within needs two letters: left out"),
    N_("%(field)s: is no field, read as words; there are %(known)s"),
    N_("left out, having no letter or digit: %(words)s"),
    N_("a quotation mark has no partner: left out"),
    N_("read as a sentence: some of the articles shown lack some of its words"),
    N_("no article has all the words: these cover them best"),
    N_("no article is of the site %(value)s; there are: %(known)s"),
    N_("no article is of the category %(value)s; there are: %(known)s"),
    N_(
        "too much to look through: the best of what was looked at, and counts that are at least so"
        " many"
    ),
    N_("the query is long: only its first %(count)s words were looked for"),
    N_("facts with their words: %(command)s"),
    N_("by facts: %(read)s"),
    N_("%(first)s is after %(last)s: read the other way round"),
)
_VALUE = re.compile(r"%\\\((\w+)\\\)s")


def note_words(note: str, language: str) -> str | None:
    """A note in a language; None for one that is not known there."""
    for form in _FORMS:
        found = _pattern(form).fullmatch(note)
        if found:
            told = translations(language).gettext(form)
            return told % found.groupdict()
    return None


@lru_cache(64)
def _pattern(form: str) -> re.Pattern[str]:
    return re.compile(_VALUE.sub(lambda m: f"(?P<{m[1]}>.+)", re.escape(form)))
