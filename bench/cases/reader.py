"""The reader's page: its cost beside the search that it shows, and that of a known answer."""

from __future__ import annotations

from figures import Findings, Line, Table, median, percentile, ratios, shown
from plan import Plan
from process import work


def measure(plan: Plan) -> Findings:
    """Pages of the mix of queries in one process, without a socket; CPU time."""
    index, queries = plan.index("ours", plan.full), plan.queries(plan.full)
    rounds = [work("reader", index, queries).answer() for _ in range(plan.rounds)]
    page = Line(
        "reader-page",
        f"a page of answers with facets × the search that it shows, {plan.full:,} documents",
        "≤ 2.5 ×",
        2.5,
        ratios([median(one["page"]) for one in rounds], [median(one["search"]) for one in rounds]),
        note=f"p95 {shown(percentile(rounds[0]['page'], 95))} ms of CPU",
    )
    kept = Line(
        "reader-kept",
        "a page that is known already, cheaper than one that is made by",
        "≥ 5 ×",
        5,
        ratios([median(one["page"]) for one in rounds], [median(one["kept"]) for one in rounds]),
        at_least=True,
        note=f"{shown(1000 / median(rounds[0]['kept']))} a CPU second",
    )
    rows = [
        (what, shown(median(rounds[0][key])))
        for what, key in (
            ("a page of answers, made", "page"),
            ("the search alone", "search"),
            ("the same page again", "kept"),
            ("304, nothing has changed", "unchanged"),
        )
    ]
    return Findings([page, kept], [Table("The reader's page", ("", "CPU ms"), rows)])
