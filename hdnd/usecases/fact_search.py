"""What a search knows of facts: `person:`, `document:`, `activity:`, facets by them, and a note.

The index knows no facts: these parts of a query choose the articles among which the rest of it is
looked for.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from archive.ground.errors import UsageError
from archive.ground.message import Message
from council import Activity, Cited, Person
from council.events import EVENT_KINDS
from council.names import name_key
from hdnd.usecases.cited_documents import is_numbered
from hdnd.usecases.council_facts import FactArchive, open_facts
from hdnd.usecases.council_questions import check_kind
from hdnd.usecases.saying import says
from hdnd.usecases.word_search import search_words
from indexer.facets import of_the_same

if TYPE_CHECKING:
    from archive.ground.home import Home
    from council.model import Told
    from indexer import Answer
    from indexer.documents import Facet
    from indexer.engine import SearchEngine

_KINDS = {"person": "person", "document": "document", "activity": "activity"}
_PART = re.compile(
    r"(?<!\S)(?P<minus>-?)(?P<field>person|document|activity):\s*(?:\"(?P<quoted>[^\"]*)\"|(?P<word>\S+))",
    re.IGNORECASE,
)


def search_by_facts(
    home: Home, index: SearchEngine, query: str, *, facets: tuple[str, ...] = (), **how: Any
) -> Answer:
    """The answer to a query with parts that name facts, or counted by facts.

    Raises what `open_facts` raises, and `UsageError` for a kind of activity that there is not.
    """
    asked = list(_PART.finditer(query))
    rest = _PART.sub(" ", query).strip()
    with open_facts(home) as archive:
        chosen = _chosen(archive, asked)
        counted = [name for name in facets if name in _KINDS]
        plain = cast("tuple[Facet, ...]", tuple(name for name in facets if name not in _KINDS))
        answer = search_words(home, index, rest, ids=chosen, facets=plain, **how)
        notes = [_read(match) for match in asked]
        if counted and answer.total:
            every = how | {"limit": answer.total, "page": 1}
            found = search_words(home, index, rest, ids=chosen, **every)
            ids = {hit.id for hit in found.hits}
            typed = {hit.id for hit in found.hits if hit.as_typed}
            by_fact = {one: _counts(archive, one, ids) for one in counted}
            as_typed = {
                one: of_the_same(counts, dict(_counts(archive, one, typed)))
                for one, counts in by_fact.items()
            }
            answer = answer._replace(
                facets={**answer.facets, **by_fact},
                facets_as_typed={**answer.facets_as_typed, **as_typed},
            )
    return answer._replace(notes=(*notes, *answer.notes))


def _read(match: re.Match[str]) -> Message:
    """How a part was read; without quotes it takes one word, which is said if another follows."""
    after = re.match(r"\s+(?P<word>[^\W\d_]+)(?![\w:])", match.string[match.end() :])
    if match["word"] is None or after is None or after["word"] in ("AND", "OR", "NOT"):
        return Message("usecases.by-facts", part=match.group())
    more = f'{match["field"]}:"{match["word"]} {after["word"]}"'
    return Message("usecases.by-facts-one-word", part=match.group(), quoted=more)


def has_facts(query: str) -> bool:
    """Whether a part of a query names a fact."""
    return _PART.search(query) is not None


def pointer(home: Home, query: str) -> str | None:
    """The command that has the facts of what a query names: a document's number, a person."""
    try:
        with open_facts(home) as archive:
            if re.search(r"\d", query):
                for fact in archive.told("document"):
                    if isinstance(fact.value, Cited) and is_numbered(query, fact.value):
                        return f"hdnd cited '{query.strip()}'"
                return None
            name = name_key(query)
            # A given name of two words is looked for behind a surname, too.
            given = f"% {name}" if len(name.split()) == 2 and query.istitle() else name
            where = "(k.folded = ? OR k.folded LIKE ?) AND k.private = 0"
            values = (name, given)
            for fact in archive.told("person", where=where, values=values):
                if says(query, fact.quote) or says(query, _name(fact)):
                    return f"hdnd who '{query.strip()}'"
    except UsageError:
        pass
    return None


def _chosen(archive: FactArchive, asked: list[re.Match[str]]) -> frozenset[str] | None:
    """The articles that the named facts leave, None if all."""
    chosen: frozenset[str] | None = None
    for match in asked:
        field = match["field"].lower()
        value = match["quoted"] if match["quoted"] is not None else match["word"]
        if field == "activity":
            check_kind(value, EVENT_KINDS)
        if field == "person" and "/" in value:
            ids = _articles_on(archive, value)
        else:
            ids = frozenset(
                fact.article for fact in archive.told(_KINDS[field]) if _SAYS[field](value, fact)
            )
        if match["minus"]:
            everything = archive.ids if chosen is None else chosen
            chosen = everything - ids
        else:
            chosen = ids if chosen is None else chosen & ids
    return chosen


def _articles_on(archive: FactArchive, key: str) -> frozenset[str]:
    """The articles that tell of the person who has a key: `le-van-tam/thanh-giang/quan`."""
    return frozenset(
        fact.article
        for known in archive.people()
        if known.key == key.strip().lower()
        for fact in (*known.mentions, *(fact for one in known.holdings for fact in one.told))
    )


def _counts(archive: FactArchive, name: str, ids: set[str]) -> tuple[tuple[str, int], ...]:
    found = {
        (fact.article, shown)
        for fact in archive.told(_KINDS[name])
        if fact.article in ids and (shown := _SHOWN[name](fact))
    }
    counts = Counter(shown for _, shown in found)
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _name(fact: Told) -> str:
    return fact.value.name if isinstance(fact.value, Person) and not fact.value.private else ""


def _says_person(value: str, fact: Told) -> bool:
    return bool(name := _name(fact)) and says(value, name)


def _says_document(value: str, fact: Told) -> bool:
    return isinstance(fact.value, Cited) and is_numbered(value, fact.value)


def _says_activity(value: str, fact: Told) -> bool:
    return isinstance(fact.value, Activity) and says(value, fact.value.kind)


_SAYS: dict[str, Callable[[str, Told], bool]] = {
    "person": _says_person,
    "document": _says_document,
    "activity": _says_activity,
}
_SHOWN: dict[str, Callable[[Told], str]] = {
    "person": _name,
    "document": lambda fact: fact.value.label if isinstance(fact.value, Cited) else "",
    "activity": lambda fact: fact.value.kind if isinstance(fact.value, Activity) else "",
}
