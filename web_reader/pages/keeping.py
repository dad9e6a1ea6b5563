"""How the archive is kept: what is held and what is missing, the runs, how to check it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from werkzeug.wrappers import Response

from hdnd.usecases import coverage as completeness
from hdnd.usecases import reading
from hdnd.views.coverage import coverage_json
from hdnd.views.run import articles_by_kind, run_json, run_report_json
from hdnd.views.status import status_json
from web_reader.showing import as_csv, as_json, html

if TYPE_CHECKING:
    from hdnd.views.coverage import Month
    from web_reader.reader_request import ReaderRequest

_RUN_COLUMNS = ("run", "site", "kind", "started_at", "ended_at", "reason")


def coverage(asked: ReaderRequest, form: str = "") -> Response:
    """Months by years, and what listings announce against what is held."""
    found = completeness.coverage(asked.home, asked.value("site") or None)
    if form == ".json":
        return as_json([coverage_json(one) for one in found])
    grids = [(one, _grid(one.coverage.months)) for one in found]
    return html(asked, "coverage.html", grids=grids)


def runs(asked: ReaderRequest, form: str = "") -> Response:
    """The runs, the newest first."""
    found = reading.runs(asked.home)
    page, limit = asked.page_of(50)
    numbered = list(enumerate(found, 1))[::-1][limit * (page - 1) : limit * page]
    if form == ".json":
        return as_json([{"number": number, **run_json(run)} for number, run in numbered])
    if form == ".csv":
        rows = (run_json(run) for _, run in numbered)
        return as_csv("runs", _RUN_COLUMNS, ([row[c] for c in _RUN_COLUMNS] for row in rows))
    pages = -(-len(found) // limit)
    asked.require_page(page, pages)
    return html(asked, "runs.html", runs=numbered, total=len(found), page=page, pages=pages)


def run(asked: ReaderRequest, number: int, form: str = "") -> Response:
    """What one run brought."""
    _, report = reading.run_report(asked.home, str(number))
    if form:
        return as_json({"number": number, **run_report_json(report)})
    kinds = articles_by_kind(report)
    return html(asked, "run.html", number=number, report=report, kinds=kinds)


def status(asked: ReaderRequest, form: str = "") -> Response:
    """What is held, what could not be read, and how to verify it."""
    held = reading.status(asked.home, with_problems=True)
    if form:
        return as_json(_without_the_operator(status_json(held)))
    return html(asked, "status.html", held=held, problems=held.problems or ())


def _without_the_operator(told: dict[str, Any]) -> dict[str, Any]:
    """The same without folders and names of the machine it lies on."""
    told = {name: value for name, value in told.items() if name != "home"}
    told["index"] = {**told["index"], "rebuild": told["index"]["rebuild"] is not None}
    if told["last_check"]:
        told["last_check"] = {k: v for k, v in told["last_check"].items() if k != "by"}
    return told


def _grid(months: tuple[Month, ...]) -> list[tuple[str, list[Month | None]]]:
    """Each year, the newest first, with its twelve months; None outside of what is known."""
    by_name = {month.name: month for month in months}
    years = sorted({month.name[:4] for month in months}, reverse=True)
    return [(year, [by_name.get(f"{year}-{n:02}") for n in range(1, 13)]) for year in years]
