"""Facts, promises and oddities in words: what is written, never a judgement.

What articles say (names, bodies, kinds of activities and documents) stays Vietnamese in English
words too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from council.model import (
    Activity,
    Award,
    Cited,
    Commitment,
    Count,
    DatedPeriod,
    Impossible,
    Money,
    Person,
    Personnel,
    Post,
    Session,
    Term,
    Told,
    Vote,
)
from council.oddities import Oddity
from council.promises import Promise, StretchCoverage

Language = Literal["vi", "en"]


@dataclass(frozen=True, slots=True)
class _Words:
    """What is said of facts in one language; what is in braces is filled in."""

    status: dict[str, str]
    decisions: dict[str, str]
    states: dict[str, str]
    weekdays: tuple[str, ...]
    citizen: str
    by: str
    no_day: str
    session: str
    term: str
    month: str
    quarter: str
    chaired: str
    ward: str
    at_most: str
    at_least: str
    between: str
    told: str
    of: str
    partly: str
    none: str
    not_due: str
    so_far: str
    put_off: str
    not_enough: str
    own: str
    coverage: str
    never: str
    gaps: str
    oddities: dict[str, str]


_WORDS: dict[Language, _Words] = {
    "vi": _Words(
        status={
            "former": "nguyên",
            "acting": "quyền",
            "elected": "được bầu",
            "candidate": "được giới thiệu",
        },
        decisions={
            "elected": "bầu",
            "appointed": "bổ nhiệm",
            "nominated": "giới thiệu",
            "not elected": "không trúng cử",
            "dismissed": "miễn nhiệm",
            "released": "cho thôi nhiệm vụ",
        },
        states={"planned": "dự kiến", "postponed": "hoãn", "cancelled": "không tổ chức"},
        weekdays=("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật"),
        citizen="công dân",
        by="hạn {}",
        no_day="không nêu ngày",
        session="kỳ họp thứ {}",
        term="khóa {}",
        month="tháng {}",
        quarter="quý {}",
        chaired="chủ trì: {}",
        ward="phường {}",
        at_most="không quá {}",
        at_least="ít nhất {}",
        between="{} đến {}",
        told="Có bài: {}",
        of=" ({} trên {})",
        partly="Có bài về {} trong {}: {}; {}",
        none="Kho lưu trữ chưa có bài nào; {}",
        not_due="Chưa đến hạn",
        so_far="; có bài về {} trong {}: {}",
        put_off="bài {} nói hoãn/không tổ chức",
        not_enough="không đủ dữ liệu; {}",
        own="; tự báo cáo: {}",
        coverage="kho có {} bài từ {} đến {}, {} tháng có bài{}; lần xem gần nhất: {}",
        never="chưa có",
        gaps=", {} tháng không ({}{})",
        oddities={
            "year-slip": "Bài ghi {}; đăng {}: có thể là {}",
            "impossible-date": "Bài ghi {}; đăng {}: lịch không có ngày này",
            "weekday": "Bài ghi {}; theo lịch, ngày này là {}",
            "term-years": "Bài ghi {}; theo mô tả của trang: {}",
            "share-too-high": "Bài ghi {}; tính từ số phiếu đã nêu: {}",
            "session-order": "Các bài ghi kỳ họp theo thứ tự này: {}",
            "": "Các bài ghi khác nhau: {}",
        },
    ),
    "en": _Words(
        status={
            "former": "former",
            "acting": "acting",
            "elected": "elected",
            "candidate": "nominated",
        },
        decisions={
            "elected": "elected",
            "appointed": "appointed",
            "nominated": "nominated",
            "not elected": "not elected",
            "dismissed": "dismissed",
            "released": "released from office",
        },
        states={"planned": "planned", "postponed": "postponed", "cancelled": "not held"},
        weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        citizen="a citizen",
        by="by {}",
        no_day="no day named",
        session="session {}",
        term="term {}",
        month="{}",
        quarter="quarter {}",
        chaired="in the chair: {}",
        ward="phường {}",
        at_most="at most {}",
        at_least="at least {}",
        between="{} to {}",
        told="Articles tell of it: {}",
        of=" ({} of {})",
        partly="Articles tell of {} of {}: {}; {}",
        none="The archive has no article on it; {}",
        not_due="Not due yet",
        so_far="; articles tell of {} of {}: {}",
        put_off="article {} says that it is postponed or not held",
        not_enough="too little is held to say; {}",
        own="; the council itself reports: {}",
        coverage="articles held from {1} to {2}: {0}; months with any: {3}{4}; last look: {5}",
        never="none",
        gaps=", without: {} ({}{})",
        oddities={
            "year-slip": "It says {}; published {}: perhaps {} is meant",
            "impossible-date": "It says {}; published {}: no calendar has this day",
            "weekday": "It says {}; by the calendar that day is a {}",
            "term-years": "It says {}; by the description of the site: {}",
            "share-too-high": "It says {}; reckoned from the votes it states: {}",
            "session-order": "Articles have the sessions in this order: {}",
            "": "Articles differ: {}",
        },
    ),
}

NOT_ALL = "được đưa tin trong kho, không phải tất cả"
"""Beneath every list of activities on a terminal."""


def fact_words(told: Told, language: Language = "vi") -> str:
    """A fact in a line."""
    say = _WORDS[language]
    match told.value:
        case Person(name, _, private):
            return f"{name} ({say.citizen})" if private else name
        case Post() as post:
            status = status_words(post.status, language)
            return f"{post.person}: {post.title}" + (f" ({status})" if status else "")
        case Cited() as cited:
            year = f" ({cited.dated})" if cited.dated else ""
            return f"{cited.label}{year}" + (f", {cited.issuer}" if cited.issuer else "")
        case Term(number, years, body):
            parts = [body, say.term.format(number) if number else ""]
            return " ".join(part for part in (*parts, "-".join(map(str, years or ()))) if part)
        case Session(number, kind, term, _):
            of = f", {say.term.format(term)}" if term else ""
            return say.session.format(number) + (f" ({kind})" if kind else "") + of
        case DatedPeriod() as when:
            return when_words(when, language)
        case Impossible(what, _):
            return what
        case Activity() as activity:
            return activity_words(activity, language)
        case Count() as count:
            return count_words(count, language)
        case Personnel(what, person, title):
            return f"{say.decisions[what]}: {person}" + (f", {title}" if title else "")
        case Commitment(who, due, until):
            by = day_words(due) if due else until
            return f"{who}: {say.by.format(by) if by else say.no_day}"
        case Vote() as vote:
            return vote_words(vote, language)
        case Money(dong, up_to):
            span = say.between.format(f"{dong:,}", f"{up_to:,}") if up_to else f"{dong:,}"
            return f"{_separated(span, language)} đồng"
        case Award(name):
            return name


def status_words(status: str, language: Language = "vi") -> str:
    """How a post is held, empty for a current one."""
    return _WORDS[language].status.get(status, "")


def when_words(when: DatedPeriod, language: Language = "vi") -> str:
    """A date or a period."""
    if when.unit == "month":
        return _WORDS[language].month.format(f"{when.first.month}/{when.first.year}")
    if when.unit == "quarter":
        quarter = f"{when.first.month // 3 + 1}/{when.first.year}"
        return _WORDS[language].quarter.format(quarter)
    if when.first == when.last:
        return day_words(when.first)
    return f"{day_words(when.first)} - {day_words(when.last)}"


def day_words(day: date) -> str:
    """A day as it is written in Vietnamese, and in English here too."""
    return f"{day:%d/%m/%Y}"


def activity_words(activity: Activity, language: Language = "vi") -> str:
    """What took place, when, by whom, who chaired."""
    say = _WORDS[language]
    parts = [f"{activity.kind}, {when_words(activity.when, language)}"]
    if state := say.states.get(activity.state):
        parts.append(state)
    if activity.body:
        parts.append(activity.body)
    if activity.wards:
        parts.append(wards_words(activity.wards, language))
    if activity.chairs:
        parts.append(say.chaired.format(", ".join(activity.chairs)))
    return " · ".join(parts)


def wards_words(wards: Sequence[str], language: Language = "vi") -> str:
    """Wards by name, communes and towns with their rank."""
    named = [ward for ward in wards if not ward.startswith(("xã ", "thị trấn "))]
    others = [ward for ward in wards if ward not in named]
    return ", ".join([_WORDS[language].ward.format(", ".join(named))] * bool(named) + others)


def count_words(count: Count, language: Language = "vi") -> str:
    """How many of what, by whom, in which period."""
    say = _WORDS[language]
    if count.low is None:
        number = say.at_most.format(count.high)
    elif count.high is None:
        number = say.at_least.format(count.low)
    elif count.low == count.high:
        number = str(count.low)
    else:
        number = say.between.format(count.low, count.high)
    state = say.states.get(count.state, "")
    about = ", ".join(part for part in (count.actor, count.period, state) if part)
    return f"{number} {count.kind}" + (f" ({about})" if about else "")


def vote_words(vote: Vote, language: Language = "vi") -> str:
    """Votes and share, as stated."""
    share = f"{vote.share / 100:.2f}%" if vote.share is not None else ""
    share = share.replace(".", ",") if language == "vi" else share
    votes = f"{vote.votes}/{vote.of}" if vote.of else ""
    return " · ".join(part for part in (votes, share) if part)


def promise_words(promise: Promise, language: Language = "vi") -> str:
    """The state of a plan or a commitment, with the coverage beside what is not there."""
    say = _WORDS[language]
    n, m = len(promise.evidence), promise.planned
    told = [one.article for one in promise.passages if not one.puts_off]
    ids = ", ".join(dict.fromkeys([fact.article for fact in promise.evidence] + told))
    late = [one.article for one in promise.passages if one.puts_off]
    put_off = ", ".join(dict.fromkeys([fact.article for fact in promise.put_off] + late))
    so_far = say.so_far.format(n, m, ids) if ids else ""
    covered = coverage_words(promise.coverage, language)
    match promise.state:
        case "told":
            words = say.told.format(ids) + (say.of.format(n, m) if m is not None else "")
        case "partly":
            words = say.partly.format(n, m, ids, covered)
        case "none":
            words = say.none.format(covered)
        case "not-due":
            words = f"{say.not_due}{so_far}"
        case "put-off":
            words = say.put_off.format(put_off)
            words = words[:1].upper() + words[1:]
        case _:
            words = f"{say.not_enough.format(covered)}{so_far}"
    if put_off and promise.state != "put-off":
        words += f"; {say.put_off.format(put_off)}"
    if promise.own:
        words += say.own.format(", ".join(fact_words(fact, language) for fact in promise.own))
    return words


def coverage_words(coverage: StretchCoverage, language: Language = "vi") -> str:
    """What the archive has of a time, so that nobody takes its gaps for the council's."""
    say = _WORDS[language]
    looked = day_words(coverage.looked) if coverage.looked else say.never
    first, last = day_words(coverage.first), day_words(coverage.last)
    gaps = _gaps(coverage.empty, say)
    return say.coverage.format(coverage.articles, first, last, coverage.months, gaps, looked)


