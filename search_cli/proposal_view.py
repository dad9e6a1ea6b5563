"""How a proposed description, and what a description reads, are shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from search_cli.counts import count_of
from search_cli.safe_text import clean
from search_cli.words import _, in_figures, in_words, ngettext, stored, when

if TYPE_CHECKING:
    from archive.model import Article, Page
    from hdnd.views.description import Proposal, Rereading, TriedPage

_WIDTH = 72
_NAMES = 10
"""Columns for the name of a field, before a space."""
_MOST_OTHERWISE = 20


def proposal_lines(proposal: Proposal) -> Iterator[str]:
    """What is read of each page beside what the link to it says, and what is doubted."""
    if proposal.platform:
        yield _("Platform: {name}", name=proposal.platform)
    if proposal.listing is not None:
        yield ngettext(
            "Listing: {count} link is read of its first page.",
            "Listing: {count} links are read of its first page.",
            len(proposal.listing.links),
        )
    for read in proposal.articles:
        yield ""
        yield clean(read.url)
        yield _row(_("link says"), _cut(read.shown_as))
        yield from page_lines(read.page)
        yield from (_row(_("left over"), _cut(text)) for text in read.left_over)
    if proposal.untried:
        yield ""
        yield _("Nobody has yet tried these parts of the platform's description on a living host:")
        yield from (f"  - {clean(stored(text))}" for text in proposal.untried)
    if proposal.doubts:
        yield ""
        yield _("To be looked at:")
        yield from (f"  - {clean(in_words(doubt))}" for doubt in proposal.doubts)


def tried_lines(tried: TriedPage) -> Iterator[str]:
    """A page field by field, with what is left over."""
    yield clean(tried.url)
    yield from page_lines(tried.page)
    yield from (_row(_("left over"), _cut(text)) for text in tried.left_over)


def page_lines(page: Page) -> Iterator[str]:
    """What was read of a page."""
    if page.article is not None:
        yield from _article_lines(page.article)
    else:
        yield _row(_("is"), stored(page.kind.value))
    if page.kind.value == "listing":
        links = [link.url for link in page.links]
        yield _row(_("links"), in_figures(len(links)))
        yield from (_row("", clean(url)) for url in links[:3])
        following = [link.url for link in page.links if link.role.value == "listing"]
        yield _row(_("next page"), clean(following[-1]) if following else _("none"))
    if page.problem:
        yield _row(_("problem"), clean(stored(page.problem)))


def rereading_lines(again: Rereading) -> Iterator[str]:
    """How many captures would read otherwise, and which."""
    if not again.captures:
        return
    yield _("{some} of {all} would read otherwise", some=len(again.otherwise), all=again.captures)
    for one in again.otherwise[:_MOST_OTHERWISE]:
        before, now = in_words(one.before), in_words(one.now)
        change = _("{before}, now {now}", before=before, now=now)
        yield clean(f"  {one.captured_on}  {one.url}: {change}")
    if (more := len(again.otherwise) - _MOST_OTHERWISE) > 0:
        yield "  " + _("and {count} more", count=more)


def _article_lines(article: Article) -> Iterator[str]:
    at = article.published_at
    texts = [block.text for block in article.blocks if block.text and block.kind != "caption"]
    captions = [block.text for block in article.blocks if block.kind == "caption"]
    yield _row(_("title"), _cut(article.title))
    stamp = _cut(article.stamp, 40) if article.stamp else _("nothing")
    time = _("{time}   (of: {words})", time=when(at) if at else _("none"), words=stamp)
    yield _row(_("time"), time)
    yield _row(_("id"), article.asset_id or _("none: its whole address counts"))
    if article.lead:
        yield _row(_("lead"), _cut(article.lead))
    letters = sum(map(len, texts))
    size = f"{count_of(len(texts), 'block')}, {count_of(letters, 'letter')}"
    yield _row(_("body"), size)
    if texts:
        yield _row("  " + _("from"), _cut(texts[0]))
        yield _row("  " + _("to"), _cut(texts[-1]))
    pictures = sum(len(block.images) for block in article.blocks)
    yield _row(_("pictures"), in_figures(pictures))
    yield from (_row(_("caption"), _cut(text)) for text in captions)
    yield from (_row(_("file"), _cut(one.name)) for one in article.attachments)
    if article.views is not None:
        yield _row(_("views"), in_figures(article.views))


def _row(name: str, value: str) -> str:
    return f"  {name:<{_NAMES}} {value}"


def _cut(text: str, most: int = _WIDTH) -> str:
    line = " ".join(clean(text).split())
    return line if len(line) <= most else f"{line[: most - 1]}…"
