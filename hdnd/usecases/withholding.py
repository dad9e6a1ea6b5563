"""An act that changes what may be shown, carried through to the search index."""

from __future__ import annotations

import logging

from archive.catalogue.queries.withholding import Act, Withholding, acts
from archive.ground.errors import HdndError, IndexOfAnother
from archive.ground.home import Home
from archive.ground.message import Message
from archive.reading import ArchiveReader
from archive.store import Archive
from archive.withholding import record_act
from crawler import Extractor
from hdnd.usecases.catch_up import require_archive
from hdnd.usecases.derivations import others
from hdnd.usecases.index_places import STANDING, is_there
from hdnd.usecases.indexing import update_index

_LOGGER = logging.getLogger(__name__)


def withhold(home: Home, article: str, *, reason: str, by: str | None = None) -> Withholding:
    """From now on an article is not shown; raises what `record_act` raises."""
    return _carry_out(home, article, Act.WITHHOLD, reason, by)


def release(home: Home, article: str, *, reason: str, by: str | None = None) -> Withholding:
    """Show an article again that was withheld; raises what `record_act` raises."""
    return _carry_out(home, article, Act.RELEASE, reason, by)


def every_act(home: Home) -> list[Withholding]:
    """Every act, releases too, the oldest first."""
    with ArchiveReader.open(home) as reader:
        return acts(reader.catalogue)


def _carry_out(home: Home, article: str, act: Act, reason: str, by: str | None) -> Withholding:
    """Record the act, then bring the index up to date with it.

    Where the act is recorded and the index may not know it yet, what keeps it from that is raised,
    with a word that the act is recorded.
    """
    require_archive(home)
    with Archive(home, Extractor(), others=others()) as archive:
        done = record_act(archive, article, act, reason=reason, by=by)
    _LOGGER.info(
        "an act was recorded",
        extra={"act": act.value, "article": article, "reason": reason, "by": by},
    )
    try:
        if is_there(home, STANDING):
            update_index(home)
    except HdndError as error:
        hint = Message("usecases.act-not-in-index")
        if isinstance(error, IndexOfAnother) and error.hint:
            hint = Message("usecases.act-and-no-index", way=error.hint)
        raise type(error)(error.said, hint=hint) from error
    return done
