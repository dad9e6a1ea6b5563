"""What becomes of a request that no response came to."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.settings import Settings

from crawler.transport.keeping import KeepingMiddleware
from crawler.transport.scheduler import ENTRY


@pytest.mark.parametrize("may_ask", [True, False], ids=["held", "lost"])
def test_it_is_told_to_nobody_and_recorded_while_the_site_may_be_asked(may_ask: bool) -> None:
    failed: list[Any] = []
    session = SimpleNamespace(
        may_ask=lambda: may_ask, fail=lambda entry, detail: failed.append((entry, detail))
    )
    crawler: Any = SimpleNamespace(settings=Settings(), spider=SimpleNamespace(session=session))
    request = Request("https://mau.example/1", meta={ENTRY: "entry"})
    # Scrapy writes the traceback of any other error to where the errors go.
    with pytest.raises(IgnoreRequest):
        KeepingMiddleware(crawler).process_exception(request, TimeoutError("too long"))
    assert failed == ([("entry", "TimeoutError: too long")] if may_ask else [])
