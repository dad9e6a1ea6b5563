"""The articles that the portal shows, which may change while it runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, MutableMapping
from threading import RLock

from crawler.sample_portal.addresses import url_title
from crawler.sample_portal.articles import SampleArticle, check_ids
from crawler.sample_portal.layout import Layout


class Shelf(MutableMapping[int, SampleArticle]):
    """Articles by asset id, with the order of each listing and the URL title of each article.

    An article keeps the URL title that it got when it first came, whatever its title becomes.
    """

    def __init__(self, layout: Layout, articles: Iterable[SampleArticle]) -> None:
        self._layout = layout
        self._lock = RLock()
        self._articles: dict[int, SampleArticle] = {}
        self._slugs: dict[int, str] = {}
        self._ids: dict[str, int] = {}
        self._orders: dict[str, tuple[SampleArticle, ...]] = {}
        given = tuple(articles)
        check_ids(given)
        for article in given:
            self[article.asset_id] = article

    def __getitem__(self, asset_id: int) -> SampleArticle:
        return self._articles[asset_id]

    def __setitem__(self, asset_id: int, article: SampleArticle) -> None:
        if article.asset_id != asset_id:
            raise ValueError(f"{article.name}: {article.asset_id} at {asset_id}")
        self._layout.slugs(article)
        with self._lock:
            self._articles[asset_id] = article
            self._orders.clear()
            if asset_id not in self._slugs:
                slug = self._free_slug(url_title(article.title))
                self._slugs[asset_id] = slug
                self._ids[slug] = asset_id

    def __delitem__(self, asset_id: int) -> None:
        with self._lock:
            del self._articles[asset_id]
            self._orders.clear()

    def __iter__(self) -> Iterator[int]:
        return iter(tuple(self._articles))

    def __len__(self) -> int:
        return len(self._articles)

    def newest(self, category: str) -> tuple[SampleArticle, ...]:
        """The articles of a category, newest first, those without a date last."""
        with self._lock:
            if category not in self._orders:
                found = [one for one in self.values() if category in self._layout.slugs(one)]
                found.sort(key=_age)
                self._orders[category] = tuple(found)
            return self._orders[category]

    def slug(self, asset_id: int) -> str:
        """The URL title of an article that is or was here."""
        return self._slugs[asset_id]

    def with_slug(self, slug: str) -> SampleArticle | None:
        """The article of this URL title, or None."""
        return self.get(self._ids.get(slug, 0))

    def _free_slug(self, wanted: str) -> str:
        slug, suffix = wanted, 0
        while slug in self._ids:
            suffix += 1
            slug = f"{wanted}-{suffix}"
        return slug


def _age(article: SampleArticle) -> tuple[float, int]:
    moment = article.published_at.timestamp() if article.published_at else float("-inf")
    return -moment, -article.asset_id
