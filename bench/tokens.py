"""The product's own tokens, as every engine of the bench is given them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import corpus

from indexer.language.analysis import Token, tokens
from indexer.language.vietnamese import fold

Row = tuple[str, str, str, str]
"""Exact and folded title, exact and folded body, tokens with spaces between."""


def of(text: str) -> list[Token]:
    """The first token at each position of a text; what is said of it beside that is left out."""
    found: list[Token] = []
    for line in text.split("\n"):
        first = found[-1].position + 1 if found else 0
        for token in tokens(line, first):
            if not found or found[-1].position != token.position:
                found.append(token)
    return found


def folded_words(text: str) -> list[str]:
    """The folded words of a text."""
    return [token.folded for token in of(text)]


def bare(text: str) -> str:
    """A text with all marks taken away."""
    return " ".join(fold(word) for word in text.split(" "))


def write(path: Path, source: Path) -> None:
    """Analyse a corpus once, for the engines that can't call Python for it."""
    with path.open("w", encoding="utf-8") as file:
        for text in corpus.read(source):
            file.write(json.dumps(row(text), ensure_ascii=False) + "\n")


def row(text: corpus.Text) -> Row:
    """The tokens of a document."""
    title, body = of(text.title), of(text.body)
    return (
        " ".join(token.form for token in title),
        " ".join(token.folded for token in title),
        " ".join(token.form for token in body),
        " ".join(token.folded for token in body),
    )


def read(path: Path) -> Iterator[Row]:
    """The tokens of each document of a corpus."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            title, folded_title, body, folded_body = json.loads(line)
            yield title, folded_title, body, folded_body
