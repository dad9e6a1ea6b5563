"""Search what stands and, if asked, what stood once."""

from __future__ import annotations

import os
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from indexer.search_time import one_search

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from archive.ground.home import Home
    from hdnd.views.fate import Fate
    from indexer import Answer, Span
    from indexer.engine import SearchEngine


def search(
    home: Home, index: SearchEngine, query: str, *, history: bool = False, **how: Any
) -> tuple[Answer, Mapping[str, Fate]]:
    """The answer to a search, made as `SearchIndex.search` is told to.

    With `history` also articles whose earlier versions alone have the words, and what became of
    the words of each answer, by its id. A note leads to facts with the words.
    """
    answer, fates = answer_to(home, index, query, history=history, **how)
    of_words = not (_names_facts(query) or history) and _BY_INDEX.issuperset(how.get("facets", ()))
    if of_words and may_name_a_fact(query):
        from archive.ground.message import Message
        from hdnd.usecases.fact_search import pointer

        if page := pointer(home, query):
            answer = answer._replace(
                notes=(*answer.notes, Message("usecases.facts-with-words", command=page))
            )
    return answer, fates


def answer_to(
    home: Home, index: SearchEngine, query: str, *, history: bool = False, **how: Any
) -> tuple[Answer, Mapping[str, Fate]]:
    """The same, without such a note."""
    with one_search(how.get("limit", 0)):
        if _names_facts(query) or not _BY_INDEX.issuperset(how.get("facets", ())):
            from hdnd.usecases.fact_search import search_by_facts

            return search_by_facts(home, index, query, **how), {}
        if history:
            from hdnd.usecases.history_search import search_past_and_present

            return search_past_and_present(home, index, query, **how)
        from hdnd.usecases.word_search import search_words

        return search_words(home, index, query, **how), {}


_BY_INDEX = frozenset({"year", "month", "site", "category"})
_FACT_FIELDS = ("person:", "document:", "activity:")
_NAMES = """
nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly dao dinh doan lam mai trinh
truong phung to ta tang thai
"""
_KINDS = (
    r"(?:nghi (?:quyet|dinh)|quy(?:et dinh| dinh| che)|ke hoach|to trinh|bao cao|chi thi|ket luan"
    r"|thong (?:bao|tu)|chuong trinh|de an|cong (?:van|dien)|huong dan|luat|van ban"
    r"|nq|nd|qd|ct|tt)\b"
)
"""The kinds of documents, folded, and their signs."""
_COMMON = frozenset(_NAMES.split())
"""The surnames of most people, folded: only what begins so is looked up as a name."""


def _names_facts(query: str) -> bool:
    lowered = query.lower()
    return any(field in lowered for field in _FACT_FIELDS)


def may_name_a_fact(query: str) -> bool:
    """Whether a query looks like a document's number or a person's name, so that it is worth
    opening the facts for a note."""
    from indexer.language.vietnamese import fold

    words = query.split()
    if len(words) <= 6 and query[-1:].isdigit() and re.match(_KINDS, fold(query.strip())):
        return True
    if any(mark in query for mark in ("/", "-")) and any(map(str.isdigit, query)):
        return len(words) <= 5
    if not 2 <= len(words) <= 5 or not query.replace(" ", "").isalpha():
        return False
    if all(word[0].isupper() and word[1:].islower() for word in words):
        return True
    return fold(words[0]) in _COMMON


@contextmanager
def in_time() -> Iterator[None]:
    """Open an index and search it within the time of one search."""
    with one_search():
        yield


def open_index(home: Home) -> SearchEngine:
    """The index of a home, or an error that says what to do first.

    Raises `IndexUnusable` if it is damaged or not made yet, `UsageError` if there is no archive.
    """
    from archive.ground.errors import IndexUnusable, UsageError
    from archive.ground.message import Message
    from hdnd.usecases.index_places import STANDING, cluster_of, is_there, opened

    try:
        return opened(home, STANDING, own_abbreviations(home))
    except IndexUnusable:
        if is_there(home, STANDING):
            raise
    if home.warc.exists():
        code, hint = "usecases.no-index-yet", Message("usecases.make-index")
        if _is_at_work(home):
            code, hint = "usecases.index-is-made", Message("usecases.ask-again")
        elif place := cluster_of(home):
            code = "usecases.no-index-there-yet"
            raise IndexUnusable(code, path=home.path, place=place, hint=hint)
        raise IndexUnusable(code, path=home.path, hint=hint)
    raise UsageError("usecases.no-archive", path=home.path, hint=Message("usecases.start-archive"))


def _is_at_work(home: Home) -> bool:
    """Whether a command is at work that makes the index at its end, as after a removal."""
    from archive.ground.lock import is_held

    new = home.index.with_name(f"{home.index.name}.new")
    return any(map(is_held, [home.lock, *home.derived.glob("*.lock"), *new.glob("*LOCK")]))


def highlight(text: str, query: str) -> tuple[Span, ...]:
    """Where the words of a query stand in any text, as offsets into it."""
    import indexer

    return indexer.highlight(text, query)


def own_abbreviations(home: Home) -> str | None:
    """The operator's own table of abbreviations, if there is one."""
    path = os.path.join(home.folder, "abbreviations.tsv")  # noqa: PTH118
    return path if os.path.exists(path) else None  # noqa: PTH110
