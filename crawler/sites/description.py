"""A site is a description, not code: one small TOML file says all that the crawler must know.

The annotations are read by cattrs at run time, so they are no texts (no `__future__` import).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from crawler.sites.page_eras import PageEra
from crawler.sites.page_values import AddressPatterns, Texts
from crawler.sites.revisit_schedule import RevisitSchedule
from crawler.sites.structuring import plain, structured
from crawler.sites.values import (
    Categories,
    Count,
    Day,
    HostName,
    HostNames,
    Scheme,
    Seconds,
    SiteId,
    Switch,
    Terms,
    Text,
    TlsVersion,
)


@dataclass(frozen=True, slots=True)
class Politeness:
    """How the site wants to be visited. The defaults suit a small office's server.

    `retry_seconds` go by before a second attempt, three times as many before each further one.
    """

    delay_seconds: Seconds = 1.0
    concurrency: Count = 1
    autothrottle: Switch = True
    retry_seconds: Seconds = 5.0
    stop_after_failures: Count = 10


@dataclass(frozen=True, slots=True)
class SiteCouncil:
    """The council whose site it is: its rank (quận), its place, the years of its terms."""

    level: Text = ""
    place: Text = ""
    terms: Terms = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FurtherSources:
    """Where a site's articles are listed beside its pages: paths of feeds and of sitemaps.

    `lists` are files beside the description with an address a line.
    """

    feeds: Texts = ()
    sitemaps: Texts = ()
    lists: Texts = ()


@dataclass(frozen=True, slots=True)
class FollowRules:
    """Which articles are wanted of those that are found: by patterns of their addresses."""

    include: AddressPatterns = ()
    exclude: AddressPatterns = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One site. `categories` maps the paths of its HĐND listings to their labels.

    `eras` say how its pages look where `platform` does not.

    `page_requisites`: a crawl also takes style sheets, fonts and the pictures around the articles.

    `reached_at` is a `host:port` (plain HTTP) that stands in for the site's host during a crawl,
    such as a copy served on loopback; addresses in the archive stay those of the site.
    `tls_min_version` is the oldest version of TLS that its server may speak.
    """

    id: SiteId
    name: Text
    host: HostName
    scheme: Scheme = "https"
    tls_min_version: TlsVersion = "1.2"
    platform: Text = ""
    categories: Categories
    valid_from: Day | None = None
    valid_until: Day | None = None
    asset_hosts: HostNames = ()
    page_requisites: Switch = True
    politeness: Politeness = field(default_factory=Politeness)
    refresh: RevisitSchedule = field(default_factory=RevisitSchedule)
    council: SiteCouncil = field(default_factory=SiteCouncil)
    sources: FurtherSources = field(default_factory=FurtherSources)
    follow: FollowRules = field(default_factory=FollowRules)
    eras: tuple[PageEra, ...] = ()
    note: Text = ""
    reached_at: Text | None = None

    @property
    def ended(self) -> bool:
        """Whether the site, by its own description, is no longer there."""
        return self.valid_until is not None and self.valid_until < datetime.now(UTC).date()

    @property
    def base_url(self) -> str:
        """Where requests go: the host itself, or the plain HTTP of what stands in for it."""
        return f"http://{self.reached_at}" if self.reached_at else f"{self.scheme}://{self.host}"

    @property
    def hosts(self) -> tuple[str, ...]:
        """The `host` or `host:port` of every address that may be asked for."""
        own = (self.reached_at,) if self.reached_at else (self.host, f"www.{self.host}")
        return (*own, *self.asset_hosts)

    def describe(self) -> dict[str, Any]:
        """The whole description as plain values, as a `warcinfo` record keeps it."""
        return plain(self)

    @classmethod
    def from_description(cls, values: Mapping[str, Any]) -> "Site":
        """The site that `describe` described, whatever a later program added to it.

        Raises `cattrs.ClassValidationError` for values that no description has.
        """
        return structured(cls, values, extra_keys=True)
