"""Building an index: CPU, memory, size on disk."""

from __future__ import annotations

import engines
from figures import Findings, Line, Table, median, ratios, shown, spread
from plan import Plan
from process import Cost, size_on_disk, work

_FLOORS = {
    "dictionaries": "positional dictionaries",
    "analyse": "analysis alone",
    "spell": "tokens alone, as stock Whoosh asks for them",
}
_OFTEN = ("ours", "dictionaries")


def measure(plan: Plan) -> Findings:
    """Every engine at the small size by turns; at the full size the slow ones once."""
    names = [*engines.installed(), *_FLOORS]
    small = _rounds(plan, plan.small, [names] * plan.rounds)
    tables = [_table(plan, plan.small, small)]
    lines = _speed(plan.small, small)
    full = small
    if plan.full != plan.small:
        full = _rounds(plan, plan.full, [names] + [list(_OFTEN)] * (plan.rounds - 1))
        tables.append(_table(plan, plan.full, full))
        lines += _speed(plan.full, full)
    lines += _memory(plan, full["ours"])
    sizes = [size_on_disk(plan.index_folder(name, plan.full)) for name in ("ours", "stock")]
    what = f"index on disk, {plan.full:,} documents, × stock Whoosh"
    lines.append(Line("disk", what, "≤ 0.6 ×", 0.6, [sizes[0] / sizes[1]]))
    return Findings(lines, tables)


def _rounds(plan: Plan, size: int, rounds: list[list[str]]) -> dict[str, list[Cost]]:
    costs: dict[str, list[Cost]] = {}
    for names in rounds:
        for name in names:
            costs.setdefault(name, []).append(_build(plan, name, size))
    return costs


def _build(plan: Plan, name: str, size: int) -> Cost:
    return work(name, plan.corpus(size)) if name in _FLOORS else plan.build(name, size)


def _speed(size: int, costs: dict[str, list[Cost]]) -> list[Line]:
    what = f"indexing {size:,} documents, all fields,"
    ours, stock, floor = (_cpu(costs[name]) for name in ("ours", "stock", "dictionaries"))
    beside = ours[: len(stock)]
    faster = f"{what} faster than stock Whoosh by"
    return [
        Line("indexing-stock", faster, "≥ 6 ×", 6, ratios(stock, beside), at_least=True),
        Line(
            "indexing-floor",
            f"{what} × positional dictionaries",
            "≤ 1.6 ×",
            1.6,
            ratios(ours, floor),
        ),
    ]


def _memory(plan: Plan, costs: list[Cost]) -> list[Line]:
    peak = [cost.peak for cost in costs]
    what = f"peak memory of indexing {plan.full:,} documents"
    lines = [Line("indexing-memory", what, "≤ 700 MiB", 700, peak, unit="MiB")]
    if plan.large:
        large = _build(plan, "ours", plan.large)
        lines.append(
            Line(
                "indexing-flat",
                f"peak memory of indexing {plan.large:,} documents, × {plan.full:,}",
                "flat: ≤ 1.2 ×",
                1.2,
                [large.peak / median(peak)],
                note=f"{shown(large.peak)} MiB, {shown(large.cpu)} s of CPU",
            )
        )
    return lines


def _cpu(costs: list[Cost]) -> list[float]:
    return [cost.cpu for cost in costs]


def _table(plan: Plan, size: int, costs: dict[str, list[Cost]]) -> Table:
    rows = []
    for name, measured in costs.items():
        disk = "" if name in _FLOORS else shown(size_on_disk(plan.index_folder(name, size)))
        rows.append(
            (
                (engines.NAMES | _FLOORS)[name],
                spread(_cpu(measured)),
                shown(median(cost.wall for cost in measured)),
                shown(median(cost.peak for cost in measured)),
                disk,
            )
        )
    header = ("", "CPU s", "clock s", "peak MiB", "MiB on disk")
    return Table(f"Indexing {size:,} documents", header, rows)
