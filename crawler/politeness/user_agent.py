"""Who the crawler says it is."""

from __future__ import annotations

import os
import re
from importlib.metadata import version

from archive.ground.errors import UsageError
from archive.ground.message import Message

CONTACT_VARIABLE = "HDND_CONTACT"


def user_agent(contact: str | None = None) -> str:
    """The User-Agent field (RFC 9110 § 10.1.5), with the operator's contact if one is known.

    The contact is the one given, else `$HDND_CONTACT`: a mail address or a web page.

    Raises `UsageError` for a contact that no header can carry.
    """
    contact = contact or os.environ.get(CONTACT_VARIABLE) or ""
    if contact and not re.fullmatch(r"[!-'*-\[\]-~]+", contact):
        raise UsageError(
            "crawler.contact-unfit", contact=contact, hint=Message("crawler.give-a-contact")
        )
    product = f"hdnd-archive/{version('hdnd-archive')}"
    return f"{product} (+{contact})" if contact else product


def who_asks(user_agent: str) -> dict[str, str]:
    """What a `warcinfo` record says of the one who asked, and of what was not asked for."""
    return {
        "operator": user_agent.partition("(+")[2].removesuffix(")"),
        "http-header-user-agent": user_agent,
        "hdnd-certificates": "recorded, not verified",
    }
