"""What articles tell of a plan or a commitment: events that agree with it, passages on its matter.

An event counts where kind, body and period agree, and once. A passage of a later article is on the
matter of a commitment where it has most of its words and the article names who is to do it; that
is all that it says.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import ceil

from council.councils import RANKED, is_own, rank_of
from council.events import PUT_OFF
from council.model import Activity, Commitment, Council, Session, Told
from council.names import name_key
from council.numbers import number_of
from council.reader import one_spelling
from council.word_pairs import Pair, pairs_of, unpacked
from council.word_pairs import number_of as number_of_pair
from indexer.language.text import normalise

MOST = 0.6
"""The share of a commitment's pairs of words that a passage on its matter has."""
FEWEST = 3
"""Pairs of words below which nothing can be looked for."""
_VERB = re.compile(
    r"\b(?:hứa|cam kết|sẽ|phấn đấu|khẳng định|yêu cầu|đề nghị|giao|phải|kiến nghị|chỉ đạo)\b"
)
_A_YEAR = 400
"""Days in which a session that is named without a day comes."""
_NOBODY = re.compile(
    r"(?:quận|huyện|xã|phường|thị xã|tỉnh|thành phố|tp|đơn vị|chủ đầu tư|nhà thầu|địa phương"
    r"|công ty|doanh nghiệp|cơ quan|chính quyền|bộ|sở)(?: (?:này|trên|thi công))?",
    re.IGNORECASE,
)
"""Who may be anybody: nothing can be looked for that is that one's."""
_IN_FULL = {"KT": "Kinh", "VH": "Văn"}
_NUMBERED = re.compile(r"thứ (\w+(?: (?:mươi|mốt|một))?)")


@dataclass(frozen=True, slots=True)
class ArticleText:
    """An article as far as it is looked through: who has it, when it was published, its text."""

    article: str
    site: str
    published: date
    passages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Matter:
    """What a commitment is about: pairs of words, who is to do it, where, the days in which it is
    looked for, the articles that do not count."""

    site: str
    wanted: frozenset[Pair]
    who: str
    first: date
    last: date
    left_out: frozenset[str]

    @property
    def needed(self) -> int:
        """How many of the pairs a passage on it has."""
        return ceil(MOST * len(self.wanted))

    def counts(self, article: str, published: date) -> bool:
        """Whether an article of this day may tell of it."""
        return self.first <= published <= self.last and article not in self.left_out


@dataclass(frozen=True, slots=True)
class OnTheMatter:
    """A passage of a later article that has the words of a commitment."""

    article: str
    published: date
    quote: str

    @property
    def puts_off(self) -> bool:
        """Whether it tells that something was postponed or is not held."""
        return PUT_OFF.search(self.quote) is not None or "không tổ chức" in self.quote


def events(
    facts: Sequence[Told],
    site: str,
    kind: str,
    body: str,
    span: tuple[date, date],
    states: Iterable[str],
    council: Council | None = None,
) -> tuple[Told, ...]:
    """Activities that agree in kind, body and period, one for each event."""
    found: dict[tuple[object, ...], Told] = {}
    for fact in facts:
        activity = fact.value
        if (
            isinstance(activity, Activity)
            and fact.site == site
            and activity.state in states
            and span[0] <= activity.when.first <= span[1]
            and _same_kind(activity.kind, kind)
            and same_body(activity.body, body, council)
            and _sort_agrees(kind, fact.quote, fact.title)
        ):
            key = (activity.kind, activity.when.first, activity.wards)
            found.setdefault(key, fact)
    return tuple(found.values())


def same_body(one: str, other: str, council: Council | None) -> bool:
    """Whether two bodies are one; another rank's is not, nor one of another place.

    The rank and place of the site's own council may be left out (`HĐND`, `HĐND xã Lâm Khê`).
    """
    parts = {part for part in (_part(one), _part(other)) if part}
    whose = {_whose(written, council) for written in (one, other)}
    return len(whose) == 1 and len(parts) < 2 and _body(one) == _body(other)


def matter_of(told: Told, first: date, last: date, left_out: Collection[str] = ()) -> Matter | None:
    """What to look for in articles from one day to another, but for some; None if a commitment has
    too few words to look for, or names nobody who could be known again (`quận`)."""
    commitment = told.value
    assert isinstance(commitment, Commitment)
    wanted = _matter(told.quote) - pairs_of(commitment.who)
    if len(wanted) < FEWEST or _NOBODY.fullmatch(commitment.who):
        return None
    return Matter(
        told.site, wanted, _who(commitment.who), first, last, frozenset({told.article, *left_out})
    )


class Sieve:
    """Which articles may be on one of some matters, by their days and packed pairs of words."""

    def __init__(self, matters: Sequence[Matter]) -> None:
        self._matters = [(one, one.needed) for one in matters]
        self._places: dict[int, list[int]] = defaultdict(list)
        for place, one in enumerate(matters):
            for pair in one.wanted:
                self._places[number_of_pair(pair)].append(place)
        self._wanted = frozenset(self._places)

    def lets_through(self, article: str, published: date, pairs: bytes) -> bool:
        """Whether an article with these pairs may be on a matter; that it is not is sure."""
        found = self._wanted.intersection(unpacked(pairs))
        counts = Counter(place for number in found for place in self._places[number])
        return any(
            count >= needed and matter.counts(article, published)
            for place, count in counts.items()
            for matter, needed in (self._matters[place],)
        )


