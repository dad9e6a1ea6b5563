"""Who may read, and whose word counts on how a request came here."""

from __future__ import annotations

from functools import lru_cache
from secrets import token_hex
from typing import TYPE_CHECKING

from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Forbidden, Unauthorized
from werkzeug.security import check_password_hash, generate_password_hash
from werkzeug.wrappers import Request

from web_reader.options import ReaderOptions

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

_FORWARDED = (
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_X_FORWARDED_PREFIX",
    "HTTP_FORWARDED",
)

_OF_A_SOCKET = ("", "localhost")
"""What stands for an address where somebody comes by a Unix socket (waitress: `localhost`)."""


def admitted(environ: WSGIEnvironment, options: ReaderOptions) -> WSGIEnvironment:
    """The request as it came to the proxy, if that is trusted; without its headers if not."""
    if is_trusted(environ, options):
        if (scheme := _last(environ, "HTTP_X_FORWARDED_PROTO")) in ("http", "https"):
            environ["wsgi.url_scheme"] = scheme
        if host := _last(environ, "HTTP_X_FORWARDED_HOST"):
            environ["HTTP_HOST"] = host
    elif options.user_header:
        environ.pop(_variable(options.user_header), None)
    for name in _FORWARDED:
        environ.pop(name, None)
    path = environ.get("PATH_INFO", "")
    if options.prefix and (path == options.prefix or path.startswith(options.prefix + "/")):
        environ["PATH_INFO"] = path.removeprefix(options.prefix) or "/"
    return environ


def is_trusted(environ: WSGIEnvironment, options: ReaderOptions) -> bool:
    """Whether a request comes from a proxy that the operator trusts."""
    address = environ.get("REMOTE_ADDR", "")
    return ("unix" if address in _OF_A_SOCKET else address) in options.trusted_proxies


def require_reader(request: Request, options: ReaderOptions) -> None:
    """Raise Unauthorized or Forbidden unless this reader may read."""
    if options.user_header and not request.environ.get(_variable(options.user_header)):
        raise Forbidden
    if not options.users:
        return
    given = request.authorization
    if given is not None and given.type == "basic":
        known = options.users.get(given.username or "")
        if _is_right(known or _nobody(), given.password or "") and known:
            return
    raise Unauthorized(www_authenticate=WWWAuthenticate("basic", {"realm": "hdnd"}))


@lru_cache(64)
def _is_right(hashed: str, password: str) -> bool:
    """Whether a password is that of a hash; to find out takes long on purpose, so once will do."""
    return check_password_hash(hashed, password)


@lru_cache
def _nobody() -> str:
    """A hash that no password has, so that an unknown name takes as long as a known one."""
    return generate_password_hash(token_hex())


def _last(environ: WSGIEnvironment, name: str) -> str:
    return str(environ.get(name, "")).rpartition(",")[2].strip()


def _variable(header: str) -> str:
    return f"HTTP_{header.upper().replace('-', '_')}"
