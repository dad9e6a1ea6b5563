"""Facts, promises and oddities in Vietnamese words: what is written, never a judgement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

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

NOT_ALL = "được đưa tin trong kho, không phải tất cả"
"""Beneath every list of activities."""

_STATUS: Mapping[str, str] = {
    "former": "nguyên",
    "acting": "quyền",
    "elected": "được bầu",
    "candidate": "được giới thiệu",
}
_DECISIONS: Mapping[str, str] = {
    "elected": "bầu",
    "appointed": "bổ nhiệm",
    "nominated": "giới thiệu",
    "not elected": "không trúng cử",
    "dismissed": "miễn nhiệm",
    "released": "cho thôi nhiệm vụ",
}
_STATES: Mapping[str, str] = {
    "held": "",
    "planned": "dự kiến",
    "postponed": "hoãn",
    "cancelled": "không tổ chức",
    "reported": "",
}
_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")


def fact_words(told: Told) -> str:
    """A fact in a line."""
    match told.value:
        case Person(name, _, private):
            return f"{name} (công dân)" if private else name
        case Post() as post:
            status = status_words(post.status)
            return f"{post.person}: {post.title}" + (f" ({status})" if status else "")
        case Cited() as cited:
            year = f" ({cited.dated})" if cited.dated else ""
            return f"{cited.label}{year}" + (f", {cited.issuer}" if cited.issuer else "")
        case Term(number, years, body):
            parts = [body, f"khóa {number}" if number else "", "-".join(map(str, years or ()))]
            return " ".join(part for part in parts if part)
        case Session(number, kind, term, _):
            of = f", khóa {term}" if term else ""
            return f"kỳ họp thứ {number}" + (f" ({kind})" if kind else "") + of
        case DatedPeriod() as when:
            return when_words(when)
        case Impossible(what, _):
            return what
        case Activity() as activity:
            return activity_words(activity)
        case Count() as count:
            return count_words(count)
        case Personnel(what, person, title):
            return f"{_DECISIONS[what]}: {person}" + (f", {title}" if title else "")
        case Commitment(who, due, until):
            by = day_words(due) if due else until
            return f"{who}: " + (f"hạn {by}" if by else "không nêu ngày")
        case Vote() as vote:
            return vote_words(vote)
        case Money(dong, up_to):
            span = f"{dong:,}" + (f" đến {up_to:,}" if up_to else "")
            return f"{span} đồng".replace(",", ".")
        case Award(name):
            return name


def status_words(status: str) -> str:
    """How a post is held, empty for a current one."""
    return _STATUS.get(status, "")


def when_words(when: DatedPeriod) -> str:
    """A date or a period."""
    if when.unit == "month":
        return f"tháng {when.first.month}/{when.first.year}"
    if when.unit == "quarter":
        return f"quý {when.first.month // 3 + 1}/{when.first.year}"
    if when.first == when.last:
        return day_words(when.first)
    return f"{day_words(when.first)} - {day_words(when.last)}"


def day_words(day: date) -> str:
    """A day as it is written in Vietnamese."""
    return f"{day:%d/%m/%Y}"


def activity_words(activity: Activity) -> str:
    """What took place, when, by whom, who chaired."""
    parts = [f"{activity.kind}, {when_words(activity.when)}"]
    if state := _STATES[activity.state]:
        parts.append(state)
    if activity.body:
        parts.append(activity.body)
    if activity.wards:
        parts.append(wards_words(activity.wards))
    if activity.chairs:
        parts.append(f"chủ trì: {', '.join(activity.chairs)}")
    return " · ".join(parts)


def wards_words(wards: Sequence[str]) -> str:
    """Wards by name, communes and towns with their rank."""
    named = [ward for ward in wards if not ward.startswith(("xã ", "thị trấn "))]
    others = [ward for ward in wards if ward not in named]
    return ", ".join([f"phường {', '.join(named)}"] * bool(named) + others)


def count_words(count: Count) -> str:
    """How many of what, by whom, in which period."""
    if count.low is None:
        number = f"không quá {count.high}"
    elif count.high is None:
        number = f"ít nhất {count.low}"
    elif count.low == count.high:
        number = str(count.low)
    else:
        number = f"{count.low} đến {count.high}"
    about = ", ".join(part for part in (count.actor, count.period, _STATES[count.state]) if part)
    return f"{number} {count.kind}" + (f" ({about})" if about else "")


def vote_words(vote: Vote) -> str:
    """Votes and share, as stated."""
    share = f"{vote.share / 100:.2f}%".replace(".", ",") if vote.share is not None else ""
    votes = f"{vote.votes}/{vote.of}" if vote.of else ""
    return " · ".join(part for part in (votes, share) if part)


def promise_words(promise: Promise) -> str:
    """The state of a plan or a commitment, with the coverage beside what is not there."""
    n, m = len(promise.evidence), promise.planned
    told = [one.article for one in promise.passages if not one.puts_off]
    ids = ", ".join(dict.fromkeys([fact.article for fact in promise.evidence] + told))
    late = [one.article for one in promise.passages if one.puts_off]
    put_off = ", ".join(dict.fromkeys([fact.article for fact in promise.put_off] + late))
    match promise.state:
        case "told":
            words = f"Có bài: {ids}" + (f" ({n} trên {m})" if m is not None else "")
        case "partly":
            words = f"Có bài về {n} trong {m}: {ids}; {coverage_words(promise.coverage)}"
        case "none":
            words = f"Kho lưu trữ chưa có bài nào; {coverage_words(promise.coverage)}"
        case "not-due":
            words = f"Chưa đến hạn{_so_far(n, m, ids)}"
        case "put-off":
            words = f"Bài {put_off} nói hoãn/không tổ chức"
        case _:
            words = f"không đủ dữ liệu; {coverage_words(promise.coverage)}{_so_far(n, m, ids)}"
    if put_off and promise.state != "put-off":
        words += f"; bài {put_off} nói hoãn/không tổ chức"
    if promise.own:
        totals = ", ".join(fact_words(fact) for fact in promise.own)
        words += f"; tự báo cáo: {totals}"
    return words


def _so_far(n: int, planned: int | None, ids: str) -> str:
    """The articles on a part of a plan that cannot be judged yet."""
    return f"; có bài về {n} trong {planned}: {ids}" if ids else ""


def coverage_words(coverage: StretchCoverage) -> str:
    """What the archive has of a time, so that nobody takes its gaps for the council's."""
    looked = day_words(coverage.looked) if coverage.looked else "chưa có"
    return (
        f"kho có {coverage.articles} bài từ {day_words(coverage.first)} đến"
        f" {day_words(coverage.last)}, {coverage.months} tháng có bài{_gaps(coverage.empty)};"
        f" lần xem gần nhất: {looked}"
    )


