"""The facts of an archive, opened for questions.

What articles state now: the facts of their standing versions. What is withheld leaves nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
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
from council.bearers import Bearer, Evidence
from council.evidence import ArticleText, Matter, Sieve
from council.hiding import HiddenNames, hidden_names, shown_bearers, unknown_keys, without
from council.identity import Decisions, Known, known_of
from council.model import Told
from council.reading import RULE
from council.site import council_of
from hdnd.usecases.fact_rows import bearer_of, passage_text, passages_of, value_of
from hdnd.usecases.people_file import decisions


@dataclass
class FactArchive:
    """An archive whose facts can be asked for."""

    home: Home
    reader: ArchiveReader
    _told_by: dict[str, fact_queries.ToldBy] = field(default_factory=dict)
    _file_names: dict[str, dict[str, str]] = field(default_factory=dict)

    def told(
        self,
        *kinds: str,
        article: str | None = None,
        ids: Collection[str] | None = None,
        where: str = "",
        values: Sequence[object] = (),
    ) -> list[Told]:
        """The facts of these kinds, each with its article and words, oldest article first; only
        those of an article or of some ids, if that is said."""
        rows = fact_queries.facts(
            self.reader.catalogue, kinds, article=article, ids=ids, where=where, values=values
        )
        told = [self._told(row) for row in rows]
        return list(without(told, self._hidden)) if self.decisions.hidden else told

    def how_many(self, *kinds: str) -> int:
        """How many facts of these kinds there are."""
        if self.decisions.hidden:
            return len(self.told(*kinds))
        return fact_queries.how_many(self.reader.catalogue, kinds)

    def people(self) -> list[Known[Evidence]]:
        """Everybody in an office that articles tell of, and where it is told."""
        named = shown_bearers(self._bearers(), self._hidden)
        return known_of(named, self.councils, self.decisions)

    @cached_property
    def _hidden(self) -> HiddenNames:
        if not self.decisions.hidden:
            return frozenset()
        return hidden_names(self._bearers(), self.councils, self.decisions)

    @property
    def unknown_keys(self) -> tuple[str, ...]:
        """What `people.tsv` names and nobody is."""
        if self.decisions == Decisions():
            return ()
        return unknown_keys(list(self._bearers()), self.councils, self.decisions, self.ids)

    def _bearers(self) -> Iterator[Bearer]:
        """Every name in an office, those of people who are hidden among them."""
        return map(bearer_of, fact_queries.bearers(self.reader.catalogue))

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

    def texts(self, matters: Sequence[Matter]) -> Iterator[ArticleText]:
        """The articles that may be on one of some matters of one site, as texts."""
        if not matters:
            return
        sieve, site = Sieve(matters), matters[0].site
        first, last = min(one.first for one in matters), max(one.last for one in matters)
        stored = fact_queries.word_pairs(self.reader.catalogue, site, first, last)
        dated = ((article, _day(published), pairs) for article, published, pairs in stored)
        chosen = [(one, day) for one, day, pairs in dated if sieve.lets_through(one, day, pairs)]
        for article, day in chosen:
            text = fact_queries.standing_article(self.reader.catalogue, article)
            yield ArticleText(article, site, day, passages_of(text))

    @cached_property
    def ids(self) -> frozenset[str]:
        """Every article that may be shown."""
        return frozenset(one.id for one in fact_queries.articles(self.reader.catalogue))

    @property
    def published(self) -> Iterator[tuple[str, date]]:
        """Site and day of publication of every article that has one."""
        for one in fact_queries.articles(self.reader.catalogue):
            if one.published_at:
                yield one.site, _day(one.published_at)

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
        by = self._told_by.get(row.article)
        if by is None:
            by = fact_queries.told_by(self.reader.catalogue, row.article)
            self._told_by[row.article] = by
        return Told(
            row.id,
            row.article,
            row.site,
            row.version,
            by.title,
            row.url,
            _day(row.published_at) if row.published_at else None,
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
            self._file_name(row.article, row.source) if row.source else "",
        )

    def _file_name(self, article: str, digest: str) -> str:
        if article not in self._file_names:
            files = article_files(self.reader.catalogue, article)
            self._file_names[article] = {file.payload_digest: file.name for file in files}
        return self._file_names[article].get(digest, "")


def _day(text: str) -> date:
    return datetime.fromisoformat(text).date()


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
