"""The facts of an archive, opened for questions.

What articles state now: the facts of their standing versions. What is withheld leaves nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from archive.catalogue import fact_queries
from archive.catalogue.attachment_texts import AttachmentTexts
from archive.catalogue.derived_files import attach, file_of
from archive.catalogue.facts import Facts
from archive.ground.errors import UsageError
from archive.ground.home import Home
from archive.ground.times import from_text
from archive.model import Article
from archive.reading import ArchiveReader
from council import Council
from council.identity import Decisions
from council.model import Told
from council.site import council_of
from hdnd.usecases.fact_rows import passage_text, value_of
from hdnd.usecases.people_file import decisions


@dataclass
class FactArchive:
    """An archive whose facts can be asked for."""

    home: Home
    reader: ArchiveReader

    def told(
        self,
        *kinds: str,
        article: str | None = None,
        where: str = "",
        values: Sequence[object] = (),
    ) -> list[Told]:
        """The facts of these kinds, each with its article and words, oldest article first."""
        rows = fact_queries.facts(
            self.reader.connection, kinds, article=article, where=where, values=values
        )
        return [self._told(row) for row in rows]

    def with_words(self, told: Iterable[Told]) -> list[Told]:
        """The same facts, each with the passage that it is part of."""
        texts: dict[str, Article] = {}
        shown = []
        for fact in told:
            if fact.article not in texts:
                texts[fact.article] = fact_queries.standing_article(
                    self.reader.connection, fact.article
                )
            if fact.field == "attachment":
                around = fact_queries.page_text(self.reader.connection, fact.source, fact.number)
            else:
                around = passage_text(texts[fact.article], fact.field, fact.number)
            shown.append(replace(fact, around=around))
        return shown

    @cached_property
    def _articles(self) -> Mapping[str, fact_queries.ToldBy]:
        return fact_queries.articles(self.reader.connection)

    @property
    def ids(self) -> frozenset[str]:
        """Every article that may be shown."""
        return frozenset(self._articles)

    @property
    def published(self) -> list[tuple[str, date]]:
        """Site and day of publication of every article that has one."""
        return [
            (one.site, datetime.fromisoformat(one.published_at).date())
            for one in self._articles.values()
            if one.published_at
        ]

    @cached_property
    def councils(self) -> Mapping[str, Council]:
        """The council of each site, by the description of its newest run."""
        rows = self.reader.connection.execute(
            "SELECT site, description FROM run ORDER BY started_at, id"
        )
        found = {row["site"]: council_of(json.loads(row["description"])) for row in rows}
        return {site: council for site, council in found.items() if council}

    @cached_property
    def decisions(self) -> Decisions:
        """What `people.tsv` decides."""
        return decisions(self.home)

    @property
    def looked(self) -> date | None:
        """The day of the last run that ended."""
        ended = [run.ended_at or run.started_at for run in self.reader.runs()]
        return max(ended).date() if ended else None

    def _told(self, row: fact_queries.StoredFact) -> Told:
        by = self._articles[row.article]
        published = datetime.fromisoformat(row.published_at).date() if row.published_at else None
        return Told(
            row.id,
            row.article,
            row.site,
            row.version,
            by.title,
            row.url,
            published,
            row.field,
            row.number,
            row.source,
            row.start,
            row.stop,
            row.quote,
            "",
            row.rule,
            row.stated,
            value_of(row.kind, row.columns),
            from_text(by.captured_at).date(),
        )


@contextmanager
def open_facts(home: Home) -> Iterator[FactArchive]:
    """The facts of a home's archive as they stand.

    Raises what opening an archive raises, and `UsageError` if no facts were read yet.
    """
    with ArchiveReader.open(home) as reader:
        file = file_of(home, Facts.name)
        if not file.exists():
            raise UsageError(
                "no facts have been read of this archive yet", hint="`hdnd index` reads them."
            )
        attach(reader.connection, file, Facts.name)
        files = file_of(home, AttachmentTexts.name)
        if files.exists():
            attach(reader.connection, files, AttachmentTexts.name)
        reader.hold_still()
        yield FactArchive(home, reader)
