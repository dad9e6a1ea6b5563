"""How the facts that the rules find are held against those that were annotated by hand."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from council import (
    Activity,
    Award,
    Cited,
    Commitment,
    Count,
    DatedPeriod,
    Fact,
    Money,
    Person,
    Personnel,
    Post,
    Session,
    Term,
    VersionPassage,
    VersionText,
    Vote,
    facts_of,
)
from support.gold import Annotated


class Score(NamedTuple):
    """How many were right, found and annotated."""

    right: int
    found: int
    annotated: int

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.annotated if self.annotated else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def line_of(fact: Fact) -> str:
    """A fact's value as the annotations write it."""
    match fact.value:
        case Person(name, _, private):
            return name + ("*" if private else "")
        case Post() as post:
            status = "" if post.status == "current" else f" ({post.status})"
            return f"{post.person}: {post.title}{status}"
        case Cited() as cited:
            return cited.label + (f" {cited.dated}" if cited.dated else "")
        case Term(number, years, body):
            body = body if body == "Quốc hội" else ""
            parts = [body, f"khóa {number}" if number else "", "-".join(map(str, years or ()))]
            return " ".join(filter(None, parts))
        case Session(number, kind, term, _):
            return " ".join(filter(None, [str(number), kind, f"khóa {term}" if term else ""]))
        case DatedPeriod() as when:
            return when.label
        case Count(kind, low, high, state, period, actor):
            bound = f"= {low}" if low == high else f">= {low}" if high is None else f"<= {high}"
            if low and high and low < high:
                bound = f"{low}-{high}"
            return f"{kind} {bound} {state} {period or 'none'} {actor or 'none'}"
        case Activity(kind, when, state, _, chairs):
            return f"{kind} {when.label} {state}" + (f"; {', '.join(chairs)}" if chairs else "")
        case Personnel(what, person, title):
            return f"{what} {person}" + (f": {title}" if title else "")
        case Commitment(who, due):
            return f"{who} by {due or 'none'}"
        case Vote(votes, of, share, level):
            number = f"{votes}/{of}" if of else str(votes or "")
            parts = [f"{share / 100:.4g}" if share else "", number, level]
            return " ".join(filter(None, parts))
        case Money(dong, up_to):
            return f"{dong}-{up_to}" if up_to else str(dong)
        case Award(name):
            return name
    return repr(fact.value)


Placed = tuple[str, int, int, int, str]


def compare(
    articles: Iterable[Annotated],
) -> tuple[dict[str, Score], list[tuple[str, str, Placed]]]:
    """The score of each kind, and what was missed (`-`) or is too much (`+`), by article."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    differences = []
    for article in articles:
        found = Counter(
            (fact.kind, fact.passage, fact.start, fact.end, line_of(fact))
            for fact in facts_of(article.text)
            if fact.kind != "impossible"
        )
        wanted = Counter(article.facts)
        for placed, n in (found & wanted).items():
            counts[placed[0]]["right"] += n
        for placed, n in found.items():
            counts[placed[0]]["found"] += n
        for placed, n in wanted.items():
            counts[placed[0]]["annotated"] += n
        differences += [(article.name, "-", placed) for placed in (wanted - found).elements()]
        differences += [(article.name, "+", placed) for placed in (found - wanted).elements()]
    return {
        kind: Score(count["right"], count["found"], count["annotated"])
        for kind, count in sorted(counts.items())
    }, differences


def lines(kind: str, *paragraphs: str, published: date | None = date(2024, 3, 20)) -> list[str]:
    """The facts of a kind that a press article with these paragraphs states, a line each."""
    passages = (
        VersionPassage("title", 0, "Tin nhân sự"),
        *(VersionPassage("body", number, text) for number, text in enumerate(paragraphs)),
    )
    facts = facts_of(VersionText(passages, published, None))
    return [line_of(fact) for fact in facts if fact.kind == kind]
