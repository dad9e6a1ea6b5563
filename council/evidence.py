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
from datetime import date, timedelta
from functools import cached_property
from math import ceil

from council.councils import (
    COMMUNES,
    COUNCIL_NAMED,
    RANK,
    RANKED,
    is_one_of_several,
    is_own,
    rank_of,
)
from council.events import PUT_OFF
from council.model import Activity, Commitment, Council, Session, Told
from council.names import is_surname, name_key
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
_IN_FULL = {"KT": "Kinh", "VH": "Văn"}
_NUMBERED = re.compile(r"thứ (\w+(?: (?:mươi|mốt|một))?)")
_SORT = re.compile(r"chuyên đề|thường lệ|bất thường|định kỳ")
_NEXT = timedelta(days=400)
"""How long after a commitment the session may be that it is due at."""
_OF_YEAR = r"[Kk][ỳì] họp(?:(?! tháng\b)[^,.;]){{0,40}} {}"
_MONTHS = {"giữa năm": range(5, 10), "cuối năm": range(10, 13)}
"""In which the sessions of the middle and the end of a year are."""
_EVERYWHERE = re.compile(
    r"\b(?:giải phóng mặt bằng|bồi thường|tái định cư|cải cách hành chính|phòng cháy,? chữa cháy"
    r"|an toàn thực phẩm|vệ sinh môi trường|trật tự đô thị|an ninh trật tự|tiến độ|dứt điểm"
    r"|giấy chứng nhận quyền sử dụng đất)\b",
    re.IGNORECASE,
)
"""Matters that are those of every place: they tell nothing of which one is meant."""
_NOBODY_BY_NAME = re.compile(
    rf"(?:các |hai |lãnh đạo |đại diện )*(?:chính quyền(?: {RANK}| địa phương)?|{RANK}"
    r"|địa phương|đơn vị|chủ đầu tư|nhà thầu"
    r"|doanh nghiệp|công ty|cơ quan|cơ quan chức năng|nhà trường|bệnh viện|ban|tổ|bộ|sở)"
    r"(?: này| trên| thi công| chức năng| liên quan)?",
    re.IGNORECASE,
)
"""Whoever bears no name by which an article could be told to mean the same."""
_ONLY_SAID = re.compile(r"\b(?:hứa|cam kết|sẽ|phấn đấu|yêu cầu|đề nghị|kiến nghị)\b")
_TOLD_DONE = re.compile(r"\b(?:đã|vừa|đang|chưa|xong|không)\b")


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


def of_no_sort(
    facts: Sequence[Told],
    site: str,
    kind: str,
    body: str,
    span: tuple[date, date],
    council: Council | None = None,
) -> tuple[Told, ...]:
    """Events of a planned kind that may be of its sort (`thường lệ`) or not: nothing says it."""
    plain = _SORT.sub("", kind).strip()
    if plain == kind:
        return ()
    held = events(facts, site, plain, body, span, ("held",), council)
    named = "|".join((_SORT.pattern, "giữa năm|cuối năm"))
    return tuple(one for one in held if not re.search(named, f"{one.quote} {one.title}"))


def same_body(one: str, other: str, council: Council | None) -> bool:
    """Whether two bodies are one; another rank's is not, nor one of another place.

    The rank and place of the site's own council may be left out (`HĐND`, `HĐND xã Lâm Khê`).
    """
    parts = {part for part in (_part(one), _part(other)) if part}
    whose = {_whose(written, council) for written in (one, other)}
    return len(whose) == 1 and len(parts) < 2 and _body(one) == _body(other)


