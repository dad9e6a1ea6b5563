"""What it costs to tell spellings apart: the same documents and queries, without any marks."""

from __future__ import annotations

from pathlib import Path

from figures import Findings, Line, median, percentile, ratios, shown
from plan import Plan
from process import work


def measure(plan: Plan) -> Findings:
    """The tiered query against the plain one: one spelling a word, so that there are no tiers."""
    plain = plan.bare_index(plan.full)
    queries = plan.queries(plan.full)
    index = plan.index("ours", plan.full)
    tiered, bare = [], []
    for _ in range(plan.rounds):
        tiered.append(_times(index, queries, "typed"))
        bare.append(_times(plain, queries, "bare"))
    half, most = (
        ratios(
            [percentile(times, point) for times in tiered],
            [percentile(times, point) for times in bare],
        )
        for point in (50, 95)
    )
    what = f"tiered Vietnamese query × the plain one, {plan.full:,} documents, p50"
    note = f"p95: {shown(median(most))} ×"
    return Findings([Line("tiers", what, "≤ 1.5 ×", 1.5, half, note=note)])


def _times(index: Path, queries: Path, how: str) -> list[float]:
    rows = work("pages", "ours", index, queries, how).answer()["new"]
    return [row[1] for row in rows]
