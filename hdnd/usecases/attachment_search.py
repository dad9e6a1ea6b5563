"""A search in articles and in their attachments: one answer, an article each hit.

What stands in a file is the hit of its article. An article that is found both ways is shown as it
is found better; phrases are found within the article or within a page.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from archive.ground.home import Home
from archive.ground.message import Message
from hdnd.usecases.attachment_keys import AttachmentKey, decoded
from hdnd.usecases.index_places import ATTACHMENTS, opened
from hdnd.usecases.scattered_over_files import scattered
from hdnd.usecases.unwanted_by_files import unwanted_by_files
from indexer import Answer, FilePlace, Hit, Passage, Ranked
from indexer.query.tree import COMPATIBLE, EXACT

if TYPE_CHECKING:
    from indexer.engine import SearchEngine

NO_FILE_READ = Message("usecases.no-file-read")
_MOST = 20_000
"""So many files at most are looked at."""

_WEIGHT = 0.7
"""What a score in a file counts, against one in an article."""


class _InFile(NamedTuple):
    """The best file of an article, and its place among the answers; all its files that match."""

    article: str
    ranked: Ranked
    files: list[Ranked]
    keys: tuple[str, ...] = ()
    """The files that have some of the words each; then `ranked` is the article itself."""


def search_everywhere(
    home: Home,
    index: SearchEngine,
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

    asked = parse(query)
    scope = asked.scope
    in_article = scope != "attachment"
    shown = {"sort": sort, "limit": limit, "page": page, "facets": facets, "explain": explain}
    if scope in ("title", "body") or asked.node is None:
        return index.search(query, **shown, **filters)
    with opened(home, ATTACHMENTS) as of_files:
        index, files = index.alike(of_files)
        taken_out = unwanted_by_files(index, files, query, asked, filters)
        in_files = {**filters, "unwanted": taken_out.files}
        found = _files(files, query, sort, in_files, index.hidden, past=past)
        if not in_article:
            rows = _in_order(list(found.values()), sort)
            rows = rows[limit * (page - 1) : limit * page]
            hits = _with_passages(files, query, _hits(files, query, rows, filters), found, filters)
            notes = asked.notes
            if not files.document_count:
                notes = (*notes, NO_FILE_READ)
            return _with_files(Answer(0, tuple(hits), notes=notes), found, facets)
        filters["unwanted"] = taken_out.articles
        return _merged(index, files, query, found, shown, filters, past=past)


def _files(
    files: SearchEngine,
    query: str,
    sort: Any,
    filters: Mapping[str, Any],
    hidden: Collection[str],
    *,
    past: bool,
) -> dict[str, _InFile]:
    """For each article the best of its files that match."""
    found: dict[str, _InFile] = {}
    once: dict[str, _InFile] = {}
    chosen = filters.get("ids")
    for ranked in files.ranking(query, sort=sort, limit=_MOST, **{**filters, "ids": None}):
        key = decoded(ranked.id)
        if key.article in hidden or (chosen is not None and key.article not in chosen):
            continue
        scored = ranked._replace(score=ranked.score * _WEIGHT)
        best = (found if key.stands else once).setdefault(
            key.article, _InFile(key.article, scored, [])
        )
        best.files.append(ranked)
    return once | found if past else found


def _merged(
    index: SearchEngine,
    files: SearchEngine,
    query: str,
    found: dict[str, _InFile],
    shown: dict[str, Any],
    filters: dict[str, Any],
    *,
    past: bool,
) -> Answer:
    limit, page = shown["limit"], shown["page"]
    upto = limit * page
    apart = scattered(index, files, query, found.keys(), filters, past=past)
    if not (found or apart):
        answer = index.search(query, **shown, **filters)
        return answer._replace(at_least=answer.at_least or apart is None)
    answer = index.search(query, **shown | {"limit": upto, "page": 1}, **filters)
    answer = answer._replace(at_least=answer.at_least or apart is None)
    if answer.fallback:
        answer = Answer(0, (), notes=answer.notes[:-1])
    both = index.matching(query, found.keys(), **filters)
    alone = {article: one for article, one in found.items() if article not in both}
    for ranked, keys in apart or ():
        alone[ranked.id] = _InFile(ranked.id, ranked, [], keys)
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
    rows_in_files = [row for row in better if isinstance(row, _InFile) and not row.keys]
    in_files = iter(_hits(files, query, rows_in_files, filters))
    of_both = iter(_hits_of_both(index, files, query, better))
    hits = [
        row if isinstance(row, Hit) else next(of_both) if row.keys else next(in_files)
        for row in better
    ]
    if filters.get("passages"):
        hits = _with_own_passages(index, query, hits)
    hits = _with_passages(files, query, hits, found, filters)
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


def _hits(
    files: SearchEngine, query: str, rows: list[_InFile], filters: Mapping[str, Any]
) -> list[Hit]:
    """The answers for files, each as its article's."""
    hits = []
    exact = bool(filters.get("exact"))
    for hit in files.hits(query, [row.ranked for row in rows], exact=exact):
        key = decoded(hit.id)
        place = _place(key, hit.line) if hit.snippet_spans else None
        hits.append(hit._replace(id=key.article, file=place))
    return hits


