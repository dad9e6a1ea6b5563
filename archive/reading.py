"""Questions to an archive: articles, captures, problems, runs, what is held."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Self

from archive.catalogue.captures import capture_at, last_capture, read_stored
from archive.catalogue.database import Catalogue
from archive.catalogue.derivation_state import rule_of
from archive.catalogue.queries import articles, runs
from archive.catalogue.queries.article_names import named
from archive.catalogue.queries.certificates import untrusted_sites
from archive.catalogue.queries.holdings import holdings
from archive.catalogue.queries.withholding import withheld
from archive.ground.home import Home
from archive.ground.plain_files import bytes_of
from archive.model import ArticleRecord, Capture, Problem, Run, Status, StoredResponse
from archive.warc.segment_files import bytes_in
from archive.withholding import require_shown


class ArchiveReader:
    """An archive open for reading; never waits for a writer, never writes a byte."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.home = catalogue.home
        self.catalogue = catalogue

    @classmethod
    def open(cls, home: Home) -> Self:
        """Open the archive of a home, or raise an error that says what is missing."""
        return cls(Catalogue.open(home))

    def close(self) -> None:
        """Close the catalogue."""
        self.catalogue.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def hold_still(self) -> None:
        """From now on see the archive as it is at this moment, whatever a writer adds."""
        self.catalogue.hold_still()

    def article(self, article_id: str) -> ArticleRecord | None:
        """The article of this id, former id, number or address; None if there is none.

        Raises `Withheld` for one that must not be shown.
        """
        current = self.current_id(article_id)
        require_shown(self.catalogue, current)
        return articles.record(self.catalogue, current)

    def current_id(self, article_id: str) -> str:
        """The id that an article has now, by whatever it is called (`article_names.named`)."""
        return named(self.catalogue, article_id)

    def changes(self, after: int) -> Iterator[tuple[str, int, ArticleRecord | None]]:
        """Ids whose article changed after a change's number, oldest first.

        None stands for one that was merged into another or is withheld.
        """
        hidden = withheld(self.catalogue)
        for change in articles.changes(self.catalogue, after):
            record = None
            if change.id not in hidden:
                record = articles.record(self.catalogue, change.id)
            yield change.id, change.seq, record

    def article_count(self) -> int:
        """How many articles there are to be shown."""
        return articles.shown_count(self.catalogue)

    def change_count(self, after: int) -> int:
        """How many articles changed after a change's number."""
        return articles.change_count(self.catalogue, after)

    def merged_away(self, after: int) -> list[str]:
        """Ids that ceased to be an article's own, or are withheld, after a change's number."""
        return articles.no_longer_shown(self.catalogue, after)

    def withheld_ids(self) -> frozenset[str]:
        """The articles that must not be shown."""
        return frozenset(withheld(self.catalogue))

    def last_change(self) -> int:
        """The number of the last change to any article; 0 in an empty archive."""
        return articles.last_change(self.catalogue)

    def last_capture(self) -> int:
        """The number of the last capture; 0 in an empty archive."""
        return last_capture(self.catalogue)

    def rule(self) -> int:
        """The extraction rule that all pages of the catalogue follow."""
        return rule_of(self.catalogue, "pages")

    def capture(self, seq: int) -> Capture:
        """The capture of this number."""
        return capture_at(self.catalogue, seq)

    def stored(self, capture: Capture) -> StoredResponse:
        """A capture's content, read back from its segment."""
        return read_stored(self.catalogue, capture)

    def runs(self) -> list[Run]:
        """All runs that fetched, oldest first."""
        return runs.fetching(self.catalogue)

    def problems(self) -> list[Problem]:
        """What could not be read or fetched and has not come right since, by site and URL.

        Pages of articles that are gone are none: that they are not there is known.
        """
        return runs.problems(self.catalogue)

    def status(self) -> Status:
        """What is held."""
        held, known = holdings(self.catalogue), self.runs()
        return Status(
            articles=held.articles,
            captures=held.captures,
            versions=held.versions,
            problems=len(self.problems()),
            sites=runs.sites(self.catalogue),
            first_published=held.first_published,
            last_published=held.last_published,
            undated=held.undated,
            change_seq=self.last_change(),
            last_run=known[-1] if known else None,
            warc_bytes=bytes_in(self.home.warc),
            catalogue_bytes=bytes_of(self.home.path.glob("catalogue.sqlite*")),
            gone=held.gone,
            withheld=held.withheld,
            untrusted=untrusted_sites(self.catalogue),
        )
