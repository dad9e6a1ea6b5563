"""A list of queries, a line each: how many articles, and the best of them."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import click

from hdnd.usecases.query_list import Asked, read_queries, search_list
from hdnd.usecases.search import open_index
from hdnd.views.answer import answer_json
from search_cli.output import print_csv, print_json
from search_cli.render import published, typed_of_them
from search_cli.safe_text import clean
from search_cli.words import _, in_figures, in_words

if TYPE_CHECKING:
    from archive.ground.home import Home
    from archive.ground.message import Message
    from indexer.documents import Hit

_CSV = (
    "query",
    "total",
    "as_typed",
    "suggestion",
    "id",
    "title",
    "url",
    "published_at",
    "gone",
    "best",
    "at_least",
    "exact",
)
_FOUND, _NOT_FOUND = 0, 1


def print_list(home: Home, name: str, form: str | None, **how: Any) -> int:
    """Search each line of a file and print what is found; the exit status."""
    queries = read_queries(name, sys.stdin.buffer)
    found = False
    with open_index(home) as index:
        answers = _with_notes(search_list(home, index, queries, **how))
        if form == "json":
            asked = list(answers)
            print_json({"queries": [_as_json(one) for one in asked]})
            found = any(one.answer.total for one in asked)
        elif form == "csv":
            asked = list(answers)
            print_csv(_CSV, map(_row, asked))
            found = any(one.answer.total for one in asked)
        else:
            for one in answers:
                click.echo(_line(one))
                found = found or bool(one.answer.total)
    return _FOUND if found else _NOT_FOUND


def _with_notes(answers: Iterable[Asked]) -> Iterator[Asked]:
    """The answers; what is to be known of one goes to stderr before it, the same note once.

    What stands in the line of an answer is not said again: a near miss, and that nothing is found.
    """
    told: set[Message] = set()
    for asked in answers:
        answer = asked.answer
        for note in answer.notes[: -1 if answer.fallback and not answer.at_least else None]:
            if note not in told:
                told.add(note)
                said = f"{clean(asked.query)}: {clean(in_words(note))}"
                click.echo(_("note: {note}", note=said), err=True)
        yield asked


def _line(asked: Asked) -> str:
    answer = asked.answer
    best = " | ".join(_best(hit) for hit in answer.hits) if answer.total else ""
    if not answer.total and answer.suggestion:
        best = _("(near: {words})", words=clean(answer.suggestion))
    typed = ""
    if answer.as_typed < answer.total:
        typed = " " + typed_of_them(answer, answer.as_typed)
    total = f"{'≥' * answer.at_least}{in_figures(answer.total)}"
    return f"{total:>6}  {clean(asked.query)}{typed}{'  ' * bool(best)}{best}"


def _best(hit: Hit) -> str:
    facts = [published(hit.published_at), clean(hit.id)]
    facts += [_("gone from the site")] * hit.gone
    return f"{clean(hit.title)} ({', '.join(facts)})"


def _row(asked: Asked) -> list[object]:
    answer = asked.answer
    hits = answer.hits if answer.total else ()
    first = hits[0] if hits else None
    of_first = (
        [first.id, first.title, first.url, first.published_at, first.gone] if first else [None] * 5
    )
    ids = " ".join(hit.id for hit in hits)
    return [
        asked.query,
        answer.total,
        answer.as_typed,
        answer.suggestion,
        *of_first,
        ids,
        answer.at_least,
        answer.exact,
    ]


def _as_json(asked: Asked) -> dict[str, Any]:
    return {"query": asked.query, **answer_json(asked.answer, {})}
