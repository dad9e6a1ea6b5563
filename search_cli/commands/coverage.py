"""`hdnd coverage`: what the listings announce against what is held."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from search_cli.command import Command, home

if TYPE_CHECKING:
    from hdnd.views.coverage import Coverage

_WIDEST = 50


@click.command(
    cls=Command, examples=("hdnd coverage", "hdnd coverage hai-ba-trung", "hdnd coverage --json")
)
@click.argument("site", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def command(site: str | None, as_json: bool) -> int:
    """Compare what listings announce with what is held; show gaps in time.

    Names the addresses that a listing links to and that are not held, and months that have oddly
    few articles beside their neighbours. Without SITE all sites of the archive.
    """
    from hdnd.usecases.reading import coverage
    from hdnd.views.coverage import coverage_json
    from search_cli.output import print_json

    found = coverage(home(), site)
    if as_json:
        print_json({"sites": [coverage_json(one) for one in found]})
        return 0
    click.echo("\n".join(line for one in found for line in _lines(one)))
    return 0


def _lines(coverage: Coverage) -> Iterator[str]:
    from search_cli.render import count_of
    from search_cli.safe_text import clean

    yield coverage.site
    yield f"{'announced':>11}{'listed':>8}{'held':>8}  listing"
    for one in coverage.listings:
        announced = "not said" if one.announced is None else f"{one.announced:,}"
        yield clean(f"{announced:>11}{one.listed:>8,}{one.held:>8,}  {one.url}")
    for one in coverage.listings:
        for url in one.missing:
            yield clean(f"Missing: {url}")
        if one.announced is not None and one.announced > one.listed:
            more = one.announced - one.listed
            yield clean(f"{one.url} announces {count_of(more, 'article')} more than it listed")
    most = max((month.articles for month in coverage.months), default=0)
    for month in coverage.months:
        bar = "█" * round(month.articles * _WIDEST / most)
        yield f"{month.name} {month.articles:>5,} {bar}{'  oddly few' if month.is_odd else ''}"
    if coverage.undated:
        yield f"{count_of(coverage.undated, 'article')} without a date"
