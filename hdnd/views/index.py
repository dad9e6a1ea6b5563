"""How a search index stands to its archive."""

from __future__ import annotations

from dataclasses import dataclass

from archive.ground.message import Message


@dataclass(frozen=True, slots=True)
class Freshness:
    """How an index stands to its archive: the articles it lacks, and why it must be built anew.

    `unanswered` is why neither is known: the cluster that holds it can't answer.
    """

    behind: int
    rebuild: Message | None = None
    unanswered: Message | None = None


@dataclass(frozen=True, slots=True)
class Indexed:
    """What bringing an index up to date did.

    `rebuilt` says that all of it was built anew, `why` what made that necessary where it was not
    asked for. `versions_built` and `files_built` say the same of the index of earlier versions and
    of the one of attachments.
    """

    put_in: int
    taken_out: int
    rebuilt: bool = False
    why: Message | None = None
    versions_built: bool = False
    files_built: bool = False
