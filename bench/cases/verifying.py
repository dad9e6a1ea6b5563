"""Reading all of an archive to see that it is what was written."""

from __future__ import annotations

import sys
from pathlib import Path

from figures import Findings, Line, Table, median, ratios, shown, spread
from plan import Plan
from process import CommandFailed, Cost, run, size_on_disk

from cases.crawling import HOME


def measure(plan: Plan) -> Findings:
    """`hdnd verify` of the archive that was crawled last, against unpacking and hashing it."""
    command = Path(sys.executable).with_name("hdnd")
    home = plan.folder / HOME
    segments = sorted((home / "warc").glob("*.warc.gz"))
    try:
        run([command, "verify", "--help"])
    except CommandFailed:
        return Findings(notes=["`hdnd verify` does not exist yet, and was not measured."])
    if not segments:
        return Findings(notes=["There is no archive to verify: measure `crawling` first."])
    ours: list[Cost] = []
    plain: list[Cost] = []
    for _ in range(plan.rounds):
        ours.append(run([command, "--home", home, "verify"]))
        plain.append(run(["sh", "-c", 'gzip -dc "$@" | sha256sum', "sh", *segments]))
    size = size_on_disk(home / "warc")
    line = Line(
        "verify",
        f"`hdnd verify` of {shown(size)} MiB of WARC, × speed of `gzip -dc | sha256sum`",
        "≥ 0.5 ×",
        0.5,
        ratios([cost.cpu for cost in plain], [cost.cpu for cost in ours]),
        at_least=True,
    )
    rows = [
        (name, spread([cost.cpu for cost in costs]), shown(median(cost.peak for cost in costs)))
        for name, costs in (("hdnd verify", ours), ("gzip -dc | sha256sum", plain))
    ]
    return Findings([line], [Table("Verifying", ("", "CPU s", "peak MiB"), rows)])
