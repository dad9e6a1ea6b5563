"""A run, and what it brought."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from archive.model import Problem, Run

if TYPE_CHECKING:
    from archive.history.run_report import ReportedArticle, RunReport

__all__ = [
    "Problem",
    "ReportedArticle",
    "Run",
    "RunReport",
    "articles_by_kind",
    "problem_json",
    "problem_key",
    "run_json",
    "run_report_json",
]


def run_json(run: Run) -> dict[str, Any]:
    """A run, named alike wherever it is told of; times in ISO 8601."""
    return {
        "run": run.id,
        "site": run.site,
        "kind": run.kind,
        "started_at": run.started_at.isoformat(),
        "ended_at": run.ended_at.isoformat() if run.ended_at else None,
        "reason": run.reason,
        "counts": run.counts,
    }


def run_report_json(report: RunReport) -> dict[str, Any]:
    """A run with the articles that are otherwise since."""
    return {
        **run_json(report.run),
        **{kind: [_article(one) for one in found] for kind, found in articles_by_kind(report)},
        "problems": [problem_json(problem) for problem in report.problems],
    }


def problem_json(problem: Problem) -> dict[str, Any]:
    """Something that could not be read or fetched; its time in ISO 8601."""
    return {**asdict(problem), "at": problem.at.isoformat()}


def problem_key(problem: Problem) -> str:
    """The name under which a problem is known."""
    return f"{problem.what} {problem.url}"


def articles_by_kind(report: RunReport) -> list[tuple[str, Sequence[ReportedArticle]]]:
    """The articles that are otherwise, by how they are."""
    return [
        ("new", report.new),
        ("changed", report.changed),
        ("gone", report.gone),
        ("back", report.back),
    ]


def _article(item: ReportedArticle) -> dict[str, Any]:
    value: dict[str, Any] = {"id": item.article, "title": item.title, "url": item.url}
    if item.difference:
        from hdnd.views.difference import change_line

        value |= {"kinds": list(item.difference.kinds), "change": change_line(item.difference)}
    return value