def _hits_of_both(
    index: SearchEngine, files: SearchEngine, query: str, rows: list[Hit | _InFile]
) -> list[Hit]:
    """The answers for articles that have the words together with their files: all passages."""
    both = [row for row in rows if isinstance(row, _InFile) and row.keys]
    hits = index.hits(query, [row.ranked for row in both], passages=True)
    return [
        hit._replace(passages=(*hit.passages, *_passages_of(files, query, row)))
        for hit, row in zip(hits, both, strict=True)
    ]


def _passages_of(files: SearchEngine, query: str, row: _InFile) -> Iterator[Passage]:
    ranked = [row.ranked._replace(id=key) for key in row.keys]
    for hit in files.hits(query, ranked, passages=True):
        key = decoded(hit.id)
        yield from (one._replace(file=_place(key, one.line)) for one in hit.passages)


def _with_own_passages(index: SearchEngine, query: str, hits: list[Hit]) -> list[Hit]:
    """The answers for files with the passages of their articles."""
    lacking = [hit.id for hit in hits if not hit.passages]
    ranked = index.ranking("", ids=lacking, limit=len(lacking))
    own = {hit.id: hit.passages for hit in index.hits(query, ranked, passages=True)}
    return [hit._replace(passages=own.get(hit.id, hit.passages)) for hit in hits]


def _with_passages(
    files: SearchEngine,
    query: str,
    hits: list[Hit],
    found: Mapping[str, _InFile],
    filters: Mapping[str, Any],
) -> list[Hit]:
    """The answers, with the passages of their files behind those of the articles, if asked for."""
    if not filters.get("passages"):
        return hits
    ranked = [one for hit in hits if hit.id in found for one in found[hit.id].files]
    of_article: dict[str, list[Passage]] = {}
    exact = bool(filters.get("exact"))
    for in_file in files.hits(query, ranked, passages=True, exact=exact):
        key = decoded(in_file.id)
        of_article.setdefault(key.article, []).extend(
            one._replace(file=_place(key, one.line)) for one in in_file.passages
        )
    return [hit._replace(passages=(*hit.passages, *of_article.get(hit.id, ()))) for hit in hits]


def _place(key: AttachmentKey, line: int) -> FilePlace:
    number, _, ocr, part = key.page_of(line)
    return FilePlace(key.name, key.url, number, part, ocr, key.stands)


def _with_files(answer: Answer, alone: Mapping[str, _InFile], names: Any) -> Answer:
    """The counts of articles with those added that are found in files alone."""
    ranked = [one.ranked for one in alone.values()]
    answer = answer._replace(
        total=answer.total + len(ranked),
        as_typed=answer.as_typed + sum(one.tier <= COMPATIBLE for one in ranked),
        exact=answer.exact + sum(one.tier == EXACT for one in ranked),
    )
    if names:
        from hdnd.usecases.facets_with_files import with_facets_of

        answer = with_facets_of(ranked, answer, names)
    return answer
