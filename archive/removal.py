"""Removal: the records of an article that must be kept no longer, and what is said in their place.

New segments stand for those that had them; each says what it lacks, and the old ones are deleted.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.catalogue.queries.article_names import named
from archive.catalogue.queries.removal import captures_to_remove
from archive.catalogue.queries.runs import description_of
from archive.catalogue.queries.withholding import Act, acts, withheld_by
from archive.ground.causes import disk_failed
from archive.ground.errors import ArchiveDamaged, UsageError
from archive.ground.message import Message
from archive.warc import manifest, removal

if TYPE_CHECKING:
    from archive.store import Archive


@dataclass(frozen=True, slots=True)
class Removal:
    """What is removed of an article: how many records, and from which segments.

    `aside` are files of earlier repairs that may still hold some of it.
    """

    article: str
    reason: str
    records: int
    segments: tuple[str, ...]
    aside: tuple[str, ...]


def decide_removal(archive: Archive, article: str, *, reason: str) -> Removal:
    """Decide that all records of a withheld article are removed.

    When it returns the decision is on the disk: it is carried out when the archive is opened to be
    written the next time. Killed before, nothing has happened. Raises `UsageError` for an article
    that is not withheld or of which nothing is held and for an empty reason, `ArchiveDamaged` for
    segments that are not as the manifest says, `StorageFailed`.
    """
    home, catalogue = archive.home, archive.catalogue
    article = named(catalogue, article)
    reason = " ".join(reason.split())
    if not reason:
        raise UsageError("archive.removal-needs-a-reason", hint=Message("archive.say-why"))
    act = withheld_by(catalogue, article)
    if act is None:
        raise UsageError(
            "archive.not-withheld", article=article, hint=Message("archive.withhold-first")
        )
    if not home.manifest.is_file() or not manifest.is_intact(home):
        raise ArchiveDamaged(
            "archive.path-says",
            path=home.manifest,
            what=Message("archive.lost-or-damaged"),
            hint=Message("archive.repair-first"),
        )
    by_this_id = [one.act for one in acts(catalogue) if one.article == article]
    if by_this_id[-1:] != [Act.WITHHOLD]:
        # It was known by another id then, which only its own records make the same.
        run = archive.begin_run(description_of(catalogue, article))
        run.record_act(article, Act.WITHHOLD.value, act.reason, act.by)
        run.end(Act.WITHHOLD.value, {})
    places = defaultdict(set)
    for capture in captures_to_remove(catalogue, article):
        places[capture.segment].add(capture.offset)
    if not places:
        raise UsageError("archive.nothing-held-of", article=article, folder=home.path)
    at = archive.clock()
    try:
        written = [
            removal.write_without(
                home, home.warc / name, offsets, article=article, reason=reason, at=at
            )
            for name, offsets in sorted(places.items())
        ]
        removal.commit(home, written)
    except OSError as error:
        raise disk_failed(error, home.aside, Message("archive.make-room")) from error
    finally:
        removal.forget_unfinished(home)
    ours = {removal.PENDING} | {path.name for path in home.aside.glob("*.removal")}
    aside = sorted(path.name for path in home.aside.iterdir() if path.name not in ours)
    count = sum(len(one.removed) for one in written)
    return Removal(article, reason, count, tuple(sorted(places)), tuple(aside))
