"""Who is one person across articles: by the name and the body, and by what a reader has decided.

Nothing is merged by likeness alone. A name that is told with posts of one body (the district, one
ward, what is above) is one person of that body; with posts of two bodies it is two people, until an
article gives one bearer both. A mention without a post belongs to the only bearer of its name on
its site. What is decided in `people.tsv` counts before all of this.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product

from council.bearers import posts_of_bearers
from council.model import Council, Person, Post, Told
from council.names import name_key

_WARD = re.compile(
    r"\b(?:[Pp]hường|(?<!hị )[Xx]ã(?! hội)|[Tt]hị trấn|P\.) ?(?P<name>[^\W\d_a-z][\w ]*)?"
)
_ABOVE = re.compile(
    r"\b(?:Thành phố|thành phố|TP|tỉnh|Tỉnh ủy|Tỉnh uỷ|Thành ủy|Thành uỷ|Sở|Quốc hội|Bộ|Trung ương"
    r"|Chính phủ|Thủ tướng|Bộ trưởng|Chủ tịch nước)\b"
)
_DISTRICT = re.compile(
    r"\b(?:quận|Quận|huyện|Huyện|thị xã|HĐND|UBND|Trưởng phòng|Phó phòng|Phòng"
    r"|Ban (?:Pháp|Kinh|Văn))\b"
)

_HELD = frozenset(["current", "acting", "elected"])
_ALONGSIDE = re.compile(
    r"[Bb]í thư|[Ủủ]y viên|[Uu]ỷ viên|[Đđ]ại biểu|[Tt]ổ (?:trưởng|phó)|[ủu][yỷ]\b"
)
_Node = tuple[str, str, str]
"""A site, a folded name, a body."""


@dataclass(slots=True)
class Holding:
    """A post that a person is told to hold, with the first and the last evidence of it."""

    role: str
    body: str
    status: str
    told: list[Told] = field(default_factory=list)

    @property
    def title(self) -> str:
        """Role and body in one line."""
        return f"{self.role} {self.body}".strip()


@dataclass(slots=True)
class Known:
    """A person: the key, every spelling of the name, what is told of them, and where."""

    key: str
    name: str
    site: str
    scope: str
    spellings: set[str] = field(default_factory=set)
    mentions: list[Told] = field(default_factory=list)
    holdings: list[Holding] = field(default_factory=list)
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
    own = council.level if council else ""
    ward = _WARD.search(title)
    if ward and own not in ("phường", "xã"):
        return f"phường {ward['name'].strip()}" if ward["name"] else "phường"
    if own in ("quận", "huyện") and _ABOVE.search(title):
        return "trên"
    if _DISTRICT.search(title) or re.search(r"\b(?:Quận|Huyện) [ủu][yỷ]", title):
        return own or "quận"
    return own


def people(
    told: Iterable[Told], councils: Mapping[str, Council], decisions: Decisions | None = None
) -> list[Known]:
    """Everyone in an office whom articles name, by name; private people are left out."""
    facts = [fact for fact in told if isinstance(fact.value, Person | Post)]
    decided = decisions or Decisions()
    linked = _linked(facts, councils, decided.apart)
    scopes = _scopes(_by_article(facts, councils), linked)
    found: dict[str, Known] = {}
    for fact in facts:
        if isinstance(fact.value, Person):
            if fact.value.private:
                continue
            name = fact.value.name
        else:
            assert isinstance(fact.value, Post)
            name = fact.value.person
        scope = scopes[fact.site, fact.article, name_key(name)]
        if isinstance(fact.value, Post):
            own = scope_of(fact.value.title, councils.get(fact.site))
            scope = linked[fact.site, name_key(name), own]
        key = decided.key_in(key_of(name, fact.site, scope), fact.article)
        known = found.setdefault(key, Known(key, name, fact.site, scope))
        known.spellings.add(name)
        if isinstance(fact.value, Person):
            known.mentions.append(fact)
        else:
            _hold(known, fact, fact.value, councils.get(fact.site))
    return _decide(found, decided)


def _is_one(title: str, other: str) -> bool:
    """Whether two titles are one, as far as both are written out."""
    first, second = set(name_key(title).split()), set(name_key(other).split())
    return first <= second or second <= first


def _at_one_time(one: Iterable[Told], other: Iterable[Told]) -> bool:
    """Whether the days on which two posts are told of lie among each other."""
    first = sorted(fact.published for fact in one if fact.published)
    second = sorted(fact.published for fact in other if fact.published)
    return bool(first and second) and first[0] <= second[-1] and second[0] <= first[-1]


def key_of(name: str, site: str, scope: str) -> str:
    """A person's key: the folded name, the site, and the body if it is known."""
    parts = (name_key(name).replace(" ", "-"), site, name_key(scope).replace(" ", "-"))
    return "/".join(filter(None, parts))


