"""`hdnd serve`: the archive in a browser."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.ground.errors import UsageError
from archive.ground.message import Message
from search_cli.command import Command, home
from search_cli.words import _

if TYPE_CHECKING:
    import socket

_NEEDED = ("jinja2", "markupsafe", "waitress", "werkzeug")


def _prefix(_ctx: click.Context, _param: click.Parameter, value: str) -> str:
    trimmed = value.strip("/")
    return f"/{trimmed}" if trimmed else ""


@click.command(
    cls=Command,
    examples=(
        "hdnd serve",
        "hdnd serve --port 0",
        "hdnd serve --socket /run/hdnd/reader.sock --trusted-proxy unix --name luu-tru.example",
        "hdnd serve --host 0.0.0.0 --public --name luu-tru.example --users users.txt",
    ),
)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    metavar="ADDRESS",
    help="Listen at this address.",
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    metavar="PORT",
    help="Listen at this port; 0 takes any that is free.",
)
@click.option("--public", is_flag=True, help="Listen at an address that others reach.")
@click.option(
    "--socket",
    "path",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Listen at a Unix socket instead; one that systemd passes on is taken by itself.",
)
@click.option(
    "--name",
    "names",
    multiple=True,
    metavar="NAME",
    help="A host name by which it is called; no other is answered, those of this computer aside.",
)
@click.option(
    "--prefix", default="", callback=_prefix, metavar="PATH", help="Serve below this path."
)
@click.option(
    "--trusted-proxy",
    "proxies",
    multiple=True,
    metavar="ADDRESS",
    help="Believe what this proxy says of scheme and host (X-Forwarded-*); unix: whoever comes by"
    " the socket.",
)
@click.option(
    "--users",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Ask for a name and a password of this file.",
)
@click.option(
    "--user-header",
    default="",
    metavar="HEADER",
    help="Let in only whom a trusted proxy names in this header.",
)
@click.option(
    "--password", metavar="NAME", help="Ask for a password and print a line for --users, no more."
)
def command(
    host: str,
    port: int,
    public: bool,
    path: Path | None,
    names: tuple[str, ...],
    prefix: str,
    proxies: tuple[str, ...],
    users: Path | None,
    user_header: str,
    password: str | None,
) -> int:
    """Show the archive in a browser, until Ctrl-C.

    Nothing of the archive is ever written: a read-only copy is enough, and a crawl may run beside
    it. Needs the extra `web` (`pip install 'hdnd-archive[web]'`).
    """
    _require_extra()
    from web_reader.options import ReaderOptions
    from web_reader.serving import ReaderServer, read_users, user_line

    if password is not None:
        typed = click.prompt(_("Password"), hide_input=True, confirmation_prompt=True, err=True)
        click.echo(user_line(password, typed))
        return 0
    if user_header and not proxies:
        raise UsageError("terminal.header-needs-proxy", hint=Message("terminal.trusted-proxy"))
    options = ReaderOptions(
        names=frozenset(name.lower() for name in names),
        prefix=prefix,
        trusted_proxies=frozenset(proxies),
        users=read_users(users) if users else {},
        user_header=user_header,
    )
    _require_archive()
    server = ReaderServer(home(), options, _listening(host, port, public, path))
    click.echo(_("The archive in a browser: {address}", address=server.address))
    click.echo(_("Ctrl-C ends it."))
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        click.echo("\n" + _("No longer served."))
    return 0


def _listening(host: str, port: int, public: bool, path: Path | None) -> socket.socket:
    from web_reader.serving import listen, listen_at, passed_socket

    if passed := passed_socket():
        return passed
    return listen_at(path) if path else listen(host, port, public=public)


def _require_archive() -> None:
    """An error at once, and not on every page, where there is no archive."""
    from hdnd.usecases.reading import runs

    runs(home())


def _require_extra() -> None:
    from importlib.util import find_spec

    if missing := [name for name in _NEEDED if find_spec(name) is None]:
        raise UsageError(
            "terminal.reader-not-installed",
            missing=missing,
            hint=Message("terminal.install-the-reader"),
        )
