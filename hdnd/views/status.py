"""What an archive holds, and how fresh its index is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from archive.fixity.check_log import CheckRecord
from archive.fixity.rotation import LastRead
from archive.ground.home import Home
from archive.model import Problem, Status
from hdnd.messages.telling import in_english
from hdnd.views.index import Freshness
from hdnd.views.run import problem_json, run_json


@dataclass(frozen=True, slots=True)
class ArchiveStatus:
    """The state of an archive and of its index; sizes in bytes.

    `problems` are None where they were not asked for. `cluster` is the address of an index on a
    cluster, whose size is not known; None where the index lies with the archive. `network` is the
    kind of file system that the archive lies on, where that is one of a network.
    """

    home: Home
    status: Status
    freshness: Freshness
    index_bytes: int
    problems: Sequence[Problem] | None
    last_check: CheckRecord | None = None
    last_read: LastRead | None = None
    cluster: str | None = None
    network: str | None = None


def status_json(held: ArchiveStatus) -> dict[str, Any]:
    """The same for a program: sizes in bytes, times in ISO 8601; null is what is not known."""
    status, rebuild = held.status, held.freshness.rebuild
    unanswered = held.freshness.unanswered
    values: dict[str, Any] = {
        "home": str(held.home.path),
        "network_file_system": held.network,
        "articles": status.articles,
        "gone": status.gone,
        "withheld": status.withheld,
        "undated": status.undated,
        "versions": status.versions,
        "captures": status.captures,
        "problem_count": status.problems,
        "sites": list(status.sites),
        "untrusted_certificates": dict(status.untrusted),
        "first_published": _iso(status.first_published),
        "last_published": _iso(status.last_published),
        "last_check": asdict(held.last_check) if held.last_check else None,
        "closed_segments": held.last_read.closed if held.last_read else None,
        "every_segment_read_since": _iso(held.last_read.since) if held.last_read else None,
        "segments_never_read": held.last_read.never if held.last_read else None,
        "last_run": run_json(status.last_run) if status.last_run else None,
        "index": {
            "up_to_date": None if unanswered else not held.freshness.behind and not rebuild,
            "behind": None if unanswered else held.freshness.behind,
            "rebuild": rebuild and in_english(rebuild),
            "cluster": held.cluster,
        },
        "bytes": {
            "warc": status.warc_bytes,
            "catalogue": status.catalogue_bytes,
            "index": None if held.cluster else held.index_bytes,
        },
    }
    if held.problems is not None:
        values["problems"] = [problem_json(problem) for problem in held.problems]
    return values


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