def _gaps(months: Sequence[str]) -> str:
    """The months without an article, up to three by name."""
    if not months:
        return ""
    named = ", ".join(f"{month[5:]}/{month[:4]}" for month in months[:3])
    return f", {len(months)} tháng không ({named}{' …' if len(months) > 3 else ''})"


def oddity_words(oddity: Oddity) -> str:
    """What is written, and what it may be."""
    first = oddity.told[0]
    published = day_words(first.published) if first.published else "?"
    match oddity.code:
        case "year-slip":
            stated = day_words(date.fromisoformat(oddity.stated))
            perhaps = day_words(date.fromisoformat(oddity.perhaps))
            return f"Bài ghi {stated}; đăng {published}: có thể là {perhaps}"
        case "impossible-date":
            return f"Bài ghi {oddity.stated}; đăng {published}: lịch không có ngày này"
        case "weekday":
            assert isinstance(first.value, Impossible)
            assert first.value.day is not None
            named = _WEEKDAYS[first.value.day.weekday()]
            return f"Bài ghi {oddity.stated}; theo lịch, ngày này là {named}"
        case "term-years":
            return f"Bài ghi {oddity.stated}; theo mô tả của trang: {oddity.perhaps}"
        case "share-too-high":
            stated, counted = (text.replace(".", ",") for text in (oddity.stated, oddity.perhaps))
            return f"Bài ghi {stated}; tính từ số phiếu đã nêu: {counted}"
        case "session-order":
            return f"Các bài ghi kỳ họp theo thứ tự này: {oddity.stated}"
        case _:
            return f"Các bài ghi khác nhau: {oddity.stated}"
