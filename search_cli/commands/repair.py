"""`hdnd repair`: mend what can be mended from what is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from search_cli.command import Command, home
from search_cli.progress import reporting, told
from search_cli.words import _, in_utc, in_words, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hdnd.views.damage import Repaired


@click.command(cls=Command, examples=("hdnd repair", "hdnd repair --from /mnt/usb/hdnd-2026-11-22"))
@click.option(
    "--from",
    "copy",
    metavar="COPY",
    help="Take from this backup, a folder or s3://…, what can be proved to be the very same.",
)
@click.option("--quiet", is_flag=True, help="Show no progress.")
def command(copy: str | None, quiet: bool) -> int:
    """Mend a damaged archive: set damaged files aside, make anew what is derived.

    A damaged WARC file is moved to the folder aside/ whole; its sound records, byte for byte, go
    into a new file in its place. A file under a wrong name gets its own back, a copy of another is
    moved aside, a manifest is put back line by line where that can be proved. No sound byte is
    changed and none is thrown away. Without --from it takes what object storage holds, where
    $HDND_STORE names it. Exit status: 0 all is sound now, 13 something is lost that only
    a backup can bring back.
    """
    from archive.ground.errors import VerificationFailed
    from archive.ground.message import Message
    from hdnd.usecases.repairing import repair_archive
    from search_cli.damages import damage_lines
    from search_cli.store_view import found_again_line

    with reporting(quiet=quiet) as report:
        mended = repair_archive(home(), told(report), copy=copy)
    done = mended.done
    if mended.found_again:
        click.echo(found_again_line(mended.found_again))
    click.echo("\n".join(_lines(done, index_told=mended.unanswered is None)))
    if done.unmended:
        for damage in done.unmended:
            click.echo("\n".join(damage_lines(damage)))
        raise VerificationFailed(
            "terminal.not-mended",
            count=len(done.unmended),
            hint=Message("terminal.restore-and-repair"),
        )
    if not done.is_whole:
        raise VerificationFailed(
            "terminal.sound-but-lost", hint=Message("terminal.bring-back-from-copy")
        )
    if mended.unanswered:
        raise mended.unanswered
    return 0


def _lines(done: Repaired, *, index_told: bool) -> Iterator[str]:
    """What was done, for a person; of the index nothing if its cluster could not answer."""
    from search_cli.counts import count_of
    from search_cli.damages import lost_lines
    from search_cli.safe_text import clean

    if not done.anything and done.is_whole and not done.lost_earlier:
        yield _("All is sound: nothing was changed.")
    elif not done.anything:
        yield _("What is here is sound: nothing was changed.")
    for strange in done.strange:
        what = in_words(strange.what)
        yield clean(
            _("{file} is {what} and lies in aside/ now.", file=strange.path.name, what=what)
        )
    for old, new in done.put_right:
        yield _("{old} is called {new} again: nothing of it was lost.", old=clean(old), new=new)
    for name in done.brought_back:
        yield _(
            "{file} was brought back from the copy: it has the digest that the manifest names.",
            file=name,
        )
    for name in done.moved_aside:
        yield _(
            "{file} has no place among the WARC files and lies in aside/ now.", file=clean(name)
        )
    for one in done.salvaged:
        if one.from_copy:
            yield _(
                "{new} has what {old} lacked: it was brought back from the copy.",
                new=one.new,
                old=one.old,
            )
            continue
        yield _("{file} is damaged and lies in aside/ now.", file=one.old)
        kept = ngettext(
            "Its {count} sound record is in {file}.",
            "Its {count} sound records are in {file}.",
            one.kept,
            file=one.new,
        )
        yield f"    {kept}"
        if one.lost:
            lost = _("{records} cannot be read.", records=count_of(one.lost, "record"))
            yield f"    {lost}"
        if one.left:
            left = ngettext(
                "{count} sound record belongs to what is lost and stays aside;",
                "{count} sound records belong to what is lost and stay aside;",
                one.left,
            )
            yield f"    {left}"
            yield "    " + _("`hdnd import` takes in what it can of aside/{file}.", file=one.old)
    told = {one.new for one in done.salvaged}
    for earlier in done.lost_earlier:
        if earlier.segment not in told:
            yield from lost_lines(earlier)
    for gone in done.lost:
        at, url = in_utc(gone.captured_at), clean(gone.url)
        if gone.article:
            yield _(
                "Lost: the capture of {at} of {url}; {captures} of {article} held",
                at=at,
                url=url,
                captures=count_of(gone.others, "other capture"),
                article=gone.article,
            )
        else:
            yield _("Lost: the capture of {at} of {url}", at=at, url=url)
    if done.manifest_restored:
        yield _("The manifest was put back as it was: its chain is whole.")
    elif done.manifest_renewed:
        yield _(
            "THE MANIFEST WAS MADE ANEW: its chain starts anew, from the files as they are now."
        )
        yield "    " + _(
            "It proves nothing about the time before, unless its head is the one deposited."
        )
    if done.catalogue_rebuilt:
        yield _("The catalogue was made again from the WARC files.")
    if done.derived_damaged:
        yield _("What is made after a crawl was made again.")
    if index_told and (done.catalogue_rebuilt or done.index_damaged):
        yield _("The search index was made again.")
    if done.head:
        yield _("Head of the manifest, to be deposited elsewhere: sha256:{head}", head=done.head)
