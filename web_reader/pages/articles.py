"""An article: what it says, where it was, what became of it, how to cite it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from werkzeug.wrappers import Response

from archive.ground.errors import UsageError
from hdnd.messages.council import fact_words
from hdnd.usecases import reading
from hdnd.usecases.council_questions import facts_in
from hdnd.views.article import article_json, files_of
from hdnd.views.fact import class_of, fact_json
from web_reader.charts import line_of
from web_reader.formats import zoned
from web_reader.headers import REPLAY_POLICY
from web_reader.moments import some_time
from web_reader.passages import marked_body, marked_text
from web_reader.replay.addresses import replay_address
from web_reader.showing import as_json, html

if TYPE_CHECKING:
    from datetime import datetime

    from archive.model import ArticleRecord
    from hdnd.views.fact import Told
    from web_reader.reader_request import ReaderRequest

_SHOWN_KINDS = ("person", "post", "document", "session", "activity", "commitment", "vote")
"""The kinds of facts that are marked in the text; numbers and dates would cover it."""

_PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp", "image/avif")


def article(asked: ReaderRequest, id: str) -> Response:
    """An article as a version of it said it, the standing one if none is named."""
    is_json = id.endswith(".json")
    version = asked.value("version") or None
    record = reading.article(asked.home, id.removesuffix(".json"), version=version)
    standing = version is None or record.version == reading.article(asked.home, record.id).version
    attachments = reading.attachments_json(asked.home, record)
    told = _facts(asked, record) if standing else []
    if is_json:
        facts = [fact_json(fact) for fact in told]
        return as_json(article_json(record) | {"attachments": attachments, "facts": facts})
    history = reading.article_history(asked.home, record.id)
    query, shown = asked.value("q"), asked.flag("facts")
    marking = [fact for fact in told if fact.kind in _SHOWN_KINDS]
    used = marking if shown else []
    numbers = {file.url: file.number for file in files_of(record.article)}
    views = [(o.captured_at, o.views) for o in history.observations if o.views is not None]
    newest = next(o for o in reversed(history.observations) if o.version == record.version)
    return html(
        asked,
        "article.html",
        record=record,
        article=record.article,
        history=history,
        standing=standing,
        title=marked_text(
            record.article.title, query, [fact for fact in used if fact.field == "title"]
        ),
        lead=marked_text(
            record.article.lead or "", query, [fact for fact in used if fact.field == "lead"]
        ),
        body=marked_body(record.article, query, used, numbers),
        query=query,
        shows_facts=shown,
        facts=[_fact(asked, fact) for fact in marking],
        fact_kinds={fact.id: fact.kind for fact in marking},
        attachments=attachments,
        numbers=numbers,
        views=views,
        line=line_of([count for _, count in views]),
        captured_first=_captured(asked, record.first_captured_in, record.first_captured_at),
        captured_last=_captured(asked, record.last_captured_in, record.last_captured_at),
        stored=replay_address(asked, newest.captured_at, newest.url),
    )


def file(asked: ReaderRequest, id: str, number: int) -> Response:
    """A picture or attachment as it is kept: pictures are shown, everything else is handed over."""
    version = asked.value("version") or None
    kept = reading.held_file(asked.home, id, number, version=version)
    kind = (kept.media_type or "").partition(";")[0].strip().lower()
    is_picture = kind in _PICTURES
    response = Response(kept.body, content_type=kind if is_picture else "application/octet-stream")
    if not is_picture:
        response.headers.set("Content-Disposition", "attachment", filename=kept.name or str(number))
    response.headers["Content-Security-Policy"] = REPLAY_POLICY
    response.make_conditional(asked.request, accept_ranges=True, complete_length=len(kept.body))
    return response


def _facts(asked: ReaderRequest, record: ArticleRecord) -> list[Told]:
    try:
        return facts_in(asked.home, record.id)
    except UsageError:
        return []


def _captured(asked: ReaderRequest, stated: str | None, moment: datetime) -> str:
    return some_time(stated, asked.language) or zoned(moment)


def _fact(asked: ReaderRequest, fact: Told) -> dict[str, Any]:
    return {
        "id": fact.id,
        "kind": fact.kind,
        "words": fact_words(fact, asked.language),
        "is_stated": class_of(fact) == "stated",
        "field": fact.field,
        "quote": fact.quote,
    }
