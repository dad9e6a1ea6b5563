"""Earlier versions can be searched too: a deleted sentence is the story.

Beside the index of what stands now lies a small one of all versions of the articles that were ever
changed. An answer from it that the standing version does not give as well is words that are gone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from archive.catalogue.queries.history import SitePlace
from archive.ground.errors import IndexOfAnother, IndexUnusable, Withheld
from archive.ground.home import Home
from archive.ground.message import Message
from archive.history.article_history import History, State, file_states, history
from archive.model import ArticleRecord
from archive.reading import ArchiveReader
from hdnd.usecases.attachment_search import search_everywhere
from hdnd.usecases.index_documents import RULE_SCALE, document_of, watermark_of
from hdnd.usecases.index_places import ATTACHMENTS, VERSIONS, is_of_what_is_there, opened, replaced
from hdnd.usecases.unwanted_by_files import articles_by_files, is_negative
from hdnd.usecases.word_search import has_attachments, search_words
from hdnd.views.fate import Fate, FateKind
from indexer import Answer, Document, FilePlace, Hit
from indexer.query.tree import EXACT

if TYPE_CHECKING:
    from indexer.engine import SearchEngine

_OF = "@"
_MOST = 1_000


def update_versions(home: Home, reader: ArchiveReader, *, take_over: bool = False) -> bool:
    """Bring the index of versions up to date with the archive; whether all of it was built.

    Raises `IndexOfAnother` as `update_index` does.
    """
    watermark = watermark_of(reader)
    try:
        with opened(home, VERSIONS) as index:
            index.verify()
            rule, seq = divmod(index.watermark or 0, RULE_SCALE)
            known = rule == reader.rule() and seq <= reader.last_change()
            if known and is_of_what_is_there(home, index):
                if index.watermark != watermark:
                    _follow(index, reader, seq)
                return False
    except IndexUnusable:
        pass
    except IndexOfAnother:
        if not take_over:
            raise
    records = (record for _, _, record in reader.changes(0) if record)
    documents = _versions_of(reader, records)
    replaced(home, VERSIONS, documents, watermark=watermark, take_over=take_over)
    return True


def _follow(index: SearchEngine, reader: ArchiveReader, after: int) -> None:
    changes = list(reader.changes(after))
    changed = {article_id for article_id, _, _ in changes} | set(reader.merged_away(after))
    stale = [key for key in index.ids() if key.partition(_OF)[0] in changed]
    documents = _versions_of(reader, (record for _, _, record in changes if record))
    index.update(documents, remove=stale, watermark=watermark_of(reader))


def _versions_of(reader: ArchiveReader, records: Iterable[ArticleRecord]) -> Iterator[Document]:
    for record in records:
        if record.versions > 1:
            for version in history(reader.catalogue, record.id).versions:
                document = document_of(record, version.article)
                yield document._replace(id=f"{record.id}{_OF}{version.digest}")


def search_past_and_present(
    home: Home, index: SearchEngine, query: str, *, limit: int, page: int, **how: Any
) -> tuple[Answer, Mapping[str, Fate]]:
    """The answer of what stands now and of what stood once, and by id what became of the words.

    Words that are gone come first.
    """
    end = limit * page
    answer = _standing(home, index, query, limit=end, **how)
    with ArchiveReader.open(home) as reader:
        lacking = _lacking(home, reader)
        once = list(_once(home, index, reader, query, how))
        standing = () if answer.fallback and once else answer.hits
        hits = [*(hit for hit, _ in once), *standing][end - limit : end]
        fates = {hit.id: fate for hit, fate in once}
        for hit in hits:
            if hit.id not in fates and (fate := _present(reader, hit)):
                fates[hit.id] = fate
    found = answer._replace(
        total=answer.total + len(once),
        as_typed=answer.as_typed + sum(hit.as_typed for hit, _ in once),
        exact=answer.exact + sum(hit.tier == EXACT for hit, _ in once),
        hits=tuple(hits),
        fallback=None if once else answer.fallback,
        notes=(*lacking, *(() if once and answer.fallback else answer.notes)),
    )
    return found, fates


def _lacking(home: Home, reader: ArchiveReader) -> tuple[Message, ...]:
    """What is to be said of the index of versions: that it is not there, or not up to date."""
    try:
        with opened(home, VERSIONS) as versions:
            behind = versions.watermark != watermark_of(reader)
    except IndexUnusable:
        return (Message("usecases.versions-not-indexed"),)
    return (Message("usecases.versions-behind"),) if behind else ()


def _standing(home: Home, index: SearchEngine, query: str, *, limit: int, **how: Any) -> Answer:
    """What stands now, and what stood in files that were swapped since."""
    if not has_attachments(home):
        return search_words(home, index, query, limit=limit, **how)
    return search_everywhere(home, index, query, limit=limit, past=True, **how)


def _once(
    home: Home, index: SearchEngine, reader: ArchiveReader, query: str, how: dict[str, Any]
) -> Iterator[tuple[Hit, Fate]]:
    """Articles whose earlier versions have the words while the standing one has not."""
    for past, hits in _matching(home, index, reader, query, how):
        if past.standing not in hits:
            digest, fate = _removal(past, set(hits))
            yield hits[digest]._replace(id=past.id), fate


def removals(home: Home, index: SearchEngine, query: str, **how: Any) -> list[tuple[Hit, Fate]]:
    """Every time that an edit took the words out of an article, also where they came back."""
    with ArchiveReader.open(home) as reader:
        return [
            (hits[state.digest]._replace(id=past.id), _removed(past, state, following))
            for past, hits in _matching(home, index, reader, query, how)
            for state, following in pairwise(past.states)
            if state.digest in hits and following.digest not in hits
        ]


def additions(home: Home, index: SearchEngine, query: str, **how: Any) -> dict[str, datetime]:
    """The articles that had not the words at first, and when they were first seen with them."""
    with ArchiveReader.open(home) as reader:
        return {
            past.id: next(s.first_captured_at for s in past.states if s.digest in hits)
            for past, hits in _matching(home, index, reader, query, how)
            if past.states[0].digest not in hits and any(s.digest in hits for s in past.states)
        }


def _matching(
    home: Home, index: SearchEngine, reader: ArchiveReader, query: str, how: dict[str, Any]
) -> Iterator[tuple[History, dict[str, Hit]]]:
    """Articles that were ever changed, with their versions that have the words, by digest."""
    try:
        with opened(home, VERSIONS) as of_versions:
            _, versions = index.alike(of_versions)
            asked = {**how, "facets": (), "explain": False}
            asked["unwanted"] = _unwanted(home, index, versions, query, how)
            found = versions.search(query, limit=_MOST, **asked)
    except IndexUnusable:
        return
    matched: dict[str, dict[str, Hit]] = defaultdict(dict)
    for hit in () if found.fallback else found.hits:
        article_id, _, digest = hit.id.partition(_OF)
        matched[article_id][digest] = hit
    for article_id, hits in matched.items():
        try:
            yield history(reader.catalogue, article_id), hits
        except Withheld:
            continue


def _unwanted(
    home: Home, index: SearchEngine, versions: SearchEngine, query: str, how: Mapping[str, Any]
) -> list[set[str]]:
    """For each part after a minus the versions of articles that have it in a file that stands."""
    if not (has_attachments(home) and is_negative(query)):
        return []
    with opened(home, ATTACHMENTS) as of_files:
        _, files = index.alike(of_files)
        in_files = articles_by_files(files, query, how)
    ids = [*versions.ids()]
    return [{one for one in ids if one.partition(_OF)[0] in articles} for articles in in_files]


def _removal(past: History, digests: set[str]) -> tuple[str, Fate]:
    """The last version that had the words, and when they were removed."""
    last = max(n for n, state in enumerate(past.states) if state.digest in digests)
    state = past.states[last]
    if last + 1 == len(past.states):
        return state.digest, Fate(FateKind.LAST_SEEN, past.id, state.last_captured_at)
    return state.digest, _removed(past, state, past.states[last + 1])


def _removed(past: History, state: State, following: State) -> Fate:
    return Fate(
        FateKind.REMOVED,
        past.id,
        state.last_captured_at,
        following.first_captured_at,
        state.digest,
    )


def _present(reader: ArchiveReader, hit: Hit) -> Fate | None:
    if hit.file and not hit.file.stands:
        return _swapped(reader, hit, hit.file)
    record = reader.article(hit.id)
    if record is None:
        return None
    if record.gone_since:
        return Fate(FateKind.PAGE_GONE, record.id, record.gone_since)
    return Fate(FateKind.STANDS, record.id, record.last_captured_at)


def _swapped(reader: ArchiveReader, hit: Hit, place: FilePlace) -> Fate:
    """When a file that had the words was last seen with them."""
    states = file_states(reader.catalogue, SitePlace(hit.site, place.url))
    if len(states) < 2:
        last = states[-1].last_captured_at if states else reader.capture(1).captured_at
        return Fate(FateKind.LAST_SEEN, hit.id, last)
    before = states[-1].first_captured_at
    return Fate(FateKind.FILE_SWAPPED, hit.id, states[-2].last_captured_at, before)
