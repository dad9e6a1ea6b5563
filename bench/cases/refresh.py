"""Thirty nights of fifteen changed and five new articles: the index's part of it."""

from __future__ import annotations

import shutil

import engines
from figures import Findings, Line, Table, median, ratios, shown, spread
from plan import Plan
from process import work

_STOCK_NIGHTS = 5


def measure(plan: Plan) -> Findings:
    """Each night in a process of its own, on a copy of the index, the engines by turns."""
    names = engines.installed()
    seconds: dict[str, list[dict[str, float]]] = {name: [] for name in names}
    for name in names:
        copy = plan.fresh_folder(f"nightly-{name}")
        shutil.copytree(plan.index(name, plan.full), copy)
    for night in range(plan.nights):
        for name in names:
            if name != "stock" or night < _STOCK_NIGHTS:
                folder = plan.folder / f"nightly-{name}"
                seconds[name].append(work("refresh", name, folder, plan.full, night).answer())
    cpu = {name: [1000 * one["cpu"] for one in found] for name, found in seconds.items()}
    worst = max(cpu["ours"]) / median(cpu["ours"])
    lines = [
        Line(
            "refresh",
            f"nightly refresh of 20 articles, {plan.full:,} documents, index part, × SQLite FTS5",
            "≤ 6 ×",
            6,
            ratios(cpu["ours"], cpu["sqlite"]),
            note="SQLite is given ready tokens, ours analyses",
        ),
        Line(
            "refresh-worst",
            f"the worst of {plan.nights} nights, × the median night",
            "≤ 2 ×",
            2,
            [worst],
        ),
    ]
    rows = [
        (
            engines.NAMES[name],
            spread(found),
            shown(1000 * median(one["wall"] for one in seconds[name])),
            shown(max(found) / median(found)),
        )
        for name, found in cpu.items()
    ]
    header = ("", "CPU ms a night", "clock ms", "worst × median")
    return Findings(lines, [Table("Nightly refresh", header, rows)])
