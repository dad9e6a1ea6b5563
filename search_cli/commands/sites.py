"""`hdnd sites`: which sites are known; a description proposed, tried and checked."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from search_cli.bounds import contact_option, host_option, progress_options, visit_options
from search_cli.command import Command, CommandGroup, home
from search_cli.progress import reporting, told
from search_cli.safe_text import clean
from search_cli.words import _, in_words

if TYPE_CHECKING:
    from hdnd.views.description import Choice
    from hdnd.views.site import Site


@click.group(
    cls=CommandGroup,
    invoke_without_command=True,
    examples=(
        "hdnd sites",
        "hdnd sites new https://hdnd.example.vn/",
        "hdnd sites check my-district.toml",
    ),
)
@click.pass_context
def command(ctx: click.Context) -> int:
    """List the known sites; describe one, try and check a description.

    Known are the sites that come with the program and those described by *.toml files in the
    folder `sites` of the archive.
    """
    if ctx.invoked_subcommand:
        return 0
    from hdnd.usecases.sites import faulty_sites, load_sites

    where = home()
    for site in load_sites(where).values():
        click.echo("\n".join(_lines(site)))
    for path, problems in faulty_sites(where).items():
        faults = "; ".join(map(in_words, problems))
        click.echo(clean(_("{file} is left out: {faults}", file=path, faults=faults)), err=True)
    click.echo(_("Descriptions of your own go into {folder}", folder=where.sites), err=True)
    return 0


@command.command(
    cls=Command, examples=("hdnd sites check my-district.toml", "hdnd sites check hai-ba-trung")
)
@click.argument("site", metavar="FILE|SITE")
def check(site: str) -> int:
    """Say what is wrong in a site's description: a file, or a site by its id.

    Of a right one it also says which of the captures that are held of its site would read
    otherwise than they were read. Exit status: 0 it can be used, 3 it cannot.
    """
    from archive.ground.errors import SiteError
    from hdnd.usecases.sites import check_description

    where = home()
    file, problems = check_description(where, site)
    for problem in problems:
        click.echo(clean(in_words(problem)))
    if problems:
        return SiteError.exit_code
    click.echo(_("{file}: can be used", file=file))
    if where.catalogue.exists():
        from hdnd.usecases.trying_descriptions import read_again
        from search_cli.proposal_view import rereading_lines

        for line in rereading_lines(read_again(where, file)):
            click.echo(line)
    return 0


@command.command(
    cls=Command,
    examples=(
        "hdnd sites new https://hdnd.example.vn/",
        "hdnd sites new https://hdnd.example.vn/tin-hdnd --id my-ward --host 127.0.0.1:8000",
    ),
)
@click.argument("url")
@click.option("--id", "site_id", metavar="ID", help="The site's id [default: made of its host].")
@click.option("--name", metavar="TEXT", help="Its name [default: what its front page says].")
@host_option
@contact_option
@click.option(
    "--tls-min-version",
    type=click.Choice(["1.0", "1.1", "1.2", "1.3"]),
    default="1.2",
    help="The oldest version of TLS that its server may speak.",
)
@click.option("--print", "only_print", is_flag=True, help="Print the file, and write none.")
@progress_options
def new(
    url: str,
    site_id: str | None,
    name: str | None,
    host: str | None,
    contact: str | None,
    tls_min_version: str,
    only_print: bool,
    quiet: bool,
    progress: str,
) -> int:
    """Propose a description of a site, from a look at its front page or a listing of its news.

    Looks at some fifteen pages, politely, and keeps them. Shows what is read of each beside what
    the link to it says, and what is to be looked at; then writes the description into the folder
    `sites` of the archive, with a comment on every guess. On a terminal it asks first.
    """
    from hdnd.usecases.describing import propose_site, write_description
    from search_cli.proposal_view import proposal_lines

    where = home()
    with reporting(quiet=quiet, form=progress) as report:
        proposal = propose_site(
            where,
            url,
            told(report),
            site_id=site_id,
            name=name,
            host=host,
            contact=contact,
            tls_min_version=tls_min_version,
        )
    for line in proposal_lines(proposal):
        click.echo(line)
    if only_print:
        click.echo(f"\n{proposal.text(in_words)}", nl=False)
        return 0
    if sys.stdin.isatty():
        for choice in proposal.choices:
            proposal.settle(choice, _asked(choice))
        if not click.confirm("\n" + _("Write this description?"), default=True):
            return 0
    path = write_description(where, proposal, in_words)
    click.echo("\n" + _("Written: {file}", file=path))
    site = proposal.site.id
    click.echo(_("Then: hdnd sites try {site}, and hdnd crawl {site}", site=site), err=True)
    return 0


@command.command(
    "try",
    cls=Command,
    examples=(
        "hdnd sites try my-ward",
        "hdnd sites try my-ward https://hdnd.example.vn/bai-1.html",
    ),
)
@click.argument("site")
@click.argument("urls", nargs=-1, metavar="[URL]...")
@visit_options
@progress_options
def try_(
    site: str,
    urls: tuple[str, ...],
    host: str | None,
    contact: str | None,
    anyway: bool,
    quiet: bool,
    progress: str,
) -> int:
    """Show what a site's description reads, field by field, with what is left over.

    Of a page that is held, of its last capture; another is fetched, and kept. Without URL, of the
    pages that were captured last.
    """
    from hdnd.usecases.trying_descriptions import try_description
    from search_cli.proposal_view import tried_lines

    with reporting(quiet=quiet, form=progress) as report:
        tried = try_description(
            home(), site, urls, told(report), host=host, contact=contact, anyway=anyway
        )
    for one in tried:
        click.echo("\n".join(tried_lines(one)))
    return 0


def _asked(choice: Choice) -> int:
    """The answer that a person chooses, by its number from 0 on."""
    click.echo(clean(f"\n{in_words(choice.question)}"))
    for number, (answer, _value) in enumerate(choice.answers, 1):
        click.echo(clean(f"  {number}  {in_words(answer)}"))
    given: int = click.prompt(
        _("Which is right?"), type=click.IntRange(1, len(choice.answers)), default=1
    )
    return given - 1


def _lines(site: Site) -> list[str]:
    listings = ", ".join(f"{label} ({path})" for path, label in site.categories.items())
    platform = site.platform or _("as it describes itself")
    return [
        f"{site.id}  {clean(site.name)}",
        f"    {site.host}, {platform}, {_validity(site)}",
        "    " + _("listings: {listings}", listings=clean(listings)),
    ]


def _validity(site: Site) -> str:
    times = []
    if site.valid_from:
        times.append(_("from {day}", day=site.valid_from))
    if site.valid_until:
        times.append(_("until {day}", day=site.valid_until))
    if site.ended:
        times.append(_("(ended)"))
    return " ".join(times) or _("still there")
