"""What a person may call an article: its id, its number on the site, an address of it."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from archive.catalogue.database import Catalogue
from archive.catalogue.queries.articles import current_id
from archive.ground.errors import UsageError
from archive.ground.message import Message
from archive.ground.urls import composed, in_one_form

_NUMBER = re.compile(r"#?([0-9]{1,20})")
_WEB = re.compile(r"(?:https?:)?//|www\.", re.IGNORECASE)
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+\.?(?::[0-9]+)?/", re.ASCII)
_REPLAYED = re.compile(r"/[0-9]{14}(?:[a-z]{2}_)?/(https?://.+)", re.IGNORECASE)
_LANGUAGE = re.compile(r"(?<=[^/])(?:/(?:vi|en)(?:_[A-Za-z]{2})?)+/?$")
"""What a portal appends to the address of a page in a language of its own."""
_FIRST_NUMBER = re.compile(r"([0-9]{1,20})(?![0-9A-Za-z])")
_LAST_NUMBER = re.compile(r"(?<![0-9A-Za-z])([0-9]{1,20})(?:\.[a-z]{1,5})?$")
_IP = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}|[0-9a-f:]*:[0-9a-f:]*")
_SLASHES_OF_AN_ORIGIN = 2
_AROUND = " \t\r\n<>\"'`"
_BEHIND = ".,;:!?)]}»”’…"
"""What may follow an address in a sentence."""


def named(catalogue: Catalogue, name: str) -> str:
    """The id that an article has now, by what it is called; the name itself if nothing is.

    An address may be pasted as a browser shows it: with a fragment, a return path or parameters of
    a campaign, in any spelling that `in_one_form` makes one, `http` for `https`; as part of the
    address of a replay, or at what stood in for the site; with a language behind it, or another
    title beside its number. Raises `UsageError` for what several articles are called.
    """
    name = name.strip(_AROUND)
    known = current_id(catalogue, name)
    if _is_one(catalogue, known):
        return known
    if number := _NUMBER.fullmatch(name):
        found = _by_number(catalogue, number[1])
    elif address := _address(name):
        found = _by_address(catalogue, address)
        found = found or _by_address(catalogue, address.rstrip(_BEHIND))
    else:
        return name
    if len(found) > 1:
        raise UsageError(
            "archive.names-several-articles",
            name=name,
            count=len(found),
            hint=Message("archive.say-which", articles=found),
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
    exact, *without_query = _forms(address) or [[]]
    if not exact:
        return []
    return (
        _at(catalogue, exact)
        or _by_part_of_query(catalogue, in_one_form(address) or "")
        or next(filter(None, (_at(catalogue, forms) for forms in without_query)), [])
        or _by_number_in(catalogue, exact)
        or _by_path_alone(catalogue, exact[0])
        or _without_language(catalogue, exact[0])
    )


def _without_language(catalogue: Catalogue, address: str) -> list[str]:
    shorter = _LANGUAGE.sub("", address.partition("?")[0])
    return _by_address(catalogue, shorter) if shorter != address else []


def _by_number_in(catalogue: Catalogue, forms: list[str]) -> list[str]:
    """The articles in the same place whose own number, by their id, stands where it does here.

    The words beside it are those of a title, which may have changed; a query may say less.
    """
    found = []
    told = _numbers(forms[0])
    for folder in dict.fromkeys(form.partition("?")[0].rpartition("/")[0] for form in forms):
        rows = catalogue.connection.execute(
            "SELECT article, url FROM article_url WHERE url >= :folder || '/'"
            " AND url < :folder || '0' ORDER BY article",
            {"folder": folder},
        )
        for row in rows if told else ():
            number = row["article"].rpartition("-")[2]
            if any(told.get(place) == number for place in _places(row["url"], number)):
                found.append(row)
    return _now(catalogue, found)


def _places(url: str, number: str) -> list[str]:
    return [place for place, other in _numbers(url).items() if other == number]


def _numbers(url: str) -> dict[str, str]:
    """The numbers that an address may have of an article, by where in it they stand."""
    path, _, query = url.partition("?")
    last = path.rpartition("/")[2]
    told = {
        f"{urlsplit(path).path}?{key}": value
        for key, value in parse_qsl(query)
        if value.isdecimal()
    }
    if found := _FIRST_NUMBER.match(last):
        told["first"] = found[1]
    if found := _LAST_NUMBER.search(last):
        told["last"] = found[1]
    return told


def _by_path_alone(catalogue: Catalogue, address: str) -> list[str]:
    """The articles of whatever site at a path, if it is one of what stands in for a site's host."""
    parts = urlsplit(address)
    if not (parts.port or parts.hostname == "localhost" or _IP.fullmatch(parts.hostname or "")):
        return []
    path = address[len(f"{parts.scheme}://{parts.netloc}") :]
    rows = catalogue.connection.execute(
        "SELECT DISTINCT substr(url, 1, length(url) - length(:path)) AS origin FROM article_url"
        " WHERE substr(url, -length(:path)) = :path",
        {"path": path},
    )
    origins = [row["origin"] for row in rows if row["origin"].count("/") == _SLASHES_OF_AN_ORIGIN]
    return _at(catalogue, [f"{origin}{path}" for origin in origins]) if origins else []


