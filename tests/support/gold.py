"""The annotated articles: made-up council news, and every fact that stands in them.

A file has the article (`@published`, `# title`, `> lead`, paragraphs, `^ caption`, `~ page of an
attachment`) and, after `---`, one line a fact: kind, quote, value (the quote, if there is none).
`[…]` marks the span within its context; the n-th line with the same quote means its n-th place in
the article, `#n` names the place.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from council import Council, VersionPassage, VersionText

FOLDER = Path(__file__).parents[1] / "council" / "gold"
_FIELDS = {"# ": "title", "> ": "lead", "^ ": "caption", "~ ": "attachment"}


@dataclass(frozen=True)
class Annotated:
    """An article and the facts in it: (kind, passage, start, end, value)."""

    name: str
    text: VersionText
    facts: tuple[tuple[str, int, int, int, str], ...]


def articles(part: str) -> Iterator[Annotated]:
    """The articles of a part: `tuned`, the rules were written with them; `unseen`, without."""
    for path in sorted((FOLDER / part).glob("*.txt")):
        yield read(path)


def read(path: Path) -> Annotated:
    head, _, lines = path.read_text(encoding="utf-8").partition("\n---\n")
    published, council, passages = None, Council("quận", "Lam Khê"), []
    for line in head.splitlines():
        if line.startswith("@published "):
            published = date.fromisoformat(line.split()[1])
        elif line.startswith("@council "):
            council = Council(*line.removeprefix("@council ").split(" ", 1))
        else:
            field = _FIELDS.get(line[:2], "body")
            text = line if field == "body" else line[2:]
            number = sum(passage.field == field for passage in passages)
            passages.append(VersionPassage(field, number, text))
    text = VersionText(tuple(passages), published, council)
    return Annotated(path.stem, text, tuple(_facts(path.name, text, lines)))


def _facts(name: str, text: VersionText, lines: str) -> Iterator[tuple[str, int, int, int, str]]:
    seen: Counter[tuple[str, str]] = Counter()
    for line in lines.splitlines():
        kind, quote, *rest = (part.strip() for part in line.split(" | "))
        quote, _, nth = quote.partition("#")
        seen[kind, quote] += not nth
        before, span, after = re.fullmatch(r"(.*?)\[(.*)\](.*)|(.*)", quote).group(1, 2, 3)
        if span is None:
            before, span, after = "", quote, ""
        places = [
            (number, match.start() + len(before))
            for number, passage in enumerate(text.passages)
            for match in re.finditer(
                rf"(?<!\w){re.escape(before + span + after)}(?!\w)", passage.text
            )
        ]
        place = int(nth or seen[kind, quote]) - 1
        assert place < len(places), f"{name}: {line} does not stand there"
        passage, start = places[place]
        value = rest[0] if rest else span
        if kind == "document" and not rest:
            value = span.replace(" số ", " ")
        yield kind, passage, start, start + len(span), value
