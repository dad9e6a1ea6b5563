"""A search as a person types it: a whole process, on a terminal, ten highlighted answers."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import engines
from figures import Findings, Line, Table, median, ratios, shown, spread
from plan import Plan
from process import Cost, run, work

_FLOORS = Path(__file__).parent.parent / "floors"
_PYTHON = sys.executable
_ENV = {"TERM": "xterm-256color", "COLUMNS": "100"}
_SEARCHES = 5


def measure(plan: Plan) -> Findings:
    """Floors, the product and the others by turns, with a few queries that find ten or more."""
    asked = _searches(plan)
    names = engines.installed()[1:]
    commands: dict[str, Callable[[dict[str, Any]], Cost]] = {
        "python -c pass": lambda one: run([_PYTHON, "-c", "pass"]),
        "click hello": lambda one: run([_PYTHON, _FLOORS / "hello.py", one["typed"]]),
        "hdnd search": lambda one: _search(plan, plan.full, one),
        "SQLite FTS5 with click": lambda one: run(
            [_PYTHON, _FLOORS / "sqlite_search.py", _database(plan), *one["words"]],
            terminal=True,
        ),
    }
    for name in names:
        if name != "sqlite":
            commands[f"{engines.NAMES[name]}, no click"] = partial(_once, plan, name)
    if plan.large:
        plan.index("ours", plan.large)
        commands[f"hdnd search, {plan.large:,}"] = lambda one: _search(plan, plan.large, one)
    costs: dict[str, list[Cost]] = {name: [] for name in commands}
    for turn in range(plan.cold_rounds):
        for name, command in commands.items():
            costs[name].append(command(asked[turn % len(asked)]))
    return Findings(_lines(plan, costs), [_table(costs)])


def _searches(plan: Plan) -> list[dict[str, Any]]:
    """Topics that at least ten articles are about, none of them with a filter."""
    mix = json.loads(plan.queries(plan.full).read_text(encoding="utf-8"))["mix"]
    rows = work("pages", "ours", plan.index("ours", plan.full), plan.queries(plan.full), "typed")
    found = [
        query
        for query, row in zip(mix, rows.answer()["new"], strict=True)
        if query["kind"] == "topic" and row[3] >= 10
    ]
    return found[:_SEARCHES] or [mix[0]]


def _search(plan: Plan, size: int | None, asked: dict[str, Any]) -> Cost:
    home = plan.folder / f"ours-{size}"
    command = Path(_PYTHON).with_name("hdnd")
    return run(
        [command, "--home", home, "search", *asked["typed"].split()], terminal=True, env=_ENV
    )


def _once(plan: Plan, name: str, asked: dict[str, Any]) -> Cost:
    return work("once", name, plan.index(name, plan.full), json.dumps(asked))


def _database(plan: Plan) -> Path:
    return plan.index("sqlite", plan.full) / "fts.sqlite"


def _lines(plan: Plan, costs: dict[str, list[Cost]]) -> list[Line]:
    hello = [cost.cpu for cost in costs["click hello"]]
    ours = costs["hdnd search"]
    cpu = [cost.cpu for cost in ours]
    wall = median(cost.wall for cost in ours) / median(c.wall for c in costs["click hello"])
    what = f"cold `hdnd search`, {plan.full:,} documents, ten highlighted answers, × click hello"
    lines = [
        Line("cold", what, "≤ 1.6 ×", 1.6, ratios(cpu, hello), note=f"clock: {shown(wall)} ×"),
        Line(
            "cold-memory",
            f"cold `hdnd search`, {plan.full:,} documents, peak memory",
            "≤ 60 MiB",
            60,
            [cost.peak for cost in ours],
            unit="MiB",
        ),
    ]
    if plan.large:
        large = [cost.cpu for cost in costs[f"hdnd search, {plan.large:,}"]]
        what = f"cold `hdnd search`, {plan.large:,} documents, × click hello"
        lines.append(Line("cold-large", what, "≤ 2.3 ×", 2.3, ratios(large, hello)))
    return lines


def _table(costs: dict[str, list[Cost]]) -> Table:
    hello = [cost.cpu for cost in costs["click hello"]]
    rows = []
    for name, measured in costs.items():
        cpu = [cost.cpu for cost in measured]
        rows.append(
            (
                name,
                spread([1000 * one for one in cpu]),
                shown(1000 * median(cost.wall for cost in measured)),
                shown(median(ratios(cpu, hello))),
                shown(median(cost.peak for cost in measured)),
            )
        )
    return Table("Cold commands", ("", "CPU ms", "clock ms", "× click hello", "peak MiB"), rows)
