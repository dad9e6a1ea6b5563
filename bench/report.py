"""From findings to `RESULTS.md`."""

from __future__ import annotations

import json
import os
import platform
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from figures import Findings, Line, Table, spread
from process import work

_LIMITS = Path(__file__).with_name("limits.toml")


def save(findings: Findings, path: Path, when: str) -> None:
    """Keep what a case found, so that a later run of other cases can show it."""
    path.parent.mkdir(exist_ok=True)
    kept = {"when": when, **asdict(findings)}
    path.write_text(json.dumps(kept, ensure_ascii=False, indent=1), encoding="utf-8")


def load(path: Path) -> tuple[str, Findings]:
    """When a case was measured, and what it found."""
    kept: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    lines = [Line(**line) for line in kept["lines"]]
    tables = [
        Table(table["title"], tuple(table["header"]), [tuple(row) for row in table["rows"]])
        for table in kept["tables"]
    ]
    return kept["when"], Findings(lines, tables, kept["notes"])


def write(path: Path, found: Mapping[str, tuple[str, Findings]]) -> None:
    """Write the page."""
    path.write_text("\n".join(_page(found)) + "\n", encoding="utf-8")


def _page(found: Mapping[str, tuple[str, Findings]]) -> Iterable[str]:
    yield "# Results of the bench"
    yield ""
    yield "Written by the bench; `bench/README.md` says how to read it. Ratios are of CPU time, the"
    yield "median of interleaved rounds with the range in brackets, unless a line says otherwise."
    yield ""
    yield from _machine(found)
    yield ""
    yield "## Targets"
    yield ""
    lines = [line for _, findings in found.values() for line in findings.lines]
    header = ("what", "target", "measured", "rounds", "met", "beside")
    rows = [
        (
            line.what,
            line.target,
            spread(line.samples, line.unit),
            str(len(line.samples)),
            "yes" if line.met else "**no**",
            line.note,
        )
        for line in lines
    ]
    yield from _table(header, rows)
    yield ""
    yield from _missed(lines)
    yield "## Figures"
    for when, findings in found.values():
        for table in findings.tables:
            yield from ("", f"### {table.title}", "")
            yield from _table(table.header, table.rows)
            yield f"\nMeasured {when}."
        for note in findings.notes:
            yield f"\n{note}"


def _machine(found: Mapping[str, tuple[str, Findings]]) -> Iterable[str]:
    versions = work("versions").answer()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 30
    system = f"{platform.system()} {'.'.join(platform.release().split('.')[:2])}"
    yield f"Machine: {_processor()}, {os.cpu_count()} cores, {memory} GiB, {system}."
    yield f"{platform.python_implementation()} {platform.python_version()};"
    yield f"{', '.join(f'{name} {version}' for name, version in versions.items())}."


def _processor() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.machine()
    names = [line.partition(":")[2].strip() for line in text.splitlines() if "model name" in line]
    return names[0] if names else platform.machine()


def _missed(lines: Iterable[Line]) -> Iterable[str]:
    """For each target that is not met, what the limit is and how that is known."""
    reasons = tomllib.loads(_LIMITS.read_text(encoding="utf-8"))
    missed = {line.key: line for line in lines if not line.met}
    if missed:
        yield "## What stands in the way"
        yield ""
        for key, line in missed.items():
            reason = reasons.get(key, "Not looked into yet.")
            yield f"- *{line.what}* ({line.target}): {' '.join(reason.split())}"
        yield ""


def _table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterable[str]:
    names = list(header)
    yield f"| {' | '.join(names)} |"
    yield f"|{'---|' * len(names)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"
