"""What runs brought, in lines and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from archive.history.differences import Change, Difference
from archive.history.run_report import ReportedArticle, RunReport
from archive.model import Run
from search_cli.render import count_of, when
from search_cli.safe_text import clean
from search_cli.summary import outcomes

_LONGEST = 60
_MOST = 20


def news_lines(news: RunReport) -> Iterator[str]:
    """What a run brought, for a person: a line each."""
    run = news.run
    yield f"{run.site}: {outcomes(run.counts)}."
    for name, items in _kinds(news):
        if items:
            yield f"{name.capitalize()}: {count_of(len(items), 'article')}"
        for item in items[:_MOST]:
            change = f": {change_line(item.difference)}" if item.difference else ""
            yield clean(f"  {item.article}  {item.title}{change}")
        if len(items) > _MOST:
            yield f"  and {len(items) - _MOST:,} more"
    if news.problems:
        yield f"Problems: {count_of(len(news.problems), 'page')}"
    for problem in news.problems[:_MOST]:
        yield clean(f"  {problem.url}: {problem.what}, {problem.detail}")
    if news.is_quiet:
        yield "Nothing new, nothing changed, nothing gone."


def news_json(news: RunReport) -> dict[str, Any]:
    """The same for a program."""
    return {
        **run_json(news.run),
        **{name: [_item_json(item) for item in items] for name, items in _kinds(news)},
        "problems": [{**asdict(p), "at": p.at.isoformat()} for p in news.problems],
    }


def run_line(number: int, run: Run) -> str:
    """A run in one line of a list."""
    began = when(run.started_at.astimezone())
    ended = run.reason or "going on or cut off"
    counted = outcomes(run.counts) if run.counts else "no counts"
    return clean(f"{number:>4}  {began}  {run.site}  {run.kind or 'other'}  {ended}  {counted}")


def run_json(run: Run) -> dict[str, Any]:
    """A run for a program; times in ISO 8601."""
    return {
        "run": run.id,
        "site": run.site,
        "kind": run.kind,
        "started_at": run.started_at.isoformat(),
        "ended_at": run.ended_at.isoformat() if run.ended_at else None,
        "reason": run.reason,
        "counts": run.counts,
    }


def change_line(difference: Difference) -> str:
    """A change in a line: its kinds, and the first words that differ."""
    kinds = ", ".join(difference.kinds)
    first = next((text for change in difference.changes if (text := _words(change))), "")
    return f"{kinds}{': ' if first else ''}{first}"


def _words(change: Change) -> str:
    for piece in change.pieces:
        if piece.removed.strip() != piece.added.strip():
            removed, added = _short(piece.removed), _short(piece.added)
            if removed and added:
                return f"“{removed}” → “{added}”"
            return f"added “{added}”" if added else f"removed “{removed}”"
    return ""


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _kinds(news: RunReport) -> list[tuple[str, Sequence[ReportedArticle]]]:
    return [
        ("new", news.new),
        ("changed", news.changed),
        ("gone", news.gone),
        ("back", news.back),
    ]


def _item_json(item: ReportedArticle) -> dict[str, Any]:
    value: dict[str, Any] = {"id": item.article, "title": item.title, "url": item.url}
    if item.difference:
        value |= {"kinds": list(item.difference.kinds), "change": change_line(item.difference)}
    return value
