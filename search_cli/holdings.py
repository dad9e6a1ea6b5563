"""What an archive holds, as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from archive.ground.home import Home
from archive.model import Problem, Run, Status
from search_cli.indexing import Freshness
from search_cli.render import count_of, when
from search_cli.safe_text import clean
from search_cli.summary import outcomes

_UNITS = ("bytes", "kB", "MB", "GB", "TB")


@dataclass(frozen=True, slots=True)
class Holdings:
    """The state of an archive and of its index; `problems` only where they are to be listed."""

    home: Home
    status: Status
    freshness: Freshness
    problems: Sequence[Problem] | None

    def lines(self) -> Iterator[str]:
        """A table for a person."""
        status = self.status
        facts = {
            "Archive": str(self.home.path),
            "Articles": count_of(status.articles, "article") + self._apart() + self._span(),
            "Versions": f"{status.versions:,}",
            "Captures": f"{status.captures:,}",
            "Problems": self._problems(),
            "Sites": ", ".join(status.sites) or "none",
            "Last run": _run_text(status.last_run),
            "Index": self._index(),
            "On disk": f"WARC files {_bytes(status.warc_bytes)}, catalogue"
            f" {_bytes(status.catalogue_bytes)}, index {_bytes(self._index_bytes())}",
        }
        yield from (f"{name:<10}{clean(value)}" for name, value in facts.items())

    def problem_lines(self) -> Iterator[str]:
        """Every problem with its URL, site and date."""
        for problem in self.problems or ():
            yield clean(problem.url)
            detail = f": {problem.detail}" if problem.detail else ""
            local = when(problem.at.astimezone())
            yield f"    {clean(problem.what + detail)} ({clean(problem.site)}, {local})"
        if not self.problems:
            yield "No problems: all that was fetched could be read."

    def as_json(self) -> dict[str, Any]:
        """The same for a program: sizes in bytes, times in ISO 8601."""
        status = self.status
        values: dict[str, Any] = {
            "home": str(self.home.path),
            "articles": status.articles,
            "gone": status.gone,
            "withheld": status.withheld,
            "undated": status.undated,
            "versions": status.versions,
            "captures": status.captures,
            "problem_count": status.problems,
            "sites": list(status.sites),
            "first_published": _iso(status.first_published),
            "last_published": _iso(status.last_published),
            "last_run": _run_json(status.last_run),
            "index": {
                "up_to_date": not self.freshness.behind and not self.freshness.rebuild,
                "behind": self.freshness.behind,
                "rebuild": self.freshness.rebuild,
            },
            "bytes": {
                "warc": status.warc_bytes,
                "catalogue": status.catalogue_bytes,
                "index": self._index_bytes(),
            },
        }
        if self.problems is not None:
            values["problems"] = [
                {**asdict(problem), "at": problem.at.isoformat()} for problem in self.problems
            ]
        return values

    def _apart(self) -> str:
        status = self.status
        gone = f", {status.gone:,} gone from the site" if status.gone else ""
        return gone + (f", {status.withheld:,} withheld" if status.withheld else "")

    def _span(self) -> str:
        status = self.status
        undated = f", {status.undated:,} without a date" if status.undated else ""
        if not status.first_published or not status.last_published:
            return undated
        first, last = status.first_published, status.last_published
        return f", published {first:%d/%m/%Y} to {last:%d/%m/%Y}{undated}"

    def _problems(self) -> str:
        if not self.status.problems:
            return "none"
        return f"{self.status.problems:,} (`hdnd status --problems` lists them)"

    def _index(self) -> str:
        if self.freshness.rebuild:
            return f"must be built ({self.freshness.rebuild}): `hdnd index`"
        if self.freshness.behind:
            return f"{count_of(self.freshness.behind, 'article')} behind: `hdnd index`"
        return "up to date"

    def _index_bytes(self) -> int:
        return sum(path.stat().st_size for path in self.home.index.glob("*"))


def _run_text(run: Run | None) -> str:
    if run is None:
        return "none"
    began = when(run.started_at.astimezone())
    if run.ended_at is None:
        return f"{run.site}, {began}, going on or cut off"
    ended = f"{run.ended_at.astimezone():%H:%M}"
    return f"{run.site}, {began} to {ended} ({run.reason}): {outcomes(run.counts)}"


def _run_json(run: Run | None) -> dict[str, Any] | None:
    if run is None:
        return None
    return {
        "id": run.id,
        "site": run.site,
        "started_at": run.started_at.isoformat(),
        "ended_at": _iso(run.ended_at),
        "reason": run.reason,
        "counts": run.counts,
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _bytes(number: float) -> str:
    for unit in _UNITS[:-1]:
        if number < 1000:
            return f"{number:.0f} {unit}" if unit == "bytes" else f"{number:.1f} {unit}"
        number /= 1000
    return f"{number:.1f} {_UNITS[-1]}"
