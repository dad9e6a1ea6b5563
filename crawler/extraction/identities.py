"""What an address is without what changes from visit to visit, by the sites that it may be of."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from cattrs import ClassValidationError

from archive.ground.untrusted_json import parsed_json
from crawler.extraction.platforms import Platform, platform_of
from crawler.sites.canonical_urls import on_site
from crawler.sites.description import Site


def identities_of(descriptions: Mapping[str, Mapping[str, Any]], url: str) -> list[str]:
    """The identities that an address has as one of some sites, each once."""
    found = []
    for description in descriptions.values():
        known = _known(json.dumps(description, sort_keys=True))
        if known is not None:
            site, platform = known
            found.append(platform.identity(on_site(site, url)))
    return list(dict.fromkeys(found))


@lru_cache(64)
def _known(description: str) -> tuple[Site, Platform] | None:
    try:
        site = Site.from_description(parsed_json(description))
        return site, platform_of(site, datetime.now(UTC).date())
    except (ClassValidationError, ValueError, TypeError, AttributeError):
        return None
