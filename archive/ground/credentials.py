"""Credentials that can be sent at all: what a header cannot carry is refused, and never shown."""

from __future__ import annotations

from archive.ground.errors import UsageError
from archive.ground.message import Message


def demand_sendable(name: str, value: str, *, as_it_is: bool = False, without: str = "") -> None:
    """Raise `UsageError`, which names where a credential was set and not what it is, if it cannot
    be sent.

    A control character or a blank at an end is a slip, as of a file saved elsewhere; control
    characters are in no header (RFC 9110 § 5.5) and in no user or password (RFC 7617 § 2).
    What stands in a header `as_it_is` is of visible ASCII; `without` are characters that it must
    not have either.
    """
    forbidden = {*without, " "} if as_it_is else {*without}
    fits = value.isprintable() and value == value.strip() and not {*value} & forbidden
    if fits and (value.isascii() or not as_it_is):
        return
    hint = Message("archive.set-the-credential-anew")
    raise UsageError("archive.credential-not-sendable", name=name, hint=hint)
