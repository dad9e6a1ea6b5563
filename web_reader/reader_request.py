"""One request as the pages see it, and the addresses that lead on from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Request

from archive.ground.message import Message
from hdnd.messages.language import Language
from indexer.language.periods import period, span
from web_reader.languages import language_of
from web_reader.options import ReaderOptions
from web_reader.wrong_values import WrongValue

if TYPE_CHECKING:
    from datetime import date

    from archive.ground.home import Home
    from hdnd.usecases.archive_state import ArchiveState

MOST_AT_ONCE = 100
MOST_PAGES = 100
_SAFE = "@:!$&'()*+,;=~-._"


@dataclass
class ReaderRequest:
    """A request, the archive it is about, and how the reader is set up."""

    request: Request
    archive: ArchiveState
    options: ReaderOptions

    @property
    def home(self) -> Home:
        """The folder of the archive."""
        return self.archive.home

    @cached_property
    def language(self) -> Language:
        """What the page is to be written in."""
        return language_of(self.request)

    def value(self, name: str) -> str:
        """A value of the address's query, without blanks around it."""
        return self.request.args.get(name, "").strip()

    def values(self, name: str) -> list[str]:
        """All values of a name, each once."""
        return list(dict.fromkeys(filter(None, map(str.strip, self.request.args.getlist(name)))))

    def count(self, name: str, default: int, most: int) -> int:
        """A number from 1 on; WrongValue for anything else and for one beyond `most`."""
        text = self.value(name)
        if not text:
            return default
        if not (text.isascii() and text.isdecimal() and 1 <= int(text[:9]) <= most):
            raise WrongValue(name, "number", most=most)
        return int(text)

    def flag(self, name: str) -> bool:
        """Whether a value is 1; WrongValue for anything else than that and nothing."""
        if self.value(name) not in ("", "1"):
            raise WrongValue(name, "flag")
        return self.value(name) == "1"

    def choice(self, name: str, known: Sequence[str]) -> str:
        """One of some values or nothing; WrongValue for any other."""
        if self.value(name) and self.value(name) not in known:
            raise WrongValue(name, "one-of", known=known)
        return self.value(name)

    def days(self, name: str) -> tuple[date, date] | tuple[None, None]:
        """The first and last day that a value means, such as 8/2020; WrongValue for no date."""
        typed = self.value(name)
        if not typed:
            return None, None
        try:
            found = period(typed)
        except ValueError:
            found = None
        if found is None:
            raise WrongValue(name, "day")
        return found

    def span(self) -> tuple[date | None, date | None, tuple[Message, ...]]:
        """The days between `from` and `to`, and what to say if they were turned round.

        Raises WrongValue for what is no date.
        """
        typed = {name: self.value(name) for name in ("from", "to") if self.days(name)}
        first, last, is_turned = span(typed["from"], typed["to"])
        said = Message("web_reader.days-turned-round", first=typed["from"], last=typed["to"])
        return first, last, (said,) * is_turned

    def page_of(self, default_limit: int = 10) -> tuple[int, int]:
        """The number of the page and how many things are on one."""
        limit = self.count("limit", default_limit, MOST_AT_ONCE)
        return self.count("page", 1, MOST_PAGES), limit

    def require_page(self, page: int, pages: int) -> None:
        """Raise NotFound for a page beyond the last."""
        if page > max(pages, 1):
            raise NotFound

    def link(self, *path: str, **values: Any) -> str:
        """The address of a page of ours: segments of its path, and values of its query."""
        where = self.options.prefix + "/" + "/".join(quote(part, safe=_SAFE) for part in path)
        return where + query_of(values)

    def here(self, form: str = "", **values: Any) -> str:
        """The address of this page with other values, or in another form (`.json`)."""
        kept: dict[str, Any] = {
            name: found for name, found in self.request.args.lists() if name != "lang"
        }
        path = self.request.path.strip("/")
        own = next((e for e in (".json", ".csv", ".atom") if path.endswith(e)), "")
        parts = (path.removesuffix(own) + form).split("/")
        named = {name.rstrip("_"): value for name, value in values.items()}
        return self.link(*parts, **{**kept, **named})

    def whole(self, address: str) -> str:
        """An address of ours with scheme and host."""
        return f"{self.request.scheme}://{self.request.host}{address}"


def query_of(values: Mapping[str, Any]) -> str:
    """The query of an address; what is empty is left out, of a list each value stands alone."""
    pairs: list[tuple[str, str]] = []
    for name, value in values.items():
        for one in value if isinstance(value, list | tuple) else [value]:
            if one not in (None, "", False):
                pairs.append((name, "1" if one is True else str(one)))
    return f"?{urlencode(pairs)}" if pairs else ""
