"""From what the index of a web archive answered to the captures of a site in it."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from archive.model import Role, StoredResponse
from crawler.extraction.extract import decoded_body
from crawler.sites.description import Site
from crawler.web_archives.scope import Scope
from crawler.web_archives.web_archive import IndexAnswer, IndexLine, TimeSpan, WebArchive


@dataclass(frozen=True, slots=True)
class IndexReader:
    """Reads one archive's index for one site. An index is believed in nothing: it may list more."""

    source: WebArchive
    site: Site
    span: TimeSpan
    wanted: Scope

    def read(self, query: str, stored: StoredResponse) -> IndexAnswer:
        """The answer to a query; one that cannot be read has its `fault` and nothing else."""
        try:
            body = decoded_body(stored)
            return self.source.read(query, stored.status, body, self.site, self.span)
        except (json.JSONDecodeError, RecursionError):
            return IndexAnswer(fault="the index answered with something that is no JSON")
        except (ValueError, zlib.error) as error:
            return IndexAnswer(fault=str(error))

    def lines_in(self, answer: IndexAnswer) -> Iterator[tuple[IndexLine, str, Role | None]]:
        """Its captures of the site, each with its page and what it is wanted as by its address."""
        for line in answer.lines:
            if self.holds(line):
                url = line.url
                yield line, self.wanted.identity(url), self.wanted.by_address(url)

    def holds(self, line: IndexLine) -> bool:
        """Whether a capture is of the site and of the time asked for."""
        return self.span.holds(line.captured_at) and self.wanted.is_of_the_site(line.url)
