"""Who, what, when: the questions to the facts of an archive."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Literal

from archive.ground.home import Home
from council import Activity, Cited
from council.identity import Holding, people
from council.model import Told
from council.oddities import Oddity, oddities
from council.promises import Promise, promises
from hdnd.usecases.council_facts import FactArchive, open_facts
from hdnd.usecases.saying import says
from hdnd.views.fact import Document, Holder
from indexer.language.vietnamese import fold

By = Literal["type", "ward", "month", "chair"]
"""What activities can be counted by."""

_NUMBER = re.compile(
    r"(?P<number>\d{1,5})(?:/(?P<year>(?:19|20)\d\d))?(?:[/-](?P<symbol>[\w/&-]+))?"
)


def who(
    home: Home,
    name: str = "",
    *,
    post: str = "",
    body: str = "",
    term: int | None = None,
    elected: bool = False,
) -> list[Holder]:
    """Those in an office whose name, post and body say what was typed."""
    with open_facts(home) as archive:
        found = _holders(archive, name, post, body, term, elected)
        for holder in found:
            for holding in holder.holdings:
                holding.told[:] = archive.with_words(holding.told)
    return found


def _holders(
    archive: FactArchive, name: str, post: str, body: str, term: int | None, elected: bool
) -> list[Holder]:
    known = people(archive.told("person", "post"), archive.councils, archive.decisions)
    years = {
        site: council.terms.get(term, (0, 0)) if term else None
        for site, council in archive.councils.items()
    }
    found = []
    for one in known:
        if name and not any(says(name, spelling) for spelling in one.spellings):
            continue
        span = years.get(one.site)
        holdings = tuple(
            holding
            for holding in one.holdings
            if _says_post(post, holding)
            and (not body or says(body, f"{holding.body} {one.scope} {holding.role}"))
            and (not elected or holding.status == "elected")
            and (term is None or _within(holding, span))
        )
        if holdings or not (post or body or elected or term):
            found.append(Holder(one, holdings))
    return found


def cited(home: Home, number: str = "", *, kind: str = "", issuer: str = "") -> list[Document]:
    """The documents that articles cite, the most cited first.

    A year that is only inferred makes no two citations one: numbers begin anew every year.
    """
    with open_facts(home) as archive:
        documents = _documents(archive.told("document"), number, kind, issuer)
        return [replace(one, cited=tuple(archive.with_words(one.cited))) for one in documents]


def _documents(told: Iterable[Told], number: str, kind: str, issuer: str) -> list[Document]:
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


def activities(
    home: Home,
    *,
    kind: str = "",
    first: date | None = None,
    last: date | None = None,
    chair: str = "",
    body: str = "",
    state: str = "",
) -> list[Told]:
    """The activities that articles tell of, by day; one event in two articles comes once."""
    with open_facts(home) as archive:
        found: dict[tuple[object, ...], Told] = {}
        for fact in archive.told("activity"):
            if _is_asked(fact, kind, first, last, chair, body, state):
                found.setdefault(_event(fact), fact)
        ordered = sorted(found.values(), key=lambda one: (_first(one), one.article))
        return archive.with_words(ordered)


def _event(fact: Told) -> tuple[object, ...]:
    """What makes two articles tell of one event."""
    activity = fact.value
    assert isinstance(activity, Activity)
    return fact.site, activity.kind, activity.when.first, activity.ward, activity.body


def _is_asked(
    fact: Told,
    kind: str,
    first: date | None,
    last: date | None,
    chair: str,
    body: str,
    state: str,
) -> bool:
    activity = fact.value
    assert isinstance(activity, Activity)
    return not (
        (kind and not says(kind, activity.kind))
        or (first and activity.when.last < first)
        or (last and activity.when.first > last)
        or (chair and not any(says(chair, name) for name in activity.chairs))
        or (body and not says(body, activity.body))
        or (state and activity.state != state)
    )


def counted(found: Iterable[Told], by: By) -> list[tuple[str, int]]:
    """Activities counted by type, ward, month or chair; most first, months in their order."""
    counts: Counter[str] = Counter()
    for fact in found:
        activity = fact.value
        assert isinstance(activity, Activity)
        if by == "type":
            counts[activity.kind] += 1
        elif by == "ward":
            counts[activity.ward or "—"] += 1
        elif by == "month":
            counts[f"{activity.when.first:%Y-%m}"] += 1
        else:
            counts.update(activity.chairs or ("—",))
    if by == "month":
        return sorted(counts.items())
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def promised(
    home: Home,
    *,
    year: int | None = None,
    due: tuple[date | None, date | None] = (None, None),
    state: str = "",
    today: date | None = None,
) -> list[Promise]:
    """Plans and commitments with their states."""
    with open_facts(home) as archive:
        told = archive.told("commitment", "count", "activity")
        found = promises(told, archive.published, archive.looked, today or date.today())
        chosen = [one for one in found if _is_due(one, year, due, state)]
        shown = archive.with_words(one.told for one in chosen)
        return [replace(one, told=fact) for one, fact in zip(chosen, shown, strict=True)]


def _is_due(
    one: Promise, year: int | None, due: tuple[date | None, date | None], state: str
) -> bool:
    return (
        (year is None or (one.due is not None and one.due.year == year))
        and (due[0] is None or (one.due is not None and one.due >= due[0]))
        and (due[1] is None or (one.due is not None and one.due <= due[1]))
        and (not state or one.state == state)
    )


def odd(home: Home) -> list[Oddity]:
    """What looks odd in the articles of an archive."""
    with open_facts(home) as archive:
        told = archive.told("activity", "impossible", "term", "vote", "session", "count")
        found = oddities(told, archive.councils)
        return [replace(one, told=tuple(archive.with_words(one.told))) for one in found]


def facts_in(home: Home, article: str) -> list[Told]:
    """Every fact of an article's standing version, as it stands in it.

    Raises `UsageError` for an article that is not here, `Withheld` for one not to be shown.
    """
    from archive.catalogue.fact_tables import TABLE_OF
    from archive.ground.errors import UsageError

    with open_facts(home) as archive:
        record = archive.reader.article(article)
        if record is None:
            raise UsageError(f"there is no article {article!r} in {home.path}")
        told = archive.with_words(archive.told(*TABLE_OF, article=record.id))
    order = {"title": 0, "lead": 1}
    return sorted(
        told, key=lambda fact: (order.get(fact.field, 2), fact.number, fact.start, fact.end)
    )


def _says_post(post: str, holding: Holding) -> bool:
    """Whether a title is the one that was typed: Chủ tịch does not mean Phó Chủ tịch."""
    if not post:
        return True
    if not says(post, holding.title):
        return False
    deputy = fold(holding.role.split()[0]) == "pho"
    return not deputy or "pho" in fold(post).split() or fold(post).startswith("pct")


def _within(holding: Holding, span: tuple[int, int] | None) -> bool:
    """Whether a holding is told of in the years of a term, its last day (a May) included."""
    if not span or not span[0]:
        return False
    first, last = date(span[0], 6, 1), date(span[1], 6, 30)
    return any(fact.published and first <= fact.published <= last for fact in holding.told)


def is_numbered(typed: str, document: Cited) -> bool:
    """Whether what was typed names a document: by number, year, symbol, kind, a law's name."""
    match = _NUMBER.search(typed)
    if match is None:
        return says(typed, document.name or document.kind)
    symbol = fold(match["symbol"] or "").replace("/", "-")
    own = fold(document.symbol).replace("/", "-")
    words = typed[: match.start()].strip()
    return (
        document.number == int(match["number"])
        and (not match["year"] or int(match["year"]) in (document.year, document.dated))
        and (not symbol or own.startswith(symbol))
        and (not words or fold(words).strip() in ("so", "van ban") or _kind_says(words, document))
    )


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


def _document(facts: list[Told]) -> Document:
    values = [fact.value for fact in facts if isinstance(fact.value, Cited)]
    first = values[0]
    issuer = next((value.issuer for value in values if value.issuer), "")
    year = first.year or first.dated
    return Document(first.label, first.kind, first.number, year, first.symbol, issuer, tuple(facts))


def _articles(facts: Iterable[Told]) -> set[str]:
    return {fact.article for fact in facts}


def _first(fact: Told) -> date:
    assert isinstance(fact.value, Activity)
    return fact.value.when.first
