"""robots.txt by RFC 9309: what a host allows, and how long it asks to wait."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from time import monotonic
from urllib.parse import urlsplit

from protego import Protego

MAX_BYTES = 500 * 1024
"""What is read of a robots.txt (RFC 9309 § 2.5)."""

KEPT_SECONDS = 24 * 3600
"""How long an answer counts (§ 2.4)."""


_LINE_END = re.compile(r"\r\n|\r|\n")
_TOKEN = re.compile(r"\*|[a-z_-]+", re.IGNORECASE)
_AGENT = re.compile(r"user[- ]?agent")
_KEPT = ("allow", "di", "crawl")
"""How the names of lines begin that say something; `di` is disallow, however it is misspelt."""


@dataclass(slots=True)
class _Rules:
    parser: Protego | None
    allow_all: bool
    known_at: float


class RobotsPolicy:
    """The rules of every host of a crawl. A host that was not heard of yet allows nothing."""

    def __init__(self, user_agent: str, now: Callable[[], float] = monotonic) -> None:
        self._product = user_agent.partition("/")[0]
        self._now = now
        self._hosts: dict[str, _Rules] = {}

    def answered(self, url: str, status: int, body: bytes) -> None:
        """A host's answer: 2xx gives rules, 4xx allows all, anything else nothing (§ 2.3.1)."""
        if 200 <= status < 300:
            text = "\n".join(_lines(body, self._product))
            rules = _Rules(Protego.parse(text), False, self._now())
        else:
            allow_all = 400 <= status < 500 and status != 429
            rules = _Rules(None, allow_all, self._now())
        self._hosts[urlsplit(url).netloc] = rules

    def unavailable(self, url: str) -> None:
        """There is none to be had, as behind redirects without end: all is allowed (§ 2.3.1.3)."""
        self._hosts[urlsplit(url).netloc] = _Rules(None, True, self._now())

    def unreachable(self, url: str) -> None:
        """No answer came: everything is disallowed (§ 2.3.1.4)."""
        self._hosts[urlsplit(url).netloc] = _Rules(None, False, self._now())

    def hosts(self) -> list[str]:
        """The hosts that have answered, or failed to."""
        return list(self._hosts)

    def outdated(self) -> list[str]:
        """The hosts whose answer is too old; they are forgotten, and have to be asked again."""
        old = [h for h, rules in self._hosts.items() if self._now() - rules.known_at > KEPT_SECONDS]
        for host in old:
            del self._hosts[host]
        return old

    def allows(self, url: str) -> bool:
        """Whether the URL may be fetched."""
        rules = self._hosts.get(urlsplit(url).netloc)
        if rules is None:
            return False
        if rules.parser is None:
            return rules.allow_all
        return bool(rules.parser.can_fetch(url, self._product))

    def refuses(self, url: str) -> bool:
        """Whether the URL's host has answered, and does not want it to be fetched."""
        return urlsplit(url).netloc in self._hosts and not self.allows(url)

    def delay(self, url: str) -> float:
        """The seconds between requests that the URL's host asks for; 0 if it does not."""
        rules = self._hosts.get(urlsplit(url).netloc)
        if rules is None or rules.parser is None:
            return 0.0
        return float(rules.parser.crawl_delay(self._product) or 0.0)


def _lines(body: bytes, product: str) -> Iterator[str]:
    """The lines that say something to `product`, each group under its token or `*` (§ 2.2.1).

    What is not known ends no group (§ 2.2.4), and a line that the limit cuts says nothing.
    """
    lines = _LINE_END.split(body[:MAX_BYTES].decode("utf-8-sig", errors="replace"))
    for line in lines[:-1] if len(body) > MAX_BYTES else lines:
        name, colon, value = line.partition(":")
        name = name.strip().lower()
        if colon and _AGENT.fullmatch(name):
            token = _TOKEN.match(value.strip())
            ours = token is not None and token[0].lower() in ("*", product.lower())
            # A name with a slash is nobody's.
            yield f"User-agent: {token[0] if token and ours else '/'}"
        elif not colon or name.startswith(_KEPT):
            yield line
