"""Templates: one environment a language, everything escaped, every name known."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache, partial
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from hdnd.messages.catalogues import translations
from hdnd.messages.language import Language, grouped
from hdnd.messages.stored import stored_words
from hdnd.messages.telling import told
from web_reader import formats, moments


@lru_cache
def environment(language: Language) -> Environment:
    """The templates in a language."""
    made = Environment(
        loader=PackageLoader("web_reader", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        extensions=["jinja2.ext.i18n"],
    )
    made.policies["ext.i18n.trimmed"] = True
    made.install_gettext_translations(translations(language), newstyle=True)  # type: ignore[attr-defined]
    made.filters |= {
        "day": formats.day,
        "minute": formats.minute,
        "second": formats.second,
        "zoned": formats.zoned,
        "proof": formats.proof,
        "captured": partial(moments.captured, language=language),
        "number": partial(grouped, language=language),
        "size": partial(formats.size, language=language),
        "shown": formats.shown,
        "stored": partial(stored_words, language=language),
        "told": partial(told, language=language),
    }
    made.globals |= {
        "at": partial(moments.at, language=language),
        "marked": formats.marked,
        "cut_at": formats.cut_at,
        "language": language,
    }
    return made


def rendered(language: Language, name: str, values: Mapping[str, Any]) -> str:
    """A template's text."""
    return environment(language).get_template(name).render(values)


def markup(text: str) -> Markup:
    """HTML that is made here."""
    return Markup(text)
