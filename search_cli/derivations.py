"""The derivations of this program beside pages, and how they are brought up to date."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archive.catalogue.catch_up import OnStep
    from archive.catalogue.derivation import Derivation
    from archive.catalogue.registry import Registry
    from archive.ground.home import Home
    from search_cli.progress import Reporter


def others() -> tuple[Derivation, ...]:
    """Every derivation beside pages, in the order in which they are made."""
    return ()


def registry() -> Registry:
    """All derivations of this program."""
    from archive.catalogue.pages import Pages
    from archive.catalogue.registry import Registry
    from crawler import Extractor

    return Registry(Pages(Extractor()), *others())


def bring_up_to_date(home: Home, report: Reporter) -> None:
    """Make what is missing of the derivations that are made after the crawl."""
    from archive.catalogue.catch_up import catch_up

    catch_up(home, registry(), on_step=_told(report))


def make_again(home: Home, report: Reporter) -> None:
    """Make the derivations that are made after the crawl from nothing."""
    from archive.catalogue.catch_up import make_anew

    make_anew(home, registry(), on_step=_told(report))


def _told(report: Reporter) -> OnStep:
    return lambda name, step: report(f"Deriving {name}", step.done, step.total)
