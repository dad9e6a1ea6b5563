"""`hdnd repair`: mend what can be mended from what is there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from search_cli.command import Command, home
from search_cli.progress import reporting, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hdnd.views.damage import Repaired


@click.command(cls=Command, examples=("hdnd repair", "hdnd repair --from /mnt/usb/hdnd-2026-11-22"))
@click.option(
    "--from",
    "copy",
    metavar="COPY",
    type=click.Path(path_type=Path, file_okay=False),
    help="Take from this backup what can be proved to be the very same.",
)
@click.option("--quiet", is_flag=True, help="Show no progress.")
def command(copy: Path | None, quiet: bool) -> int:
    """Mend a damaged archive: set damaged files aside, make anew what is derived.

    A damaged WARC file is moved to the folder aside/ whole; its sound records, byte for byte, go
    into a new file in its place. A file under a wrong name gets its own back, a copy of another is
    moved aside, a manifest is put back line by line where that can be proved. No sound byte is
    changed and none is thrown away. Exit status: 0 all is sound now, 13 something is lost that only
    a backup can bring back.
    """
    from archive.ground.errors import VerificationFailed
    from hdnd.usecases.repairing import repair_archive
    from search_cli.counts import count_of
    from search_cli.damages import damage_lines

    with reporting(quiet=quiet) as report:
        done = repair_archive(home(), told(report), copy=copy)
    click.echo("\n".join(_lines(done)))
    if done.unmended:
        for damage in done.unmended:
            click.echo("\n".join(damage_lines(damage)))
        raise VerificationFailed(
            f"{count_of(len(done.unmended), 'damage')} cannot be mended from what is there",
            hint="Restore what is named above from a backup, then run `hdnd repair` again.",
        )
    if not done.is_whole:
        raise VerificationFailed(
            "what is here is sound now, and what is named above is lost",
            hint="`hdnd repair --from COPY` brings back what a backup has of it.",
        )
    return 0


def _lines(done: Repaired) -> Iterator[str]:
    """What was done, for a person."""
    from search_cli.counts import count_of
    from search_cli.damages import lost_lines
    from search_cli.safe_text import clean
    from search_cli.words import in_words

    if not done.anything and done.is_whole:
        yield "All is sound: nothing was changed."
    elif not done.anything:
        yield "What is here is sound: nothing was changed."
    for one_strange in done.strange:
        what = in_words(one_strange.what)
        yield clean(f"{one_strange.path.name} is {what} and lies in aside/ now.")
    for old, new in done.put_right:
        yield f"{clean(old)} is called {new} again: nothing of it was lost."
    for name in done.brought_back:
        yield f"{name} was brought back from the copy: it has the digest that the manifest names."
    for name in done.moved_aside:
        yield f"{clean(name)} has no place among the WARC files and lies in aside/ now."
    for one in done.salvaged:
        if one.from_copy:
            yield f"{one.new} has what {one.old} lacked: it was brought back from the copy."
            continue
        yield f"{one.old} is damaged and lies in aside/ now."
        yield f"    Its {count_of(one.kept, 'sound record')} are in {one.new}."
        if one.lost:
            yield f"    {count_of(one.lost, 'record')} cannot be read."
        if one.left:
            yield f"    {count_of(one.left, 'sound record')} belong to what is lost and stay aside;"
            yield f"    `hdnd import` takes in what it can of aside/{one.old}."
    told = {one.new for one in done.salvaged}
    for earlier in done.lost_earlier:
        if earlier.segment not in told:
            yield from lost_lines(earlier)
    for gone in done.lost:
        left = f"; {count_of(gone.others, 'other capture')} of {gone.article} held"
        yield f"Lost: the capture of {gone.captured_at:%Y-%m-%d %H:%M} UTC of {clean(gone.url)}" + (
            left if gone.article else ""
        )
    if done.manifest_restored:
        yield "The manifest was put back as it was: its chain is whole."
    elif done.manifest_renewed:
        yield "THE MANIFEST WAS MADE ANEW: its chain starts anew, from the files as they are now."
        yield "    It proves nothing about the time before, unless its head is the one deposited."
    if done.catalogue_rebuilt:
        yield "The catalogue was made again from the WARC files."
    if done.derived_damaged:
        yield "What is made after a crawl was made again."
    if done.catalogue_rebuilt or done.index_damaged:
        yield "The search index was made again."
    if done.head:
        yield f"Head of the manifest, to be deposited elsewhere: sha256:{done.head}"
