"""Damages in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hdnd.views.damage import Damage, NotChecked, Replacement, StoreCheck, Verification
from search_cli.counts import count_of
from search_cli.safe_text import clean
from search_cli.words import N_, _, in_words, ngettext


def damage_lines(damage: Damage) -> Iterator[str]:
    """A damage for a person: where, what, and the page that it concerns."""
    where = damage.file
    if damage.offset is not None:
        where = _("{file}, offset {offset}", file=damage.file, offset=damage.offset)
    yield clean(f"{where}: {in_words(damage.what)}")
    if damage.url:
        yield f"    {clean(damage.url)}"
    if damage.article:
        others = count_of(damage.others or 0, "other capture")
        yield "    " + _("{article}: {captures} held", article=damage.article, captures=others)


def remedy_lines(damages: Iterable[Damage]) -> Iterator[str]:
    """What to do about the damages, each remedy once."""
    for remedy in dict.fromkeys(in_words(damage.remedy) for damage in damages):
        yield f"- {clean(remedy)}"


def limit_lines(verification: Verification) -> Iterator[str]:
    """What a check could not tell, and what it met that is no damage."""
    if verification.covered:
        covered = verification.covered
        first = count_of(covered.segments, "segment")
        yield clean(
            _(
                "The head that was deposited is this chain's: it covers the first {segments}, up to"
                " {last}, whose last record is of {until}.",
                segments=first,
                last=covered.last,
                until=covered.until,
            )
            if covered.until
            else _(
                "The head that was deposited is this chain's: it covers the first {segments}, up to"
                " {last}.",
                segments=first,
                last=covered.last,
            )
        )
        if covered.removed:
            yield ngettext(
                "Of what it covers {count} record removed since; all else is as it was.",
                "Of what it covers {count} records removed since; all else is as it was.",
                covered.removed,
            )
    for lag in verification.behind:
        kept = count_of(lag.groups, "record")
        yield clean(
            _(
                "{segment}: the catalogue lacks {records} that an interrupted run kept;",
                segment=lag.segment.name,
                records=kept,
            )
        )
        yield "    " + _("`hdnd index` takes them in.")
    for one in verification.replacements:
        yield from lost_lines(one)
    if verification.store:
        yield from _stored_lines(verification.store)
    for part in verification.not_checked:
        yield _(_NOT_CHECKED[part])


def _stored_lines(store: StoreCheck) -> Iterator[str]:
    """What was compared of object storage, and what not."""
    asked = count_of(store.asked, "segment")
    yield clean(
        _(
            "{store} was asked for size and digest of {segments}; all bytes of {read} were read.",
            store=store.url,
            segments=asked,
            read=store.read,
        )
    )
    if store.trouble:
        yield clean(in_words(store.trouble.said))
    if store.waiting:
        waiting = count_of(store.waiting, "segment")
        yield _("{segments} not there yet: `hdnd store push`.", segments=waiting)


def lost_lines(one: Replacement) -> Iterator[str]:
    """What a segment lacks of the one in whose place it is: lost, or removed."""
    if one.removed:
        yield clean(
            _(
                "{records} of {article} removed on {day}: {reason}",
                records=count_of(len(one.removed), "record"),
                article=one.article,
                day=(one.at or "")[:10],
                reason=one.reason,
            )
        )
        told = _(
            "{segment} is in the place of {old}; the manifest has each digest.",
            segment=one.segment,
            old=one.old,
        )
        yield clean(f"    {told}")
    if one.lost:
        lost = count_of(one.lost, "record")
        yield clean(
            _("Lost earlier: {records} of {old}, which was damaged;", records=lost, old=one.old)
        )
        if one.for_good:
            way = _("no backup brings it back: records were removed from the file since.")
        else:
            way = _("`hdnd repair --from COPY` brings back what a backup has.")
        yield f"    {way}"
        yield from (f"    {clean(url)}" for url in one.urls)


_NOT_CHECKED = {
    NotChecked.EARLIER_SEGMENTS: N_("Not checked: the segments before the one that was named."),
    NotChecked.CATALOGUE: N_("Not checked: the catalogue, which cannot be read."),
    NotChecked.DERIVED: N_(
        "Not checked: whether versions, facts and the texts of files are what the records say, only"
        " that they can be read and do not contradict themselves; `hdnd verify --deep` derives them"
        " again."
    ),
    NotChecked.INDEX: N_("Not checked: the search index, whose cluster cannot answer."),
    NotChecked.OCR: N_("Not checked: what OCR has read, only that it can be read."),
    NotChecked.STORE: N_(
        "Not checked: what object storage holds of files that are here, too; HDND_STORE names none."
    ),
    NotChecked.STORED_BYTES: N_(
        "Not checked: the bytes that object storage holds, only what it says of them; `hdnd verify"
        " --deep` reads them."
    ),
}
