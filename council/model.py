"""Plain values: what is read, and what is found in it.

A `Fact` is a statement with its evidence: the passage it stands in, the span that says it, the
rule that read it, and whether the words state it or it is inferred from what stands around them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

Field = Literal["title", "lead", "body", "caption", "attachment"]


@dataclass(frozen=True, slots=True)
class Council:
    """The council whose site an article is from: `Council("quận", "Hai Bà Trưng")`.

    `terms` maps the number of a term to its first and last year.
    """

    level: str
    place: str
    terms: Mapping[int, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class VersionPassage:
    """A stretch of an article's version that is read at once.

    `number` counts the blocks of the body (captions among them) or the pages of an attachment,
    from 0; `source` is the digest of the attachment, empty for the article itself.
    """

    field: Field
    number: int
    text: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class VersionText:
    """An article's version as it is read: its passages in order, when it was published, where."""

    passages: tuple[VersionPassage, ...]
    published: date | None = None
    council: Council | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """A mention of a person; `name` is the full name, as far as the article has it.

    `how` is full, repeat, given (a given name after an honorific) or title (a title and a given
    name). Someone who is named in no office is `private`.
    """

    name: str
    how: str = "full"
    private: bool = False


@dataclass(frozen=True, slots=True)
class Post:
    """Who holds what: `role` as it is written, `body` completed where the article completes it.

    `status` is current, former, acting, elected or candidate.
    """

    person: str
    role: str
    body: str = ""
    status: str = "current"

    @property
    def title(self) -> str:
        """Role and body in one line."""
        return f"{self.role} {self.body}".strip()


@dataclass(frozen=True, slots=True)
class Cited:
    """A document that is named. `year` is part of its number, `dated` that of its stated date;
    `inferred_year` is when the article was published, where neither is there.

    `form` is number, list, law, back (“Nghị quyết này”) or heading (the document itself).
    """

    kind: str
    number: int | None = None
    year: int | None = None
    symbol: str = ""
    name: str = ""
    issuer: str = ""
    dated: int | None = None
    inferred_year: int | None = None
    form: str = "number"

    @property
    def label(self) -> str:
        """The document as it is cited: `Nghị quyết 97/2019/QH14`."""
        if self.number is None:
            return self.name + (f" {self.year}" if self.year else "")
        year = f"/{self.year}" if self.year else ""
        mark = "-" if self.symbol and self.symbol.endswith(("U", "TW")) else "/"
        return f"{self.kind} {self.number:02d}{year}{mark if self.symbol else ''}{self.symbol}"


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a council: its number, its years, or both; `body` if it is named."""

    number: int | None
    years: tuple[int, int] | None = None
    body: str = ""


@dataclass(frozen=True, slots=True)
class Session:
    """A session (kỳ họp) of a council; `kind` is thường lệ, chuyên đề, bất thường or empty."""

    number: int
    kind: str = ""
    term: int | None = None
    body: str = ""


@dataclass(frozen=True, slots=True)
class DatedPeriod:
    """A date or period: first and last day, how exact it is, and on what it rests.

    `unit` is day, month or quarter; `basis` is stated, published (the year or the day follow from
    the date of publication), same-day or lunar.
    """

    first: date
    last: date
    unit: str = "day"
    basis: str = "stated"

    @property
    def label(self) -> str:
        """`2024-01-30`, `2024-01`, `2024-Q1`, or two days or quarters joined by a slash."""
        if self.unit == "month":
            return f"{self.first:%Y-%m}"
        if self.unit == "quarter":
            quarters = [f"{day.year}-Q{(day.month + 2) // 3}" for day in (self.first, self.last)]
            return "/".join(dict.fromkeys(quarters))
        return f"{self.first}" if self.first == self.last else f"{self.first}/{self.last}"


@dataclass(frozen=True, slots=True)
class Impossible:
    """A date that no calendar has (31/02), or a weekday that is not that day's."""

    what: str
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """How many: `low` and `high` are None where there is no bound; both alike if it is exact.

    `state` is planned, reported, postponed or cancelled; `period` is a year, a quarter or a month.
    """

    kind: str
    low: int | None
    high: int | None
    state: str
    period: str = ""
    actor: str = ""


@dataclass(frozen=True, slots=True)
class Activity:
    """Something the council does: `state` is held, planned, postponed or cancelled."""

    kind: str
    when: DatedPeriod
    state: str = "held"
    body: str = ""
    chairs: tuple[str, ...] = ()
    wards: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Personnel:
    """A decision on a person: elected, appointed, nominated, not elected, dismissed, released.

    `when` is the day or the month (`2024-03-19`, `2024-03`) that its own sentence gives, or empty.
    """

    what: str
    person: str
    title: str = ""
    when: str = ""


@dataclass(frozen=True, slots=True)
class Commitment:
    """What somebody is to do until when; `due` is the last day, None for one without a date.

    `until` has the words of a session by which it is due, empty where a day is stated.
    """

    who: str
    due: date | None = None
    until: str = ""


@dataclass(frozen=True, slots=True)
class Vote:
    """A result: `votes` of `of`, and the share in hundredths of a per cent, as far as stated.

    `level` is tín nhiệm cao, tín nhiệm or tín nhiệm thấp in a vote of confidence, else empty.
    """

    votes: int | None = None
    of: int | None = None
    share: int | None = None
    level: str = ""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in đồng; `up_to` is the upper end where a span is stated."""

    dong: int
    up_to: int | None = None


@dataclass(frozen=True, slots=True)
class Award:
    """A distinction that is given."""

    name: str


Value = (
    Person | Post | Cited | Term | Session | DatedPeriod | Impossible | Count | Activity | Personnel
    | Commitment | Vote | Money | Award
)  # fmt: skip

KINDS: Mapping[type, str] = {
    Person: "person",
    Post: "post",
    Cited: "document",
    Term: "term",
    Session: "session",
    DatedPeriod: "date",
    Impossible: "impossible",
    Count: "count",
    Activity: "activity",
    Personnel: "personnel",
    Commitment: "commitment",
    Vote: "vote",
    Money: "money",
    Award: "award",
}
"""The name of each kind of fact."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A value and its evidence: `start` and `end` are offsets into the text of its passage."""

    value: Value
    passage: int
    start: int
    end: int
    rule: str
    stated: bool = True

    @property
    def kind(self) -> str:
        """The kind of fact: person, post, document …"""
        return KINDS[type(self.value)]


@dataclass(frozen=True, slots=True)
class Told:
    """A fact together with the article that tells it and the words it is told in.

    `id` names the fact in its archive; `quote` is what stands in the span, `around` the passage
    it is part of, empty as long as nobody wants to see it. `captured` is when the version was
    first captured. Of a fact of an attachment `source` is the digest of the payload, `number`
    counts its pages from 0 and `file` is the name of the file.
    """

    id: str
    article: str
    site: str
    version: str
    title: str
    url: str
    published: date | None
    field: str
    number: int
    source: str
    start: int
    end: int
    quote: str
    around: str
    rule: str
    stated: bool
    value: Value
    captured: date | None = None
    file: str = ""

    @property
    def kind(self) -> str:
        """The kind of fact."""
        return KINDS[type(self.value)]

    @property
    def place(self) -> tuple[int, str, int, int, str]:
        """Where it stands in its article, for sorting."""
        field = get_args(Field).index(self.field)
        return field, self.source, self.number, self.start, self.id
