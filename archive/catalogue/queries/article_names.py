"""What a person may call an article: its id, its number on the site, an address of it."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit, urlunsplit

from archive.catalogue.database import Catalogue
from archive.catalogue.queries.articles import current_id
from archive.ground.errors import UsageError

_NUMBER = re.compile(r"#?([0-9]{1,20})")
_WEB = re.compile(r"(?:https?:)?//|www\.", re.IGNORECASE)
_AROUND = " \t\r\n<>\"'`"
_KEPT = "/:@!$&'()*+,;=~-._%?"


def named(catalogue: Catalogue, name: str) -> str:
    """The id that an article has now, by what it is called; the name itself if nothing is.

    An address may be pasted as a browser shows it: with a fragment or a return path, raw letters,
    `http` for `https`. Raises `UsageError` for what several articles are called.
    """
    name = name.strip(_AROUND)
    known = current_id(catalogue, name)
    if _is_one(catalogue, known):
        return known
    if number := _NUMBER.fullmatch(name):
        found = _by_number(catalogue, number[1])
    elif _WEB.match(name):
        found = _by_address(catalogue, name)
    else:
        return name
    if len(found) > 1:
        raise UsageError(
            f"{name!r} names {len(found)} articles", hint=f"Say which: {', '.join(found)}."
        )
    return found[0] if found else name


def _is_one(catalogue: Catalogue, article: str) -> bool:
    row = catalogue.connection.execute("SELECT 1 FROM article WHERE id = ?", (article,))
    return row.fetchone() is not None


def _by_number(catalogue: Catalogue, number: str) -> list[str]:
    rows = catalogue.connection.execute(
        "SELECT id FROM article WHERE id LIKE '%-' || :number"
        " UNION SELECT article FROM alias WHERE id LIKE '%-' || :number ORDER BY 1",
        {"number": number},
    )
    return [row["id"] for row in rows]


def _by_address(catalogue: Catalogue, address: str) -> list[str]:
    for forms in _forms(address):
        placeholders = ", ".join("?" * len(forms))
        rows = catalogue.connection.execute(
            f"SELECT article FROM article_url WHERE url IN ({placeholders})"
            " UNION SELECT p.article FROM capture c JOIN page p USING (seq)"
            f" WHERE p.article IS NOT NULL AND c.url IN ({placeholders}) ORDER BY 1",
            (*forms, *forms),
        )
        if found := sorted({current_id(catalogue, row["article"]) for row in rows}):
            return found
    return []


def _forms(address: str) -> list[list[str]]:
    """The addresses that may be meant: as it stands, then without what a visit added to it."""
    address = re.sub(r"^(?=www\.)|^(?=//)", "https:", address, flags=re.IGNORECASE)
    address = re.sub(r"^https:(?=www\.)", "https://", address, flags=re.IGNORECASE)
    try:
        parts = urlsplit(address)
        host = parts.netloc.lower()
    except ValueError:
        return []
    bare = host.removeprefix("www.")
    path, query = quote(parts.path, safe=_KEPT), quote(parts.query, safe=_KEPT)
    without_session = re.sub(r";jsessionid=[^/?#;]*", "", path, flags=re.IGNORECASE)
    return [
        [
            urlunsplit((scheme, where, one_path, one_query, ""))
            for scheme in ("https", "http")
            for where in (bare, f"www.{bare}")
        ]
        for one_path, one_query in (
            (path, query),
            (without_session, query),
            (without_session, ""),
            (without_session.rstrip("/"), ""),
        )
    ]
