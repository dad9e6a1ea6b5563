"""Result pages in a warm process: match, count, rank, read ten documents, highlight them."""

from __future__ import annotations

from typing import Any

import engines
from figures import Findings, Line, Table, median, percentile, ratios, shown
from plan import Plan
from process import work

_POINTS = (50, 95, 99)
Row = list[Any]
"""Kind, milliseconds of CPU, milliseconds by the clock, how many match, how much is shown."""


def measure(plan: Plan) -> Findings:
    """Each round opens each index in a process of its own, warms it up and runs the mix.

    Stock Whoosh, which takes minutes and has no target here, takes part in the first.
    """
    names = engines.installed()
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in names}
    for turn in range(plan.rounds):
        for name in names:
            if name == "stock" and turn:
                continue
            cost = work(
                "pages", name, plan.index(name, plan.full), plan.queries(plan.full), "typed"
            )
            found[name].append(cost.answer())
    at = {
        name: {point: [_point(one["new"], point) for one in rounds] for point in _POINTS}
        for name, rounds in found.items()
    }
    lines = [
        _line(plan, at, "sqlite", 50, 0.5),
        _line(plan, at, "sqlite", 95, 0.8),
    ]
    if "tantivy" in at:
        lines.append(_line(plan, at, "tantivy", 50, 3.0))
    return Findings(lines, [_points(plan, at, found), _kinds(found)], [_agreement(found)])


def _point(rows: list[Row], point: int) -> float:
    return percentile([row[1] for row in rows], point)


def _line(
    plan: Plan, at: dict[str, dict[int, list[float]]], other: str, point: int, limit: float
) -> Line:
    what = f"result page, {plan.full:,} documents, p{point}, × {engines.NAMES[other]}"
    samples = ratios(at["ours"][point], at[other][point])
    return Line(f"page-{other}-{point}", what, f"≤ {limit:g} ×", limit, samples)


def _points(
    plan: Plan, at: dict[str, dict[int, list[float]]], found: dict[str, list[dict[str, Any]]]
) -> Table:
    rows = []
    for name, points in at.items():
        clock = median(percentile([row[2] for row in one["new"]], 50) for one in found[name])
        again = median(percentile(one["again"], 50) for one in found[name])
        milliseconds = [shown(median(points[point])) for point in _POINTS]
        rows.append((engines.NAMES[name], *milliseconds, shown(clock), shown(again)))
    header = ("CPU ms", *(f"p{point}" for point in _POINTS), "p50, clock", "p50, asked again")
    count = len(found["ours"][0]["new"])
    return Table(f"Result pages, {plan.full:,} documents, {count} queries", header, rows)


def _kinds(found: dict[str, list[dict[str, Any]]]) -> Table:
    kinds = list(dict.fromkeys(row[0] for row in found["ours"][0]["new"]))
    rows = []
    for kind in sorted(kinds):
        middles = [
            median(row[1] for one in rounds for row in one["new"] if row[0] == kind)
            for rounds in found.values()
        ]
        rows.append((kind, *map(shown, middles)))
    header = ("p50, CPU ms", *(engines.NAMES[name] for name in found))
    return Table("Result pages by kind of query", header, rows)


def _agreement(found: dict[str, list[dict[str, Any]]]) -> str:
    ours = [row[3] for row in found["ours"][0]["new"]]
    parts = []
    for name, rounds in found.items():
        if name != "ours":
            theirs = [row[3] for row in rounds[0]["new"]]
            same = sum(one == other for one, other in zip(ours, theirs, strict=True))
            parts.append(f"{engines.NAMES[name]} {same}")
    return (
        f"Of {len(ours)} queries, so many match as many documents as ours: {', '.join(parts)}. "
        "The others do not know that HĐND and hội đồng nhân dân are one."
    )
