"""The catalogue against the records: made a second time beside it, then compared row by row."""

from __future__ import annotations

from collections.abc import Iterator

from archive.catalogue.compare import compare_derived, compare_records
from archive.catalogue.database import Catalogue
from archive.catalogue.derivation import Schedule
from archive.catalogue.derivation_state import rule_of
from archive.catalogue.queries.consistency import inconsistencies
from archive.catalogue.queries.integrity import (
    misnamed_versions,
    revisits_of_nothing,
    sqlite_faults,
)
from archive.catalogue.registry import Registry
from archive.catalogue.rows import CatalogueBroken
from archive.catalogue.second_catalogue import SecondCatalogue
from archive.catalogue.second_derivations import follows_another_rule
from archive.catalogue.soundness import require_sound
from archive.fixity.damage import DERIVED_ANEW, REPAIR, Damage, DamagedPart
from archive.ground.message import Message

_MANY = 10
"""Faults of the file that are named one by one."""

_FILE = "catalogue.sqlite"


def check_itself(live: Catalogue) -> Iterator[Damage]:
    """What SQLite finds, and versions whose content has another digest."""
    for fault in sqlite_faults(live, _MANY):
        yield _damage(Message("archive.sqlite-says", fault=fault))
    for version in misnamed_versions(live):
        named = {"version": version.digest[:12], "article": version.article}
        yield _damage(Message("archive.version-has-another-digest", **named))


def check_revisits(second: SecondCatalogue, live: Catalogue, *, sound: bool) -> Iterator[Damage]:
    """Revisits that lead nowhere among the records just read.

    While segments are not `sound` the archive's own catalogue must say so too: it still knows the
    response whose record is damaged.
    """
    known = None if sound else {one.record_id for one in revisits_of_nothing(live)}
    for revisit in revisits_of_nothing(second.catalogue):
        if known is not None and revisit.record_id not in known:
            continue
        what = Message("archive.revisit-of-nothing", id=revisit.record_id)
        remedy = Message("archive.restore-the-segment")
        yield Damage(DamagedPart.SEGMENT, "warc", what, remedy, url=revisit.url)


def check_consistency(live: Catalogue) -> Iterator[Damage]:
    """Rows that extraction made against each other, and what else cannot be."""
    found = False
    for one in inconsistencies(live):
        found = True
        yield _damage(one.what, one.url)
    if not found:
        try:
            require_sound(live)
        except CatalogueBroken as error:
            yield _damage(error.said)


def check_records(
    second: SecondCatalogue, live: Catalogue, *, everything: bool, sound: bool
) -> Iterator[Damage]:
    """Rows of the records just read against the archive's own; of all, or of some segments."""
    for one in compare_records(second.catalogue, live, everything=everything, sound=sound):
        yield _damage(one.what, one.url)


def check_derived(second: SecondCatalogue, live: Catalogue, registry: Registry) -> Iterator[Damage]:
    """All that was made in the crawl, against what is made of the same records now."""
    for derivation in registry.made(Schedule.IN_THE_CRAWL):
        rule = rule_of(live, derivation.name)
        if rule != derivation.rule:
            what = follows_another_rule(derivation, rule)
            yield Damage(DamagedPart.CATALOGUE, _FILE, what, DERIVED_ANEW)
            return
    second.derive_as(live, registry)
    for one in compare_derived(second.catalogue, live, registry):
        yield _damage(one.what, one.url)


def _damage(what: Message, url: str | None = None) -> Damage:
    return Damage(DamagedPart.CATALOGUE, _FILE, what, REPAIR, url=url)
