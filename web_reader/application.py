"""The reader as a WSGI application: from a request to an answer."""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Callable, Hashable, Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from werkzeug.datastructures import Headers
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.wrappers import Request, Response

from archive.ground.errors import (
    ClusterUnavailable,
    HdndError,
    IndexOfAnother,
    IndexUnusable,
    SiteError,
    TooManyUnwanted,
    UsageError,
    Withheld,
)
from hdnd.messages.telling import in_english
from hdnd.usecases.archive_state import ArchiveState, StillWorking
from web_reader.access import admitted, require_reader
from web_reader.answers import (
    KEPT_ANSWERS,
    KeptAnswers,
    answer_to_keep,
    asked_by,
    page_to_keep,
)
from web_reader.compression import compress
from web_reader.error_pages import Refusal, error_page
from web_reader.headers import secure
from web_reader.languages import COOKIE, LANGUAGES
from web_reader.options import ReaderOptions
from web_reader.reader_request import ReaderRequest
from web_reader.routes import ROUTES
from web_reader.time_budget import OutOfTime, TimeBudget
from web_reader.wrong_values import WrongValue

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

    from archive.ground.home import Home

LOGGER = logging.getLogger(__name__)
LONGEST_ADDRESS = 8000
_METHODS = ("GET", "HEAD")
_BUSY_SECONDS = 5
_HEALTH = "/healthz"
"""Says nothing of what is held: who watches the service needs no password for it."""
_WORKING_SECONDS = 10
_OF_THE_INDEX = ("/search", _HEALTH)
_STATUS = "/status"
"""The pages that ask the search index, and the one that says whether it answers; no other waits
for it."""


