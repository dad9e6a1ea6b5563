"""What `hdnd verify` and `hdnd repair` share: the index's part of a check, and damages in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from archive.fixity.damage import Damage, DamagedPart
from archive.ground.errors import ArchiveDamaged, IndexUnusable
from archive.ground.home import Home
from archive.reading import ArchiveReader
from archive.warc import manifest
from search_cli.safe_text import clean

_REMEDY = "`hdnd index` brings it up to date, `hdnd repair` makes it anew."


def check_index(home: Home, *, deep: bool) -> Iterator[Damage]:
    """What is wrong with the search index; a deep check compares every article's id."""
    if not home.index.exists():
        return
    from indexer import SearchIndex
    from search_cli.indexing import freshness

    try:
        with ArchiveReader.open(home) as reader, SearchIndex.open(home.index) as index:
            reader.hold_still()
            index.verify()
            stands = freshness(home, reader)
            if stands.rebuild is not None:
                yield _damage(stands.rebuild)
            elif deep and not stands.behind:
                yield from _compare_ids(set(index.ids()), reader)
    except IndexUnusable as error:
        yield _damage(error.message)
    except ArchiveDamaged:
        return


def _compare_ids(indexed: set[str], reader: ArchiveReader) -> Iterator[Damage]:
    shown = {row["id"] for row in reader.connection.execute("SELECT id FROM shown_article")}
    for article in sorted(shown - indexed):
        yield _damage(f"it lacks article {article}")
    for article in sorted(indexed - shown):
        yield _damage(f"it holds article {article}, which the archive does not show")


def first_segment(home: Home, since: str | datetime | None) -> int:
    """The number of the first segment to check: by name, or by the moment it was written."""
    if since is None:
        return 0
    if isinstance(since, datetime):
        return manifest.written_since(home, since.astimezone(UTC))
    return int(since.split("-")[1])


def damage_lines(damage: Damage) -> Iterator[str]:
    """A damage for a person: where, what, and the page that it concerns."""
    where = damage.file if damage.offset is None else f"{damage.file}, offset {damage.offset:,}"
    yield clean(f"{where}: {damage.what}")
    if damage.url:
        yield f"    {clean(damage.url)}"


def remedy_lines(damages: Iterable[Damage]) -> Iterator[str]:
    """What to do about the damages, each remedy once."""
    for remedy in dict.fromkeys(damage.remedy for damage in damages):
        yield f"- {clean(remedy)}"


def as_json(damage: Damage) -> dict[str, Any]:
    """The same for a program."""
    return asdict(damage)


def _damage(what: str) -> Damage:
    return Damage(DamagedPart.INDEX, "index", what, _REMEDY)
