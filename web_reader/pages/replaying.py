"""Captures as they were: within our banner, alone (`mp_`), as bytes (`id_`), and all there are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from email.utils import format_datetime
from http import HTTPStatus
from itertools import groupby
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from archive.ground.errors import Withheld
from archive.ground.times import to_timestamp14
from hdnd.usecases import replay
from hdnd.usecases.replay import PAGE_TYPES
from web_reader.formats import VIETNAM, zoned
from web_reader.headers import REPLAY_POLICY
from web_reader.moments import some_time
from web_reader.replay.addresses import read_stamp, replay_address
from web_reader.replay.drawings import UnreadableDrawing, rewritten_svg
from web_reader.replay.memento import link_header, mementos_of
from web_reader.replay.pages import ReplayedPage, rewritten_page
from web_reader.replay.raw_address import captured_url
from web_reader.replay.style_sheets import rewritten_css
from web_reader.showing import html
from web_reader.time_budget import TimeBudget

if TYPE_CHECKING:
    from hdnd.views.replay import ReplayableCapture, ReplayedResponse
    from web_reader.reader_request import ReaderRequest

_SHOWN = (
    "image/",
    "font/",
    "audio/",
    "video/",
    "application/font",
    "application/vnd.ms-fontobject",
)
_SECONDS = 2.0


def replayed(asked: ReaderRequest, stamp: str, url: str) -> Response:
    """The capture of an address that was made nearest to a time."""
    wanted = captured_url(asked, 2)
    if stamp == "*":
        return _calendar(asked, wanted)
    known = read_stamp(stamp)
    if known is None:
        raise NotFound
    at, modifier = known
    captures = mementos_of(asked, wanted)
    capture = replay.nearest(captures, at)
    exact = replay_address(asked, capture.captured_at, wanted, modifier)
    if modifier != "mp_" and not stamp.startswith(to_timestamp14(capture.captured_at)):
        return _redirect(exact)
    told = replay.response_of(asked.home, capture)
    if modifier == "id_":
        response = _bytes(asked, told, wanted, at)
    elif modifier == "mp_":
        with TimeBudget(_SECONDS):
            response = _alone(asked, capture, told, wanted)
    else:
        response = _banner(asked, captures, capture, told, wanted)
    response.headers["Memento-Datetime"] = format_datetime(capture.captured_at, usegmt=True)
    response.headers["Link"] = link_header(asked, wanted, captures)
    return response


def _calendar(asked: ReaderRequest, url: str) -> Response:
    """All captures of an address, by year and month."""
    found = mementos_of(asked, url)
    months = [
        (name, [(one, replay_address(asked, one.captured_at, url)) for one in of_month])
        for name, of_month in groupby(found[::-1], key=_month)
    ]
    return html(asked, "captures.html", url=url, months=months, total=len(found))


def _month(capture: ReplayableCapture) -> str:
    return capture.captured_in or f"{capture.captured_at.astimezone(VIETNAM):%m/%Y}"


def _banner(
    asked: ReaderRequest,
    captures: list[ReplayableCapture],
    capture: ReplayableCapture,
    told: ReplayedResponse,
    url: str,
) -> Response:
    place = captures.index(capture)
    around = {
        "before": captures[place - 1] if place else None,
        "after": captures[place + 1] if place + 1 < len(captures) else None,
    }
    is_page = told.media_type in PAGE_TYPES and not told.is_beyond_limits
    loads = _made(asked, told, url, capture.captured_at).loads if is_page else []
    return html(
        asked,
        "replay.html",
        url=url,
        capture=capture,
        when=some_time(capture.captured_in, asked.language) or zoned(capture.captured_at),
        total=len(captures),
        around={
            name: replay_address(asked, one.captured_at, url) if one else None
            for name, one in around.items()
        },
        alone=replay_address(asked, capture.captured_at, url, "mp_"),
        exact=replay_address(asked, capture.captured_at, url, "id_"),
        every=f"{asked.options.prefix}/replay/*/{url}",
        is_shown=not told.is_beyond_limits
        and (is_page or told.media_type.startswith(("image/", "text/")) or bool(told.location)),
        told=told,
        missing=replay.missing_of(asked.home, loads),
        loads=len(loads),
    )


def _made(asked: ReaderRequest, told: ReplayedResponse, url: str, at: datetime) -> ReplayedPage:
    """A captured page made over; what it says of withheld articles is taken out."""
    hidden = asked.archive.hidden()

    def page_at(one: str) -> str | None:
        return None if replay.leads_to_hidden(one, hidden) else replay_address(asked, at, one)

    return rewritten_page(
        told.text or "", url, page_at, lambda one: replay_address(asked, at, one, "mp_")
    )


def _alone(
    asked: ReaderRequest, capture: ReplayableCapture, told: ReplayedResponse, url: str
) -> Response:
    """A capture in a sandbox, led to the archive."""
    at = capture.captured_at

    def part_at(address: str) -> str:
        return replay_address(asked, at, address, "mp_")

    if told.location and 300 <= told.status < 400:
        return _sandboxed(_redirect(part_at(_joined(url, told.location))))
    if told.is_beyond_limits:
        response = _handed_over(asked, told)
    elif told.media_type in PAGE_TYPES:
        page = _made(asked, told, url, at)
        response = Response(page.html, content_type="text/html; charset=utf-8")
    elif told.media_type == "text/css":
        sheet = rewritten_css(told.text or "", lambda one: part_at(_joined(url, one)))
        response = Response(sheet, content_type="text/css; charset=utf-8")
    elif told.media_type == "image/svg+xml":
        response = _drawing(asked, told, lambda one: part_at(_joined(url, one)))
    elif told.media_type.startswith(_SHOWN):
        response = Response(told.body, content_type=told.media_type)
    elif told.text is not None:
        response = Response(told.text, content_type="text/plain; charset=utf-8")
    else:
        response = _handed_over(asked, told)
    if _is_font(told, url):
        # Fonts are asked for with the page's origin, and a sandbox has none.
        response.headers["Access-Control-Allow-Origin"] = "null"
    if told.status >= 400:
        response.status_code = told.status
    return _sandboxed(response)


def _drawing(
    asked: ReaderRequest, told: ReplayedResponse, part_at: Callable[[str], str]
) -> Response:
    try:
        made = rewritten_svg(told.body, part_at)
    except UnreadableDrawing:
        return _handed_over(asked, told)
    return Response(made, content_type="image/svg+xml")


def _is_font(told: ReplayedResponse, url: str) -> bool:
    path = url.partition("?")[0].lower()
    return "font" in told.media_type or path.endswith((".woff", ".woff2", ".ttf", ".otf", ".eot"))


def _handed_over(asked: ReaderRequest, told: ReplayedResponse) -> Response:
    """What no browser is to open: a file, or a page beyond the limits of what is parsed.

    Raises `Withheld` for such a page where it may name what is withheld: nobody looked.
    """
    if told.is_beyond_limits and asked.archive.hidden().addresses:
        raise Withheld("it may name what is withheld")
    response = Response(told.body, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = "attachment"
    return response


def _bytes(asked: ReaderRequest, told: ReplayedResponse, url: str, at: datetime) -> Response:
    """The payload as it is stored, to be compared with its digest."""
    if told.is_beyond_limits:
        _handed_over(asked, told)
    elif told.media_type in PAGE_TYPES and _made(asked, told, url, at).left_out:
        raise Withheld("web_reader.names-what-is-withheld")
    kind = told.media_type
    is_plain = kind.startswith(("image/", "font/", "audio/", "video/")) and "svg" not in kind
    response = Response(told.stored, content_type=kind if is_plain else "text/plain")
    if not is_plain and told.text is None:
        response.content_type = "application/octet-stream"
        response.headers["Content-Disposition"] = "attachment"
    if told.coding:
        response.headers["Content-Encoding"] = told.coding
    return _sandboxed(response)


def _sandboxed(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = REPLAY_POLICY
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _redirect(address: str) -> Response:
    return Response(status=HTTPStatus.FOUND, headers={"Location": address})


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:
        return base
