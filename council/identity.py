"""Who is one person across articles: by the name and the body, and by what a reader has decided.

Nothing is merged by likeness alone. A name that is told with posts of one body (the district, one
ward, what is above) is one person of that body; with posts of two bodies it is two people, until an
article gives one bearer both. `Chủ tịch HĐND phường` alone says of no ward which: each article has
its own. A mention without a post belongs to the only bearer of its name on
its site. What is decided in `people.tsv` counts before all of this.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import combinations, product
from typing import Generic, Protocol, TypeVar

from council.bearers import Bearer, Evidence, bearers
from council.councils import COMMUNES, DISTRICTS
from council.model import Council, Post, Told
from council.names import name_key

_WARD = re.compile(
    r"\b(?:[Pp]hường|(?<!hị )(?<!tác )[Xx]ã(?! hội)|[Tt]hị trấn|[Đđ]ặc khu|P\.)"
    r" ?(?P<name>\d+|[^\W\d_a-z][\w ]*)?"
)
_ABOVE = re.compile(
    r"\b(?:Thành phố|thành phố|TP|tỉnh|Tỉnh ủy|Tỉnh uỷ|Thành ủy|Thành uỷ|Sở|Quốc hội|Bộ|Trung ương"
    r"|Chính phủ|Thủ tướng|Bộ trưởng|Chủ tịch nước)\b"
)
_DISTRICT = re.compile(
    r"\b(?:[Qq]uận|[Hh]uyện|[Tt]hị xã|HĐND|UBND|Trưởng phòng|Phó phòng|Phòng"
    r"|Ban (?:Pháp|Kinh|Văn))\b"
)

_SOME_WARD = "phường"
"""The scope of a post of a ward that is not named with it."""

_HELD = frozenset(["current", "acting", "elected"])
_ALONGSIDE = re.compile(
    r"[Bb]í thư|[Ủủ]y viên|[Uu]ỷ viên|[Đđ]ại biểu|[Tt]ổ (?:trưởng|phó)|[ủu][yỷ]\b"
)
_Node = tuple[str, str, str]
"""A site, a folded name, a body."""


class Witness(Protocol):
    """A fact as far as it tells when and where something is told."""

    @property
    def article(self) -> str:
        """The article that tells it."""

    @property
    def published(self) -> date | None:
        """When that was published."""


Seen = TypeVar("Seen", bound=Witness)


@dataclass(slots=True)
class Holding(Generic[Seen]):
    """A post that a person is told to hold, with all the evidence of it."""

    role: str
    body: str
    status: str
    told: list[Seen] = field(default_factory=list)

    @property
    def title(self) -> str:
        """Role and body in one line."""
        return f"{self.role} {self.body}".strip()


@dataclass(slots=True)
class Known(Generic[Seen]):
    """A person: the key, every spelling of the name, what is told of them, and where."""

    key: str
    name: str
    site: str
    scope: str
    spellings: set[str] = field(default_factory=set)
    mentions: list[Seen] = field(default_factory=list)
    holdings: list[Holding[Seen]] = field(default_factory=list)
    by_hand: bool = False

    @property
    def may_be_several(self) -> bool:
        """Whether it holds two posts at one time that no article gives to one person.

        Posts of the Party and seats in a council go with others, and say nothing.
        """
        posts = [
            (name_key(one.title), [fact for other in self.holdings for fact in other.told
                                   if _is_one(one.title, other.title)])
            for one in self.holdings
            if one.status in _HELD and not _ALONGSIDE.search(one.title)
        ]  # fmt: skip
        return any(
            not _is_one(one, other)
            and not ({fact.article for fact in told} & {fact.article for fact in others})
            and _at_one_time(told, others)
            for (one, told), (other, others) in combinations(posts, 2)
        )


@dataclass(frozen=True, slots=True)
class Decisions:
    """What a reader has decided: keys that are one person, keys that are not, keys to hide.

    `others` are namesakes within one body: a key, and the articles that tell of another person than
    the other articles do.
    """

    same: tuple[tuple[str, str], ...] = ()
    apart: frozenset[tuple[str, str]] = frozenset()
    hidden: frozenset[str] = frozenset()
    others: tuple[tuple[str, frozenset[str]], ...] = ()

    def key_in(self, key: str, article: str) -> str:
        """The key of who an article means by a key: a namesake's has a number, from 2."""
        number = 1
        for split, articles in self.others:
            if split == key:
                number += 1
                if article in articles:
                    return f"{key}/{number}"
        return key


