"""The derivations of this program beside pages, and how they are brought up to date."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archive.catalogue.catch_up import OnStep
    from archive.catalogue.derivation import Derivation
    from archive.catalogue.registry import Registry
    from archive.ground.home import Home
    from hdnd.usecases.stages import OnProgress


def others() -> tuple[Derivation, ...]:
    """Every derivation beside pages, in the order in which they are made."""
    from archive.catalogue.attachment_texts import AttachmentTexts
    from archive.catalogue.facts import Facts
    from crawler.extraction.attachments.stored_files import StoredFileReader, can_read
    from hdnd.usecases.fact_rows import FactReading

    files = (AttachmentTexts(StoredFileReader()),) if can_read() else ()
    return (*files, Facts(FactReading(), with_files=bool(files)))


def registry() -> Registry:
    """All derivations of this program."""
    from archive.catalogue.pages import Pages
    from archive.catalogue.registry import Registry
    from crawler import Extractor

    return Registry(Pages(Extractor()), *others())


def bring_up_to_date(home: Home, on_progress: OnProgress) -> None:
    """Make what is missing of the derivations that are made after the crawl."""
    from archive.catalogue.catch_up import catch_up

    catch_up(home, registry(), on_step=_told(on_progress))


def make_again(home: Home, on_progress: OnProgress) -> None:
    """Make the derivations that are made after the crawl from nothing."""
    from archive.catalogue.catch_up import make_anew

    make_anew(home, registry(), on_step=_told(on_progress))


def _told(on_progress: OnProgress) -> OnStep:
    from hdnd.usecases.stages import Stage, StageProgress

    return lambda name, step: on_progress(StageProgress(Stage.DERIVE, step.done, step.total, name))
