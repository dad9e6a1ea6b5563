"""Which posts an article gives to one bearer of a name.

Posts at one mention are one person's, and so are those at a given name that stands for it
(`ông Tám`). Two titles at two full mentions may be those of namesakes.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable

from council.model import Person, Post, Told
from council.names import name_key

_BEHIND = ("post-after", "post-dealt", "post-pronoun")
"""Rules whose titles stand behind the name."""


def posts_of_bearers(facts: Iterable[Told]) -> dict[tuple[str, str, str], list[list[Told]]]:
    """For each site, article and folded name the posts of each mention that has any."""
    mentions: dict[tuple[str, str, str], list[Told]] = defaultdict(list)
    posts: dict[tuple[str, str, str], list[Told]] = defaultdict(list)
    for fact in facts:
        if isinstance(fact.value, Person):
            mentions[fact.site, fact.article, name_key(fact.value.name)].append(fact)
        elif isinstance(fact.value, Post):
            posts[fact.site, fact.article, name_key(fact.value.person)].append(fact)
    found: dict[tuple[str, str, str], list[list[Told]]] = {}
    for key, told in posts.items():
        where = sorted(mentions[key], key=lambda fact: fact.place)
        of_mention: dict[int, list[Told]] = defaultdict(list)
        for post in told:
            of_mention[_mention(post, where)].append(post)
        found[key] = list(of_mention.values())
    return found


def _mention(post: Told, where: list[Told]) -> int:
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
