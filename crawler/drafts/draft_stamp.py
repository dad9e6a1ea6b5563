"""Where an article's time of publication stands, and what else on the page only looks like it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta

from archive.ground.message import Message
from crawler.drafts.article_pages import ArticlePages
from crawler.drafts.seen_pages import SeenPage, TextPiece, ancestors
from crawler.drafts.selectors import paths_to
from crawler.extraction.written_moments import Moment, read_moment

OTHERWISE = "crawler.stamp-says-otherwise"
"""The doubt that a page's data say another time than is shown."""

_STRUCTURED = (
    "[itemprop=datePublished]::attr(content)",
    "[itemprop=datePublished]::attr(datetime)",
    "[itemprop=datePublished]",
    "json-ld: datePublished",
    "meta[property='article:published_time']::attr(content)",
    "meta[name=pubdate]::attr(content)",
    "meta[name='dc.date']::attr(content)",
    "meta[name='article:published_time']::attr(content)",
    "meta[name=date]::attr(content)",
    "time[datetime]::attr(datetime)",
    "[data-time]::attr(data-time)",
    "[data-date]::attr(data-date)",
    "time[title]::attr(title)",
    "abbr[title]::attr(title)",
)
_LONGEST = 160
_NOW = timedelta(minutes=20)
_UPDATED = re.compile(r"cập nhật|chỉnh sửa|sửa đổi|modified|updated", re.IGNORECASE)
_LABEL = re.compile(r"đăng|xuất bản|ngày|publish", re.IGNORECASE)
_NAMED = re.compile(r"date|time|ngay|stamp|publish|meta|post", re.IGNORECASE)


@dataclass
class StampDraft:
    """Places of the stamp, the likeliest first, and what is to be doubted of them."""

    sources: list[str] = field(default_factory=list)
    doubts: list[Message] = field(default_factory=list)
    order: str = "dmy"
    said: str = ""
    others: dict[str, str] = field(default_factory=dict)
    """Places that say another time, with what they say of the first page; `said` is taken."""


def draft_stamp(found: ArticlePages, title: str | None) -> StampDraft:
    """The places at which every article says a moment of its own."""
    draft = StampDraft()
    visible = _visible(found, title)
    structured = [s for s in _STRUCTURED if _is_right(found, s)]
    seen = found.moments(visible) if visible else []
    for source in structured:
        told = found.moments(source)
        if not seen or _agree(seen, told):
            draft.sources.append(source)
            break
        draft.doubts.append(Message(OTHERWISE, source=source, said=_said(told), shown=_said(seen)))
        draft.said, draft.others[source] = _said(seen), _said(told)
    if visible:
        clocks = all(m and m.has_clock for m in seen)
        draft.sources.insert(0 if clocks or not draft.sources else 1, visible)
        if not clocks and not draft.sources[1:]:
            draft.doubts.append(Message("crawler.stamp-without-clock"))
    if not draft.sources:
        draft.doubts.append(Message("crawler.no-stamp-found"))
    if seen and _is_month_first(found, visible or ""):
        draft.order = "mdy"
        draft.doubts.append(Message("crawler.stamp-month-first"))
    return draft


def _is_right(found: ArticlePages, source: str) -> bool:
    """Whether a source says a moment on each page, not the present one, and not always the same."""
    moments = found.moments(source)
    if not moments or not all(moments):
        return False
    told = [moment for moment in moments if moment is not None]
    if len({m.at for m in told}) == 1 and len(told) > 2:
        return False
    return not any(_is_now(page, m) for page, m in zip(found.pages, told, strict=True))


def _is_now(page: SeenPage, moment: Moment) -> bool:
    ahead = moment.at - page.at
    return ahead > timedelta(hours=1) or (moment.has_clock and abs(ahead) < _NOW)


def _visible(found: ArticlePages, title: str | None) -> str | None:
    """The selector of the shown stamp: the likeliest that fits every page."""
    if not found.pages:
        return None
    best: tuple[float, str] | None = None
    for page in found.pages[:2]:
        for worth, piece in _candidates(found, page, title):
            for node in list(ancestors(piece.node))[:3]:
                text = page.text_within(node)
                if len(text) > _LONGEST:
                    break
                whole = worth + (3 if _has_clock(text) and not _has_clock(piece.text) else 0)
                for selector in paths_to(node):
                    if best and whole <= best[0]:
                        break
                    if _is_right(found, selector) and _is_short(found, selector):
                        best = whole, selector
                        break
    return best[1] if best else None


def _has_clock(text: str) -> bool:
    moment = read_moment(text)
    return moment is not None and moment.has_clock


def _is_short(found: ArticlePages, selector: str) -> bool:
    return all(len(text) <= _LONGEST for text in found.values(selector))


def _candidates(
    found: ArticlePages, page: SeenPage, title: str | None
) -> list[tuple[float, TextPiece]]:
    """Texts of a page that say a moment, each with what speaks for it."""
    heading = page.first(title) if title else None
    heading_at = next(
        (p.order for p in page.pieces if heading and _is_within(p, heading.mem_id)), None
    )
    candidates = []
    for piece in page.pieces:
        if not any(map(str.isdecimal, piece.text)):
            continue
        text = _line(page, piece)
        moment = read_moment(text)
        if moment is None or piece.link is not None or len(text) > _LONGEST:
            continue
        named = " ".join(n.attributes.get("class") or "" for n in list(ancestors(piece.node))[:2])
        worth = 3.0 if moment.has_clock else 0.0
        worth += 1 if _NAMED.search(named) else 0
        worth += 0.5 if _LABEL.search(text) else 0
        worth -= 3 if _UPDATED.search(text) else 0
        worth -= len(text) / 100
        if heading_at is not None:
            distance = piece.order - heading_at
            worth += 3 - min(abs(distance), 20) / 5 if distance > -6 else -3
        candidates.append((worth, piece))
    return sorted(candidates, key=lambda one: -one[0])[:12]


def _line(page: SeenPage, piece: TextPiece) -> str:
    """The text of the small element around a piece, which may be cut by markup."""
    whole = page.text_within(piece.node)
    return whole if len(whole) <= _LONGEST else piece.text


def _is_within(piece: TextPiece, mem_id: int) -> bool:
    return any(node.mem_id == mem_id for node in ancestors(piece.node))


def _agree(one: list[Moment | None], other: list[Moment | None]) -> bool:
    def same(a: Moment | None, b: Moment | None) -> bool:
        if a is None or b is None:
            return False
        if a.has_clock and b.has_clock:
            return abs(a.at - b.at) < timedelta(minutes=1)
        return a.at.date() == b.at.date()

    return all(same(a, b) for a, b in zip(one, other, strict=True))


def _said(moments: list[Moment | None]) -> str:
    """The first moment, as the page says it."""
    first = next(m for m in moments if m)
    return f"{first.at:%d/%m/%Y %H:%M}"


def _is_month_first(found: ArticlePages, source: str) -> bool:
    """Whether a stamp has a day for a month: then the two stand the other way round."""
    dmy, mdy = found.moments(source), found.moments(source, "mdy")
    return any(m is None for m in dmy) and all(m is not None for m in mdy)
