"""Answers that look alike where they should differ: a maintenance page, a login page.

A notice may have a number or a time in it, stand under the title of the article that was asked for,
come in two languages or take turns with another; it may leave the title, the lead and the first
paragraph, or leave nothing at all in the place of the rest. So what came into the bodies is
compared where most of a body went, by its pairs of neighbouring words, without digits and without
the title, and in any order of coming. Three sorts of answers are told apart: an article that was
known and has *become* another text, an article that is new, and a page that is none.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum

from archive.catalogue.absence import leads_to_login
from archive.catalogue.version_identity import content_digest, plain
from archive.model import Article, Capture, Page, PageKind, Role
from crawler.extraction.word_pairs import (
    Words,
    are_alike,
    holds_text,
    keeps,
    share_a_text,
    words_of_article,
    words_of_body,
    words_of_page,
)

MANY = 5
"""Answers of the last ten of a sort, to different addresses, that are too many to be alike."""

TOO_MANY = 4 * MANY
"""Pages of the last forty that look alike, however well the site seems."""

REASON = "it looks like every other answer of its run"

_LAST = 2 * TOO_MANY
_AT_THE_END = 3
_LOOKS = 2
"""Notices that may take turns."""

_TO_A_LOGIN = "to a login"
_MOVING = re.compile(
    r"\d{1,2}[:h]\d{2}(:\d{2})?(\s*(AM|PM|SA|CH)\b)?"
    r"|\d+(?=\s*(phút|giờ|giây|minutes?|hours?|seconds?|%))",
    re.IGNORECASE,
)
"""What a notice counts: a time of the clock, how long it may last."""


class Verdict(Enum):
    """What is to be thought of a run.

    `ASK`: pages that are no articles look alike; if a listing can still be read, they are that.
    """

    FINE = "fine"
    ASK = "ask"
    SUSPECT = "suspect"


@dataclass(eq=False, slots=True)
class _Look:
    """What answers that look alike look like: by their words, or exactly.

    `lost` are the words in whose place they came, where the beginning of a text is still there.
    """

    words: Words | None
    exactly: str = ""
    lost: Words = frozenset()
    urls: set[str] = field(default_factory=set)
    is_cleared: bool = False

    def fits(self, other: _Look, are_alike: Callable[[Words, Words], bool]) -> bool:
        if self.words is None or other.words is None:
            return self.words is other.words and self.exactly == other.exactly
        if self.lost and other.lost and share_a_text(self.lost, other.lost):
            return False  # what stood below all of them was replaced, and no text of theirs
        return are_alike(self.words, other.words)


@dataclass(slots=True)
class _Row:
    """The last answers of one sort; None is one that is like itself."""

    are_alike: Callable[[Words, Words], bool] = are_alike
    last: deque[_Look | None] = field(default_factory=lambda: deque(maxlen=_LAST))

    def add(self, one: _Look, url: str) -> _Look:
        """Take in an answer that should not be alike to others; an address counts once."""
        known = (other for other in dict.fromkeys(reversed(self.last)) if other is not None)
        look = next((other for other in known if other.fits(one, self.are_alike)), one)
        if url not in look.urls:
            look.urls.add(url)
            self.last.append(look)
        return look

    def alike(self, number: int, among: int) -> list[_Look]:
        """The looks that at least `number` of the last answers have, if it is so many."""
        counted = Counter(one for one in list(self.last)[-among:] if one is not None)
        looks = [(one, n) for one, n in counted.most_common(_LOOKS) if n > 1]
        return [one for one, _ in looks] if sum(n for _, n in looks) >= number else []


@dataclass(frozen=True, slots=True)
class _Odd:
    """An answer that is not what was asked for, or not what it was."""

    capture: Capture
    look: _Look
    is_page: bool = False

    @property
    def is_strange(self) -> bool:
        """Whether it may be part of what others show; a redirect to another page is not."""
        return self.look.words is not None or self.look.exactly == _TO_A_LOGIN


@dataclass(slots=True)
class UniformResponses:
    """What a crawl's answers look like. `notices` are texts that earlier runs came to doubt."""

    notices: Sequence[Words] = ()
    articles: int = 0
    _became: _Row = field(default_factory=lambda: _Row(share_a_text))
    _new: _Row = field(default_factory=_Row)
    _pages: _Row = field(default_factory=_Row)
    _odd: list[_Odd] = field(default_factory=list)
    _fresh: deque[tuple[_Odd, Words]] = field(default_factory=lambda: deque(maxlen=_LAST))
    _suspected: dict[_Look, None] = field(default_factory=dict)
    _told: set[int] = field(default_factory=set)
    _unchanged: int = 0
    _changed: int = 0
    _readable: int = 0

    def saw(
        self,
        capture: Capture,
        page: Page,
        *,
        before: Callable[[], Article | None],
        text: Callable[[], str],
    ) -> Verdict:
        """Take an answer into account.

        `before` gives what stood of the article until then, `text` the page's HTML.
        """
        if capture.role not in (Role.ARTICLE, Role.LISTING):
            return Verdict.FINE
        if page.article:
            return self._saw_article(capture, page, page.article, before())
        if page.kind is PageKind.REDIRECT and page.links:
            target = page.links[0]
            to = _TO_A_LOGIN if leads_to_login(target.url) else f"to {target.identity_url}"
            return self._saw_page(capture, page, None, to)
        if page.kind is PageKind.UNREADABLE:
            return self._saw_page(capture, page, words_of_page(text()), "")
        if page.kind is PageKind.LISTING:
            self._readable += 1
            self._clear()
        if page.kind in (PageKind.LISTING, PageKind.SOFT_404):
            self._pages.last.append(None)
        return Verdict.FINE

    def _saw_article(
        self, capture: Capture, page: Page, article: Article, before: Article | None
    ) -> Verdict:
        self.articles += 1
        self._readable += 1
        self._pages.last.append(None)
        if before is None:
            return self._saw_new(capture, page, article)
        if content_digest(before) == content_digest(article):
            self._unchanged += 1
            return Verdict.FINE
        self._changed += 1
        words_of = words_of_body if words_of_body(before) else words_of_article
        old, new = words_of(before), words_of(article)
        came = new - old
        if keeps(old, new) or (new and not came):
            self._became.last.append(None)
            return Verdict.FINE
        is_part = 2 * len(new - came) >= len(new) > 0
        look = self._became.add(
            _Look(came, lost=old - new if is_part else frozenset()), page.identity_url
        )
        self._odd.append(_Odd(capture, look))
        self._suspect(self._became.alike(MANY, 2 * MANY))
        return self._verdict(look)

    def _saw_new(self, capture: Capture, page: Page, article: Article) -> Verdict:
        words = words_of_body(article)
        look = self._new.add(_Look(None, _exactly(article)), page.identity_url)
        self._fresh.append((_Odd(capture, look), words))
        self._suspect(self._new.alike(MANY, 2 * MANY))
        return Verdict.SUSPECT if self._is_suspect(look, words) else Verdict.FINE

    def _saw_page(self, capture: Capture, page: Page, words: Words | None, to: str) -> Verdict:
        look = self._pages.add(_Look(words, to), page.identity_url)
        self._odd.append(_Odd(capture, look, is_page=True))
        verdict = self._verdict(look)
        if verdict is Verdict.FINE and self._pages.alike(MANY, 2 * MANY):
            return Verdict.ASK
        return verdict

    def _verdict(self, look: _Look) -> Verdict:
        if any(_is_of(look.words, notice) for notice in self.notices):
            self._suspect([look])
        return Verdict.SUSPECT if self._suspected else Verdict.FINE

    def _clear(self) -> None:
        """A listing can be read: that so many pages look alike may be the site's way."""
        for look in self._pages.alike(MANY, 2 * MANY):
            look.is_cleared = True

    def are_cleared(self) -> bool:
        """Whether a listing could be read since pages began to look alike as they do."""
        return all(look.is_cleared for look in self._pages.alike(MANY, 2 * MANY))

    def are_too_many(self) -> bool:
        """Whether more pages look alike than on any site that is well; they are suspect then."""
        looks = self._pages.alike(TOO_MANY, _LAST)
        self._suspect(looks)
        return bool(looks)

    def suspect_pages(self) -> None:
        """Take the pages that look alike of late for a notice, since no listing can be read."""
        alike = [one for one in self._pages.alike(2, 2 * MANY) if not one.is_cleared]
        self._suspect(alike or [one for one in self._pages.last if one][-1:])

    def at_end(self) -> Verdict:
        """What is to be thought if nothing more comes, where there was little to compare."""
        shared = [odd for odd in self._odd if len(odd.look.urls) > 1]
        became = [odd.look for odd in shared if not odd.is_page]
        if len(became) >= 2 and (
            len(became) == self._changed + self._unchanged
            or (len(became) >= _AT_THE_END and 2 * len(became) > self._changed)
        ):
            self._suspect(became)
        self._suspect(one for one in self._new.last if one and 2 <= len(one.urls) == self.articles)
        if not self._readable and any(odd.capture.role is Role.LISTING for odd in shared):
            self._suspect(odd.look for odd in shared)
        return Verdict.SUSPECT if self._suspected else Verdict.FINE

    def suspects(self) -> list[Capture]:
        """The captures that are not what they seem and were not told yet.

        From the first that looks like others on, all that is odd counts as part of it.
        """
        seen = [*((odd, odd.look.words) for odd in self._odd), *self._fresh]
        alike = [odd.capture for odd, words in seen if self._is_suspect(odd.look, words)]
        first = min((capture.seq for capture in alike), default=1 << 62)
        others = [one.capture for one in self._odd if one.is_strange and one.capture.seq > first]
        found = {capture.seq: capture for capture in (*alike, *others)}
        untold = [found[seq] for seq in sorted(found.keys() - self._told)]
        self._told |= found.keys()
        return untold

    @property
    def number(self) -> int:
        """How many captures were told to be suspect."""
        return len(self._told)

    def _is_suspect(self, look: _Look, words: Words | None) -> bool:
        notices = (one.words for one in self._suspected)
        return look in self._suspected or any(
            holds_text(words, notice)
            for notice in notices
            if words is not None and notice is not None
        )

    def _suspect(self, looks: Iterable[_Look]) -> None:
        self._suspected |= dict.fromkeys(looks)


def _is_of(one: Words | None, other: Words | None) -> bool:
    return are_alike(one, other) if one and other else False


def _exactly(article: Article) -> str:
    """An article whatever its address, its number and what a notice counts."""
    files = [one.url for one in article.attachments] + [
        url for block in article.blocks for url in block.images
    ]
    texts = [article.title, article.lead or "", *(block.text for block in article.blocks), *files]
    return "\n".join(_MOVING.sub("", plain(text)) for text in texts)