def matter_of(
    told: Told,
    council: Council | None,
    first: date,
    last: date,
    left_out: Collection[str] = (),
) -> Matter | None:
    """What to look for in articles from one day to another, but for some; None if a commitment has
    too few words to look for, or who is to do it no name."""
    commitment = told.value
    assert isinstance(commitment, Commitment)
    if not _has_a_name(commitment.who, council):
        return None
    wanted = _matter(told.quote) - pairs_of(commitment.who)
    if len(wanted) < FEWEST:
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
                (
                    n
                    for n, one in enumerate(read.pairs)
                    if len(one & matter.wanted) >= needed and not _is_a_promise(text.passages[n])
                ),
                None,
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
    whose = _meant(told, until, council)
    if whose is None or told.published is None:
        return
    number = _NUMBERED.search(until)
    wanted = number_of(number[1]) if number else None
    part = re.search("cuối năm|giữa năm", until)
    sessions = [fact for fact in facts if isinstance(fact.value, Session)]
    for fact in facts:
        event = fact.value
        if (
            not isinstance(event, Activity)
            or event.kind not in ("kỳ họp", "chất vấn")
            or fact.site != told.site
            or event.state not in ("held", "planned")
            or "đại biểu Quốc hội" in event.body
            or _whose(event.body, council) != whose
            or not told.published <= event.when.first <= told.published + _NEXT
            or not _in_one_place(fact.quote, whose, told)
        ):
            continue
        if number is not None:
            if any(
                one.value.number == wanted
                for one in sessions
                if isinstance(one.value, Session)
                and (one.article, one.field, one.number) == (fact.article, fact.field, fact.number)
                and fact.start <= one.start < fact.end
            ):
                yield event.when.first
        elif part is None or (
            event.when.first.year == told.published.year
            and event.when.first.month in _MONTHS[part[0]]
            and any(re.search(_OF_YEAR.format(part[0]), text) for text in (fact.quote, fact.title))
        ):
            yield event.when.first


def _meant(told: Told, until: str, council: Council | None) -> tuple[str, str] | None:
    """Whose session is meant: of the council that is named with it; if none is, the one that all
    bodies of the sentence are of, else None."""
    if RANKED.search(until):
        return _whose(until, council)
    commitment = told.value
    assert isinstance(commitment, Commitment)
    bodies = [_named(match) for match in COUNCIL_NAMED.finditer(told.quote) if match["rank"]]
    whose = {_whose(written, council) for written in (*bodies, commitment.who)}
    if not bodies and not RANKED.search(commitment.who):
        return "", ""
    if council is None:
        whose.discard(("", ""))
    return whose.pop() if len(whose) == 1 else None


def _named(council: re.Match[str]) -> str:
    """A council as it is named, without a person behind it: `Chủ tịch HĐND quận Lê Văn Tám`."""
    words = (council["place"] or "").split()
    person = len(words) > 2 and is_surname(words[0])
    return council.string[council.start() : council.end("rank" if person else 0)]


def _in_one_place(quote: str, whose: tuple[str, str], told: Told) -> bool:
    """Whether a session of another rank is one of a place that a commitment's article names, too,
    if its own sentence tells its place."""
    rank, _ = whose
    places = {
        name_key(match["place"])
        for match in COUNCIL_NAMED.finditer(quote)
        if match["place"] and rank and rank_of(match["rank"]) == rank
    }
    text = name_key(f"{told.title} {told.around}")
    return not places or any(place in text for place in places)


def _same_kind(held: str, planned: str) -> bool:
    return planned == held or planned.startswith(f"{held} ")


def _sort_agrees(planned: str, *texts: str) -> bool:
    """Whether what tells it calls it chuyên đề, thường lệ … if the plan does."""
    sort = _SORT.search(planned)
    if sort is None:
        return True
    words = sort.group() + (r"|giữa năm|cuối năm" if sort.group() == "thường lệ" else "")
    return any(re.search(words, text) for text in texts)


def _body(written: str) -> str:
    written = written.replace("Hội đồng nhân dân", "HĐND").replace("Ủy ban nhân dân", "UBND")
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


def _has_a_name(who: str, council: Council | None) -> bool:
    """Whether who is to do something is named so that another article can mean nobody else:
    `UBND phường`, `quận`, `chủ đầu tư` are any."""
    if _NOBODY_BY_NAME.fullmatch(who):
        return False
    ranked = RANKED.search(who)
    if ranked is None or ranked["place"] or ranked.end() < len(who):
        return True
    rank = rank_of(ranked["rank"])
    if council is None or rank in COMMUNES:
        return council is not None and rank == council.level
    return rank == council.level or not is_one_of_several(rank, council)


def _is_a_promise(passage: str) -> bool:
    """Whether a passage promises or asks for something, and tells of nothing that was done."""
    text = one_spelling(normalise(passage))
    told = _TOLD_DONE.search(text) or PUT_OFF.search(text)
    return _ONLY_SAID.search(text) is not None and told is None


def _matter(sentence: str) -> frozenset[Pair]:
    """What stands behind the last verb of promising or asking that has enough behind it."""
    sentence = _EVERYWHERE.sub("và", one_spelling(normalise(sentence)))
    verbs = [match.end() for match in _VERB.finditer(sentence)]
    parts = (pairs_of(sentence[end:]) for end in (*reversed(verbs), 0))
    return next((pairs for pairs in parts if len(pairs) >= FEWEST), frozenset())
