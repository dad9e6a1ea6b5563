"""Whole answers that are kept for a while: to make one again costs a search, to give it nothing."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from http import HTTPStatus
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from werkzeug.wrappers import Response

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

KEPT_ANSWERS = 256
_LARGEST = 256 << 10
_ASKED_BY = (
    "REQUEST_METHOD", "wsgi.url_scheme", "HTTP_HOST", "SERVER_NAME", "SERVER_PORT", "SCRIPT_NAME",
    "PATH_INFO", "QUERY_STRING", "REQUEST_URI", "HTTP_ACCEPT_LANGUAGE", "HTTP_COOKIE",
    "HTTP_ACCEPT_ENCODING", "HTTP_ACCEPT_DATETIME", "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE",
    "HTTP_RANGE", "HTTP_IF_RANGE",
)  # fmt: skip
"""All of a request that an answer may depend on, beside the state of the archive and the day."""


class KeptAnswer(NamedTuple):
    """An answer: its status, its headers, its whole body."""

    status: str
    headers: list[tuple[str, str]]
    body: bytes


def asked_by(environ: WSGIEnvironment) -> tuple[str | None, ...]:
    """What a request asks for: two of which this is the same have the same answer."""
    return tuple(map(environ.get, _ASKED_BY))


class KeptAnswers:
    """The answers given last, by a name that stands for what was asked and for the state."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = Lock()
        self._answers: OrderedDict[Hashable, KeptAnswer] = OrderedDict()

    def get(self, name: Hashable) -> KeptAnswer | None:
        """The answer of this name, if it is still known."""
        with self._lock:
            kept = self._answers.get(name)
            if kept is not None:
                self._answers.move_to_end(name)
            return kept

    def put(self, name: Hashable, answer: KeptAnswer | None) -> None:
        """Keep an answer, unless it is none or large."""
        if answer is None or len(answer.body) > _LARGEST:
            return
        with self._lock:
            self._answers[name] = answer
            while len(self._answers) > self._most:
                self._answers.popitem(last=False)


def page_to_keep(response: Response) -> KeptAnswer | None:
    """A page as it was made, for whoever may ask for it in whatever way; None if it is a stream or
    no good news."""
    if response.status_code != HTTPStatus.OK or not response.is_sequence:
        return None
    return KeptAnswer(response.status, list(response.headers), response.get_data())


def answer_to_keep(response: Response, environ: WSGIEnvironment) -> KeptAnswer | None:
    """An answer as it goes out to a request; None as for a page, “not modified” aside."""
    if response.status_code not in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED):
        return None
    if not response.is_sequence:
        return None
    headers = response.get_wsgi_headers(environ).to_wsgi_list()
    return KeptAnswer(response.status, headers, b"".join(response.get_app_iter(environ)))
