"""What a refresh looks at again, and what it knows already: drawn from the catalogue alone.

An article is looked at again when the time that its age allows has gone by since the last look
(`revisit_schedule`); every day after a look that did not find it, until it is known to be gone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from archive.catalogue.captures import capture_at, read_stored
from archive.catalogue.database import Catalogue
from archive.catalogue.queries import revisits
from archive.catalogue.queries.crawls import is_known
from archive.ground.urls import composed
from archive.model import Link, Role
from crawler.extraction.platforms import platform_of
from crawler.frontier.entries import Validator, known_key
from crawler.sites.canonical_urls import at_base, on_site
from crawler.sites.description import Site
from crawler.sites.revisit_schedule import DAY

SLACK = timedelta(hours=12)
"""What falls due within this time is due now: nights are not exactly a day apart."""

_AFTER_GONE = 7 * DAY


@dataclass(frozen=True, slots=True)
class DueRevisit:
    """Something to look at again; `late` is how long it has waited, in parts of its interval."""

    link: Link
    validator: Validator | None
    late: float


class RevisitPlan:
    """The plan of one site at one moment."""

    def __init__(self, catalogue: Catalogue, site: Site, now: datetime) -> None:
        self._catalogue = catalogue
        self._site = site
        self._now = now
        self._platform = platform_of(site, now.date())

    def knows_crawl(self, crawl: str) -> bool:
        """Whether a crawl left anything here; a frontier may outlive its archive."""
        return is_known(self._catalogue, crawl)

    def needs_sweep(self) -> bool:
        """Whether the listings were not walked to their ends for long enough."""
        last = revisits.last_sweep(self._catalogue, self._site.id)
        return last is None or last + self._site.refresh.sweep_days * DAY <= self._now + SLACK

    def known(self) -> Iterator[str]:
        """The keys of all that the archive holds of the site and that is not gone."""
        for known in revisits.urls_of_standing(self._catalogue, self._site.id):
            yield known_key(known.url)
            if asset := self._asset(known.article):
                yield f"asset {asset}"
        for url in revisits.urls_of_captured_files(self._catalogue, self._site.id):
            yield known_key(url)

    def due(self) -> list[DueRevisit]:
        """What to look at again now, what has waited longest first."""
        tries = self._last_tries()
        found = [*self._articles(tries), *self._files(tries)]
        return sorted(found, key=lambda due: (-due.late, due.link.url))

    def dropped(self, crawl: str) -> list[DueRevisit]:
        """The articles that the listings led to when they were last walked, and now do not.

        None while a listing cannot be read: it says nothing of what it does not show.
        """
        before = revisits.walk_before(self._catalogue, self._site.id, crawl)
        was = revisits.listed_in(self._catalogue, before) if before else None
        now = revisits.listed_in(self._catalogue, crawl)
        if not was or now is None:
            return []
        listed: dict[str, bool] = {}
        for known in revisits.urls_of_all(self._catalogue, self._site.id):
            if known.url in was:
                listed[known.article] = listed.get(known.article, False) or known.url in now
        return [
            self._due(article, 1.0)
            for article in revisits.articles(self._catalogue, self._site.id)
            if not article.is_gone and listed.get(article.id) is False
        ]

    def holds(self, link: Link) -> bool:
        """Whether a file is held whole."""
        return revisits.whole_file(self._catalogue, self._site.id, link.identity_url) is not None

    def validator_of(self, link: Link) -> Validator | None:
        """What the server said of a file when it last sent it."""
        seq = revisits.whole_file(self._catalogue, self._site.id, link.identity_url)
        return None if seq is None else self._validator(seq)

    def _articles(self, tries: dict[str, datetime]) -> Iterator[DueRevisit]:
        urls: dict[str, list[str]] = {}
        for known in revisits.urls_of_all(self._catalogue, self._site.id):
            urls.setdefault(known.article, []).append(known.url)
        for article in revisits.articles(self._catalogue, self._site.id):
            found = article.last_captured_at
            tried = max([found, *(tries[u] for u in urls.get(article.id, ()) if u in tries)])
            interval = self._interval(article, failed=tried > found)
            if tried + interval > self._now + SLACK:
                continue
            yield self._due(article, (self._now - tried) / interval)

    def _due(self, article: revisits.KnownArticle, late: float) -> DueRevisit:
        address = self._address(article.url, article.seq)
        link = Link(address, Role.ARTICLE, article.url, self._asset(article.id))
        return DueRevisit(link, self._validator(article.seq), late)

    def _interval(self, article: revisits.KnownArticle, *, failed: bool) -> timedelta:
        born = article.first_captured_at
        if article.published_at:
            born = min(born, article.published_at)
        interval = self._site.refresh.interval(max(self._now - born, timedelta()))
        if article.is_gone:
            return max(interval, min(_AFTER_GONE, self._site.refresh.longest_days * DAY))
        return DAY if failed else interval

    def _files(self, tries: dict[str, datetime]) -> Iterator[DueRevisit]:
        rarely = min(self._site.refresh.files_days, self._site.refresh.longest_days) * DAY
        for file in revisits.files(self._catalogue, self._site.id):
            tried = tries.get(file.url)
            if tried is None or tried + rarely > self._now + SLACK:
                continue
            yield DueRevisit(
                Link(self._address(file.url, file.whole), file.role, file.url),
                self._validator(file.whole) if file.whole else None,
                (self._now - tried) / rarely,
            )

    def _address(self, identity: str, seq: int | None) -> str:
        """Where to ask: the address by which it is known, in letters as capture `seq` had them."""
        if seq is not None and "%" in identity:
            asked = capture_at(self._catalogue, seq).url
            if composed(asked) != asked:
                return at_base(self._site, asked)
        return at_base(self._site, identity)

    def _last_tries(self) -> dict[str, datetime]:
        """When an address was last asked for, by its identity, whatever came."""
        looks = revisits.last_captures(self._catalogue, self._site.id)
        tries = {look.url: look.at for look in looks}
        for look in revisits.last_outcomes(self._catalogue, self._site.id):
            url = self._platform.identity(on_site(self._site, look.url))
            tries[url] = max(look.at, tries.get(url, look.at))
        return tries

    def _validator(self, seq: int) -> Validator | None:
        """What the response said that capture `seq` shows, if it is whole and not too old."""
        shown = revisits.shown_by(self._catalogue, seq)
        if shown.source or shown.truncated:
            return None
        if self._now - shown.captured_at > self._site.refresh.full_days * DAY:
            return None
        stored = read_stored(self._catalogue, shown)
        etag, modified = stored.header("ETag"), stored.header("Last-Modified")
        return Validator(etag, modified, shown.seq) if etag or modified else None

    def _asset(self, article: str) -> str | None:
        asset = article.removeprefix(f"{self._site.id}-")
        return asset if asset.isdecimal() else None
