"""Withholding: an article that must not be shown, by an act with a reason; its bytes stay.

The act is a `metadata` record in a segment of its own, so that it survives a rebuild like every
other fact. What is withheld now is what the last act says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.catalogue.database import Catalogue
from archive.catalogue.queries.article_names import named
from archive.catalogue.queries.articles import standing
from archive.catalogue.queries.runs import description_of
from archive.catalogue.queries.withholding import (
    Act,
    Withholding,
    acts,
    removed,
    withheld_by,
)
from archive.ground.errors import UsageError, Withheld
from archive.ground.message import Message

if TYPE_CHECKING:
    from archive.store import Archive


def record_act(
    archive: Archive, article: str, act: Act, *, reason: str, by: str | None = None
) -> Withholding:
    """Withhold an article or release it; returns once the act is on the disk.

    Raises `UsageError` for an article that the archive does not hold, an empty reason, and an act
    that would change nothing.
    """
    article = named(archive.catalogue, article)
    if standing(archive.catalogue, article) is None and article not in removed(archive.catalogue):
        raise UsageError("archive.no-such-article", article=article, folder=archive.home.path)
    if not reason.strip():
        raise UsageError("archive.act-needs-a-reason", hint=Message("archive.say-why"))
    if (act is Act.WITHHOLD) == (withheld_by(archive.catalogue, article) is not None):
        raise UsageError(
            "archive.withheld-already" if act is Act.WITHHOLD else "archive.not-withheld",
            article=article,
            hint=Message("archive.list-shows-every-act"),
        )
    run = archive.begin_run(description_of(archive.catalogue, article))
    run.record_act(article, act.value, reason, by)
    run.end(act.value, {})
    return acts(archive.catalogue)[-1]


def require_shown(catalogue: Catalogue, article: str) -> None:
    """Raise `Withheld` if this article is."""
    act = withheld_by(catalogue, article)
    if act:
        raise Withheld(
            "archive.withheld",
            article=article,
            since=act.at.date(),
            reason=act.reason,
            hint=Message("archive.list-shows-and-release-undoes"),
        )
