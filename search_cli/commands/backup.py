"""`hdnd backup`: a consistent copy of a live archive."""

from __future__ import annotations

from pathlib import Path

import click

from search_cli.command import Command, home
from search_cli.progress import reporting, told
from search_cli.words import _, in_words


@click.command(
    cls=Command,
    examples=("hdnd backup /mnt/usb/hdnd-2026-11-22", "hdnd backup --quiet ../hdnd-copy"),
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--quiet", is_flag=True, help="Show no progress.")
def command(folder: Path, quiet: bool) -> int:
    """Copy the archive as it is at this moment into a new folder.

    May run while a crawl does. Copies the WARC files, the manifest, the catalogue, the list of
    checks, and what people wrote: sites/, watches/, people.tsv, abbreviations.tsv,
    hdnd.toml. Checks the WARC files against the manifest on the way. The copy is an archive:
    --home DIR opens it, and `hdnd index` makes its search index.
    """
    from hdnd.usecases.backing_up import back_up_archive
    from search_cli.counts import count_of

    with reporting(quiet=quiet) as report:
        done = back_up_archive(home(), folder, told(report))
    segments = count_of(done.segments, "segment")
    click.echo(
        _(
            "{segments}, {size} bytes, copied to {folder}.",
            segments=segments,
            size=done.size,
            folder=folder,
        )
    )
    for note in done.notes:
        click.echo(in_words(note), err=True)
    if done.head:
        click.echo(_("Head of its manifest: sha256:{head}", head=done.head))
    return 0
