"""robots.txt by RFC 9309: what a host allows, and how long it asks to wait."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from protego import Protego

MAX_BYTES = 500 * 1024
"""What is read of a robots.txt (RFC 9309 § 2.5)."""


@dataclass(slots=True)
class _Rules:
    parser: Protego | None
    allow_all: bool


class RobotsPolicy:
    """The rules of every host of a crawl. A host that was not heard of yet allows nothing."""

    def __init__(self, user_agent: str) -> None:
        self._user_agent = user_agent
        self._hosts: dict[str, _Rules] = {}

    def answered(self, url: str, status: int, body: bytes) -> None:
        """A host's answer: 2xx gives rules, 4xx allows all, anything else nothing (§ 2.3.1)."""
        if 200 <= status < 300:
            text = body[:MAX_BYTES].decode("utf-8", errors="replace")
            rules = _Rules(Protego.parse(text), False)
        else:
            rules = _Rules(None, allow_all=400 <= status < 500 and status != 429)
        self._hosts[urlsplit(url).netloc] = rules

    def unreachable(self, url: str) -> None:
        """No answer came: everything is disallowed (§ 2.3.1.4)."""
        self._hosts[urlsplit(url).netloc] = _Rules(None, allow_all=False)

    def hosts(self) -> list[str]:
        """The hosts that have answered, or failed to."""
        return list(self._hosts)

    def allows(self, url: str) -> bool:
        """Whether the URL may be fetched."""
        rules = self._hosts.get(urlsplit(url).netloc)
        if rules is None:
            return False
        if rules.parser is None:
            return rules.allow_all
        return bool(rules.parser.can_fetch(url, self._user_agent))

    def refuses(self, url: str) -> bool:
        """Whether the URL's host has answered, and does not want it to be fetched."""
        return urlsplit(url).netloc in self._hosts and not self.allows(url)

    def delay(self, url: str) -> float:
        """The seconds between requests that the URL's host asks for; 0 if it does not."""
        rules = self._hosts.get(urlsplit(url).netloc)
        if rules is None or rules.parser is None:
            return 0.0
        return float(rules.parser.crawl_delay(self._user_agent) or 0.0)
