"""The articles that were looked at, side by side: what of their texts is each one's own."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

from crawler.drafts.seen_pages import SeenPage, TextPiece, ancestors
from crawler.drafts.selectors import names_of, selector_of
from crawler.extraction.node_texts import PagePlaces
from crawler.extraction.platforms.described_article import moment_at
from crawler.extraction.written_moments import Moment, read_moment
from crawler.sites.canonical_urls import absolute

_CUT = re.compile(r"\s*(\.{3,}|…)\s*$")


@dataclass
class ArticlePages:
    """Pages of articles of one site, with the other pages that were looked at.

    `is_article` tells by an address whether an article is there.
    """

    pages: Sequence[SeenPage]
    others: Sequence[SeenPage]
    is_article: Callable[[str], bool]
    titles: dict[str, str] = field(default_factory=dict)

    @cached_property
    def repeated(self) -> set[str]:
        """Texts on most articles' pages, or on every other page: no article's own."""
        counted = Counter(t for page in self.pages for t in {p.text for p in page.pieces})
        least = max(2, len(self.pages) // 2 + 1)
        often = {text for text, number in counted.items() if number >= least}
        sets = [{p.text for p in page.pieces} for page in self.others]
        everywhere = set.intersection(*sets) if len(sets) > 1 else set()
        own = {title.lower() for title in self.titles.values()}
        return {text for text in often | everywhere if text.lower() not in own}

    def is_own(self, page: SeenPage, piece: TextPiece) -> bool:
        """Whether a piece of text may be of the article: no other page's, no link to an article."""
        return piece.text not in self.repeated and not self.leads_on(page, piece)

    def leads_on(self, page: SeenPage, piece: TextPiece) -> bool:
        """Whether a piece of text is a link to another article."""
        if piece.link is None:
            return False
        url = absolute(page.url, piece.link.attributes.get("href") or "")
        return bool(url) and url != page.url and self.is_article(url or "")

    def values(self, source: str) -> list[str]:
        """What a source gives on each page, empty where it gives nothing."""
        found = [PagePlaces(page.tree).first((source,)) for page in self.pages]
        return [one.text if one else "" for one in found]

    def moments(self, source: str, order: str = "dmy") -> list[Moment | None]:
        """The moment that a source says on each page, None where it says none."""
        found = [PagePlaces(page.tree).first((source,)) for page in self.pages]
        return [moment_at(one, order) if one else None for one in found]

    def find_title(self) -> str | None:
        """The selector of the title, with what each page is called by it in `titles`."""
        wanted = [(page, self._title_node(page)) for page in self.pages]
        found = [(page, node) for page, node in wanted if node is not None]
        selector = selector_of([(page.tree, node) for page, node in found]) if found else None
        if selector is None:
            headings = ("h1", "[itemprop=headline]", ".title", "h2")
            selector = next((one for one in headings if all(self.values(one))), None)
        if selector is not None:
            self.titles = dict(
                zip((page.url for page in self.pages), self.values(selector), strict=True)
            )
        return selector

    def _title_node(self, page: SeenPage) -> LexborNode | None:
        """The element that says what the link to the page said, the likeliest of them."""
        told = [text.lower() for text in (page.shown_as, *_told_titles(page)) if text]
        best: tuple[int, LexborNode] | None = None
        for node in page.tree.css("h1, h2, h3, h4, div, span, p, strong, b, td, header, a, font"):
            if (
                node.tag == "a"
                and absolute(page.url, node.attributes.get("href") or "") != page.url
            ):
                continue
            if len(node.text() or "") > 600:
                continue
            text = page.text_within(node).lower()
            rank = next((n for n, one in enumerate(told) if _is_same(text, one)), None)
            if (
                rank is None
                or len(text) < 4
                or any(n.tag in ("nav", "li") for n in ancestors(node))
            ):
                continue
            worth = _worth_of_title(node) - 2 * rank + (4 if text == told[rank] else 0)
            if best is None or worth > best[0]:
                best = worth, node
        return best[1] if best else None

    def weigh(self, worth: Callable[[SeenPage, TextPiece], float]) -> dict[str, float]:
        """Selectors of elements by how much of the pages' text they hold, 1 at most for each page.

        `worth` says what a piece of text adds, or takes away. The first element that a selector
        finds counts; one that a page lacks counts nothing there.
        """
        total: dict[str, float] = defaultdict(float)
        for page in self.pages:
            sums: dict[int, float] = defaultdict(float)
            nodes: dict[int, LexborNode] = {}
            for piece in page.pieces:
                added = worth(page, piece)
                for node in ancestors(piece.node) if added else ():
                    sums[node.mem_id] += added
                    nodes[node.mem_id] = node
            most = max(sums.values(), default=0.0)
            if most <= 0:
                continue
            for name in {
                name for key, node in nodes.items() if sums[key] > 0 for name in names_of(node)
            }:
                first = page.tree.css_first(name)
                if first is not None:
                    total[name] += sums.get(first.mem_id, 0.0) / most
        return total


def _told_titles(page: SeenPage) -> list[str]:
    """What the head of a page calls it."""
    places = PagePlaces(page.tree)
    sources = ("json-ld: headline", "meta[property='og:title']::attr(content)", "title")
    found = [one.text for source in sources if (one := places.first((source,)))]
    return [*found, *(text.rpartition(sign)[0] for text in found for sign in (" - ", " | "))]


def _is_same(text: str, told: str) -> bool:
    """Whether a text is what was told, which may be cut short."""
    begin = _CUT.sub("", told)
    is_cut = begin != told and len(begin) > 20 and len(text) < 4 * len(begin)
    is_part = len(text) > 20 and len(told) > len(text) + 10 and text in told
    dated = text.startswith(told) and len(text) < len(told) + 40 and read_moment(text[len(told) :])
    return text == told or is_part or bool(dated) or (is_cut and text.startswith(begin))


def _worth_of_title(node: LexborNode) -> int:
    named = f"{node.attributes.get('class') or ''} {node.attributes.get('itemprop') or ''}".lower()
    worth = {"h1": 6, "h2": 4, "h3": 3}.get(node.tag or "", 0)
    worth += 4 if "headline" in named else 2 if re.search("title|tieu-?de", named) else 0
    worth += 1 if next(names_of(node), None) else 0
    return worth - (3 if "breadcrumb" in named else 0)


def path_of(url: str) -> str:
    """The path and query of an address."""
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
