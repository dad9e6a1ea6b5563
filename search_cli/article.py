"""One article with all that is known of it, as a person reads it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import click

from archive.model import ArticleRecord, Block
from hdnd.views.article import StoredPart, files_of
from search_cli.counts import count_of
from search_cli.render import View
from search_cli.safe_text import clean
from search_cli.terminal import Highlighting, lines
from search_cli.words import _, in_figures, local, stored, when, zone

_PREFIXES = {"list-item": "• "}


def article_lines(record: ArticleRecord, view: View, query: str = "") -> Iterator[str]:
    """The article as a person reads it: title, facts, text, attachments.

    Where the words of `query` stand in title, lead and text is marked.
    """
    article = record.article
    yield from _marked(article.title, query, view, bold=True)
    facts = list(_facts(record))
    width = max(len(name) for name, _value in facts) + 1
    for name, value in facts:
        yield _dim(f"{name:<{width}}", view) + clean(value)
    if article.lead:
        yield ""
        yield from _marked(article.lead, query, view, bold=True)
    files = {file.url: file for file in files_of(article)}
    for block in article.blocks:
        yield ""
        yield from _block_lines(block, view, query, files)
    if article.attachments:
        yield ""
        yield _("Attachments:")
        for file in files.values():
            if file.name is not None:
                yield f"  {file.number}. {clean(file.name)}  {clean(file.url)}"


def _marked(text: str, query: str, view: View, *, bold: bool, prefix: str = "") -> Iterator[str]:
    """The lines of a paragraph; what is marked may go on over a line break within it."""
    spans: tuple[tuple[int, int], ...] = ()
    if query:
        from hdnd.usecases.search import highlight

        spans = highlight(text.replace("\n", " "), query)
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        here = [
            (max(a, start) - start + len(prefix), min(b, end) - start + len(prefix))
            for a, b in spans
            if a < end and start < b
        ]
        if line:
            yield from lines(
                prefix + line, here, highlighting=view.highlighting, width=view.width, bold=bold
            )
        start = end + 1


def _some_time(stated: str | None) -> str:
    """A date that its record states no more exactly."""
    return _("some time in {stated}", stated=stated) if stated else ""


def _facts(record: ArticleRecord) -> Iterator[tuple[str, str]]:
    published = record.article.published_at
    yield _("Published"), when(published) if published else _("no date")
    if record.views is not None:
        yield _("Views"), in_figures(record.views)
    if record.categories:
        yield _("Category"), ", ".join(record.categories)
    if record.poster:
        yield _("Posted by"), record.poster
    yield _("Site"), record.site
    yield _("Id"), record.id
    for url in record.urls:
        yield "URL", url
    first = _some_time(record.first_captured_in) or local(record.first_captured_at)
    last = _some_time(record.last_captured_in) or local(record.last_captured_at)
    span = first if first == last else _("{first} to {last}", first=first, last=last)
    by_the_clock = not record.last_captured_in or not record.first_captured_in
    where = f" {zone(record.last_captured_at)}" if by_the_clock else ""
    yield _("Captured"), f"{span}{where} ({count_of(record.captures, 'capture')})"
    if record.gone_since:
        yield _("Gone"), _("from the site since {at}", at=record.gone_since)
    if record.problem:
        yield _("Not whole"), stored(record.problem)
    yield _("Version"), f"{record.version[:12]} ({count_of(record.versions, 'version')})"


def _block_lines(
    block: Block, view: View, query: str, files: Mapping[str, StoredPart]
) -> Iterator[str]:
    prefix = _PREFIXES.get(block.kind, "")
    bold = block.kind == "heading"
    yield from _marked(block.text, query, view, bold=bold, prefix=prefix)
    for url in block.images:
        shown = _("[picture {number}]", number=files[url].number)
        yield _dim(f"{shown} {clean(url)}", view)


def _dim(text: str, view: View) -> str:
    return click.style(text, dim=True) if view.highlighting is Highlighting.COLOUR else text
