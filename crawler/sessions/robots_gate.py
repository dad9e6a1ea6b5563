"""Leave to fetch: the robots.txt of every host of a crawl, asked for before anything else there."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit, urlunsplit

from archive.model import Capture, Link, Role, StoredResponse
from crawler.extraction.extract import decoded_body
from crawler.frontier.entries import FrontierEntry
from crawler.frontier.frontier import Frontier
from crawler.politeness.pace import Pace
from crawler.politeness.retry import is_trouble
from crawler.politeness.robots import RobotsPolicy
from crawler.sites.posted_forms import split_posted


@dataclass(slots=True)
class RobotsGate:
    """What the hosts in a frontier allow; `run` tells the questions of two runs apart."""

    policy: RobotsPolicy
    frontier: Frontier
    pace: Pace
    run: str
    _asked: set[str] = field(default_factory=set)
    _questions: int = 0

    def ask_hosts(self) -> None:
        """Ask every host of the frontier that was not asked yet."""
        for url in self.frontier.hosts().values():
            self.ask(url)

    def ask(self, url: str) -> None:
        """Put the robots.txt of the URL's host in, if it was not asked for yet."""
        parts = urlsplit(url)
        if parts.netloc not in self._asked:
            self._asked.add(parts.netloc)
            self._questions += 1
            robots = urlunsplit((parts.scheme, parts.netloc, "/robots.txt", "", ""))
            link = Link(robots, Role.ROBOTS, f"{robots} {self.run} {self._questions}")
            self.frontier.add([link], category=robots)

    def renew(self) -> None:
        """Ask again where the answer is too old."""
        if self.policy.outdated():
            self._asked.clear()
            self.ask_hosts()

    def allows(self, entry: FrontierEntry) -> bool:
        """Whether an entry may be fetched."""
        return entry.role is Role.ROBOTS or self.policy.allows(split_posted(entry.url)[0])

    def onward(self, entry: FrontierEntry, link: Link) -> Link:
        """Where a robots.txt is redirected to, as a part of this question alone."""
        return replace(link, identity_url=f"{entry.category} {self.run} {self._questions}")

    def learn(
        self, entry: FrontierEntry, capture: Capture, stored: StoredResponse, *, endless: bool
    ) -> str | None:
        """Take a host's answer; why it is as good as none, if it is.

        `endless`: a redirect that leads in a circle, or the sixth in a row. What is behind more
        than five may be taken for a robots.txt that is not there (RFC 9309 § 2.3.1.2).
        """
        if endless:
            self.policy.unavailable(entry.category)
            return None
        try:
            rules = decoded_body(stored)
        except (ValueError, zlib.error):
            rules = b""
        if (stored.body and not rules) or capture.truncated not in (None, "length"):
            return "robots.txt cannot be read"
        if is_trouble(capture.status) or 300 <= capture.status < 400:
            return f"robots.txt was answered with {capture.status}"
        self.policy.answered(entry.category, capture.status, rules)
        self.pace.asked = max(self.pace.asked, self.policy.delay(entry.category))
        return None
