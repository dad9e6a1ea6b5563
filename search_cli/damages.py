"""Damages in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hdnd.views.damage import Damage, NotChecked, Replacement, Verification
from search_cli.safe_text import clean
from search_cli.words import in_words


def damage_lines(damage: Damage) -> Iterator[str]:
    """A damage for a person: where, what, and the page that it concerns."""
    where = damage.file if damage.offset is None else f"{damage.file}, offset {damage.offset:,}"
    yield clean(f"{where}: {in_words(damage.what)}")
    if damage.url:
        yield f"    {clean(damage.url)}"
    if damage.article:
        from search_cli.counts import count_of

        yield f"    {damage.article}: {count_of(damage.others or 0, 'other capture')} held"


def remedy_lines(damages: Iterable[Damage]) -> Iterator[str]:
    """What to do about the damages, each remedy once."""
    for remedy in dict.fromkeys(damage.remedy for damage in damages):
        yield f"- {clean(in_words(remedy))}"


def limit_lines(verification: Verification) -> Iterator[str]:
    """What a check could not tell, and what it met that is no damage."""
    from search_cli.counts import count_of

    if verification.covered:
        covered = verification.covered
        until = f", whose last record is of {covered.until}" if covered.until else ""
        yield clean(
            f"The head that was deposited is this chain's: it covers the first"
            f" {count_of(covered.segments, 'segment')}, up to {covered.last}{until}."
        )
        if covered.removed:
            records = count_of(covered.removed, "record")
            yield f"Of what it covers {records} removed since; all else is as it was."
    for lag in verification.behind:
        kept = count_of(lag.groups, "record")
        yield clean(f"{lag.segment.name}: the catalogue lacks {kept} that an interrupted run kept;")
        yield "    `hdnd index` takes them in."
    for one in verification.replacements:
        yield from lost_lines(one)
    for part in verification.not_checked:
        yield _NOT_CHECKED[part]


def lost_lines(one: Replacement) -> Iterator[str]:
    """What a segment lacks of the one in whose place it is: lost, or removed."""
    from search_cli.counts import count_of

    if one.removed:
        records = count_of(len(one.removed), "record")
        yield clean(f"{records} of {one.article} removed on {(one.at or '')[:10]}: {one.reason}")
        yield clean(
            f"    {one.segment} is in the place of {one.old}; the manifest has each digest."
        )
    if one.lost:
        records = count_of(one.lost, "record")
        yield clean(f"Lost earlier: {records} of {one.old}, which was damaged;")
        yield "    `hdnd repair --from COPY` brings back what a backup has."
        yield from (f"    {clean(url)}" for url in one.urls)


_NOT_CHECKED = {
    NotChecked.EARLIER_SEGMENTS: "Not checked: the segments before the one that was named.",
    NotChecked.CATALOGUE: "Not checked: the catalogue, which cannot be read.",
    NotChecked.DERIVED: "Not checked: whether versions are what the records say, only that the"
    " catalogue does not contradict itself; `hdnd verify --deep` derives them again.",
}
