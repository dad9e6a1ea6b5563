"""The documents that are searched: made on the spot, always the same, or read from a file.

Words follow on one another as in the sample articles (three of four times), or are drawn by Zipf's
law from all their syllables and from new ones made of their onsets and rimes, which give the long
tail that a small sample lacks. Each document has a date and a document number in its text.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

SYLLABLES = 459
SITES = ("thanh-giang", "moc-son", "ba-vong", "tay-lam")

_FIRST_DAY = date(2012, 1, 1)
_DAYS = 4900
_FOLLOWS = 0.75
_TAIL = 4000
_WORD = re.compile(r"[^\W\d_]+")
_SYLLABLE = re.compile(
    r"(ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnpqrstvx])([^\W\d_bcdđfghjklqrsvwxz]+\w{0,2})"
)


@dataclass(frozen=True, slots=True)
class Text:
    """One document. Paragraphs of the body are lines; `date` is YYYY-MM-DD."""

    key: str
    title: str
    body: str
    date: str
    site: str


def write(path: Path, count: int, seed: int) -> None:
    """Make a corpus of so many documents."""
    made = _Maker(seed)
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            file.write(json.dumps(asdict(made.text(number)), ensure_ascii=False) + "\n")


def held(source: Path) -> int:
    """How many documents a file of JSON lines has, packed or not."""
    opened = gzip.open if source.suffix == ".gz" else open
    with opened(source, "rt", encoding="utf-8") as lines:
        return sum(1 for _ in lines)


def take(source: Path, path: Path, count: int) -> None:
    """Take documents of a file of JSON lines with `title`, `body` and maybe `date`, packed or not.

    Where it has too few, more are made of the titles and the paragraphs that it has.
    """
    chance = random.Random(1)
    opened = gzip.open if source.suffix == ".gz" else open
    with opened(source, "rt", encoding="utf-8") as lines:
        found = [json.loads(line) for line, _ in zip(lines, range(count), strict=False)]
    bodies = [_paragraphs(one) for one in found]
    pool = [paragraph for body in bodies for paragraph in body]
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            at = number if number < len(found) else chance.randrange(len(found))
            body = bodies[at] if number < len(found) else chance.sample(pool, len(bodies[at]))
            drawn = _FIRST_DAY + timedelta(days=chance.randrange(_DAYS))
            day = (found[at].get("date") or drawn.isoformat())[:10]
            text = Text(f"d{number}", found[at]["title"], "\n".join(body), day, _site(number))
            file.write(json.dumps(asdict(text), ensure_ascii=False) + "\n")


def _paragraphs(found: dict[str, Any]) -> list[str]:
    body = found["body"]
    lead = [found["lead"]] if found.get("lead") else []
    return lead + (body.split("\n") if isinstance(body, str) else body)


def read(path: Path) -> Iterator[Text]:
    """The documents of a corpus."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield Text(**json.loads(line))


def night(number: int, total: int, changed: int = 15, new: int = 5) -> list[Text]:
    """What a night brings: changed texts for some documents of a corpus, and some new ones."""
    made = _Maker(1000 + number)
    chosen = random.Random(2000 + number).sample(range(total), changed)
    chosen += [total + number * new + one for one in range(new)]
    return [made.text(one) for one in chosen]


def _site(number: int) -> str:
    return SITES[number * 7 % 10 % len(SITES)]


class _Maker:
    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        words, self._followers = _sample()
        tail = _recombined(list(words), random.Random(1))
        self._words = [*words, *tail[:_TAIL]]
        self._weights = list(accumulate(1 / rank for rank in range(1, len(self._words) + 1)))

    def text(self, number: int) -> Text:
        """Document number `number`; its words depend on all that were made before it."""
        day = _FIRST_DAY + timedelta(days=self._random.randrange(_DAYS))
        title = self._sentence(self._random.randint(9, 16))
        left = max(60, round(self._random.gauss(SYLLABLES, 120)))
        paragraphs = [f"Ngày {day:%d/%m/%Y}, Nghị quyết số {number % 997}/{day.year}/NQ-HĐND."]
        while left > 0:
            sentences = []
            for _ in range(self._random.randint(2, 5)):
                length = self._random.randint(10, 28)
                sentences.append(self._sentence(length) + ".")
                left -= length
            paragraphs.append(" ".join(sentences))
        return Text(f"d{number}", title, "\n".join(paragraphs), day.isoformat(), _site(number))

    def _sentence(self, length: int) -> str:
        draw = self._random.random
        fresh = iter(self._random.choices(self._words, cum_weights=self._weights, k=length))
        words = [next(fresh)]
        for other in fresh:
            followers = self._followers.get(words[-1])
            if followers and draw() < _FOLLOWS:
                words.append(followers[int(draw() * len(followers))])
            else:
                words.append(other)
        return words[0][:1].upper() + words[0][1:] + " " + " ".join(words[1:])


def _sample() -> tuple[list[str], dict[str, list[str]]]:
    """The words of the sample articles, commonest first, and what follows on each."""
    from crawler.sample_portal import bundled_articles

    counts: Counter[str] = Counter()
    followers: dict[str, list[str]] = {}
    for article in bundled_articles():
        for text in (article.title, *article.paragraphs):
            words = [
                word if word.isupper() and len(word) > 1 else word.lower()
                for word in _WORD.findall(text)
            ]
            counts.update(words)
            for first, second in pairwise(words):
                followers.setdefault(first, []).append(second)
    ranked = sorted(counts, key=lambda word: (-counts[word], word))
    return ranked, followers


def _recombined(words: list[str], chance: random.Random) -> list[str]:
    """New syllables of known onsets and known rimes."""
    parts = [match.groups() for word in words if (match := _SYLLABLE.fullmatch(word))]
    onsets = sorted({onset for onset, _ in parts})
    rimes = sorted({rime for _, rime in parts})
    made = sorted({onset + rime for onset in onsets for rime in rimes} - set(words))
    chance.shuffle(made)
    return made
