"""A redesign, noticed in the run that meets it: pages that the site's description no longer reads.

Such pages differ from each other, as articles do, and each has a name of its own; a notice that
stands in for all of them (`uniformity_probe`) has not. Nothing is concluded from them: no version,
no absence.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser

from archive.catalogue.version_identity import plain
from archive.ground.message import Message
from archive.model import Article, Capture, Page, PageKind, Role
from archive.run import RunWriter
from crawler.extraction.page_limits import TooMuch, check_markup
from crawler.extraction.word_pairs import keeps, words_of_article
from crawler.sessions.stop_policy import StopPolicy, StopReason

REASON = "its site's description does not read it any more"

ENOUGH = 5
"""Pages of the last ten that are not as they were, each of its own name, which are a redesign."""

_WORD = re.compile(r"[^\W_]+")
_LAST = 2 * ENOUGH
_AT_THE_END = 2


@dataclass(frozen=True, slots=True)
class _Unfit:
    """A page that is not read as one of its site's, and what it calls itself."""

    capture: Capture
    name: str


@dataclass(slots=True)
class LayoutWatch:
    """What of a run's pages the description reads; a run in which it does not any more is ended.

    `text` gives the HTML of a capture, `before` what stood of the article that it shows until then,
    `known` the title of the article at an address; `reopen` has addresses asked for again.
    `by_selectors`: a site's own description says where a text is, so that a redesign may put
    something of the frame into it; a platform's code knows what an editor wrote.
    """

    run: RunWriter
    stop_policy: StopPolicy
    text: Callable[[Capture], str]
    before: Callable[[Capture], Article | None]
    known: Callable[[str], str | None]
    reopen: Callable[[list[str]], None]
    by_selectors: bool
    _last: deque[_Unfit | None] = field(default_factory=lambda: deque(maxlen=_LAST))
    _added: dict[str, list[Capture]] = field(default_factory=dict)

    def weigh(self, capture: Capture, page: Page) -> None:
        """Take a settled answer into account."""
        if capture.role not in (Role.ARTICLE, Role.LISTING) or capture.status != 200:
            return
        before = self.before(capture) if page.article is not None else None
        if self.by_selectors and page.article is not None and before is not None:
            self._compare(capture, before, page.article)
        if not _is_unfit(capture, page, before):
            if page.kind in (PageKind.ARTICLE, PageKind.LISTING):
                self._last.append(None)
            return
        self._last.append(_Unfit(capture, self._name(capture, page)))
        unfit = self._unfit()
        if len(unfit) >= ENOUGH and _are_different(unfit):
            self._end([one.capture for one in unfit])

    def conclude(self) -> None:
        """Nothing more comes: few pages are enough where none was read since the first of them."""
        unfit = self._unfit()
        first = next((n for n, one in enumerate(self._last) if one), len(self._last))
        read_since = None in list(self._last)[first:]
        if len(unfit) >= _AT_THE_END and not read_since and _are_different(unfit):
            self._end([one.capture for one in unfit])
        elif here := [one.capture for one in unfit if self._is_still_there(one)]:
            self.run.doubt(here, REASON)

    def _compare(self, capture: Capture, before: Article, article: Article) -> None:
        """Remember what an article has beside what it had; the same in many is of the frame."""
        if not keeps(words_of_article(before), words_of_article(article)):
            return
        for text in _texts(article) - _texts(before):
            captures = self._added.setdefault(text, [])
            captures.append(capture)
            if len(captures) >= ENOUGH:
                self._end(captures)
                return

    def _unfit(self) -> list[_Unfit]:
        return [one for one in self._last if one is not None]

    def _name(self, capture: Capture, page: Page) -> str:
        """What a page calls itself, by its heading and its head."""
        tree = self._tree(capture)
        nodes = (tree.css_first(name) for name in ("title", "h1", "h2"))
        return " ".join(" ".join((node.text() or "").split()) for node in nodes if node is not None)

    def _is_still_there(self, unfit: _Unfit) -> bool:
        """Whether a page that cannot be read shows the title of the article that was there."""
        title = self.known(unfit.capture.url)
        return bool(title) and " ".join((title or "").split()) in " ".join(
            (self._tree(unfit.capture).text() or "").split()
        )

    def _tree(self, capture: Capture) -> LexborHTMLParser:
        """A page as far as pages are parsed; nothing of one that is too much."""
        html = self.text(capture)
        try:
            check_markup(html)
        except TooMuch:
            html = ""
        return LexborHTMLParser(html)

    def _end(self, captures: list[Capture]) -> None:
        since = min(capture.captured_at for capture in captures)
        self._last.clear()
        self._added.clear()
        self.run.doubt(captures, REASON)
        self.reopen([capture.url for capture in captures])
        self.stop_policy.end(
            StopReason.LAYOUT,
            Message("crawler.pages-not-as-described", since=since, count=len(captures)),
        )


def _is_unfit(capture: Capture, page: Page, before: Article | None) -> bool:
    """Whether a page cannot be read, or reads as what no editor makes of an article."""
    if page.kind is PageKind.UNREADABLE:
        return (capture.media_type or "").endswith(("html", "xhtml+xml"))
    if page.article is None or before is None:
        return False
    moved = before.published_at is not None and before.published_at != page.article.published_at
    return moved and not keeps(words_of_article(before), words_of_article(page.article))


def _texts(article: Article) -> set[str]:
    return {plain(block.text) for block in article.blocks if block.text}


def _are_different(unfit: list[_Unfit]) -> bool:
    """Whether nearly all pages have a name of their own: other words, not other numbers."""
    names: list[set[str]] = []
    for one in unfit:
        words = {word for word in _WORD.findall(one.name.lower()) if word.isalpha()}
        if words and not any(_are_alike(words, other) for other in names):
            names.append(words)
    return 5 * len(names) >= 4 * len(unfit)


def _are_alike(one: set[str], other: set[str]) -> bool:
    return 10 * len(one & other) > 8 * max(len(one), len(other))
