"""Silent edits: every change of an article or of its files that the archive has witnessed.

The portals show no date of change, so that two captures that differ are the only witness.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from archive.catalogue.database import Catalogue
from archive.catalogue.queries.articles import Standing, content, standing
from archive.catalogue.queries.history import (
    articles_with_file,
    captures_of_file,
    edited_since,
    observations_of,
    swapped_since,
)
from archive.catalogue.queries.imports import rough_dates_of_file
from archive.catalogue.queries.withholding import withheld
from archive.history.article_history import State, file_states, states
from archive.history.differences import difference


@dataclass(frozen=True, slots=True)
class Edit:
    """One change: made after `after`, and no later than `found_at`.

    `old` and `new` are digests: of versions, or of payloads if `file` names a file that was swapped
    behind its URL. `kinds` are those of `archive.history.differences`, or `file`. `found_in` is the
    date of the capture that found it as its record states it, where that names no second.
    """

    article: str
    site: str
    title: str
    after: datetime
    found_at: datetime
    old: str
    new: str
    kinds: tuple[str, ...]
    file: str | None = None
    found_in: str | None = None


def edits(catalogue: Catalogue, *, since: datetime, site: str | None = None) -> list[Edit]:
    """The edits found at `since` or later, of one site or of all, the oldest first."""
    hidden = withheld(catalogue)
    found = [
        edit
        for edit in (*_of_articles(catalogue, since), *_of_files(catalogue, since))
        if edit.article not in hidden and site in (None, edit.site) and edit.found_at >= since
    ]
    return sorted(found, key=lambda edit: (edit.found_at, edit.article, edit.file or ""))


def _of_articles(catalogue: Catalogue, since: datetime) -> Iterator[Edit]:
    for id_ in edited_since(catalogue, since):
        article, title = _standing(catalogue, id_)
        observations = list(observations_of(catalogue, id_))
        stated = {one.captured_at: one.captured_in for one in observations}
        for old, new in _steps(list(states(observations))):
            made = difference(
                content(catalogue, id_, old.digest), content(catalogue, id_, new.digest)
            )
            edit = _edit(article, title, old, new, made.kinds)
            yield replace(edit, found_in=stated.get(new.first_captured_at))


def _of_files(catalogue: Catalogue, since: datetime) -> Iterator[Edit]:
    for place in swapped_since(catalogue, since):
        users = [_standing(catalogue, id_) for id_ in articles_with_file(catalogue, place)]
        rough = rough_dates_of_file(catalogue, *place)
        seen = captures_of_file(catalogue, place) if rough else []
        stated = {one.captured_at: rough.get(one.number) for one in seen}
        for old, new in _steps(file_states(catalogue, place)):
            for article, title in users:
                edit = _edit(article, title, old, new, ("file",), place.url)
                yield replace(edit, found_in=stated.get(new.first_captured_at))


def _standing(catalogue: Catalogue, id_: str) -> tuple[Standing, str]:
    article = standing(catalogue, id_)
    assert article is not None, "the catalogue named it"
    return article, content(catalogue, id_, article.version).title


def _steps(seen: list[State]) -> Iterator[tuple[State, State]]:
    return pairwise(seen)


def _edit(
    article: Standing,
    title: str,
    old: State,
    new: State,
    kinds: tuple[str, ...],
    file: str | None = None,
) -> Edit:
    return Edit(
        article.id,
        article.site,
        title,
        after=old.last_captured_at,
        found_at=new.first_captured_at,
        old=old.digest,
        new=new.digest,
        kinds=kinds,
        file=file,
    )