def on_the_matters(
    matters: Sequence[Matter], texts: Iterable[ArticleText]
) -> list[tuple[OnTheMatter, ...]]:
    """For each matter the passages of articles on it, the first of each article.

    Each text is read once for all of them, for there are many and reading them takes the time.
    """
    found: list[list[OnTheMatter]] = [[] for _ in matters]
    looked_for = [(matter, matter.needed) for matter in matters]
    for text in texts:
        read = _ReadText(text)
        for (matter, needed), passages in zip(looked_for, found, strict=True):
            if text.site != matter.site or not matter.counts(text.article, text.published):
                continue
            number = next(
                (n for n, one in enumerate(read.pairs) if len(one & matter.wanted) >= needed), None
            )
            if number is not None and (not matter.who or matter.who in read.named):
                quote = text.passages[number]
                passages.append(OnTheMatter(text.article, text.published, quote))
    return [tuple(sorted(one, key=lambda at: (at.published, at.article))) for one in found]


class _ReadText:
    """A text as it is looked through, worked out when it is first asked for."""

    def __init__(self, text: ArticleText) -> None:
        self._text = text

    @cached_property
    def named(self) -> str:
        return name_key(" ".join(self._text.passages))

    @cached_property
    def pairs(self) -> list[frozenset[Pair]]:
        return [pairs_of(passage) for passage in self._text.passages]


def session_day(
    told: Told, until: str, facts: Sequence[Told], council: Council | None
) -> date | None:
    """The day of the session that something is due at, where an article tells of it.

    A session is that of the site's own council, unless `until` names another one.
    """
    days = sorted(_sessions(told, until, facts, council))
    return days[0] if days else None


def _sessions(
    told: Told, until: str, facts: Sequence[Told], council: Council | None
) -> Iterator[date]:
    number = _NUMBERED.search(until)
    wanted = number_of(number[1]) if number else None
    numbers = {
        (fact.article, fact.field, fact.number): fact.value.number
        for fact in facts
        if isinstance(fact.value, Session)
    }
    for fact in facts:
        event = fact.value
        if (
            not isinstance(event, Activity)
            or event.kind not in ("kỳ họp", "chất vấn")
            or fact.site != told.site
            or event.state not in ("held", "planned")
            or "đại biểu Quốc hội" in event.body
            or _whose(event.body, council) != _whose(until, council)
            or (told.published and not 0 <= (event.when.first - told.published).days <= _A_YEAR)
        ):
            continue
        if number is not None:
            if numbers.get((fact.article, fact.field, fact.number)) == wanted:
                yield event.when.first
        elif (part := re.search("cuối năm|giữa năm", until)) is None or re.search(
            rf"[Kk][ỳì] họp[^.;]{{0,40}}(?<!tháng ){part[0]}", f"{fact.quote}; {fact.title}"
        ):
            yield event.when.first


def _same_kind(held: str, planned: str) -> bool:
    return planned == held or planned.startswith(f"{held} ")


def _sort_agrees(planned: str, *texts: str) -> bool:
    """Whether what tells it calls it chuyên đề, thường lệ … if the plan does."""
    sort = re.search(r"chuyên đề|thường lệ|bất thường|định kỳ", planned)
    if sort is None:
        return True
    words = sort.group() + (r"|giữa năm|cuối năm" if sort.group() == "thường lệ" else "")
    return any(re.search(words, text) for text in texts)


def _body(written: str) -> str:
    names = ("Thường trực", "Tổ đại biểu", "Ban", "HĐND", "UBND")
    return next((name for name in names if name in written), "")


def _part(written: str) -> str:
    """Which committee or which group of deputies, if one is named."""
    part = re.search(r"\bsố (\d+)|Ban (Pháp|Kinh|KT|Văn|VH|Đô|Dân)", written)
    return (part[1] or _IN_FULL.get(part[2], part[2])) if part else ""


def _whose(written: str, council: Council | None) -> tuple[str, str]:
    """The rank and place that a body is of, both empty for the site's own council."""
    named = RANKED.search(written)
    if named is None:
        return "", ""
    rank, place = rank_of(named["rank"]), named["place"] or ""
    if council is not None and is_own(rank, place, council):
        return "", ""
    return rank, name_key(place)


def _who(who: str) -> str:
    """What of a name an article must have: a person's whole, of a body its name."""
    return name_key(re.sub(r"^(?:các|hai|đồng chí|lãnh đạo) ", "", who))


def _matter(sentence: str) -> frozenset[Pair]:
    """What stands behind the last verb of promising or asking that has enough behind it."""
    verbs = [match.end() for match in _VERB.finditer(one_spelling(normalise(sentence)))]
    parts = (pairs_of(normalise(sentence)[end:]) for end in (*reversed(verbs), 0))
    return next((pairs for pairs in parts if len(pairs) >= FEWEST), frozenset())
