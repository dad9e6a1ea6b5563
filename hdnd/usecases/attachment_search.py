"""A search in articles and in their attachments: one answer, an article each hit.

What stands in a file is the hit of its article. An article that is found both ways is shown as it
is found better; phrases are found within the article or within a page.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any, NamedTuple

from archive.ground.home import INDEX_OF_ATTACHMENTS, Home
from hdnd.usecases.attachment_keys import decoded
from indexer import Answer, FilePlace, Hit, Ranked, SearchIndex
from indexer.facets import Counts, in_order, of_the_same
from indexer.query.tree import COMPATIBLE

_MOST = 20_000
"""So many files at most are looked at."""

_WEIGHT = 0.7
"""What a score in a file counts, against one in an article."""


class _InFile(NamedTuple):
    """The best file of an article, and its place among the answers."""

    article: str
    ranked: Ranked


def search_everywhere(
    home: Home,
    index: SearchIndex,
    query: str,
    *,
    sort: Any = "score",
    limit: int = 10,
    page: int = 1,
    facets: Any = (),
    explain: bool = False,
    past: bool = False,
    **filters: Any,
) -> Answer:
    """The answer from articles and files; with `past`, also from files that stand no longer.

    The other values are those of `SearchIndex.search`.
    """
    from indexer.query.parsing import parse

    scope = parse(query).scope
    in_article = scope != "attachment"
    shown = {"sort": sort, "limit": limit, "page": page, "facets": facets, "explain": explain}
    if scope in ("title", "body"):
        return index.search(query, **shown, **filters)
    folder = os.path.join(home.folder, INDEX_OF_ATTACHMENTS)  # noqa: PTH118
    with SearchIndex.open(folder) as files:
        found = _files(files, query, sort, filters, past=past)
        if not found and in_article:
            return index.search(query, **shown, **filters)
        if not in_article:
            rows = _in_order(list(found.values()), sort)
            hits = _hits(files, query, rows[limit * (page - 1) : limit * page])
            notes = parse(query).notes
            return _with_files(Answer(0, tuple(hits), notes=notes), found, facets)
        return _merged(index, files, query, found, shown, filters)


def _files(
    files: SearchIndex, query: str, sort: Any, filters: Mapping[str, Any], *, past: bool
) -> dict[str, _InFile]:
    """For each article the best of its files that match."""
    found: dict[str, _InFile] = {}
    once: dict[str, _InFile] = {}
    chosen = filters.get("ids")
    for ranked in files.ranking(query, sort=sort, limit=_MOST, **{**filters, "ids": None}):
        key = decoded(ranked.id)
        if chosen is not None and key.article not in chosen:
            continue
        scored = ranked._replace(score=ranked.score * _WEIGHT)
        (found if key.stands else once).setdefault(key.article, _InFile(key.article, scored))
    return once | found if past else found


def _merged(
    index: SearchIndex,
    files: SearchIndex,
    query: str,
    found: dict[str, _InFile],
    shown: dict[str, Any],
    filters: dict[str, Any],
) -> Answer:
    limit, page = shown["limit"], shown["page"]
    upto = limit * page
    answer = index.search(query, **shown | {"limit": upto, "page": 1}, **filters)
    if answer.fallback:
        answer = Answer(0, (), notes=answer.notes[:-1])
    both = index.matching(query, found.keys(), **filters)
    alone = {article: one for article, one in found.items() if article not in both}
    answer = _with_files(answer, alone, shown["facets"])
    if not limit:
        return answer._replace(hits=())
    whole = [hit for hit in answer.hits if not hit.partial]
    rows = _merge(whole, _in_order(list(alone.values()), shown["sort"]), shown["sort"])
    rows += [hit for hit in answer.hits if hit.partial and hit.id not in alone]
    cut = rows[upto - limit : upto]
    better = [
        found[row.id] if isinstance(row, Hit) and _is_better(found.get(row.id), row) else row
        for row in cut
    ]
    in_files = iter(_hits(files, query, [row for row in better if isinstance(row, _InFile)]))
    hits = [next(in_files) if isinstance(row, _InFile) else row for row in better]
    return answer._replace(hits=tuple(hits))


def _merge(hits: list[Hit], in_files: list[_InFile], sort: Any) -> list[Hit | _InFile]:
    """Both in one order; the articles stay in theirs."""
    order = _order(sort)
    rows: list[Hit | _InFile] = []
    for hit in hits:
        while in_files and order(in_files[0]) < order(hit):
            rows.append(in_files.pop(0))
        rows.append(hit)
    return [*rows, *in_files]


def _is_better(in_file: _InFile | None, hit: Hit) -> bool:
    """Whether a file has what was typed more nearly as it was typed."""
    return in_file is not None and (hit.partial or in_file.ranked.rank > hit.rank)


def _order(sort: Any) -> Any:
    def by_score(row: Hit | _InFile) -> tuple[int, float]:
        one = row.ranked if isinstance(row, _InFile) else row
        return -one.rank, -one.score

    def by_day(row: Hit | _InFile) -> tuple[int, int, float]:
        if isinstance(row, _InFile):
            day = row.ranked.day
        else:
            text = (row.published_at or "")[:10].replace("-", "")
            day = int(text) if text.isdecimal() else 0
        placed = -day if sort == "newest" else day or 99_999_999
        return placed, *by_score(row)

    return by_score if sort == "score" else by_day


def _in_order(rows: list[_InFile], sort: Any) -> list[_InFile]:
    return sorted(rows, key=_order(sort))


def _hits(files: SearchIndex, query: str, rows: list[_InFile]) -> list[Hit]:
    """The answers for files, each as its article's."""
    hits = []
    for hit in files.hits(query, [row.ranked for row in rows]):
        key = decoded(hit.id)
        number, _, ocr, part = key.page_of(hit.line)
        place = FilePlace(key.name, key.url, number, part, ocr, key.stands)
        hits.append(hit._replace(id=key.article, file=place if hit.snippet_spans else None))
    return hits


def _with_files(answer: Answer, alone: Mapping[str, _InFile], names: Any) -> Answer:
    """The counts of articles with those added that are found in files alone."""
    typed = {key: one for key, one in alone.items() if one.ranked.tier <= COMPATIBLE}
    facets = _counted(answer.facets, alone, names)
    own = _counted(answer.facets_as_typed, typed, names)
    return answer._replace(
        total=answer.total + len(alone),
        as_typed=answer.as_typed + len(typed),
        facets=facets,
        facets_as_typed={name: of_the_same(facets[name], dict(own[name])) for name in facets},
    )


def _counted(
    facets: Mapping[str, Counts], alone: Mapping[str, _InFile], names: Any
) -> dict[str, Counts]:
    counted = {}
    for name in names:
        counts = dict(facets.get(name, ()))
        for one in alone.values():
            value = _facet(one.ranked, name)
            counts[value] = counts.get(value, 0) + 1
        counted[name] = in_order(name, counts)
    return counted


def _facet(ranked: Ranked, name: str) -> str:
    day = ranked.day
    if name == "year":
        return str(day // 10_000) if day else ""
    if name == "month":
        return f"{day // 10_000}-{day // 100 % 100:02}" if day else ""
    return ranked.site if name == "site" else ranked.category
