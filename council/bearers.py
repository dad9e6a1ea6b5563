"""Who bears a name in an article, and which posts the article gives to one bearer of it.

Posts at one mention are one person's, and so are those at a given name that stands for it
(`ông Tám`). Two titles at two full mentions may be those of namesakes.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from council.model import Person, Post, Told
from council.names import name_key

_BEHIND = ("post-after", "post-dealt", "post-pronoun")
"""Rules whose titles stand behind the name."""


class Evidence(NamedTuple):
    """Where a name stands: the id of the fact, its article, when that was published."""

    id: str
    site: str
    article: str
    published: date | None


class BornePost(NamedTuple):
    """A post, the id of its fact, and the number of the mention in its article that bears it."""

    id: str
    post: Post
    bearer: int


@dataclass(frozen=True, slots=True)
class Bearer:
    """A name that an article gives to somebody in an office.

    `folded` is the name by its letters alone, `spellings` those of its mentions, `mentions` the ids
    of these; private people's are not among them.
    """

    site: str
    article: str
    published: date | None
    folded: str
    spellings: tuple[str, ...]
    mentions: tuple[str, ...]
    posts: tuple[BornePost, ...]

    def evidence(self, id_: str) -> Evidence:
        """Where one of its facts stands."""
        return Evidence(id_, self.site, self.article, self.published)


def bearers(told: Iterable[Told]) -> list[Bearer]:
    """The names in an office that articles have, by their facts on people and posts, in the order
    of these."""
    persons: dict[_Name, list[Told]] = defaultdict(list)
    posts: dict[_Name, list[Told]] = defaultdict(list)
    names: dict[_Name, None] = {}
    for fact in told:
        match fact.value:
            case Person(name, _, private):
                key = (fact.site, fact.article, name_key(name))
                persons[key].append(fact)
                if private:
                    continue
            case Post(person):
                key = (fact.site, fact.article, name_key(person))
                posts[key].append(fact)
            case _:
                continue
        names[key] = None
    return [_bearer(key, persons[key], posts[key]) for key in names]


_Name = tuple[str, str, str]
"""A site, an article, a folded name."""


def _bearer(key: _Name, persons: Sequence[Told], posts: Sequence[Told]) -> Bearer:
    site, article, folded = key
    where = sorted(persons, key=lambda fact: fact.place)
    named = [(fact, fact.value.name) for fact in persons
             if isinstance(fact.value, Person) and not fact.value.private]  # fmt: skip
    return Bearer(
        site,
        article,
        (posts or persons)[0].published,
        folded,
        tuple(dict.fromkeys(name for _, name in named)),
        tuple(fact.id for fact, _ in named),
        tuple(
            BornePost(fact.id, fact.value, _mention(fact, where))
            for fact in posts
            if isinstance(fact.value, Post)
        ),
    )


def _mention(post: Told, where: Sequence[Told]) -> int:
    """The number of the full mention that a post is at, or that its given name stands for."""
    places = [fact.place[:4] for fact in where]
    if post.rule in _BEHIND:
        number = bisect_right(places, post.place[:4]) - 1
    else:
        number = bisect_left(places, post.place[:4])
    number = max(0, min(number, len(where) - 1))
    while number > 0 and getattr(where[number].value, "how", "") in ("given", "title"):
        number -= 1
    return number