def _gaps(months: Sequence[str], say: _Words) -> str:
    """The months without an article, up to three by name."""
    if not months:
        return ""
    named = ", ".join(f"{month[5:]}/{month[:4]}" for month in months[:3])
    return say.gaps.format(len(months), named, " …" if len(months) > 3 else "")


def oddity_words(oddity: Oddity, language: Language = "vi") -> str:
    """What is written, and what it may be."""
    say, first = _WORDS[language], oddity.told[0]
    form = say.oddities.get(oddity.code, say.oddities[""])
    published = day_words(first.published) if first.published else "?"
    match oddity.code:
        case "year-slip":
            stated, perhaps = map(date.fromisoformat, (oddity.stated, oddity.perhaps))
            return form.format(day_words(stated), published, day_words(perhaps))
        case "impossible-date":
            return form.format(oddity.stated, published)
        case "weekday":
            assert isinstance(first.value, Impossible)
            assert first.value.day is not None
            return form.format(oddity.stated, say.weekdays[first.value.day.weekday()])
        case "share-too-high":
            shares = (oddity.stated, oddity.perhaps)
            return form.format(*(text.replace(".", ",") for text in shares))
        case _:
            return form.format(oddity.stated, oddity.perhaps)


def _separated(number: str, language: Language) -> str:
    return number.replace(",", ".") if language == "vi" else number
