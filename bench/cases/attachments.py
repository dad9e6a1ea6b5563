"""From the bytes of a PDF to its text, nothing parsed in the process that asks."""

from __future__ import annotations

from figures import Findings, Line, Table, median, ratios, shown
from plan import Plan
from process import work

_PAGES = 50


def measure(plan: Plan) -> Findings:
    """Our reading with isolation against pdfium's text alone, and against a process a file."""
    pages = _PAGES if plan.rounds > 2 else 5
    found = work("attachments", pages, plan.rounds).answer()
    long = Line(
        "attachments-long",
        f"a page of a PDF of {pages} pages, with isolation, order and judgement, × pdfium's text",
        "≤ 4 ×",
        4,
        ratios(found["long"], found["floor"]),
        note=f"{shown(1000 / median(found['long']))} pages a CPU second; "
        f"{shown(found['peak'])} MiB at most",
    )
    short = Line(
        "attachments-short",
        "a PDF of 2 pages through the isolating process, faster than a process of its own by",
        "≥ 4 ×",
        4,
        ratios(found["anew"], found["short"]),
        at_least=True,
    )
    rows = [
        ("a page of the long file: ours", shown(median(found["long"]))),
        ("a page of the long file: pdfium's text alone", shown(median(found["floor"]))),
        ("a file of 2 pages: ours", shown(median(found["short"]))),
        ("a file of 2 pages: a new process", shown(median(found["anew"]))),
    ]
    return Findings([long, short], [Table("Attachments", ("", "CPU ms"), rows)])
