"""How a proposed description, and what a description reads, are shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from search_cli.safe_text import clean
from search_cli.words import in_words, stored

if TYPE_CHECKING:
    from archive.model import Article, Page
    from hdnd.views.description import Proposal, Rereading, TriedPage

_WIDTH = 72
_MOST_OTHERWISE = 20


def proposal_lines(proposal: Proposal) -> Iterator[str]:
    """What is read of each page beside what the link to it says, and what is doubted."""
    if proposal.platform:
        yield f"Platform: {proposal.platform}"
    if proposal.listing is not None:
        yield f"Listing: {len(proposal.listing.links)} links are read of its first page."
    for read in proposal.articles:
        yield ""
        yield clean(read.url)
        yield f"  link says  {_cut(read.shown_as)}"
        yield from page_lines(read.page)
        yield from (f"  left over  {_cut(text)}" for text in read.left_over)
    if proposal.untried:
        yield "\nNobody has yet tried these parts of the platform's description on a living host:"
        yield from (f"  - {clean(stored(text))}" for text in proposal.untried)
    if proposal.doubts:
        yield "\nTo be looked at:"
        yield from (f"  - {clean(in_words(doubt))}" for doubt in proposal.doubts)


def tried_lines(tried: TriedPage) -> Iterator[str]:
    """A page field by field, with what is left over."""
    yield clean(tried.url)
    yield from page_lines(tried.page)
    yield from (f"  left over  {_cut(text)}" for text in tried.left_over)


def page_lines(page: Page) -> Iterator[str]:
    """What was read of a page."""
    if page.article is not None:
        yield from _article_lines(page.article)
    else:
        yield f"  is         {stored(page.kind.value)}"
    if page.kind.value == "listing":
        links = [link.url for link in page.links]
        yield f"  links      {len(links)}"
        yield from (f"             {clean(url)}" for url in links[:3])
        following = [link.url for link in page.links if link.role.value == "listing"]
        yield f"  next page  {clean(following[-1]) if following else 'none'}"
    if page.problem:
        yield f"  problem    {clean(stored(page.problem))}"


def rereading_lines(again: Rereading) -> Iterator[str]:
    """How many captures would read otherwise, and which."""
    if not again.captures:
        return
    yield f"{len(again.otherwise):,} of {again.captures:,} would read otherwise"
    for one in again.otherwise[:_MOST_OTHERWISE]:
        yield clean(
            f"  {one.captured_on}  {one.url}: {in_words(one.before)}, now {in_words(one.now)}"
        )
    if (more := len(again.otherwise) - _MOST_OTHERWISE) > 0:
        yield f"  and {more:,} more"


def _article_lines(article: Article) -> Iterator[str]:
    at = article.published_at
    texts = [block.text for block in article.blocks if block.text and block.kind != "caption"]
    captions = [block.text for block in article.blocks if block.kind == "caption"]
    yield f"  title      {_cut(article.title)}"
    when = f"{at:%d/%m/%Y %H:%M}" if at else "none"
    yield f"  time       {when}   (of: {_cut(article.stamp or 'nothing', 40)})"
    yield f"  id         {article.asset_id or 'none: its whole address counts'}"
    if article.lead:
        yield f"  lead       {_cut(article.lead)}"
    yield f"  text       {len(texts)} blocks, {sum(map(len, texts)):,} letters"
    if texts:
        yield f"    from     {_cut(texts[0])}"
        yield f"    to       {_cut(texts[-1])}"
    pictures = sum(len(block.images) for block in article.blocks)
    yield f"  pictures   {pictures}"
    yield from (f"  caption    {_cut(text)}" for text in captions)
    yield from (f"  file       {_cut(one.name)}" for one in article.attachments)
    if article.views is not None:
        yield f"  views      {article.views:,}"


def _cut(text: str, most: int = _WIDTH) -> str:
    line = " ".join(clean(text).split())
    return line if len(line) <= most else f"{line[: most - 1]}…"
