"""Answers that look alike where they should differ: a maintenance page, a login page."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from urllib.parse import urlsplit

from archive.catalogue.version_identity import plain
from archive.model import Article, Capture, Page, PageKind, Role

MANY = 5
"""Answers in a row, to different addresses, that are too many to be alike by chance."""

REASON = "it looks like every other answer of its run"

_ARTICLE = "article"
_LOGIN = re.compile(r"log-?in|sign-?in|dang-?nhap", re.IGNORECASE)
_MARKUP = re.compile(r"<(script|style)\b.*?</\1\s*>|<[^>]*>", re.IGNORECASE | re.DOTALL)
_DIGITS = re.compile(r"\d+")
_LONG_ENOUGH = 64 << 10


class Verdict(Enum):
    """What is to be thought of a run.

    `ASK`: pages that are no articles look alike; if a listing can still be read, they are that.
    """

    FINE = "fine"
    ASK = "ask"
    SUSPECT = "suspect"


@dataclass(slots=True)
class UniformResponses:
    """The last answers of a run that look alike, as far back as they do."""

    captures: list[Capture] = field(default_factory=list)
    _urls: set[str] = field(default_factory=set)
    look: str = ""
    articles: int = 0
    _suspected: str | None = None

    def saw(self, capture: Capture, page: Page, text: Callable[[], str]) -> Verdict:
        """Take an answer into account; `text` gives the page's HTML if it is needed."""
        if page.kind is PageKind.LISTING and not self.look.startswith(_ARTICLE):
            self.forget()
        look = _look_of(capture, page, text)
        if look is None:
            return Verdict.FINE
        if look == self._suspected:
            self.captures = [capture]
            return Verdict.SUSPECT
        self.articles += page.kind is PageKind.ARTICLE
        if look != self.look:
            self.forget()
            self.look = look
        if page.identity_url not in self._urls:
            self._urls.add(page.identity_url)
            self.captures.append(capture)
        if len(self.captures) < MANY:
            return Verdict.FINE
        return Verdict.SUSPECT if page.kind is PageKind.ARTICLE else Verdict.ASK

    def at_end(self) -> Verdict:
        """What is to be thought if nothing more comes: two articles that are all there was."""
        if 2 <= self.articles == len(self.captures) and self.look.startswith(_ARTICLE):
            return Verdict.SUSPECT
        return Verdict.FINE

    def suspect(self) -> None:
        """Take whatever looks like this from now on for the same."""
        self._suspected = self.look or self._suspected
        self.forget()

    def forget(self) -> None:
        """Begin anew."""
        self.captures, self._urls, self.look = [], set(), ""


def _look_of(capture: Capture, page: Page, text: Callable[[], str]) -> str | None:
    """What an answer looks like, None for one that says nothing in this matter."""
    if capture.role not in (Role.ARTICLE, Role.LISTING):
        return None
    if page.article:
        return f"{_ARTICLE} {_article_look(page.article)}"
    if page.kind is PageKind.REDIRECT and page.links:
        target = page.links[0]
        login = _LOGIN.search(urlsplit(target.url).path)
        return "to a login" if login else f"to {target.identity_url}"
    if page.kind is PageKind.UNREADABLE:
        visible = _MARKUP.sub(" ", text()[:_LONG_ENOUGH])
        return f"page {_digest(_DIGITS.sub('', plain(visible)))}"
    return None


def _article_look(article: Article) -> str:
    """A digest of an article's words, whatever its address, number and date."""
    texts = [article.title, article.lead or "", *(block.text for block in article.blocks)]
    return _digest("\n".join(plain(text) for text in texts))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", errors="replace")).hexdigest()
