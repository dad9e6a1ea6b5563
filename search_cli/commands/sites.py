"""`hdnd sites`: which sites are known, and what is wrong in a description."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from search_cli.command import Command, CommandGroup, home
from search_cli.safe_text import clean

if TYPE_CHECKING:
    from hdnd.views.site import Site


@click.group(
    cls=CommandGroup,
    invoke_without_command=True,
    examples=("hdnd sites", "hdnd sites check my-district.toml"),
)
@click.pass_context
def command(ctx: click.Context) -> int:
    """List the known sites; check a site's description.

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
        click.echo(clean(f"{path} is left out: {'; '.join(problems)}"), err=True)
    click.echo(f"Descriptions of your own go into {where.sites}", err=True)
    return 0


@command.command(
    cls=Command, examples=("hdnd sites check my-district.toml", "hdnd sites check hai-ba-trung")
)
@click.argument("site", metavar="FILE|SITE")
def check(site: str) -> int:
    """Say what is wrong in a site's description: a file, or a site by its id.

    Exit status: 0 it can be used, 3 it cannot.
    """
    from archive.ground.errors import SiteError
    from hdnd.usecases.sites import check_description

    file, problems = check_description(home(), site)
    for problem in problems:
        click.echo(clean(problem))
    if problems:
        return SiteError.exit_code
    click.echo(f"{file}: can be used")
    return 0


def _lines(site: Site) -> list[str]:
    listings = ", ".join(f"{label} ({path})" for path, label in site.categories.items())
    return [
        f"{site.id}  {clean(site.name)}",
        f"    {site.host}, {site.platform}, {_validity(site)}",
        f"    listings: {clean(listings)}",
    ]


def _validity(site: Site) -> str:
    since = f"from {site.valid_from:%d/%m/%Y} " if site.valid_from else ""
    until = f"until {site.valid_until:%d/%m/%Y} " if site.valid_until else ""
    ended = "(ended)" if site.ended else ""
    return f"{since}{until}{ended}".strip() or "still there"
