"""Damages in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hdnd.views.damage import Damage
from search_cli.safe_text import clean


def damage_lines(damage: Damage) -> Iterator[str]:
    """A damage for a person: where, what, and the page that it concerns."""
    where = damage.file if damage.offset is None else f"{damage.file}, offset {damage.offset:,}"
    yield clean(f"{where}: {damage.what}")
    if damage.url:
        yield f"    {clean(damage.url)}"


def remedy_lines(damages: Iterable[Damage]) -> Iterator[str]:
    """What to do about the damages, each remedy once."""
    for remedy in dict.fromkeys(damage.remedy for damage in damages):
        yield f"- {clean(remedy)}"
