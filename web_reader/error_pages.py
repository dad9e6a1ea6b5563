"""What a reader is told when something cannot be shown: never a path, never a trace."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING

from werkzeug.wrappers import Response

from web_reader.templates import rendered
from web_reader.wrong_values import WrongValue

if TYPE_CHECKING:
    from web_reader.reader_request import ReaderRequest


@dataclass(frozen=True, slots=True)
class Refusal:
    """A status, why in a word where one status has several reasons, and when to come `again`.

    `wrong` is the value of the address that cannot be read, if it is that.
    """

    status: HTTPStatus
    why: str = ""
    again: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    wrong: WrongValue | None = None


def error_page(asked: ReaderRequest, refusal: Refusal) -> Response:
    """A page that says what happened; for a program, problem details (RFC 9457)."""
    headers = {name: value for name, value in refusal.headers.items() if name != "Content-Type"}
    if refusal.again:
        headers["Retry-After"] = str(refusal.again)
    headers["Cache-Control"] = "no-store"
    if asked.request.path.endswith((".json", ".atom", ".csv", "/cdx")):
        told = {"type": "about:blank", "title": refusal.status.phrase, "status": refusal.status}
        if why := refusal.wrong.description if refusal.wrong else refusal.why:
            told["detail"] = why
        body, kind = json.dumps(told), "application/problem+json"
    else:
        values = {"asked": asked, "refusal": refusal}
        body, kind = rendered(asked.language, "error.html", values), "text/html"
    return Response(body, refusal.status, headers, content_type=f"{kind}; charset=utf-8")