def _at(catalogue: Catalogue, forms: list[str]) -> list[str]:
    placeholders = ", ".join("?" * len(forms))
    rows = catalogue.connection.execute(
        f"SELECT article FROM article_url WHERE url IN ({placeholders})"
        " UNION SELECT p.article FROM capture c JOIN page p USING (seq)"
        f" WHERE p.article IS NOT NULL AND c.url IN ({placeholders}) ORDER BY 1",
        (*forms, *forms),
    )
    return _now(catalogue, rows)


def _by_part_of_query(catalogue: Catalogue, address: str) -> list[str]:
    """The articles whose address has the same path and the most of the parameters that are given.

    An article is named by a few of them; what else stands there is of a visit, or of a campaign.
    """
    path, _, query = address.partition("?")
    given = set(parse_qsl(query, keep_blank_values=True))
    matches: dict[int, list[sqlite3.Row]] = {}
    for start in dict.fromkeys(_forms(path)[0]) if given else ():
        rows = catalogue.connection.execute(
            "SELECT article, url FROM article_url WHERE url >= :start || '?'"
            " AND url < :start || '@' ORDER BY article",
            {"start": start},
        )
        for row in rows:
            named = set(parse_qsl(urlsplit(row["url"]).query, keep_blank_values=True))
            if named <= given:
                matches.setdefault(len(named), []).append(row)
    return _now(catalogue, matches[max(matches)]) if matches else []


def _now(catalogue: Catalogue, rows: Iterable[sqlite3.Row]) -> list[str]:
    return sorted({current_id(catalogue, row["article"]) for row in rows})


def _forms(address: str) -> list[list[str]]:
    """The addresses that may be meant: as it stands, then without what a visit added to it."""
    whole = in_one_form(address)
    if whole is None:
        return []
    parts = urlsplit(whole)
    host, path = parts.netloc.removeprefix("www."), parts.path
    return [
        [
            form(urlunsplit((scheme, where, one_path, one_query, "")))
            for scheme in ("https", "http")
            for where in (host, f"www.{host}")
            for form in (str, composed)
        ]
        for one_path, one_query in (
            (path, parts.query),
            (path, ""),
            (path.rstrip("/"), ""),
            (f"{path}/", ""),
        )
    ]


def _address(written: str) -> str | None:
    """The address that was pasted, also out of a sentence, or out of that of a replay."""
    if not (_WEB.match(written) or _HOST.match(written)):
        return None
    replayed = _REPLAYED.search(written)
    address = replayed[1] if replayed else written
    address = re.sub(r"^(?:https?:)?//", lambda m: m[0].lower(), address, flags=re.IGNORECASE)
    if address.startswith("//"):
        address = f"https:{address}"
    return address if "://" in address else f"https://{address}"
