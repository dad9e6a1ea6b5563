"""`hdnd remove`: the records of a withheld article are deleted, and that is recorded."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from search_cli.command import Command, home
from search_cli.progress import reporting, told
from search_cli.words import _

if TYPE_CHECKING:
    from hdnd.views.removal import Removed


@click.command(
    cls=Command,
    examples=("hdnd remove thanh-giang-3123456 --reason 'Quyết định 12/2024 của tòa án'",),
)
@click.argument("id")
@click.option("--reason", required=True, metavar="TEXT", help="Why. Kept for good.")
@click.option("--yes", is_flag=True, help="Do not ask for the id again.")
@click.option("--quiet", is_flag=True, help="Show no progress.")
def command(id: str, reason: str, yes: bool, quiet: bool) -> int:
    """Delete every record of a withheld article for good; this cannot be undone.

    Its captures go, every version, and the files that no other article has. WARC files that had
    some are written anew without them, the old ones deleted; the manifest names the digest of each
    record that was removed, and the reason. Listings that show its title, other articles that tell
    of it, backups and packages that were made before are not touched. `hdnd withhold` it first: it
    stays withheld, and crawls do not ask for it again.
    """
    if not yes:
        _ask(id)
    from hdnd.usecases.removing import remove
    from search_cli.withholding import say_index_without

    with reporting(quiet=quiet) as report:
        done = remove(home(), id, reason=reason, on_progress=told(report))
    click.echo("\n".join(_lines(done)))
    behind = say_index_without(done.indexed)
    return _told_of_the_store(done) or behind


def _ask(id: str) -> None:
    if not sys.stdin.isatty():
        raise click.UsageError(
            _("Nobody can be asked here: give --yes."), click.get_current_context()
        )
    again = click.prompt(_("This cannot be undone. The id again"), default="", show_default=False)
    if again.strip() != id:
        raise click.UsageError(_("Nothing was removed: that is another id."))


def _told_of_the_store(done: Removed) -> int:
    """Say whether it is gone from object storage too; the exit status."""
    from archive.ground.errors import HdndError
    from search_cli.store_view import pushed_lines, still_stored_lines

    if isinstance(done.pushed, HdndError):
        click.echo("\n".join(still_stored_lines(done.pushed)), err=True)
        return done.pushed.exit_code
    if done.pushed:
        click.echo("\n".join(pushed_lines(done.pushed)))
    return 0


def _lines(done: Removed) -> Iterator[str]:
    from search_cli.counts import count_of
    from search_cli.safe_text import clean

    removal = done.removal
    records = count_of(removal.records, "record")
    yield clean(
        _(
            "Removed {records} of {article} from {segments}: {reason}",
            records=records,
            article=removal.article,
            segments=count_of(len(removal.segments), "segment"),
            reason=removal.reason,
        )
    )
    yield _("The manifest names the digest of each; `hdnd verify` tells of it from now on.")
    yield _("Backups and packages that were made before hold it still: delete those.")
    if removal.aside:
        yield _("So may these files of earlier repairs: look at them, and delete what holds it:")
        yield from (clean(f"    aside/{name}") for name in removal.aside)
    if done.head:
        yield _("Head of the manifest, to be deposited elsewhere: sha256:{head}", head=done.head)