class Reader:
    """The archive of a home, read-only, for any number of threads.

    `waiting` says how many requests are waiting for a thread; beyond `most_waiting` they are told
    to come back later.
    """

    def __init__(
        self,
        home: Home,
        options: ReaderOptions | None = None,
        *,
        waiting: Callable[[], int] = lambda: 0,
        most_waiting: int = 32,
    ) -> None:
        self.options = options or ReaderOptions()
        self.archive = ArchiveState(home, self.options.searches_at_once)
        self._waiting, self._most_waiting = waiting, most_waiting
        self._pages = KeptAnswers(KEPT_ANSWERS)
        self._answers = KeptAnswers(KEPT_ANSWERS)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request; what it took goes to the log, never who asked or what for."""
        began = time.monotonic()
        environ = admitted(environ, self.options)
        name = self._name_of(environ)
        kept = self._answers.get(name) if name else None
        if kept is not None:
            _log(environ, int(kept.status[:3]), began)
            start_response(kept.status, kept.headers)
            return [kept.body]
        request = Request(environ)
        response = self._answered(request)
        if request.path.startswith("/replay/"):
            # Of a captured page nothing is of the same origin, an error neither.
            response.headers.setdefault("Cross-Origin-Resource-Policy", "cross-origin")
        secure(response)
        compress(request, response)
        if name:
            self._answers.put(name, answer_to_keep(response, environ))
        _log(environ, response.status_code, began)
        return response(environ, start_response)

    def _name_of(self, environ: WSGIEnvironment) -> Hashable:
        """What an answer may be kept under as it goes out: all that it depends on. None where it
        is not for everybody, for the moment alone, or a part."""
        if self.options.users or self.options.user_header or "HTTP_RANGE" in environ:
            return None
        if self._waiting() > self._most_waiting:
            return None
        try:
            name = self._state_of(Request(environ).path)
        except HdndError:
            return None
        return (name, time.gmtime()[:3], *asked_by(environ))

    def _state_of(self, path: str) -> str:
        """The state of all that a page shows: of the index, where it tells of that."""
        page = path.partition(".")[0].rstrip("/")
        if page not in (*_OF_THE_INDEX, _STATUS):
            return self.archive.name()
        try:
            return self.archive.searched_name()
        except ClusterUnavailable:
            if page != _STATUS:
                raise
            return f"{self.archive.name()} away"

    def _answered(self, request: Request) -> Response:
        asked = ReaderRequest(request, self.archive, self.options)
        try:
            if refusal := self._refused(asked):
                return error_page(asked, refusal)
            if request.path != _HEALTH:
                require_reader(request, self.options)
            return self._page(asked)
        except Withheld:
            return error_page(asked, Refusal(HTTPStatus.UNAVAILABLE_FOR_LEGAL_REASONS))
        except (IndexUnusable, IndexOfAnother, ClusterUnavailable) as error:
            LOGGER.error("%s: %s", type(error).__name__, in_english(error.said))
            return error_page(asked, Refusal(HTTPStatus.SERVICE_UNAVAILABLE, "index", again=60))
        except TooManyUnwanted:
            return error_page(asked, Refusal(HTTPStatus.BAD_REQUEST, "minus"))
        except (UsageError, SiteError, NotFound):
            return error_page(asked, Refusal(HTTPStatus.NOT_FOUND))
        except WrongValue as error:
            return error_page(asked, Refusal(HTTPStatus.BAD_REQUEST, "value", wrong=error))
        except HTTPException as error:
            if error.response is not None:
                return Response.force_type(error.get_response(request.environ))
            status = HTTPStatus(error.code or 500)
            headers = dict(error.get_headers(request.environ))
            return error_page(asked, Refusal(status, headers=headers))
        except OutOfTime:
            self.archive.forget()
            return error_page(asked, Refusal(HTTPStatus.SERVICE_UNAVAILABLE, "slow", again=30))
        except StillWorking:
            refusal = Refusal(HTTPStatus.SERVICE_UNAVAILABLE, "working", again=_WORKING_SECONDS)
            return error_page(asked, refusal)
        except HdndError as error:
            LOGGER.error("%s: %s", type(error).__name__, in_english(error.said))
            return error_page(asked, Refusal(HTTPStatus.SERVICE_UNAVAILABLE, "archive", again=60))
        except Exception:
            LOGGER.exception("a page failed")
            return error_page(asked, Refusal(HTTPStatus.INTERNAL_SERVER_ERROR))

    def _refused(self, asked: ReaderRequest) -> Refusal | None:
        """Why a request is not even looked at."""
        request = asked.request
        if request.method not in _METHODS:
            allow = {"Allow": ", ".join(_METHODS)}
            return Refusal(HTTPStatus.METHOD_NOT_ALLOWED, headers=allow)
        if not self.options.may_be_called(request.host):
            return Refusal(HTTPStatus.BAD_REQUEST, "host")
        address = request.environ.get("PATH_INFO", "") + request.environ.get("QUERY_STRING", "")
        if len(address) > LONGEST_ADDRESS:
            return Refusal(HTTPStatus.REQUEST_URI_TOO_LONG)
        if "\0" in request.path or "%00" in request.environ.get("QUERY_STRING", ""):
            return Refusal(HTTPStatus.BAD_REQUEST)
        if self._waiting() > self._most_waiting:
            return Refusal(HTTPStatus.SERVICE_UNAVAILABLE, "busy", again=_BUSY_SECONDS)
        return None

    def _page(self, asked: ReaderRequest) -> Response:
        request = asked.request
        ranges = request.range
        if ranges is None or ranges.units != "bytes" or len(ranges.ranges) > 1:
            # What is no range of bytes, or several, is left out of account (RFC 9110 § 14.2).
            request.environ.pop("HTTP_RANGE", None)
        endpoint, values = ROUTES.bind_to_environ(request.environ).match()
        etag = self._etag(asked)
        if request.if_none_match.contains_weak(etag):
            return _marked(asked, Response(status=HTTPStatus.NOT_MODIFIED), etag)
        kept = None if "HTTP_RANGE" in request.environ else self._pages.get(etag)
        if kept is not None:
            return _marked(asked, Response(kept.body, headers=Headers(kept.headers)), etag)
        with TimeBudget(self.options.page_seconds):
            response = endpoint(asked, **values)
        self._pages.put(etag, page_to_keep(response))
        return _marked(asked, response, etag)

    def _etag(self, asked: ReaderRequest) -> str:
        """What this address shows in this language of this state of the archive."""
        request = asked.request
        parts: tuple[Any, ...] = (
            self._state_of(request.path),
            time.strftime("%Y%m%d", time.gmtime()),
            asked.language,
            request.scheme,
            request.host,
            request.environ.get("PATH_INFO", ""),
            request.environ.get("QUERY_STRING", ""),
            request.headers.get("Accept-Datetime", ""),
        )
        return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()[:20]


def _marked(asked: ReaderRequest, response: Response, etag: str) -> Response:
    if response.status_code in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED):
        if not response.headers.get("ETag"):
            response.set_etag(etag, weak=True)
        response.headers.setdefault("Cache-Control", "no-cache")
        response.vary.update(("Accept-Language", "Cookie"))
    chosen = asked.request.args.get("lang")
    if chosen in LANGUAGES:
        response.set_cookie(
            COOKIE,
            chosen,
            max_age=31_536_000,
            path=asked.options.prefix + "/",
            samesite="Lax",
            httponly=True,
        )
    return response


def _log(environ: WSGIEnvironment, status: int, began: float) -> None:
    if not LOGGER.isEnabledFor(logging.INFO):
        return
    LOGGER.info(
        "answered",
        extra={
            "method": environ["REQUEST_METHOD"],
            "path": quote(Request(environ).path[:200]),
            "status": status,
            "ms": round((time.monotonic() - began) * 1000),
        },
    )
