"""What people read, in their language: catalogues of messages (GNU gettext).

English is what stands in the code and in templates; `locale/vi` has it in Vietnamese. A wheel has
the catalogues compiled.
"""

from __future__ import annotations

from functools import lru_cache
from gettext import NullTranslations, translation
from pathlib import Path

DOMAIN = "hdnd"
LOCALE = Path(__file__).with_name("locale")


@lru_cache
def translations(language: str) -> NullTranslations:
    """The messages of a language; English for one that has no catalogue."""
    return translation(DOMAIN, LOCALE, [language], fallback=True)
