"""The facts of an archive, opened for questions.

What articles state now: the facts of their standing versions. What is withheld leaves nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property

from archive.catalogue.attachment_files import article_files
from archive.catalogue.attachment_texts import AttachmentTexts
from archive.catalogue.derived_files import read_beside, rule_beside
from archive.catalogue.facts import Facts
from archive.catalogue.queries import facts as fact_queries
from archive.catalogue.queries.runs import descriptions
from archive.ground.errors import UsageError
from archive.ground.home import Home
from archive.ground.message import Message
from archive.ground.times import from_text
from archive.model import Article
from archive.reading import ArchiveReader
from council import Council
from council.evidence import ArticleText
from council.hiding import HiddenNames, hidden_names, unknown_keys, without
from council.identity import Decisions
from council.model import Told
from council.reading import RULE
from council.site import council_of
from hdnd.usecases.fact_rows import passage_text, value_of
from hdnd.usecases.people_file import decisions


@dataclass
class FactArchive:
    """An archive whose facts can be asked for."""

    home: Home
    reader: ArchiveReader
    _texts: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def told(
        self,
        *kinds: str,
        article: str | None = None,
        where: str = "",
        values: Sequence[object] = (),
    ) -> list[Told]:
        """The facts of these kinds, each with its article and words, oldest article first."""
        rows = fact_queries.facts(
            self.reader.catalogue, kinds, article=article, where=where, values=values
        )
        told = [self._told(row) for row in rows]
        return list(without(told, self._hidden)) if self.decisions.hidden else told

    @cached_property
    def _hidden(self) -> HiddenNames:
        return hidden_names(self._on_people(), self.councils, self.decisions)

    @property
    def unknown_keys(self) -> tuple[str, ...]:
        """What `people.tsv` names and nobody is."""
        if self.decisions == Decisions():
            return ()
        return unknown_keys(self._on_people(), self.councils, self.decisions, self.ids)

    def _on_people(self) -> list[Told]:
        """Every fact on people and their posts, of those who are hidden, too."""
        rows = fact_queries.facts(self.reader.catalogue, ("person", "post"))
        return [self._told(row) for row in rows]

    def with_words(self, told: Iterable[Told]) -> list[Told]:
        """The same facts, each with the passage that it is part of."""
        texts: dict[str, Article] = {}
        shown = []
        for fact in told:
            if fact.article not in texts:
                texts[fact.article] = fact_queries.standing_article(
                    self.reader.catalogue, fact.article
                )
            if fact.field == "attachment":
                around = fact_queries.page_text(self.reader.catalogue, fact.source, fact.number)
            else:
                around = passage_text(texts[fact.article], fact.field, fact.number)
            shown.append(replace(fact, around=around))
        return shown

    @cached_property
    def _articles(self) -> Mapping[str, fact_queries.ToldBy]:
        return fact_queries.articles(self.reader.catalogue)

    @cached_property
    def _files(self) -> Mapping[tuple[str, str], str]:
        """The names of files by their articles and digests."""
        files = article_files(self.reader.catalogue)
        return {(file.article, file.payload_digest): file.name for file in files}

    def texts(self, site: str, first: date, last: date) -> Iterator[ArticleText]:
        """The articles of a site that were published from one day to another, as texts."""
        for key, one in self._articles.items():
            day = _day(one.published_at)
            if one.site == site and day and first <= day <= last:
                yield ArticleText(key, site, day, self._passages(key))

    def _passages(self, article: str) -> tuple[str, ...]:
        if article not in self._texts:
            text = fact_queries.standing_article(self.reader.catalogue, article)
            blocks = (block.text for block in text.blocks if block.text)
            self._texts[article] = (text.title, *filter(None, [text.lead]), *blocks)
        return self._texts[article]

    @property
    def ids(self) -> frozenset[str]:
        """Every article that may be shown."""
        return frozenset(self._articles)

    @property
    def published(self) -> list[tuple[str, date]]:
        """Site and day of publication of every article that has one."""
        return [
            (one.site, day) for one in self._articles.values() if (day := _day(one.published_at))
        ]

    @cached_property
    def councils(self) -> Mapping[str, Council]:
        """The council of each site, by the description of its newest run."""
        found = {
            site: council_of(description)
            for site, description in descriptions(self.reader.catalogue).items()
        }
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
        return Told(
            row.id,
            row.article,
            row.site,
            row.version,
            by.title,
            row.url,
            _day(row.published_at),
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
            self._files.get((row.article, row.source), "") if row.source else "",
        )


def _day(text: str | None) -> date | None:
    return datetime.fromisoformat(text).date() if text else None


@contextmanager
def open_facts(home: Home) -> Iterator[FactArchive]:
    """The facts of a home's archive as they stand.

    Raises what opening an archive raises, and `UsageError` if no facts were read yet, or by an
    older release's rules.
    """
    with ArchiveReader.open(home) as reader:
        if not read_beside(reader.catalogue, Facts.name, Facts.schema):
            raise UsageError("usecases.no-facts-yet", hint=Message("usecases.read-facts"))
        if rule_beside(reader.catalogue, Facts.name) != RULE:
            raise UsageError(
                "usecases.facts-of-another-release", hint=Message("usecases.read-facts-anew")
            )
        read_beside(reader.catalogue, AttachmentTexts.name, AttachmentTexts.schema)
        reader.hold_still()
        yield FactArchive(home, reader)
