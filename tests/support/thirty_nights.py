"""Thirty nights at the sample portal: what its editors do, and a refresh every night.

Run as a program it lives through them, one session after the other, in the home that is its
argument; imported, it tells what happened.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from crawler.sample_portal import SampleArticle, SamplePortal
from crawler.sample_portal.articles import PORTAL_TIME
from portal_visitor import article

FIRST = datetime(2026, 3, 1, 19, 0, tzinfo=UTC)
NIGHTS = 30
DOWN = (12, 13, 14)
"""Nights on which nobody answers."""


def born(name: str, night: int) -> SampleArticle:
    """An article published in the morning before a night."""
    day = (FIRST + timedelta(days=night)).astimezone(PORTAL_TIME) - timedelta(hours=12)
    text = ("Kỳ họp thông qua 25 nghị quyết.", f"Bài của đêm {night}.")
    return article(name, paragraphs=text, published_at=day)


OLD = [born(f"cu-{n}", -n) for n in range(1, 6)]
NEW = {night: born(f"moi-{night}", night) for night in (2, 3, 9, 16, 22)}
EDITED, REVERTED, VANISHING, RETURNING = OLD[0], OLD[1], OLD[2], OLD[3]
SECOND = "Kỳ họp thông qua 26 nghị quyết."
"""What the first paragraph says after an edit."""

EDITS = {
    5: [("edit", EDITED)],
    7: [("edit", REVERTED)],
    8: [("remove", VANISHING)],
    10: [("revert", REVERTED)],
    11: [("remove", RETURNING)],
    13: [("edit", NEW[9])],
    27: [("return", RETURNING)],
}


def live_through(portal: SamplePortal, night: int) -> None:
    """What the editors do on the day before a night."""
    if night in NEW:
        portal.articles[NEW[night].asset_id] = NEW[night]
    for what, one in EDITS.get(night, ()):
        if what == "remove":
            del portal.articles[one.asset_id]
        elif what == "edit":
            changed = replace(one, paragraphs=(SECOND, *one.paragraphs[1:]))
            portal.articles[one.asset_id] = changed
        else:
            portal.articles[one.asset_id] = one


def main(folder: str) -> None:
    from scrapy.core.engine import ExecutionEngine

    from archive.ground.home import Home
    from crawler.frontier.entries import EntryKind
    from crawler.politeness.user_agent import user_agent
    from crawler.sessions.site_crawl import SiteCrawl
    from crawler.sites.site_selection import choose_site
    from crawler.transport.running import run_sessions

    ExecutionEngine._SLOT_HEARTBEAT_INTERVAL = 0.02
    home = Home(Path(folder))
    nobody = "127.0.0.1:9"

    def nights(portal: SamplePortal) -> Iterator[SiteCrawl]:
        for night in range(NIGHTS):
            live_through(portal, night)
            began = datetime.now(UTC)
            host = nobody if night in DOWN else portal.host
            yield SiteCrawl(
                choose_site(home, "thanh-giang", host=host),
                home,
                user_agent(),
                kind=EntryKind.REFRESH,
                clock=lambda night=night, began=began: (
                    FIRST + timedelta(days=night) + (datetime.now(UTC) - began)
                ),
            )

    with SamplePortal(OLD) as portal:
        ended = run_sessions(nights(portal))
    told = [
        {
            "error": type(end.error).__name__ if end.error else None,
            "kind": end.summary and end.summary.kind,
            "run": end.summary and end.summary.run,
            "counts": end.summary and end.summary.counts,
            "problems": end.summary and end.summary.problems,
        }
        for end in ended
    ]
    print(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1])
