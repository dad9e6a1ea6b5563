"""`hdnd store`: the archive in object storage."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from search_cli.command import Command, CommandGroup, home
from search_cli.progress import reporting, told
from search_cli.words import _, in_words, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hdnd.views.store import Dropped, StoreState


@click.group(
    cls=CommandGroup,
    examples=(
        "hdnd store push",
        "hdnd store status",
        "hdnd store drop",
    ),
)
def command() -> None:
    """Keep the WARC files in object storage, too, or there alone.

    $HDND_STORE names it: s3://BUCKET/PREFIX; address and credentials come from AWS_ENDPOINT_URL,
    AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_REGION. Needs the extra `s3`
    (`pip install 'hdnd-archive[s3]'`). docs/object-storage.md tells more.
    """


@command.command(cls=Command, examples=("hdnd store push", "hdnd store push --json"))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--quiet", is_flag=True, help="Show no progress.")
def push(as_json: bool, quiet: bool) -> int:
    """Bring what the store lacks of the closed WARC files there, then the manifest.

    Each is put once and never overwritten, with its SHA-256, which the store compares. May be
    interrupted and called again. `hdnd refresh` does the same at its end.
    """
    from hdnd.usecases.storing import push_archive
    from hdnd.views.store import pushed_json
    from search_cli.output import print_json
    from search_cli.store_view import pushed_lines

    with reporting(quiet=quiet) as report:
        done = push_archive(home(), told(report))
    if as_json:
        print_json(pushed_json(done))
    else:
        click.echo("\n".join(pushed_lines(done)))
    return 0


@command.command(cls=Command, examples=("hdnd store status", "hdnd store status --json"))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def status(as_json: bool) -> int:
    """Ask the store for each WARC file; compare size and digest with the manifest.

    Exit status: 0 it holds what it was seen to hold, 16 it does not, or holds what was removed.
    What it holds is not read: `hdnd verify --deep` does that.
    """
    from hdnd.usecases.storing import store_state
    from hdnd.views.store import state_json
    from search_cli.output import print_json

    state = store_state(home())
    if as_json:
        print_json(state_json(state))
    else:
        click.echo("\n".join(_lines(state)))
    from archive.ground.errors import ObjectDiffers

    return 0 if state.is_sound else ObjectDiffers.exit_code


@command.command(cls=Command, examples=("hdnd store drop", "hdnd store drop --json"))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--quiet", is_flag=True, help="Show no progress.")
def drop(as_json: bool, quiet: bool) -> int:
    """Delete here each WARC file that the store says, asked once more, that it holds.

    From then on it is read from there, by ranges: search needs none of it, what shows a page as it
    was reads that record. `hdnd backup DIR` makes a copy that has all files again.
    """
    from archive.ground.errors import ObjectDiffers
    from hdnd.usecases.storing import drop_local_copies
    from hdnd.views.store import dropped_json
    from search_cli.output import print_json

    with reporting(quiet=quiet) as report:
        done = drop_local_copies(home(), told(report))
    if as_json:
        print_json(dropped_json(done))
    else:
        click.echo("\n".join(_dropped(done)))
    return ObjectDiffers.exit_code if done.wrong else 0


def _dropped(done: Dropped) -> Iterator[str]:
    from search_cli.counts import count_of
    from search_cli.safe_text import clean

    if done.segments:
        yield _(
            "{segments}, {size} bytes, deleted here; {store} holds them.",
            segments=count_of(len(done.segments), "segment"),
            size=done.size,
            store=done.store,
        )
    else:
        yield _("Nothing was deleted here.")
    if done.kept:
        kept = count_of(len(done.kept), "segment")
        yield _("Kept: {segments} not in the store yet; `hdnd store push`.", segments=kept)
    yield from (clean(in_words(error.said)) for error in done.wrong)


def _lines(state: StoreState) -> Iterator[str]:
    from search_cli.counts import count_of
    from search_cli.safe_text import clean

    yield _(
        "{store} holds {held} of {segments}, by size and digest.",
        store=state.store,
        held=state.held,
        segments=count_of(state.segments, "segment"),
    )
    lines = ngettext(
        "Its manifest has {count} line.", "Its manifest has {count} lines.", state.manifest
    )
    yield lines
    if state.alone:
        alone = count_of(state.alone, "segment")
        yield _("{segments} in the store alone, with no file here.", segments=alone)
    if state.unnoted:
        unnoted = count_of(state.unnoted, "segment")
        yield _("{segments} without a receipt: `hdnd store push` writes it.", segments=unnoted)
    for other, count in sorted(state.elsewhere.items()):
        there = count_of(count, "segment")
        told = _("{segments} in {other}, by their receipts.", segments=there, other=other)
        yield clean(told)
    if state.waiting:
        waiting = count_of(len(state.waiting), "segment")
        yield _("{segments} not there yet: `hdnd store push`.", segments=waiting)
    if state.strange:
        yield ngettext(
            "{count} object there is none of this archive:",
            "{count} objects there are none of this archive:",
            state.strange,
        )
        yield from (clean(f"    {name}") for name in state.named)
    if state.unlisted:
        yield clean(in_words(state.unlisted.said))
    for name in state.removed:
        told = _("{file} holds removed records still: `hdnd store push` deletes it.", file=name)
        yield clean(told)
    yield from (clean(in_words(error.said)) for error in state.wrong)
    if state.chain:
        yield clean(in_words(state.chain.said))
        if state.chain.hint:
            yield "    " + clean(in_words(state.chain.hint))
