"""What an archive holds, as text."""

from __future__ import annotations

from collections.abc import Iterator

from archive.model import Run, Status
from hdnd.views.index import Freshness
from hdnd.views.status import ArchiveStatus
from search_cli.counts import count_of
from search_cli.safe_text import clean
from search_cli.summary import outcomes
from search_cli.words import in_words, local, stored, zone

_UNITS = ("bytes", "kB", "MB", "GB", "TB")


def status_lines(held: ArchiveStatus) -> Iterator[str]:
    """A table for a person."""
    status = held.status
    facts = {
        "Archive": str(held.home.path),
        "Articles": count_of(status.articles, "article") + _apart(status) + _span(status),
        "Versions": f"{status.versions:,}",
        "Captures": f"{status.captures:,}",
        "Problems": _problems(status),
        "Sites": ", ".join(status.sites) or "none",
        "Last run": _run_text(status.last_run),
        "Checked": _check_text(held),
        "Index": _index(held.freshness),
        "On disk": f"WARC files {_bytes(status.warc_bytes)}, catalogue"
        f" {_bytes(status.catalogue_bytes)}, index {_bytes(held.index_bytes)}",
    }
    yield from (f"{name:<10}{clean(value)}" for name, value in facts.items())
    for site, trouble in status.untrusted:
        yield clean(f"No browser would trust the certificate of {site}: {stored(trouble)}")


def problem_lines(held: ArchiveStatus) -> Iterator[str]:
    """Every problem with its URL, site and date."""
    for problem in held.problems or ():
        yield clean(problem.url)
        detail = f": {stored(problem.detail)}" if problem.detail else ""
        what = clean(stored(problem.what) + detail)
        yield f"    {what} ({clean(problem.site)}, {local(problem.at)})"
    if held.problems:
        yield f"Times are those of this computer ({zone(held.problems[-1].at)})."
    else:
        yield "No problems: all that was fetched could be read."


def _check_text(held: ArchiveStatus) -> str:
    check = held.last_check
    if check is None:
        return "never; `hdnd verify` does"
    found = count_of(check.damages, "damage") if check.damages else "sound"
    part = f", from segment {check.since} on" if check.since else ""
    read = f"{count_of(check.segments, 'segment')} read{part}"
    return f"{local(check.ended_at)} by {check.by}: {found}, {read}{_read_text(held)}"


def _read_text(held: ArchiveStatus) -> str:
    """Since when every segment was read, or how many never were."""
    if held.last_read is None or (held.last_read.since is None and not held.last_read.never):
        return ""
    if held.last_read.since:
        return f"; every segment read since {local(held.last_read.since)}"
    return f"; {count_of(held.last_read.never, 'segment')} never read"


def _apart(status: Status) -> str:
    gone = f", {status.gone:,} gone from the site" if status.gone else ""
    return gone + (f", {status.withheld:,} withheld" if status.withheld else "")


def _span(status: Status) -> str:
    undated = f", {status.undated:,} without a date" if status.undated else ""
    if not status.first_published or not status.last_published:
        return undated
    first, last = status.first_published, status.last_published
    return f", published {first:%d/%m/%Y} to {last:%d/%m/%Y}{undated}"


def _problems(status: Status) -> str:
    if not status.problems:
        return "none"
    return f"{status.problems:,} (`hdnd status --problems` lists them)"


def _index(freshness: Freshness) -> str:
    if freshness.rebuild:
        return f"must be built ({in_words(freshness.rebuild)}): `hdnd index`"
    if freshness.behind:
        return f"{count_of(freshness.behind, 'article')} behind: `hdnd index`"
    return "up to date"


def _run_text(run: Run | None) -> str:
    if run is None:
        return "none"
    began = local(run.started_at)
    if run.ended_at is None:
        return f"{run.site}, {began} {zone(run.started_at)}, going on or cut off"
    ended = f"{run.ended_at.astimezone():%H:%M}"
    ended = f"{ended} {zone(run.ended_at)}"
    return f"{run.site}, {began} to {ended} ({stored(run.reason or '')}): {outcomes(run.counts)}"


def _bytes(number: float) -> str:
    for unit in _UNITS[:-1]:
        if number < 1000:
            return f"{number:.0f} {unit}" if unit == "bytes" else f"{number:.1f} {unit}"
        number /= 1000
    return f"{number:.1f} {_UNITS[-1]}"
