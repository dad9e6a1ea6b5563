"""Addresses as a description has them: which are of articles, and what makes two of them one."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from archive.ground.urls import composed
from crawler.sites.address_patterns import AddressPattern, alias, compiled
from crawler.sites.categories import is_category
from crawler.sites.description import Site
from crawler.sites.page_eras import AddressRules
from crawler.sites.posted_forms import is_posted

_OF_VISIT = re.compile(
    "utm_.*|fbclid|gclid|zarsrc|jsessionid|phpsessid|sid|returnurl|redirect|inheritredirect|_",
    re.IGNORECASE,
)
"""Parameters that say where a visitor came from, on every kind of site."""
_SESSION = re.compile(r";jsessionid=[^/?#;]*", re.IGNORECASE)


class DescribedAddresses:
    """The addresses of one site in one era."""

    def __init__(self, site: Site, rules: AddressRules) -> None:
        self._site = site
        self._patterns = [compiled(text) for text in rules.article]
        self._files = [compiled(text) for text in rules.files]
        self._aliases = [alias(path, target) for path, target in sorted(rules.aliases.items())]
        self._dropped = {name.lower() for name in rules.drop}

    def identity(self, url: str) -> str:
        """A page's URL without what changes from visit to visit, in NFC; an alias is its page."""
        if is_posted(url):
            return url
        parts = urlsplit(url)
        path = _SESSION.sub("", parts.path)
        for one in self._aliases:
            path = one.resolve(path) or path
        query = parse_qsl(parts.query, keep_blank_values=True)
        plain = urlunsplit((parts.scheme, parts.netloc, path, parts.query, ""))
        if (pattern := self._pattern_of(plain)) is not None:
            query = sorted((k, v) for k, v in query if k in pattern.names())
        else:
            query = [
                (key, value)
                for key, value in query
                if not _OF_VISIT.fullmatch(key) and key.lower() not in self._dropped
            ]
        return composed(urlunsplit((parts.scheme, parts.netloc, path, urlencode(query), "")))

    def asset_id_in(self, url: str) -> str | None:
        """The digits in an article's address that name it, if the description says where."""
        plain = self.identity(url)
        pattern = self._pattern_of(plain)
        return pattern.id_in(plain) if pattern else None

    def is_article_url(self, url: str) -> bool:
        """Whether an address looks as those of articles do, and is not that of a listing."""
        return self._pattern_of(self.identity(url)) is not None

    def leads_astray(self, url: str) -> bool:
        """A description knows no addresses at which the platform pretends articles."""
        return False

    def _pattern_of(self, url: str) -> AddressPattern | None:
        if any(one.matches(url) for one in self._files):
            return None
        found = next((one for one in self._patterns if one.matches(url)), None)
        if found is None or (not found.query and is_category(self._site, url)):
            return None
        return found
