"""Addresses of articles that were removed from the archive, and so are not asked for again."""

from __future__ import annotations

from archive.catalogue.database import Catalogue
from archive.catalogue.queries.withholding import removed
from archive.catalogue.version_identity import id_by_url
from crawler.extraction.platforms import Platform
from crawler.sites.canonical_urls import on_site
from crawler.sites.description import Site

WHY = "it was removed from the archive, and is withheld"


class RemovedArticles:
    """Those of one site. Nothing is held of them but ids: an address must tell by itself.

    It does by the asset id in it, or as the only name of an article without any.
    """

    def __init__(self, catalogue: Catalogue, site: Site, platform: Platform) -> None:
        self._ids = removed(catalogue)
        self._site = site
        self._platform = platform

    def has(self, url: str) -> bool:
        """Whether an address is that of one."""
        if not self._ids:
            return False
        identity = self._platform.identity(on_site(self._site, url))
        asset = self._platform.asset_id_in(identity) or self._platform.asset_id_in(url)
        by_asset = f"{self._site.id}-{asset}"
        return bool(self._ids & {by_asset, id_by_url(self._site.id, identity)})
