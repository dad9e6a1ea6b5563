"""Which documents are cited, and where: the questions to the facts on documents."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from archive.ground.home import Home
from council import Cited
from council.documents import KINDS
from council.model import Told
from hdnd.usecases.council_facts import open_facts
from hdnd.usecases.council_questions import check_kind
from hdnd.usecases.saying import says
from hdnd.views.fact import CitedDocument
from indexer.language.vietnamese import fold

_NUMBER = re.compile(
    r"(?P<number>\d{1,5})(?:/(?P<year>(?:19|20)\d\d))?(?:[/-](?P<symbol>[\w/&-]+))?"
)

KNOWN_KINDS = (*KINDS, "Luật", "Bộ luật", "Pháp lệnh")
"""The kinds of documents that can be asked for."""


def cited(home: Home, number: str = "", *, kind: str = "", issuer: str = "") -> list[CitedDocument]:
    """The documents that articles cite, the most cited first.

    A year that is only inferred makes no two citations one: numbers begin anew every year.
    Raises `UsageError` for a kind that there is not.
    """
    return with_words(home, documents(citations(home), number, kind=kind, issuer=issuer))


def citations(home: Home) -> list[Told]:
    """Every citation of a document, without its words."""
    with open_facts(home) as archive:
        return archive.told("document")


def with_words(home: Home, found: Iterable[CitedDocument]) -> list[CitedDocument]:
    """The same documents, each citation with the passage that it is part of."""
    with open_facts(home) as archive:
        return [replace(one, cited=tuple(archive.with_words(one.cited))) for one in found]


def documents(
    told: Iterable[Told], number: str = "", *, kind: str = "", issuer: str = ""
) -> list[CitedDocument]:
    """The documents of some citations, the most cited first; raises as `cited` does."""
    if kind:
        check_kind(kind, KNOWN_KINDS)
    return _documents(told, number, kind, issuer)


def _documents(told: Iterable[Told], number: str, kind: str, issuer: str) -> list[CitedDocument]:
    groups: dict[tuple[object, ...], list[Told]] = defaultdict(list)
    for fact in told:
        document = fact.value
        assert isinstance(document, Cited)
        if (
            (not number or is_numbered(number, document))
            and (not kind or says(kind, document.kind))
            and (not issuer or says(issuer, document.issuer))
        ):
            groups[_same_document(fact, document)].append(fact)
    _join_within_articles(groups)
    documents = [_document(facts) for facts in groups.values()]
    return sorted(documents, key=lambda one: (-len(_articles(one.cited)), one.label, one.year or 0))


def is_numbered(typed: str, document: Cited) -> bool:
    """Whether what was typed names a document: by number, year, symbol, kind, a law's name."""
    match = _NUMBER.search(typed)
    if match is None:
        return says(typed, document.name or document.kind)
    symbol, own = (_letters(one or "") for one in (match["symbol"], document.symbol))
    words = typed[: match.start()].strip()
    return (
        document.number == int(match["number"])
        and (not match["year"] or int(match["year"]) in (document.year, document.dated))
        and (not symbol or own.startswith(symbol) or (not own and _is_signed(match, document)))
        and (not words or fold(words).strip() in ("so", "van ban") or _kind_says(words, document))
    )


def _is_signed(typed: re.Match[str], document: Cited) -> bool:
    """Whether a symbol with a year begins with the sign of a document that is cited without one."""
    sign = _letters(KINDS.get(document.kind, ""))
    return bool(typed["year"] and sign) and _letters(typed["symbol"]).startswith(sign)


def _letters(symbol: str) -> str:
    """A symbol without its strokes: `NQ-HĐND` and `nqhdnd` are one."""
    return re.sub(r"[/&-]", "", fold(symbol))


def _kind_says(typed: str, document: Cited) -> bool:
    words = re.sub(r"\b(?:số|so)\b", "", typed, flags=re.IGNORECASE).strip()
    return not words or says(words, document.kind)


def _same_document(fact: Told, document: Cited) -> tuple[object, ...]:
    if document.number is None:
        return (document.name, document.year)
    year = document.year or document.dated
    where = "" if year else fact.article
    return (fold(document.kind), document.number, year, fold(document.symbol), where)


def _join_within_articles(groups: dict[tuple[object, ...], list[Told]]) -> None:
    """A citation without a year is that of the same number with one in the same article."""
    dated: dict[tuple[object, ...], tuple[object, ...]] = {
        (*key[:2], key[3], fact.article): key
        for key, facts in groups.items()
        if len(key) == 5 and key[2]
        for fact in facts
    }
    for key in [key for key in groups if len(key) == 5 and not key[2]]:
        if whole := dated.get((*key[:2], *key[3:])):
            groups[whole] += groups.pop(key)


def _document(facts: list[Told]) -> CitedDocument:
    values = [fact.value for fact in facts if isinstance(fact.value, Cited)]
    first = values[0]
    issuer = next((value.issuer for value in values if value.issuer), "")
    year = first.year or first.dated
    return CitedDocument(
        first.label, first.kind, first.number, year, first.symbol, issuer, tuple(facts)
    )


def _articles(facts: Iterable[Told]) -> set[str]:
    return {fact.article for fact in facts}
