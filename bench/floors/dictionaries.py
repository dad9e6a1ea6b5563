"""What an indexer of Python can't do without: analysis, then positions in plain dictionaries."""

from __future__ import annotations

from array import array
from pathlib import Path

import corpus
import tokens

from indexer.language.occurrences import analyse_document


def analyse(source: Path) -> int:
    """Analyse a corpus and throw the terms away; how many postings there were."""
    count = 0
    for text in corpus.read(source):
        count += len(analyse_document(text.title, None, text.body.split("\n")).terms)
    return count


def spell(source: Path) -> int:
    """The same word by word, as a `TEXT` field of Whoosh asks for it; how many tokens."""
    return sum(
        len(tokens.of(text.title)) + len(tokens.of(text.body)) for text in corpus.read(source)
    )


def collect(source: Path) -> int:
    """Put a corpus in dictionaries: for each term its documents, and its positions in each."""
    lists: dict[bytes, tuple[array[int], array[int], array[int]]] = {}
    for number, text in enumerate(corpus.read(source)):
        found = analyse_document(text.title, None, text.body.split("\n"))
        for term, (_, places) in found.terms.items():
            if term not in lists:
                lists[term] = array("I"), array("I"), array("I")
            documents, lengths, positions = lists[term]
            documents.append(number)
            lengths.append(len(places))
            positions.fromlist(places)
    return len(lists)
