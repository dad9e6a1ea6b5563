"""Facts of made-up articles, as an archive would tell them."""

from __future__ import annotations

from datetime import date

from council import Council, VersionPassage, VersionText, facts_of
from council.model import Told

OURS = Council("quận", "Lam Khê", {19: (2016, 2021), 20: (2021, 2026)})
COUNCILS = {"lam-khe": OURS}


def tell(
    article: str,
    published: date,
    *paragraphs: str,
    title: str = "Tin HĐND",
    council: Council | None = OURS,
) -> list[Told]:
    """What an article with these paragraphs tells."""
    passages = (
        VersionPassage("title", 0, title),
        *(VersionPassage("body", number, text) for number, text in enumerate(paragraphs)),
    )
    text = VersionText(passages, published, council)
    told = []
    for number, fact in enumerate(facts_of(text)):
        passage = passages[fact.passage]
        told.append(
            Told(
                f"{article}.{number}",
                article,
                "lam-khe",
                "sha256:00",
                title,
                f"https://lamkhe.example/{article}",
                published,
                passage.field,
                passage.number,
                passage.source,
                fact.start,
                fact.end,
                passage.text[fact.start : fact.end],
                passage.text,
                fact.rule,
                fact.stated,
                fact.value,
            )
        )
    return told
