"""What it costs to tell spellings apart: the same documents and queries, without any marks."""

from __future__ import annotations

from figures import Findings, Line, percentile, ratios, shown
from plan import Plan
from process import work


def measure(plan: Plan) -> Findings:
    """The tiered query against the plain one: one spelling a word, so that there are no tiers."""
    plain = plan.folder / f"bare-{plan.full}" / "index"
    if not plain.exists():
        corpus = plan.folder / f"corpus-bare-{plan.full}.jsonl"
        work("bare_corpus", corpus, plan.corpus(plan.full))
        work("build", "ours", plain, corpus, corpus)
    queries = plan.queries(plan.full)
    tiered = [_mix(plan, "typed")]
    bare = []
    for _ in range(plan.rounds):
        tiered.append(_mix(plan, "typed"))
        cost = work("pages", "ours", plain, queries, "bare")
        bare.append([row[1] for row in cost.answer()["new"]])
    tiered = tiered[1:]
    half, most = (
        ratios(
            [percentile(times, point) for times in tiered],
            [percentile(times, point) for times in bare],
        )
        for point in (50, 95)
    )
    what = f"tiered Vietnamese query × the plain one, {plan.full:,} documents, p50"
    note = f"p95: {shown(sorted(most)[len(most) // 2])} ×"
    return Findings([Line("tiers", what, "≤ 1.5 ×", 1.5, half, note=note)])


def _mix(plan: Plan, how: str) -> list[float]:
    cost = work("pages", "ours", plan.index("ours", plan.full), plan.queries(plan.full), how)
    return [row[1] for row in cost.answer()["new"]]
