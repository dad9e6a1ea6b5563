"""What became of an article: its versions, the bounds of each change, the words that changed."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from hdnd.usecases.reading import article_history, compare_versions
from hdnd.views.difference import comparison_json
from hdnd.views.history import history_json
from web_reader.differences import after, before
from web_reader.moments import rough_moments
from web_reader.replay.addresses import replay_address
from web_reader.showing import as_json, html

if TYPE_CHECKING:
    from web_reader.reader_request import ReaderRequest


def versions(asked: ReaderRequest, id: str, form: str = "") -> Response:
    """Every version, change, file, absence and capture."""
    history = article_history(asked.home, id)
    if form:
        return as_json(history_json(history))
    by_digest = {version.digest: version for version in history.versions}
    changes = [
        (by_digest[before.digest], by_digest[state.digest], state)
        for before, state in pairwise(history.states)
    ]
    captures = [
        (seen, by_digest[seen.version], replay_address(asked, seen.captured_at, seen.url))
        for seen in reversed(history.observations)
    ]
    return html(
        asked,
        "versions.html",
        history=history,
        rough=rough_moments(history),
        standing=by_digest[history.standing],
        changes=changes[::-1],
        captures=captures,
    )


def diff(asked: ReaderRequest, id: str, old: str, new: str, form: str = "") -> Response:
    """What changed from one version to another, by words."""
    history = article_history(asked.home, id)
    comparison = compare_versions(history, (old, new))
    if comparison is None:
        raise NotFound
    if form:
        return as_json(comparison_json(comparison))
    return html(
        asked,
        "diff.html",
        compared=comparison,
        before=before,
        after=after,
        rough=rough_moments(history),
    )
