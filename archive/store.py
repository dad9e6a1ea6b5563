"""`Archive`: the one door to writing. Keeps the order WARC, then catalogue, then derivation."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from archive.catalogue import database, ingest, remaking
from archive.catalogue.database import Catalogue
from archive.catalogue.derivation import Derivation, ReadUnits, read_here
from archive.catalogue.deriver import Deriver
from archive.catalogue.pages import Extract, Pages
from archive.catalogue.registry import Registry
from archive.catalogue.removing import end_removal, remove_pending
from archive.catalogue.rows import CatalogueBroken
from archive.catalogue.soundness import require_numbers, require_sound
from archive.ground.causes import cause_of, disk_failed
from archive.ground.errors import ArchiveDamaged, is_of_storage
from archive.ground.file_systems import network_file_system
from archive.ground.home import Home
from archive.ground.lock import WriterLock
from archive.ground.message import Message
from archive.ground.plain_files import require_plain
from archive.model import Capture, Page
from archive.run import RunWriter
from archive.warc import manifest, records
from archive.warc.segment_names import LeaseHolder

_LOGGER = logging.getLogger(__name__)


@dataclass(slots=True)
class CrashRecovery:
    """What opening the archive had to mend; all empty after an orderly end.

    `refused`: whole records that the catalogue can't take in, and strange files, each with its
    place. `remade`: segments had lost what the catalogue knew, so that it was made again from them.
    `outdated` says why a catalogue was made again that was of an older format, not of ours, or
    broken. `removed`: a removal was carried out, and all that is derived was thrown away.
    """

    taken_in: int = 0
    cut_tails: list[Path] = field(default_factory=list)
    rederived: int = 0
    refused: list[Message] = field(default_factory=list)
    remade: bool = False
    outdated: Message | None = None
    removed: bool = False


class Archive:
    """An archive open for writing. Use as a context manager; readers need no `Archive`.

    `extract` reads pages; `others` are the derivations beside them that are made in the crawl.
    With `make_anew` the catalogue is made again from the segments, whatever there is of it, and
    else where it cannot be what they say; that is looked for in all its rows if `thorough`. None is
    made while a segment lies nowhere that the manifest names, unless it is to be `of_what_is_left`:
    `ArchiveDamaged`. New
    segments are called after the `holder` of a lease. What was kept and not yet read when it is
    opened is read by `read_units`.
    """

    def __init__(
        self,
        home: Home,
        extract: Extract,
        *,
        others: Iterable[Derivation] = (),
        make_anew: bool = False,
        thorough: bool = False,
        of_what_is_left: bool = False,
        holder: LeaseHolder | None = None,
        read_units: ReadUnits = read_here,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.home = home
        self._make_anew = make_anew
        self._of_what_is_left = of_what_is_left
        self._require_good = require_sound if thorough else require_numbers
        self.registry = Registry(Pages(extract), *others)
        self._read_units = read_units
        self.holder = holder
        self.clock = clock
        self.recovery = CrashRecovery()
        self._lock = WriterLock(home.lock)
        self._catalogue: Catalogue | None = None

    def __enter__(self) -> Self:
        """Take the lock, then take in whatever an earlier process left between two steps."""
        require_plain(self.home)
        try:
            self.home.warc.mkdir(parents=True, exist_ok=True)
            self._lock.acquire()
        except OSError as error:
            hint = Message("archive.choose-a-home")
            raise disk_failed(error, self.home.path, hint) from error
        if kind := network_file_system(self.home.path):
            of_it = {"file": str(self.home.path), "reason": kind}
            _LOGGER.warning("an archive on a file system of a network", extra=of_it)
        try:
            self._open()
        except BaseException as error:
            self.close()
            if isinstance(error, (OSError, database.Unwritable)):
                hint = Message("archive.mend-the-disk")
                raise disk_failed(error, self.home.path, hint) from error
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the catalogue and give the lock back."""
        if self._catalogue is not None:
            self._catalogue.close()
            self._catalogue = None
        self._lock.release()

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue, for queries beside the writing."""
        assert self._catalogue is not None, "the archive is closed"
        return self._catalogue

    def begin_run(
        self,
        description: Mapping[str, Any],
        *,
        crawl: str | None = None,
        **about: str,
    ) -> RunWriter:
        """Start a run over the site of this description; `crawl` names the one it goes on with.

        `about` (operator, user agent, robots policy …) goes into the `warcinfo` record.
        """
        return RunWriter(self, description, crawl, about)

    def derive(self) -> int:
        """Bring what is derived up to the last record; returns how many captures that took."""
        return self._deriver.derive()

    def derive_one(self, capture: Capture) -> Page:
        """Read a capture back, extract it and store the page, in one transaction."""
        return self._deriver.derive_one(capture)

    def derive_all(
        self, captures: Sequence[tuple[Capture, records.WarcRecord | None]]
    ) -> list[Page]:
        """The same for captures that were just kept, with the records that were read of them."""
        return self._deriver.derive_all(captures)

    def rebuild(self) -> int:
        """Make the catalogue again from the segments; the number of records.

        It is made beside, and takes the old one's place when it is whole.
        """
        self.recovery = CrashRecovery()
        self._make_again()
        return self.recovery.taken_in

    def _open(self) -> None:
        self.recovery.removed = remove_pending(self.home)
        remaking.forget(self.home)
        manifest.start(self.home)
        if self._make_anew or self.recovery.removed:
            database.refuse_newer(self.home.catalogue)
        else:
            self._open_standing()
        if self._catalogue is None:
            self._make_again()
        if self.recovery.removed:
            end_removal(self.home)
        if self.recovery.remade:
            # Both speak of records that are no more, and both can be made again.
            database.discard(self.home.frontier)
            shutil.rmtree(self.home.index, ignore_errors=True)
        self._log_recovery()

    def _open_standing(self) -> None:
        """Open the catalogue there is and bring it up to the segments; closed if it is no good."""
        if not self.home.catalogue.exists():
            self._require_every_segment()
        try:
            self._catalogue = Catalogue(self.home, database.open_for_writing(self.home.catalogue))
            self._require_good(self._catalogue)
            if ingest.is_out_of_order(self._catalogue):
                self.recovery.outdated = Message("archive.segments-came-late")
            elif not ingest.knows_too_much(self._catalogue):
                self._recover(self._catalogue)
                return
            else:
                self.recovery.remade = True
        except CatalogueBroken as error:
            self.recovery.outdated = error.said
        except database.Unreadable as error:
            if is_of_storage(error) or isinstance(error, database.Unwritable):
                raise
            self.recovery.outdated = Message(
                "archive.path-cannot-be-read", path=self.home.catalogue, reason=cause_of(error)
            )
        if self._catalogue is not None:
            self._catalogue.close()
        self._catalogue = None

    def _require_every_segment(self) -> None:
        lost = [] if self._of_what_is_left else manifest.missing(self.home)
        if lost:
            raise ArchiveDamaged(
                "archive.segments-lie-nowhere",
                count=len(lost),
                file=lost[0].file,
                folder=self.home.warc,
                hint=Message("archive.rebuild-asks-the-store"),
            )

    def _make_again(self) -> None:
        self._require_every_segment()
        made = remaking.begin(self.home)
        try:
            self._recover(made)
        except BaseException:
            made.close()
            remaking.forget(self.home)
            raise
        if self._catalogue is not None:
            self._catalogue.close()
        self._catalogue = None
        remaking.finish(self.home, made)
        self._catalogue = Catalogue(self.home, database.open_for_writing(self.home.catalogue))
        self._deriver = Deriver(self.catalogue, self.registry)

    def _recover(self, catalogue: Catalogue) -> None:
        taken, cut, refused = ingest.take_in_new(catalogue)
        self.recovery.taken_in, self.recovery.cut_tails = taken, cut
        self.recovery.refused = refused
        manifest.catch_up(self.home)
        self._deriver = Deriver(catalogue, self.registry, self._read_units)
        self._deriver.begin_anew_if_rule_changed()
        self.recovery.rederived = self._deriver.derive()

    def _log_recovery(self) -> None:
        done = self.recovery
        if done.removed:
            _LOGGER.warning("a removal was carried out", extra={"records": done.taken_in})
        elif done.outdated:
            _LOGGER.warning(
                "the catalogue was made again",
                extra={"reason": done.outdated, "records": done.taken_in},
            )
        elif done.remade:
            _LOGGER.error(
                "the catalogue was made again",
                extra={"reason": "the segments had lost records", "records": done.taken_in},
            )
        elif self._make_anew:
            _LOGGER.info(
                "the catalogue was made again",
                extra={"reason": "it was asked for", "records": done.taken_in},
            )
        elif done.taken_in:
            _LOGGER.warning(
                "records were taken in from the segments",
                extra={"reason": "the catalogue did not have them", "records": done.taken_in},
            )
        for place in done.refused:
            _LOGGER.warning("left out of the catalogue", extra={"reason": place})
        for path in done.cut_tails:
            _LOGGER.warning(
                "the torn end of a segment was moved aside",
                extra={"reason": "the program was cut off while it wrote", "file": str(path)},
            )