def _by_article(
    facts: Sequence[Told], councils: Mapping[str, Council]
) -> dict[tuple[str, str, str], set[str]]:
    """For each name in an article (site, article, name) the bodies of its posts there."""
    by_article: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for fact in facts:
        if isinstance(fact.value, Post):
            key = (fact.site, fact.article, name_key(fact.value.person))
            scope = scope_of(fact.value.title, councils.get(fact.site))
            by_article[key].add(scope)
        elif isinstance(fact.value, Person):
            by_article[fact.site, fact.article, name_key(fact.value.name)] |= set()
    return by_article


def _scopes(
    by_article: Mapping[tuple[str, str, str], set[str]],
    linked: Mapping[_Node, str],
) -> dict[tuple[str, str, str], str]:
    """For each name in an article the body of its bearer."""
    of_name: dict[tuple[str, str], set[str]] = defaultdict(set)
    for (site, _, name), scopes in by_article.items():
        of_name[site, name] |= {linked[site, name, scope] for scope in scopes}
    chosen = {}
    for key, scopes in by_article.items():
        site, _, name = key
        if scopes:
            chosen[key] = linked[site, name, min(scopes)]
        else:
            every = of_name[site, name]
            chosen[key] = next(iter(every)) if len(every) == 1 else ""
    return chosen


def _linked(
    facts: Sequence[Told], councils: Mapping[str, Council], apart: frozenset[tuple[str, str]]
) -> dict[_Node, str]:
    """Bodies that an article gives one bearer are linked for that name, unless kept apart."""
    groups: dict[_Node, set[_Node]] = {}
    bearers = posts_of_bearers(facts)
    for (site, name), posts in (((k[0], k[2]), one) for k, each in bearers.items() for one in each):
        titles = [post.value.title for post in posts if isinstance(post.value, Post)]
        scopes = {scope_of(title, councils.get(site)) for title in titles}
        nodes = [(site, name, scope) for scope in sorted(scopes)]
        for node in nodes:
            groups.setdefault(node, {node})
        for one, other in combinations(nodes, 2):
            first, second = groups[one], groups[other]
            if first is second or _apart(first, second, apart):
                continue
            first |= second
            groups.update(dict.fromkeys(second, first))
    return {node: min(group)[2] for node, group in groups.items()}


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


def _hold(known: Known, fact: Told, post: Post, council: Council | None) -> None:
    """Note a post; that of “HĐND quận Lam Khê” on its own site is that of “HĐND quận”."""
    own = f" {name_key(council.place)}" if council else ""
    title = name_key(post.title).removesuffix(own)
    for holding in known.holdings:
        same_role = name_key(holding.title).removesuffix(own) == title
        if same_role and holding.status == post.status:
            holding.told.append(fact)
            return
    known.holdings.append(Holding(post.role, post.body, post.status, [fact]))


def _decide(found: dict[str, Known], decisions: Decisions) -> list[Known]:
    for one, other in decisions.same:
        if one in found and other in found and one != other:
            kept, gone = found[one], found.pop(other)
            kept.spellings |= gone.spellings
            kept.mentions += gone.mentions
            kept.by_hand = True
            for holding in gone.holdings:
                for fact in holding.told:
                    assert isinstance(fact.value, Post)
                    _hold(kept, fact, fact.value, None)
    shown = [known for key, known in found.items() if key not in decisions.hidden]
    return sorted(
        shown, key=lambda known: (name_key(known.name), known.site, known.scope, known.key)
    )
