"""What people read, in their language: catalogues of messages (GNU gettext).

What the faces say stands in English in their code and in templates (the domain `hdnd`). What is
told by code from below has a domain for each package, in English as in Vietnamese. A wheel has the
catalogues compiled.
"""

from __future__ import annotations

import os
from functools import lru_cache
from gettext import NullTranslations, translation

DOMAIN = "hdnd"
LOCALE = os.path.join(os.path.dirname(__file__), "locale")  # noqa: PTH118, PTH120
"""Where the catalogues lie; a search loads no `pathlib` for them."""


@lru_cache
def translations(language: str, domain: str = DOMAIN) -> NullTranslations:
    """The messages of a language and domain; English for a language that has no catalogue."""
    return translation(domain, LOCALE, [language, "en"], fallback=True)
