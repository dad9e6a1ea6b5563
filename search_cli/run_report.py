"""What runs brought, in lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING

from archive.model import Run
from hdnd.views.difference import change_line
from hdnd.views.run import articles_by_kind, problem_key
from search_cli.counts import count_of
from search_cli.safe_text import clean
from search_cli.summary import outcomes
from search_cli.vocabulary import word
from search_cli.words import _, local, stored, zone

if TYPE_CHECKING:
    from hdnd.views.run import RunReport

_MOST = 20
_NONE: Mapping[str, datetime] = MappingProxyType({})


def report_lines(report: RunReport, known: Mapping[str, datetime] = _NONE) -> Iterator[str]:
    """What a run brought, for a person: a line each.

    Problems that are `known` from other nights, by the names of `problem_key`, are one line.
    """
    run = report.run
    yield f"{run.site}: {outcomes(run.counts)}."
    for name, items in articles_by_kind(report):
        if items:
            yield f"{word(name).capitalize()}: {count_of(len(items), 'article')}"
        for item in items[:_MOST]:
            change = f": {stored(change_line(item.difference))}" if item.difference else ""
            yield clean(f"  {item.article}  {item.title}{change}")
        if len(items) > _MOST:
            yield "  " + _("and {count} more", count=len(items) - _MOST)
    problems = [one for one in report.problems if problem_key(one) not in known]
    if problems:
        yield _("Problems: {pages}", pages=count_of(len(problems), "page"))
    for problem in problems[:_MOST]:
        yield clean(f"  {problem.url}: {stored(problem.what)}, {stored(problem.detail)}")
    if len(problems) > _MOST:
        yield "  " + _("and {count} more", count=len(problems) - _MOST)
    if old := len(report.problems) - len(problems):
        first = min(known.values())
        yield _(
            "Known problems: {pages}, since {at}, {clock} (`hdnd status --problems`)",
            pages=count_of(old, "page"),
            at=first,
            clock=zone(first),
        )
    if report.is_quiet:
        yield _("Nothing new, nothing changed, nothing gone.")


def run_line(number: int, run: Run) -> str:
    """A run in one line of a list."""
    began = local(run.started_at)
    ended = stored(run.reason) if run.reason else _("going on or cut off")
    counted = outcomes(run.counts) if run.counts else _("no counts")
    kind = stored(run.kind) if run.kind else _("other")
    return clean(f"{number:>4}  {began}  {run.site}  {kind}  {ended}  {counted}")
