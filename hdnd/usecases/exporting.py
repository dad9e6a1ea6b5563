"""The archive, or a part of it, in forms that others read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from archive.catalogue.lag import lag_of
from archive.catalogue.rows import CatalogueBroken
from archive.catalogue.soundness import require_sound
from archive.export import (
    COLUMNS,
    Selected,
    Selection,
    atomic_write,
    selected,
    table_rows,
    to_cdxj,
    to_csv,
    to_json_ld,
    to_json_lines,
    write_bag,
    write_wacz,
)
from archive.ground.errors import LockHeld, StorageFailed, UsageError
from archive.ground.home import Home
from archive.ground.message import Message
from archive.reading import ArchiveReader
from hdnd.usecases.catch_up import catch_up
from hdnd.usecases.page_parts import requisites_of
from hdnd.usecases.search import open_index, search
from hdnd.usecases.stages import OnProgress, Stage, StageProgress
from hdnd.views.workbook import write_workbook

_PACKAGES = {"wacz": write_wacz, "bagit": write_bag}
_TEXTS = {"cdxj": to_cdxj, "jsonl": to_json_lines, "csv": to_csv, "jsonld": to_json_ld}
_AROUND = {"csv": 1, "jsonld": 2}
"""How many pieces of a form stand around its articles: a header, the ends of a document."""


@contextmanager
def chosen_part(
    home: Home,
    *,
    site: str | None = None,
    ids: Iterable[str] = (),
    query: str | None = None,
    versions: bool = False,
    with_parts: bool = False,
) -> Iterator[Selected]:
    """What is to leave the archive: all, of one site, of these articles or those that match.

    With `versions` texts tell every version of an article, not the standing one alone; with
    `with_parts` what the pages of articles need to look as they did goes with them.
    """
    _take_in_what_was_kept(home)
    named = frozenset(ids) or (ids_found(home, query) if query else None)
    with ArchiveReader.open(home) as reader:
        parts = requisites_of(reader, sorted(named)) if named and with_parts else frozenset()
        with selected(reader, Selection(site, named, versions, parts)) as chosen:
            yield chosen


def _take_in_what_was_kept(home: Home) -> None:
    """Take in what an interrupted run kept, where the archive can be written to."""
    try:
        with ArchiveReader.open(home) as reader:
            behind = bool(lag_of(home, reader.catalogue))
            require_sound(reader.catalogue)
    except CatalogueBroken:
        behind = True
    if behind:
        with suppress(LockHeld, StorageFailed):
            catch_up(home, lambda progress: None)


def write_package(
    chosen: Selected, form: str, target: Path, *, title: str, on_progress: OnProgress
) -> int:
    """Write a `wacz` or `bagit`; the number of captures in it."""
    _PACKAGES[form](
        chosen,
        target,
        title=title,
        on_progress=lambda done, total: on_progress(StageProgress(Stage.EXPORT, done, total)),
    )
    return chosen.captures


def texts(chosen: Selected, form: str) -> Iterable[str]:
    """The pieces of a `cdxj`, `jsonl`, `csv` or `jsonld`, in order."""
    return _TEXTS[form](chosen)


def write_texts(chosen: Selected, form: str, target: Path) -> int:
    """Write them to a file, which stands under its name only once it is whole.

    The number of articles in it, of a `cdxj` that of captures.
    """
    return write_lines(texts(chosen, form), target) - _AROUND.get(form, 0)


def write_table(chosen: Selected, target: Path) -> int:
    """Write the articles as a workbook, times as clocks show them; the number of rows."""
    of_portal = COLUMNS.index("published_at")
    times = [COLUMNS.index(name) for name in COLUMNS if name.endswith(("_at", "_since"))]

    def rows() -> Iterator[list[object]]:
        for row in table_rows(chosen):
            for column in times:
                if isinstance(text := row[column], str):
                    moment = datetime.fromisoformat(text)
                    row[column] = moment if column == of_portal else moment.astimezone()
            yield row

    return write_workbook(target, COLUMNS, rows())


def write_lines(lines: Iterable[str], target: Path) -> int:
    """Write texts to a file, which stands under its name only once it is whole; their number."""
    count = 0
    with (
        atomic_write(target) as unfinished,
        unfinished.open("w", encoding="utf-8", newline="") as file,
    ):
        for line in lines:
            file.write(line)
            count += 1
    return count


def ids_found(home: Home, query: str) -> frozenset[str]:
    """The ids of the articles that match, without what a fall-back finds.

    Raises `UsageError` if the query finds nothing.
    """
    with open_index(home) as index:
        total = search(home, index, query, limit=0)[0].total
        hits = search(home, index, query, limit=total)[0].hits if total else ()
    if not hits:
        raise UsageError("usecases.no-match", query=query, hint=Message("usecases.try-search"))
    return frozenset(hit.id for hit in hits)
