"""Who holds or held which post: the questions to the facts on people."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from archive.ground.errors import UsageError
from archive.ground.home import Home
from archive.ground.message import Message
from council import Activity, Council
from council.bearers import Evidence
from council.identity import Holding, Known, holding_with_facts
from council.model import Session
from council.numbers import number_of
from hdnd.usecases.council_facts import FactArchive, open_facts
from hdnd.usecases.saying import says
from hdnd.views.fact import Holder
from indexer.language.vietnamese import fold

_HONORIFIC = re.compile(
    r"^\s*(?:[oô]ng|b[aà]|anh|ch[iị]|c[oô]|ch[uú]|b[aá]c|[dđ][oồ]ng ch[ií]|[dđ]/c)\s+(?=\S)",
    re.IGNORECASE,
)
"""A word of address that may be typed before a name: `ba Vu Thi Hong Tham`."""


class Chosen(NamedTuple):
    """A person, and those of their posts that were asked for."""

    known: Known[Evidence]
    holdings: tuple[Holding[Evidence], ...]


def who(
    home: Home,
    name: str = "",
    *,
    post: str = "",
    body: str = "",
    term: str = "",
    elected: bool = False,
) -> list[Holder]:
    """Those in an office whose name, post and body say what was typed.

    Raises `UsageError` for a term that is neither a number nor years.
    """
    return with_words(
        home,
        holders(home, everyone(home), name, post=post, body=body, term=term, elected=elected),
    )


def everyone(home: Home) -> list[Known[Evidence]]:
    """Everybody that articles tell of, and where; without the facts themselves."""
    with open_facts(home) as archive:
        return archive.people()


def with_words(home: Home, found: Iterable[Chosen]) -> list[Holder]:
    """The same people with the facts on their posts, each with the passage that it is part of."""
    chosen = list(found)
    wanted = [fact.id for one in chosen for holding in one.holdings for fact in holding.told]
    with open_facts(home) as archive:
        told = archive.with_words(archive.told("post", ids=wanted))
    facts = {fact.id: fact for fact in told}
    return [
        Holder(one.known, tuple(holding_with_facts(each, facts) for each in one.holdings))
        for one in chosen
    ]


def unknown_keys(home: Home) -> tuple[str, ...]:
    """The keys and articles in `people.tsv` that mean nobody in the archive."""
    with open_facts(home) as archive:
        return archive.unknown_keys


def holders(
    home: Home,
    known: Iterable[Known[Evidence]],
    name: str = "",
    *,
    post: str = "",
    body: str = "",
    term: str = "",
    elected: bool = False,
) -> list[Chosen]:
    """Those among some people whose name, post and body say what was typed.

    Raises `UsageError` for a term that is neither a number nor years.
    """
    people = list(known)
    days: dict[str, tuple[date, date]] = {}
    if term:
        with open_facts(home) as archive:
            days = _days(archive, term, {one.site for one in people})
    found = []
    for one in _named(people, name):
        holdings = tuple(
            holding
            for holding in one.holdings
            if _says_post(post, holding)
            and (not body or says(body, f"{holding.body} {one.scope} {holding.role}"))
            and (not elected or holding.status == "elected")
            and (not term or _within(holding, days[one.site]))
        )
        if holdings or not (post or body or elected or term):
            found.append(Chosen(one, holdings))
    return found


def _named(known: list[Known[Evidence]], name: str) -> list[Known[Evidence]]:
    """Those whose name says what was typed; if nobody's does, without the honorific before it."""
    for typed in (name, _HONORIFIC.sub("", name)):
        found = [
            one for one in known if not typed or any(says(typed, said) for said in one.spellings)
        ]
        if found:
            return found
    return []


def _says_post(post: str, holding: Holding[Evidence]) -> bool:
    """Whether a title is the one that was typed: Chủ tịch does not mean Phó Chủ tịch."""
    if not post:
        return True
    if not says(post, holding.title):
        return False
    deputy = fold(holding.role.split()[0]) == "pho"
    return not deputy or "pho" in fold(post).split() or fold(post).startswith("pct")


def _within(holding: Holding[Evidence], days: tuple[date, date]) -> bool:
    """Whether a holding is told of from one day up to another, that day excluded."""
    return any(fact.published and days[0] <= fact.published < days[1] for fact in holding.told)


def _days(archive: FactArchive, term: str, sites: Iterable[str]) -> dict[str, tuple[date, date]]:
    """For each of some sites the first day of a term and the first day of the next one.

    A term begins with its first session, as far as an article tells its day; else in June. A site
    whose council is not described has no numbered terms.
    """
    told = archive.told("session", "activity")
    first = {
        fact.article
        for fact in told
        if isinstance(fact.value, Session) and fact.value.number == 1 and not fact.value.kind
    }
    opened: dict[tuple[str, int], date] = {}
    for fact in told:
        event = fact.value
        if not isinstance(event, Activity) or event.kind != "kỳ họp" or event.state != "held":
            continue
        if fact.article in first:
            key = fact.site, event.when.first.year
            opened[key] = min(opened.get(key, event.when.first), event.when.first)
    result = {}
    for site in sites:
        begin, end = _years_of(archive.councils.get(site), term)
        span = [opened.get((site, year), date(max(year, 1), 6, 1)) for year in (begin, end)]
        result[site] = span[0], span[1]
    return result


def _years_of(council: Council | None, term: str) -> tuple[int, int]:
    """The years of a term: 20, XX, `khóa XX` or 2021-2026; (0, 0) of one that the site lacks."""
    years = re.fullmatch(r"(?:nhiệm k[ỳì] )?(\d{4}) ?[-–] ?(\d{4})", term.strip())
    if years:
        return int(years[1]), int(years[2])
    number = number_of(re.sub(r"^(?i:kh[oó][aá]) ", "", term.strip()).upper())
    if number is None:
        raise UsageError("usecases.no-term", term=term, hint=Message("usecases.write-a-term"))
    return council.terms.get(number, (0, 0)) if council else (0, 0)
