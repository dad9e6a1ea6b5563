"""What the council did, as articles tell it: people, documents, activities, promises."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from werkzeug.exceptions import ServiceUnavailable
from werkzeug.wrappers import Response

from archive.ground.errors import UsageError
from hdnd.messages import council as words
from hdnd.usecases import cited_documents, council_people, council_questions
from hdnd.views.fact import (
    HEADER,
    bounds,
    class_of,
    document_json,
    fact_json,
    fact_row,
    holder_json,
    promise_json,
)
from web_reader.charts import bars_of
from web_reader.names import name_order
from web_reader.showing import as_csv, as_json, html
from web_reader.wrong_values import WrongValue

if TYPE_CHECKING:
    from archive.ground.home import Home
    from hdnd.views.fact import Told
    from web_reader.reader_request import ReaderRequest

_ON_A_PAGE = 50
_OF_THE_PAGE = 0.6
"""The share of a page's time that may be waited for what is worked out."""
_STATES = ("told", "partly", "none", "not-due", "put-off", "not-enough")
_One = TypeVar("_One")
_Told = TypeVar("_Told")


@contextmanager
def _asking(asked: ReaderRequest, wrong: WrongValue | None = None) -> Iterator[None]:
    """What is no term or kind is the address's fault; that there are no facts is not."""
    try:
        yield
    except UsageError:
        if wrong is not None and asked.value(wrong.parameter):
            raise wrong from None
        raise ServiceUnavailable from None


def people(asked: ReaderRequest, form: str = "") -> Response:
    """Who holds or held which post, by given name."""
    with _asking(asked, WrongValue("term", "term")):
        found = council_people.holders(
            asked.home,
            _worked_out(asked, "people", council_people.everyone),
            asked.value("q"),
            post=asked.value("post"),
            body=asked.value("body"),
            term=asked.value("term"),
            elected=asked.flag("elected"),
        )
    found.sort(key=lambda one: (name_order(one.known.name), one.known.key))
    return _shown(
        asked,
        form,
        "people",
        found,
        with_words=council_people.with_words,
        to_json=holder_json,
        facts=lambda one: [told for holding in one.holdings for told in holding.told],
        bounds=bounds,
        status_words=partial(words.status_words, language=asked.language),
    )


def documents(asked: ReaderRequest, form: str = "") -> Response:
    """Which documents are cited, those that most articles cite first."""
    with _asking(asked, WrongValue("kind", "one-of", known=cited_documents.KNOWN_KINDS)):
        found = cited_documents.documents(
            _worked_out(asked, "documents", cited_documents.citations),
            asked.value("q"),
            kind=asked.value("kind"),
            issuer=asked.value("issuer"),
        )
    return _shown(
        asked,
        form,
        "documents",
        found,
        with_words=cited_documents.with_words,
        to_json=document_json,
        facts=lambda one: one.cited,
    )


def activities(asked: ReaderRequest, form: str = "") -> Response:
    """What took place, by day, the newest first."""
    first, last, notes = asked.span()
    with _asking(asked, WrongValue("kind", "one-of", known=council_questions.KNOWN_KINDS)):
        found = council_questions.events(
            _worked_out(asked, "activities", council_questions.every_activity),
            kind=asked.value("kind"),
            first=first,
            last=last,
            chair=asked.value("chair"),
            body=asked.value("body"),
        )
    years: dict[str, int] = {}
    for month, count in council_questions.counted(found, "month"):
        years[month[:4]] = years.get(month[:4], 0) + count
    return _shown(
        asked,
        form,
        "activities",
        found[::-1],
        with_words=council_questions.with_words,
        to_json=fact_json,
        facts=lambda one: [one],
        notes=notes,
        kinds=council_questions.counted(found, "type"),
        chart=bars_of(sorted(years.items())),
        year_address=lambda year: asked.here(from_=year, to=year, page=""),
    )


def promises(asked: ReaderRequest, form: str = "") -> Response:
    """What was planned or promised, and what the archive has of it."""
    state = asked.choice("state", _STATES)
    first, last, notes = asked.span()
    today = date.today()
    with _asking(asked):
        every = _worked_out(
            asked,
            f"promises of {today}",
            lambda home: council_questions.every_promise(home, today),
        )
    return _shown(
        asked,
        form,
        "promises",
        [one for one in every if council_questions.is_due(one, due=(first, last), state=state)],
        with_words=council_questions.quoted,
        to_json=promise_json,
        facts=lambda one: [one.told],
        promise_words=partial(words.promise_words, language=asked.language),
        notes=notes,
        states=_STATES,
    )


def _worked_out(asked: ReaderRequest, what: str, make: Callable[[Home], _One]) -> _One:
    """What takes long at many articles, kept as long as the archive is the same."""
    seconds = asked.options.page_seconds * _OF_THE_PAGE
    return asked.archive.worked_out(what, lambda: make(asked.home), seconds)


def _shown(
    asked: ReaderRequest,
    form: str,
    name: str,
    found: Sequence[_One],
    *,
    with_words: Callable[[Home, Sequence[_One]], list[_Told]],
    to_json: Callable[[_Told], Any],
    facts: Callable[[_Told], Iterable[Told]],
    **values: Any,
) -> Response:
    """A page of a list in one of its forms."""
    page, limit = asked.page_of(_ON_A_PAGE)
    cut = with_words(asked.home, found[limit * (page - 1) : limit * page])
    if form == ".json":
        return as_json([to_json(one) for one in cut])
    if form == ".csv":
        return as_csv(name, HEADER, (fact_row(told) for one in cut for told in facts(one)))
    pages = -(-len(found) // limit)
    asked.require_page(page, pages)
    return html(
        asked,
        f"{name}.html",
        found=cut,
        total=len(found),
        page=page,
        pages=pages,
        fact_words=partial(words.fact_words, language=asked.language),
        class_of=class_of,
        **values,
    )
