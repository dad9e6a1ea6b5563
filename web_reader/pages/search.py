"""The search page, and the same answer as a table, a feed and JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from werkzeug.wrappers import Response

from hdnd.messages.catalogues import translations
from hdnd.usecases.search import search as search_archive
from hdnd.views.answer import HIT_COLUMNS, answer_json, hit_row
from web_reader.charts import bars_of
from web_reader.error_pages import Refusal, error_page
from web_reader.formats import marked
from web_reader.showing import as_atom, as_csv, as_json, html

if TYPE_CHECKING:
    from archive.ground.message import Message
    from hdnd.views.fate import Fate
    from indexer.documents import Answer
    from web_reader.reader_request import ReaderRequest

LONGEST_QUERY = 300
MOST_TERMS = 40
FACETS = ("year", "site", "category")
_SORTS = ("score", "newest", "oldest")


@dataclass(frozen=True, slots=True)
class WantedSearch:
    """A search as its address says it."""

    query: str
    since: date | None
    until: date | None
    sites: tuple[str, ...]
    categories: tuple[str, ...]
    has_attachment: bool
    sort: str
    exact: bool
    history: bool
    page: int
    limit: int
    notes: tuple[Message, ...]

    @property
    def narrows(self) -> bool:
        """Whether anything but words chooses among the articles."""
        chosen = (self.since, self.until, self.sites, self.categories, self.has_attachment)
        return any(chosen)

    @property
    def how(self) -> dict[str, Any]:
        """The values of the use case."""
        return {
            "since": self.since,
            "until": self.until,
            "sites": self.sites,
            "categories": self.categories,
            "has_attachment": self.has_attachment,
            "sort": self.sort,
            "exact": self.exact,
            "history": self.history,
            "page": self.page,
            "limit": self.limit,
        }


def search(asked: ReaderRequest, form: str = "") -> Response:
    """Search, or list what the filters allow, the newest first."""
    wanted = read_search(asked)
    if len(wanted.query) > LONGEST_QUERY or len(wanted.query.split()) > MOST_TERMS:
        refusal = Refusal(HTTPStatus.BAD_REQUEST, "long")
        return error_page(asked, refusal)
    answer, fates = answer_to(asked, wanted)
    if form == ".json":
        return as_json(
            {"query": wanted.query, "page": wanted.page, "limit": wanted.limit}
            | answer_json(answer, fates)
        )
    if form == ".csv":
        return as_csv("search", HIT_COLUMNS, map(hit_row, answer.hits))
    if form == ".atom":
        return as_atom(asked, _title(asked, wanted), list(_entries(asked, answer)))
    known = -(-(answer.total + answer.beside) // wanted.limit)
    if not answer.hits:
        asked.require_page(wanted.page, known)
    return html(
        asked,
        "search.html",
        wanted=wanted,
        answer=answer,
        fates=fates,
        pages=known,
        first=(wanted.page - 1) * wanted.limit + 1,
        title=_title(asked, wanted),
        chart=bars_of(answer.facets.get("year", ())),
        year_address=lambda year: asked.here(from_=year, to=year, page=""),
    )


def read_search(asked: ReaderRequest) -> WantedSearch:
    """What the address asks for; WrongValue for what is no date, sort or number."""
    page, limit = asked.page_of()
    query = asked.value("q")
    since, until, notes = asked.span()
    sort = asked.choice("sort", _SORTS) or ("score" if query else "newest")
    return WantedSearch(
        query,
        since,
        until,
        tuple(asked.values("site")),
        tuple(asked.values("category")),
        asked.flag("file"),
        sort,
        asked.flag("exact"),
        asked.flag("history"),
        page,
        limit,
        notes,
    )


def answer_to(asked: ReaderRequest, wanted: WantedSearch) -> tuple[Answer, Mapping[str, Fate]]:
    """The answer of the archive."""
    with asked.archive.searching() as index:
        answer, fates = search_archive(asked.home, index, wanted.query, facets=FACETS, **wanted.how)
    return answer._replace(notes=(*wanted.notes, *answer.notes)), fates


def _title(asked: ReaderRequest, wanted: WantedSearch) -> str:
    _ = translations(asked.language).gettext
    return wanted.query or _("All articles")


def _entries(asked: ReaderRequest, answer: Answer) -> Any:
    for hit in answer.hits:
        yield {
            "id": "",
            "link": asked.link("articles", hit.id),
            "title": hit.title,
            "updated": hit.published_at,
            "summary": marked(hit.snippet, hit.snippet_spans),
        }
