"""What an archive holds, as text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from archive.model import Run, Status
from hdnd.views.index import Freshness
from hdnd.views.status import ArchiveStatus
from search_cli.counts import count_of
from search_cli.safe_text import clean
from search_cli.summary import outcomes
from search_cli.words import _, decimal, in_figures, in_words, local, stored, zone

_NAMES = 10
"""Columns that the names of facts have at least."""

_UNITS = ("", "kB", "MB", "GB", "TB")


def status_lines(held: ArchiveStatus) -> Iterator[str]:
    """A table for a person."""
    status = held.status
    facts = {
        _("Archive"): str(held.home.path),
        _("Articles"): ", ".join([count_of(status.articles, "article"), *_apart(status)]),
        _("Versions"): in_figures(status.versions),
        _("Captures"): in_figures(status.captures),
        _("Problems"): _problems(status),
        _("Sites"): ", ".join(status.sites) or _("none"),
        _("Last run"): _run_text(status.last_run),
        _("Checked"): _check_text(held),
        _("Index"): _index(held),
        _("On disk"): _on_disk(held),
    }
    width = max(_NAMES, *(len(name) + 1 for name in facts))
    yield from (f"{name:<{width}}{clean(value)}" for name, value in facts.items())
    if held.network:
        yield _(
            "The archive lies on a file system of a network ({kind}): write to it and read it on"
            " one machine alone (docs/limits.md).",
            kind=held.network,
        )
    for site, trouble in status.untrusted:
        yield clean(
            _(
                "No browser would trust the certificate of {site}: {trouble}",
                site=site,
                trouble=stored(trouble),
            )
        )


def problem_lines(held: ArchiveStatus) -> Iterator[str]:
    """Every problem with its URL, site and date."""
    for problem in held.problems or ():
        yield clean(problem.url)
        detail = f": {stored(problem.detail)}" if problem.detail else ""
        what = clean(stored(problem.what) + detail)
        yield f"    {what} ({clean(problem.site)}, {local(problem.at)})"
    if held.problems:
        clock = zone(held.problems[-1].at)
        yield _("Times are those of this computer ({clock}).", clock=clock)
    else:
        yield _("No problems: all that was fetched could be read.")


def _check_text(held: ArchiveStatus) -> str:
    check = held.last_check
    if check is None:
        return _("never; `hdnd verify` does")
    found = count_of(check.damages, "damage") if check.damages else _("sound")
    segments = count_of(check.segments, "segment")
    if check.since:
        read = _("{segments} read, from segment {since} on", segments=segments, since=check.since)
    else:
        read = _("{segments} read", segments=segments)
    return _(
        "{at} by {who}: {found}, {read}",
        at=check.ended_at,
        who=check.by,
        found=found,
        read="; ".join([read, *_read_texts(held)]),
    )


def _read_texts(held: ArchiveStatus) -> Iterator[str]:
    """Since when every segment was read, or how many never were."""
    if held.last_read is None:
        return
    if held.last_read.since:
        yield _("every segment read since {at}", at=held.last_read.since)
    elif held.last_read.never:
        yield _("{segments} never read", segments=count_of(held.last_read.never, "segment"))


def _apart(status: Status) -> Iterator[str]:
    """Which articles stand apart, and when all were published."""
    if status.gone:
        yield _("{count} gone from the site", count=status.gone)
    if status.withheld:
        yield _("{count} withheld", count=status.withheld)
    if status.first_published and status.last_published:
        first, last = status.first_published, status.last_published
        yield _("published {first} to {last}", first=_day(first), last=_day(last))
    if status.undated:
        yield _("{count} without a date", count=status.undated)


def _day(moment: datetime) -> str:
    return f"{moment:%d/%m/%Y}"


def _problems(status: Status) -> str:
    if not status.problems:
        return _("none")
    return _("{count} (`hdnd status --problems` lists them)", count=status.problems)


def _on_disk(held: ArchiveStatus) -> str:
    warc, catalogue = _bytes(held.status.warc_bytes), _bytes(held.status.catalogue_bytes)
    if held.cluster:
        return _("WARC files {warc}, catalogue {catalogue}", warc=warc, catalogue=catalogue)
    return _(
        "WARC files {warc}, catalogue {catalogue}, index {index}",
        warc=warc,
        catalogue=catalogue,
        index=_bytes(held.index_bytes),
    )


def _index(held: ArchiveStatus) -> str:
    """How the index stands, and where it is if not here; what is said of a cluster names it."""
    said = _index_state(held.freshness)
    if held.cluster and not held.freshness.unanswered:
        return _("{state} (on {cluster})", state=said, cluster=held.cluster)
    return said


def _index_state(freshness: Freshness) -> str:
    if freshness.unanswered:
        return _("not known ({why})", why=in_words(freshness.unanswered))
    if freshness.rebuild:
        return _("must be built ({why}): `hdnd index`", why=in_words(freshness.rebuild))
    if freshness.behind:
        return _("{articles} behind: `hdnd index`", articles=count_of(freshness.behind, "article"))
    return _("up to date")


def _run_text(run: Run | None) -> str:
    if run is None:
        return _("none")
    if run.ended_at is None:
        return _(
            "{site}, {began} {clock}, going on or cut off",
            site=run.site,
            began=run.started_at,
            clock=zone(run.started_at),
        )
    ended = f"{run.ended_at.astimezone():%H:%M}"
    return _(
        "{site}, {began} to {ended} {clock} ({reason}): {outcomes}",
        site=run.site,
        began=run.started_at,
        ended=ended,
        clock=zone(run.ended_at),
        reason=stored(run.reason or ""),
        outcomes=outcomes(run.counts),
    )


def _bytes(number: float) -> str:
    for unit in _UNITS[:-1]:
        if number < 1000:
            return (
                _("{count} bytes", count=int(number)) if not unit else f"{decimal(number)} {unit}"
            )
        number /= 1000
    return f"{decimal(number)} {_UNITS[-1]}"
