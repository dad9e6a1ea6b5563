"""What runs brought, in lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from archive.model import Run
from hdnd.views.difference import change_line
from hdnd.views.run import articles_by_kind
from search_cli.render import count_of, when
from search_cli.safe_text import clean
from search_cli.summary import outcomes

if TYPE_CHECKING:
    from hdnd.views.run import RunReport

_MOST = 20


def report_lines(report: RunReport) -> Iterator[str]:
    """What a run brought, for a person: a line each."""
    run = report.run
    yield f"{run.site}: {outcomes(run.counts)}."
    for name, items in articles_by_kind(report):
        if items:
            yield f"{name.capitalize()}: {count_of(len(items), 'article')}"
        for item in items[:_MOST]:
            change = f": {change_line(item.difference)}" if item.difference else ""
            yield clean(f"  {item.article}  {item.title}{change}")
        if len(items) > _MOST:
            yield f"  and {len(items) - _MOST:,} more"
    if report.problems:
        yield f"Problems: {count_of(len(report.problems), 'page')}"
    for problem in report.problems[:_MOST]:
        yield clean(f"  {problem.url}: {problem.what}, {problem.detail}")
    if report.is_quiet:
        yield "Nothing new, nothing changed, nothing gone."


def run_line(number: int, run: Run) -> str:
    """A run in one line of a list."""
    began = when(run.started_at.astimezone())
    ended = run.reason or "going on or cut off"
    counted = outcomes(run.counts) if run.counts else "no counts"
    return clean(f"{number:>4}  {began}  {run.site}  {run.kind or 'other'}  {ended}  {counted}")
