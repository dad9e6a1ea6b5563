"""The history of an article: its versions, when it changed, what was seen beside, its files.

A *version* is what an article said, named by its digest; a *state* is a stretch of time in which
captures showed one version, so that A → B → A is three states of two versions. When a change was
made is known by its bounds alone: after the last capture of the old state, and no later than the
first of the new. Order is that of capture times, so that nothing is renumbered when an older
capture arrives later.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import groupby

from archive.catalogue import absence
from archive.catalogue.absence import Check, Tombstone
from archive.catalogue.database import Catalogue
from archive.catalogue.queries import articles
from archive.catalogue.queries.article_names import named
from archive.catalogue.queries.history import (
    Observation,
    SitePlace,
    captures_of_file,
    files_of,
    observations_of,
    versions_of,
)
from archive.ground.errors import UsageError
from archive.ground.message import Message
from archive.model import Article
from archive.withholding import require_shown

SHORT = 8
"""Hexadecimal digits by which a digest is shown, more where they would not tell two apart."""


@dataclass(frozen=True, slots=True)
class Version:
    """What an article said. `short` tells it from the article's other versions.

    `truncated`: only captures that were cut short showed it.
    """

    digest: str
    short: str
    article: Article
    first_captured_at: datetime
    last_captured_at: datetime
    captures: int
    truncated: bool


@dataclass(frozen=True, slots=True)
class State:
    """Captures in a row that showed the same: `digest` names a version, or a file's payload.

    The change to it was made after `after` (None: it is the first state) and no later than
    `first_captured_at`.
    """

    digest: str
    after: datetime | None
    first_captured_at: datetime
    last_captured_at: datetime
    captures: int


@dataclass(frozen=True, slots=True)
class FileHistory:
    """A picture or attachment by its URL: more than one state is a file that was swapped."""

    url: str
    role: str
    media_type: str | None
    states: tuple[State, ...]


@dataclass(frozen=True, slots=True)
class History:
    """All that the archive knows of an article over time; everything in the order of time.

    `presence` says whether it is still on its site.
    """

    id: str
    site: str
    url: str
    urls: tuple[str, ...]
    standing: str
    versions: tuple[Version, ...]
    states: tuple[State, ...]
    observations: tuple[Observation, ...]
    files: tuple[FileHistory, ...]
    checks: tuple[Check, ...]
    tombstones: tuple[Tombstone, ...]
    presence: Message

    def told(self, moment: datetime) -> Message:
        """An instant for a citation, no more exactly than the record of a capture states it."""
        return _told(self.observations, moment)

    def version(self, name: str) -> Version:
        """The version that a digest or the beginning of one names; raises `UsageError`."""
        found = [v for v in self.versions if name and v.digest.startswith(name.lower())]
        if len(found) == 1:
            return found[0]
        known = [v.short for v in self.versions]
        raise UsageError(
            "archive.has-several-versions" if found else "archive.has-no-version",
            article=self.id,
            version=name,
            hint=Message("archive.its-versions-are", versions=known),
        )


def history(catalogue: Catalogue, article_id: str) -> History:
    """The history of an article by whatever it is called (`article_names.named`).

    Raises `UsageError` if the archive does not hold it, `Withheld` if it must not be shown.
    """
    article = articles.standing(catalogue, named(catalogue, article_id))
    if article is None:
        raise UsageError(
            "archive.no-article-here", article=article_id, hint=Message("archive.search-prints-ids")
        )
    require_shown(catalogue, article.id)
    observations = tuple(observations_of(catalogue, article.id))
    checks = absence.checks(catalogue, article.id)
    return History(
        id=article.id,
        site=article.site,
        url=article.url,
        urls=articles.urls_of(catalogue, article.id, article.url),
        standing=article.version,
        versions=tuple(_versions(catalogue, article.id, observations)),
        states=tuple(states(observations)),
        observations=observations,
        files=tuple(_files(catalogue, article.id, article.site)),
        checks=tuple(checks),
        tombstones=tuple(absence.tombstones(article.id, checks)),
        presence=absence.presence(checks, partial(_told, observations)),
    )


def _told(observations: Sequence[Observation], moment: datetime) -> Message:
    stated = (o.captured_in for o in observations if o.captured_at == moment)
    rough = next(filter(None, stated), None)
    if rough:
        return Message("archive.some-time-in", date=rough)
    return Message("archive.instant", at=moment)


def states(observations: Sequence[Observation]) -> Iterator[State]:
    """The states of an article by its observations; truncated ones count if there are no others."""
    whole = [o for o in observations if not o.truncated] or list(observations)
    return _states((o.version, o.captured_at) for o in whole)


def shorten(digests: Iterable[str]) -> dict[str, str]:
    """Each digest with its beginning, of one length that tells all of them apart."""
    whole = set(digests)
    length = SHORT
    while len({digest[:length] for digest in whole}) < len(whole):
        length += 1
    return {digest: digest[:length] for digest in whole}


def _states(seen: Iterable[tuple[str, datetime]]) -> Iterator[State]:
    after: datetime | None = None
    for digest, run in groupby(seen, key=lambda one: one[0]):
        times = [moment for _, moment in run]
        yield State(digest, after, times[0], times[-1], len(times))
        after = times[-1]


def _versions(
    catalogue: Catalogue, article: str, observations: Sequence[Observation]
) -> Iterator[Version]:
    contents = versions_of(catalogue, article)
    short = shorten(contents)
    for digest in dict.fromkeys(o.version for o in observations):
        seen = [o for o in observations if o.version == digest]
        yield Version(
            digest=digest,
            short=short[digest],
            article=contents[digest],
            first_captured_at=seen[0].captured_at,
            last_captured_at=seen[-1].captured_at,
            captures=len(seen),
            truncated=all(o.truncated for o in seen),
        )


def file_states(catalogue: Catalogue, place: SitePlace) -> list[State]:
    """The states of a file by the digests of its payload; cut captures count if all are."""
    seen = captures_of_file(catalogue, place)
    whole = [one for one in seen if not one.truncated] or seen
    return list(_states((one.digest, one.captured_at) for one in whole))


def _files(catalogue: Catalogue, article: str, site: str) -> Iterator[FileHistory]:
    for file in files_of(catalogue, article, site):
        seen = file_states(catalogue, SitePlace(site, file.url))
        yield FileHistory(file.url, file.role, file.media_type, tuple(seen))
