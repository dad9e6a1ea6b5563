"""From a page's bytes to an article."""

from __future__ import annotations

from figures import Findings, Line, Table, median, ratios, shown
from plan import Plan
from process import work

_ALL = 10_000


def measure(plan: Plan) -> Findings:
    """Ours, with all that it reads, against the parsing alone by `html.parser`."""
    pages = _ALL if plan.rounds > 2 else 10
    found = work("extraction", pages, plan.rounds).answer()
    line = Line(
        "extraction",
        f"extraction, {found['pages']} pages of the sample portal, faster than "
        'BeautifulSoup(html, "html.parser") by',
        "≥ 3 ×",
        3,
        ratios(found["parsing"], found["ours"]),
        at_least=True,
        note=f"same title, time and text on {found['same']} of {found['pages']} pages",
    )
    names = {
        "ours": "ours: decode, find, read",
        "parsing": "html.parser: the tree alone",
        "reading": "html.parser: find and read too",
    }
    rows = [(names[key], shown(median(found[key]))) for key in names]
    title = f"Extraction, pages of {shown(found['kib'])} KiB"
    return Findings([line], [Table(title, ("", "CPU ms a page"), rows)])
