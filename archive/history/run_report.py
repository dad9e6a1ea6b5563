"""What a run brought: articles that are new, changed, gone or back, and what went wrong.

That the page of an article is not there is a problem until the article is known to be gone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive.catalogue import absence
from archive.catalogue.absence import SPAN
from archive.catalogue.database import Catalogue
from archive.catalogue.queries import runs
from archive.catalogue.queries.articles import articles_at, content
from archive.ground.errors import UsageError
from archive.ground.message import Message
from archive.history.differences import Difference, difference
from archive.model import Problem, Run


@dataclass(frozen=True, slots=True)
class ReportedArticle:
    """An article that a run found to be otherwise; `difference` only if its content changed."""

    article: str
    title: str
    url: str
    difference: Difference | None = None


@dataclass(frozen=True, slots=True)
class RunReport:
    """What is otherwise after a run than before it. Withheld articles are left out."""

    run: Run
    new: tuple[ReportedArticle, ...]
    changed: tuple[ReportedArticle, ...]
    gone: tuple[ReportedArticle, ...]
    back: tuple[ReportedArticle, ...]
    problems: tuple[Problem, ...]

    @property
    def is_quiet(self) -> bool:
        """Whether there is nothing to tell."""
        return not (self.new or self.changed or self.gone or self.back or self.problems)


def news_of(catalogue: Catalogue, run: Run) -> RunReport:
    """What a run brought, drawn from its captures."""
    span = runs.span(catalogue, run.id) or runs.RecordSpan(0, -1)
    new, changed, back = [], [], []
    for seen in runs.seen_by(catalogue, run.id):
        item = _item(catalogue, seen.article)
        if item is None:
            continue
        before = runs.seen_before(catalogue, seen.article, span.first)
        if before is None:
            new.append(item)
            continue
        if before.version != seen.version:
            changed.append(_changed(catalogue, item, before.version, seen.version))
        if seen.captured_at - before.captured_at >= SPAN and _was_gone(
            catalogue, seen.article, span.first - 1
        ):
            back.append(item)
    gone = [
        item
        for article in _missed(catalogue, run.id, span.last)
        if _was_gone(catalogue, article, span.last)
        and not _was_gone(catalogue, article, span.first - 1)
        and (item := _item(catalogue, article))
    ]
    problems = tuple(
        problem
        for problem in runs.problems_of(catalogue, run.id)
        if not _is_of_gone(catalogue, problem, span.last)
    )
    return RunReport(run, tuple(new), tuple(changed), tuple(gone), tuple(back), problems)


def choose_run(known: Sequence[Run], name: str) -> Run:
    """The run of a number, counted from 1 as `hdnd runs` lists them, or of an id; `UsageError`."""
    for number, run in enumerate(known, 1):
        if name in (str(number), run.id):
            return run
    raise UsageError("archive.no-such-run", run=name, hint=Message("archive.runs-lists-them"))


def _item(catalogue: Catalogue, article: str) -> ReportedArticle | None:
    shown = runs.shown_article(catalogue, article)
    if shown is None:
        return None
    return ReportedArticle(shown.id, content(catalogue, shown.id, shown.version).title, shown.url)


def _changed(catalogue: Catalogue, item: ReportedArticle, old: str, new: str) -> ReportedArticle:
    before, after = (content(catalogue, item.article, digest) for digest in (old, new))
    return ReportedArticle(item.article, after.title, item.url, difference(before, after))


def _missed(catalogue: Catalogue, run: str, last: int) -> Iterator[str]:
    """The articles that a run looked for and did not see."""
    for article in runs.looked_for(catalogue, run):
        checks = absence.checks(catalogue, article, until=last)
        if checks and not checks[-1].found:
            yield article


def _is_of_gone(catalogue: Catalogue, problem: Problem, until: int) -> bool:
    articles = articles_at(catalogue, problem.site, problem.url)
    return any(_was_gone(catalogue, article, until) for article in articles)


def _was_gone(catalogue: Catalogue, article: str, until: int) -> bool:
    stones = absence.tombstones(article, absence.checks(catalogue, article, until=until))
    return bool(stones) and stones[-1].back_at is None
