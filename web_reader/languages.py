"""The language of a page: Vietnamese unless a reader wants English."""

from __future__ import annotations

from werkzeug.wrappers import Request

from hdnd.messages.language import Language

LANGUAGES: tuple[Language, ...] = ("vi", "en")
COOKIE = "lang"


def language_of(request: Request) -> Language:
    """By the address, else by what was chosen before, else by what the browser asks for."""
    for asked in (request.args.get("lang"), request.cookies.get(COOKIE)):
        for language in LANGUAGES:
            if asked == language:
                return language
    return "en" if request.accept_languages.best_match(LANGUAGES, "vi") == "en" else "vi"
