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
    from collections.abc import Sequence

    from hdnd.views.difference import Comparison
    from hdnd.views.history import History, State, Version
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
        stretches=lambda version: _stretches(history, version),
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
        stretches=_around(history, comparison),
        rough=rough_moments(history),
    )


def _stretches(history: History, version: Version) -> Sequence[State | Version]:
    """When a version was seen; between two stretches another stood."""
    found = [state for state in history.states if state.digest == version.digest]
    return found or [version]


def _around(
    history: History, compared: Comparison
) -> tuple[Sequence[State | Version], Sequence[State | Version]]:
    """The stretches before and after each change from the one version to the other; all of both
    where none led to the other.
    """
    wanted = (compared.old.digest, compared.new.digest)
    made = [two for two in pairwise(history.states) if (two[0].digest, two[1].digest) == wanted]
    if not made:
        return _stretches(history, compared.old), _stretches(history, compared.new)
    return [old for old, _ in made], [new for _, new in made]
