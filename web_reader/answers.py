"""Whole answers that are kept for a while: to make one again costs a search, to give it nothing."""

from __future__ import annotations

from collections import OrderedDict
from http import HTTPStatus
from threading import Lock
from typing import NamedTuple

from werkzeug.datastructures import Headers
from werkzeug.wrappers import Response

KEPT_ANSWERS = 256
_LARGEST = 256 << 10


class _Kept(NamedTuple):
    body: bytes
    headers: list[tuple[str, str]]


class KeptAnswers:
    """The answers given last, by a name that stands for address, language and state."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = Lock()
        self._answers: OrderedDict[str, _Kept] = OrderedDict()

    def get(self, name: str) -> Response | None:
        """The answer of this name, if it is still known."""
        with self._lock:
            kept = self._answers.get(name)
            if kept is None:
                return None
            self._answers.move_to_end(name)
        return Response(kept.body, headers=Headers(kept.headers))

    def put(self, name: str, response: Response) -> None:
        """Keep an answer, unless it is large, a stream or no good news."""
        if response.status_code != HTTPStatus.OK or not response.is_sequence:
            return
        body = response.get_data()
        if len(body) > _LARGEST:
            return
        with self._lock:
            self._answers[name] = _Kept(body, list(response.headers))
            while len(self._answers) > self._most:
                self._answers.popitem(last=False)
