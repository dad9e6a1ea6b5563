"""`hdnd coverage`: what the listings announce against what is held."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from search_cli.command import Command, home
from search_cli.pager import print_lines
from search_cli.words import _, in_figures, month_of

if TYPE_CHECKING:
    from hdnd.views.coverage import Month, SiteCoverage

_WIDEST_BAR = 50
_NARROWEST_BAR = 10


@click.command(
    cls=Command, examples=("hdnd coverage", "hdnd coverage hai-ba-trung", "hdnd coverage --json")
)
@click.argument("site", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(site: str | None, as_json: bool) -> int:
    """Compare what listings announce with what is held; show gaps in time.

    Names the addresses that a listing links to and that are not held, sections of the site that its
    description does not name, and months that have oddly few articles beside their neighbours.
    Without SITE all sites of the archive.
    """
    from hdnd.usecases.coverage import coverage
    from hdnd.views.coverage import coverage_json
    from search_cli.output import print_json

    found = coverage(home(), site)
    if as_json:
        print_json({"sites": [coverage_json(one) for one in found]})
        return 0
    print_lines(line for one in found for line in _lines(one))
    return 0


def _lines(site: SiteCoverage) -> Iterator[str]:
    from search_cli.counts import count_of
    from search_cli.safe_text import clean

    coverage = site.coverage
    yield coverage.site
    if not coverage.listings:
        yield _("No listing could be read: `hdnd status --problems` says what came instead.")
    else:
        yield from map(clean, _table(site))
    for one in coverage.listings:
        for url in one.missing:
            yield clean(_("Missing: {url}", url=url))
        if one.announced is not None and one.announced > one.listed:
            more = count_of(one.announced - one.listed, "article")
            yield clean(
                _("{url} announces {articles} more than it listed", url=one.url, articles=more)
            )
    yield from map(clean, _undescribed_lines(site))
    yield from _month_lines(list(_with_gaps_joined(coverage.months)))
    if coverage.undated:
        yield _("{articles} without a date", articles=count_of(coverage.undated, "article"))


def _table(site: SiteCoverage) -> Iterator[str]:
    """Each listing with its three numbers, below their names."""
    names = _("announced"), _("listed"), _("held")
    widths = [max(11, len(names[0]) + 2), *(max(8, len(name) + 2) for name in names[1:])]
    rows = [(*names, _("listing"))]
    for one in site.coverage.listings:
        announced = _("not said") if one.announced is None else in_figures(one.announced)
        rows.append((announced, in_figures(one.listed), in_figures(one.held), one.url))
    for *numbers, listing in rows:
        cells = (f"{number:>{width}}" for number, width in zip(numbers, widths, strict=True))
        yield f"{''.join(cells)}  {listing}"


def _undescribed_lines(site: SiteCoverage) -> Iterator[str]:
    """Sections that hold articles or speak of a council's work, each; the others in a line."""
    from search_cli.counts import count_of

    others = []
    for one in site.undescribed:
        name = f"{one.path} ({one.label})" if one.label else one.path
        if one.held:
            articles = count_of(one.held, "article")
            yield _("Held, not described: {section}: {articles}", section=name, articles=articles)
        elif one.is_likely:
            yield _("Linked, not described: {section}", section=name)
        else:
            others.append(one.path)
    if others:
        sections = count_of(len(others), "other section")
        yield _("Linked, not described: {sections} (--json)", sections=sections)


def _with_gaps_joined(months: Sequence[Month]) -> Iterator[list[Month]]:
    """The months one by one, but those in a row that have no article together."""
    from itertools import groupby

    for is_empty, row in groupby(months, key=lambda month: not month.articles):
        if is_empty:
            yield list(row)
        else:
            yield from ([month] for month in row)


def _month_lines(rows: Sequence[Sequence[Month]]) -> Iterator[str]:
    """A row a month, or a row of empty months, with bars that leave room for the remarks."""
    from search_cli.terminal import WIDTH_IF_UNKNOWN, width_of_stdout

    names = [_name(months) for months in rows]
    remarks = [_remark(months) for months in rows]
    most = max((months[0].articles for months in rows), default=0)
    name_width = max(map(len, names), default=0)
    number_width = len(in_figures(most)) + 2
    taken = name_width + number_width + max(map(len, remarks), default=0) + 1
    width = min(width_of_stdout() or WIDTH_IF_UNKNOWN, WIDTH_IF_UNKNOWN)
    widest = min(max(width - taken, _NARROWEST_BAR), _WIDEST_BAR)
    for months, name, remark in zip(rows, names, remarks, strict=True):
        articles = months[0].articles
        bar = "█" * round(articles * widest / most) if most else ""
        yield f"{name:<{name_width}}{in_figures(articles):>{number_width}} {bar}{remark}".rstrip()


def _name(months: Sequence[Month]) -> str:
    first, last = month_of(months[0].name), month_of(months[-1].name)
    return first if first == last else _("{first} to {last}", first=first, last=last)


def _remark(months: Sequence[Month]) -> str:
    many = " " + _("{count} months", count=len(months)) if len(months) > 1 else ""
    return many + ("  " + _("oddly few") if any(month.is_odd for month in months) else "")
