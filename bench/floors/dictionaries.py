"""What an indexer of Python can't do without: analysis, then positions in plain dictionaries."""

from __future__ import annotations

from array import array
from pathlib import Path

import corpus

from indexer.analysis import tokens


def analyse(source: Path) -> int:
    """Analyse a corpus and throw the tokens away; how many there were."""
    count = 0
    for text in corpus.read(source):
        for line in (text.title, *text.body.split("\n")):
            count += len(tokens(line))
    return count


def collect(source: Path) -> int:
    """Put a corpus in dictionaries: for each term its documents, and its positions in each."""
    documents: dict[str, array[int]] = {}
    positions: dict[str, array[int]] = {}
    for number, text in enumerate(corpus.read(source)):
        here: dict[str, list[int]] = {}
        first = 0
        for line in (text.title, *text.body.split("\n")):
            for token in tokens(line, first):
                here.setdefault(f"{token.folded} {token.form}", []).append(token.position)
                first = token.position + 8
        for term, places in here.items():
            if term not in documents:
                documents[term], positions[term] = array("I"), array("I")
            documents[term].append(number)
            positions[term].append(len(places))
            positions[term].extend(places)
    return len(documents)