def scope_of(title: str, council: Council | None) -> str:
    """The body that a post is of, as far as it keeps namesakes apart: own rank, a ward, above."""
    return _scope(title, council.level if council else "")


def scope_in(article: str, title: str, council: Council | None) -> str:
    """The same for namesakes in an article: a ward that is not named is another in each."""
    scope = scope_of(title, council)
    return f"{scope} {article}" if scope == _SOME_WARD else scope


@lru_cache(maxsize=1 << 14)
def _scope(title: str, own: str) -> str:
    ward = _WARD.search(title)
    if ward and own not in COMMUNES:
        return f"phường {ward['name'].strip()}" if ward["name"] else _SOME_WARD
    if own in DISTRICTS and _ABOVE.search(title):
        return "trên"
    if _DISTRICT.search(title) or re.search(r"\b(?:Quận|Huyện|Thị) [ủu][yỷ]", title):
        return own or "quận"
    return own


def people(
    told: Iterable[Told], councils: Mapping[str, Council], decisions: Decisions | None = None
) -> list[Known[Told]]:
    """Everyone in an office whom articles name, by name; private people are left out."""
    facts = {fact.id: fact for fact in told}
    return [
        with_facts(known, facts) for known in known_of(bearers(facts.values()), councils, decisions)
    ]


def with_facts(known: Known[Evidence], facts: Mapping[str, Told]) -> Known[Told]:
    """A person with those of the facts that are told of them, by their ids."""
    return Known(
        known.key,
        known.name,
        known.site,
        known.scope,
        known.spellings,
        [facts[one.id] for one in known.mentions if one.id in facts],
        [holding_with_facts(holding, facts) for holding in known.holdings],
        known.by_hand,
    )


def holding_with_facts(holding: Holding[Evidence], facts: Mapping[str, Told]) -> Holding[Told]:
    """A post with those of the facts that tell of it, by their ids."""
    told = [facts[one.id] for one in holding.told if one.id in facts]
    return Holding(holding.role, holding.body, holding.status, told)


def known_of(
    named: Iterable[Bearer], councils: Mapping[str, Council], decisions: Decisions | None = None
) -> list[Known[Evidence]]:
    """Everyone among the names in an office that articles have, the oldest article first."""
    names, decided = list(named), decisions or Decisions()
    linked = _linked(names, councils, decided.apart)
    scopes = _scopes(names, councils, linked)
    found: dict[str, Known[Evidence]] = {}
    for one, scope in zip(names, scopes, strict=True):
        for spelling in one.spellings:
            key = decided.key_in(key_of(one.folded, one.site, scope), one.article)
            known = found.setdefault(key, Known(key, spelling, one.site, scope))
            known.spellings.add(spelling)
        if one.spellings:
            known.mentions += map(one.evidence, one.mentions)
    posts: dict[str, Post] = {}
    for one in names:
        council = councils.get(one.site)
        for id_, post, _ in one.posts:
            scope = linked[one.site, one.folded, scope_in(one.article, post.title, council)]
            key = decided.key_in(key_of(one.folded, one.site, scope), one.article)
            known = found.setdefault(key, Known(key, post.person, one.site, scope))
            known.spellings.add(post.person)
            posts[id_] = post
            _hold(known, one.evidence(id_), post, council)
    return _decide(found, decided, posts)


def _is_one(title: str, other: str) -> bool:
    """Whether two titles are one, as far as both are written out."""
    first, second = set(name_key(title).split()), set(name_key(other).split())
    return first <= second or second <= first


def _at_one_time(one: Iterable[Witness], other: Iterable[Witness]) -> bool:
    """Whether the days on which two posts are told of lie among each other."""
    first = sorted(fact.published for fact in one if fact.published)
    second = sorted(fact.published for fact in other if fact.published)
    return bool(first and second) and first[0] <= second[-1] and second[0] <= first[-1]


