"""The query mix: always the same for a corpus, drawn from its own texts."""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import corpus
from tokens import bare, folded_words

KINDS = ("common", "rare", "topic", "phrase", "half-marked", "no marks", "of a year", "of a site")
_LOOKED_AT = 2000
_WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class Query:
    """A query: as a person types it, and as folded words for engines without our parser."""

    kind: str
    typed: str
    words: tuple[str, ...]
    phrase: bool = False
    year: int | None = None
    site: str | None = None


def write(path: Path, source: Path, per_kind: int, seed: int) -> None:
    """Draw the mix from a corpus, kinds mixed; and half as many again to warm up with."""
    texts = [text for text, _ in zip(corpus.read(source), range(_LOOKED_AT), strict=False)]
    draw = _Draw(texts, random.Random(seed))
    found = {
        name: [asdict(draw.query(kind)) for kind in KINDS for _ in range(count)]
        for name, count in (("warm", (per_kind + 1) // 2), ("mix", per_kind))
    }
    for queries in found.values():
        random.Random(seed).shuffle(queries)
    path.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")


def read(path: Path) -> tuple[list[Query], list[Query]]:
    """The queries to warm up with, and the mix."""
    found = json.loads(path.read_text(encoding="utf-8"))
    warm, mix = (
        [Query(**{**one, "words": tuple(one["words"])}) for one in found[name]]
        for name in ("warm", "mix")
    )
    return warm, mix


def _chosen(spellings: dict[str, set[str]], wanted: Callable[[str], bool]) -> list[str]:
    """A spelling of each word that is wanted."""
    return [min(spellings[word]) for word in sorted(spellings) if wanted(word)]


class _Draw:
    def __init__(self, texts: list[corpus.Text], chance: random.Random) -> None:
        self._texts = texts
        self._random = chance
        counts: Counter[str] = Counter()
        spellings: dict[str, set[str]] = {}
        for text in texts:
            words = {word.lower() for word in _WORD.findall(text.body)}
            counts.update({bare(word) for word in words})
            for word in words:
                spellings.setdefault(bare(word), set()).add(word)
        few = max(2, len(texts) // 100)
        self._common = _chosen(spellings, lambda word: counts[word] >= len(texts) / 5)
        self._rare = _chosen(spellings, lambda word: counts[word] <= few)
        self._telling = {word for word in counts if counts[word] < len(texts) / 2}

    def query(self, kind: str) -> Query:
        """A query of a kind."""
        if kind in ("common", "rare"):
            words = [self._random.choice(self._common if kind == "common" else self._rare)]
        else:
            words = self._row(self._random.randint(2, 4))
        typed = " ".join(words)
        folded = tuple(word for one in words for word in folded_words(one))
        if kind == "phrase":
            return Query(kind, f'"{typed}"', folded, phrase=True)
        if kind == "half-marked":
            return Query(kind, " ".join([*words[:-1], bare(words[-1])]), folded)
        if kind == "no marks":
            return Query(kind, bare(typed), folded)
        if kind == "of a year":
            return Query(kind, typed, folded, year=self._random.randint(2013, 2024))
        if kind == "of a site":
            return Query(kind, typed, folded, site=self._random.choice(corpus.SITES))
        return Query(kind, typed, folded)

    def _row(self, length: int) -> list[str]:
        """Words that stand in a row somewhere.

        Every second time one of them is a word that at least half of the texts do not have.
        """
        telling = self._random.random() < 0.5
        while True:
            sentence = self._random.choice(self._random.choice(self._texts).body.split("."))
            words = [word.lower() for word in sentence.split()]
            if len(words) > length:
                start = self._random.randrange(len(words) - length)
                row = words[start : start + length]
                plain = all(_WORD.fullmatch(word) and len(folded_words(word)) == 1 for word in row)
                if plain and not (telling and all(bare(word) not in self._telling for word in row)):
                    return row
