"""`hdnd verify`: is the archive what was written?"""

from __future__ import annotations

import re
from datetime import datetime, time
from typing import TYPE_CHECKING

import click

from search_cli.command import Command, home
from search_cli.dates import first_day
from search_cli.progress import reporting, told
from search_cli.words import _

if TYPE_CHECKING:
    from hdnd.views.damage import Damage, Verification

_DIGEST = re.compile(r"(?:sha256:)?[0-9a-f]{64}")
_SEGMENT = re.compile(r"hdnd-\d{1,9}(-.*)?")


def _since(ctx: click.Context, param: click.Parameter, value: str | None) -> str | datetime | None:
    if value is None or _SEGMENT.fullmatch(value):
        return value
    day = first_day(ctx, param, value)
    return None if day is None else datetime.combine(day, time()).astimezone()


def _head(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    if value is None or _DIGEST.fullmatch(value.strip().lower()):
        return value and value.strip()
    digits = len(value.strip().lower().removeprefix("sha256:"))
    raise click.BadParameter(
        _("a head digest has 64 hexadecimal digits; this has {count} characters.", count=digits),
        ctx,
        param,
    )


@click.command(
    cls=Command,
    examples=(
        "hdnd verify",
        "hdnd verify --deep",
        "hdnd verify --since 2026-11-01",
        "hdnd verify --since hdnd-000012",
    ),
)
@click.option(
    "--deep", is_flag=True, help="Also derive every version anew and compare catalogue and index."
)
@click.option(
    "--since",
    metavar="DATE|SEGMENT",
    callback=_since,
    help="Read only the segments written since a day, or from a segment on.",
)
@click.option(
    "--head",
    metavar="DIGEST",
    callback=_head,
    help="Also check that the manifest once had this head digest.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--quiet", is_flag=True, help="Show no progress.")
def command(
    deep: bool, since: str | datetime | None, head: str | None, as_json: bool, quiet: bool
) -> int:
    """Check every byte of the archive; say what is not as it was written.

    Reads all WARC files, compares every record with its digests, the manifest and the catalogue,
    and changes none of them; it may run while a crawl does. What it found is noted in
    checks.jsonl, and `hdnd status` shows it. Deposit the head digest it prints in another place:
    --head DIGEST then proves that nothing older was altered together with its digests. Exit
    status: 0 sound, 13 damaged.
    """
    from archive.ground.errors import VerificationFailed
    from archive.ground.message import Message
    from hdnd.usecases.verifying import verification

    with reporting(quiet=quiet) as report:
        check = verification(home(), told(report), deep=deep, since=since, deposited=head)
        damages = _collect(check, as_json)
    if as_json:
        from hdnd.views.damage import verification_json
        from search_cli.output import print_json

        print_json(verification_json(check, damages))
    else:
        _print_end(check, damages)
    if damages:
        hint = Message("terminal.repair-and-backup")
        raise VerificationFailed("terminal.damages-found", count=len(damages), hint=hint)
    if check.unanswered:
        raise check.unanswered
    if check.store and check.store.trouble:
        raise check.store.trouble
    return 0


def _collect(verification: Verification, as_json: bool) -> list[Damage]:
    from hdnd.usecases.verifying import damages_of
    from search_cli.damages import damage_lines

    damages = []
    try:
        for damage in damages_of(verification):
            damages.append(damage)
            if not as_json:
                click.echo("\n".join(damage_lines(damage)))
    except KeyboardInterrupt:
        if verification.at:
            segment = verification.at[:11]
            said = _("Go on with `hdnd verify --since {segment}`.", segment=segment)
            click.echo(said, err=True)
        raise
    return damages


def _print_end(verification: Verification, damages: list[Damage]) -> None:
    from search_cli.counts import count_of
    from search_cli.damages import limit_lines, remedy_lines

    if damages:
        click.echo("\n" + _("What to do:"))
        click.echo("\n".join(remedy_lines(damages)))
    else:
        records = count_of(verification.records, "record")
        segments = count_of(verification.segments, "segment")
        said = _(
            "Sound: {records} in {segments}, {size} bytes.",
            records=records,
            segments=segments,
            size=verification.bytes_read,
        )
        click.echo(said)
    for line in limit_lines(verification):
        click.echo(line)
    if verification.head and not damages:
        head = verification.head
        click.echo(_("Head of the manifest, to be deposited elsewhere: sha256:{head}", head=head))