@lru_cache(maxsize=1 << 14)
def key_of(name: str, site: str, scope: str) -> str:
    """A person's key: the folded name, the site, and the body if it is known."""
    parts = (name_key(name).replace(" ", "-"), site, name_key(scope).replace(" ", "-"))
    return "/".join(filter(None, parts))


def _scopes(
    names: Sequence[Bearer], councils: Mapping[str, Council], linked: Mapping[_Node, str]
) -> list[str]:
    """For each name in an article the body of its bearer."""
    of_name: dict[tuple[str, str], set[str]] = defaultdict(set)
    own: list[str | None] = []
    for one in names:
        council = councils.get(one.site)
        scopes = {scope_in(one.article, post.title, council) for _, post, _ in one.posts}
        of_name[one.site, one.folded] |= {linked[one.site, one.folded, each] for each in scopes}
        own.append(linked[one.site, one.folded, min(scopes)] if scopes else None)
    chosen = []
    for one, scope in zip(names, own, strict=True):
        every = of_name[one.site, one.folded]
        alone = next(iter(every)) if len(every) == 1 else ""
        chosen.append(alone if scope is None else scope)
    return chosen


def _linked(
    names: Iterable[Bearer], councils: Mapping[str, Council], apart: frozenset[tuple[str, str]]
) -> dict[_Node, str]:
    """Bodies that an article gives one bearer are linked for that name, unless kept apart."""
    groups: dict[_Node, set[_Node]] = {}
    for named in names:
        scopes_of: dict[int, set[str]] = defaultdict(set)
        for _, post, bearer in named.posts:
            scope = scope_in(named.article, post.title, councils.get(named.site))
            scopes_of[bearer].add(scope)
        for scopes in scopes_of.values():
            nodes = [(named.site, named.folded, scope) for scope in sorted(scopes)]
            for node in nodes:
                groups.setdefault(node, {node})
            for one, other in combinations(nodes, 2):
                first, second = groups[one], groups[other]
                if first is second or _apart(first, second, apart):
                    continue
                first |= second
                groups.update(dict.fromkeys(second, first))
    return {node: min(group, key=_by_name)[2] for node, group in groups.items()}


def _by_name(node: _Node) -> tuple[bool, _Node]:
    """Bodies that have a name before wards that have none: these bear the id of an article."""
    return node[2].removeprefix(f"{_SOME_WARD} ")[:1].islower() and _SOME_WARD in node[2], node


def _apart(first: set[_Node], second: set[_Node], apart: frozenset[tuple[str, str]]) -> bool:
    """Whether a reader keeps anybody of the first apart from anybody of the second."""
    pairs = (
        (
            (key_of(one[1], one[0], one[2]), key_of(other[1], other[0], other[2]))
            for one, other in product(first, second)
        )
        if apart
        else ()
    )
    return any(tuple(sorted(pair)) in apart for pair in pairs)


def _hold(known: Known[Evidence], fact: Evidence, post: Post, council: Council | None) -> None:
    """Note a post; that of “HĐND quận Lam Khê” on its own site is that of “HĐND quận”."""
    place = council.place if council else ""
    title = _written_bare(post.title, place)
    for holding in known.holdings:
        if holding.status == post.status and _written_bare(holding.title, place) == title:
            holding.told.append(fact)
            return
    known.holdings.append(Holding(post.role, post.body, post.status, [fact]))


@lru_cache(maxsize=1 << 14)
def _written_bare(title: str, place: str) -> str:
    """The letters of a title without the council's own place at its end."""
    return name_key(title).removesuffix(f" {name_key(place)}" if place else "")


def _decide(
    found: dict[str, Known[Evidence]], decisions: Decisions, posts: Mapping[str, Post]
) -> list[Known[Evidence]]:
    for one, other in decisions.same:
        if one in found and other in found and one != other:
            kept, gone = found[one], found.pop(other)
            kept.spellings |= gone.spellings
            kept.mentions += gone.mentions
            kept.by_hand = True
            for holding in gone.holdings:
                for fact in holding.told:
                    _hold(kept, fact, posts[fact.id], None)
    shown = [known for key, known in found.items() if key not in decisions.hidden]
    return sorted(
        shown, key=lambda known: (name_key(known.name), known.site, known.scope, known.key)
    )
