"""The addresses of Liferay 6.2: which are of articles, and what makes two of them one.

An article lies at a path, or, where the portal has no friendly addresses, at that of its category
with a query that names it.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from archive.ground.urls import composed

_ARTICLE_PATH = re.compile(
    r"/-/(?:view_content/(?:pop_up/)?(?P<id>\d+)?"
    r"|asset_publisher/[^/]+/content/(?:id/(?P<by_id>\d+))?)"
)
_OF_ARTICLE = re.compile(
    "p_p_id|_101_(?:INSTANCE_[0-9A-Za-z]+_)?(struts_action|urlTitle|assetEntryId|type|groupId)"
)
"""The parameters by which the portlet 101, Asset Publisher, shows one of its articles."""
_VIEW = "/asset_publisher/view_content"
_TRAP = re.compile(r"/-/.+/(?:vi|en)(?:_[A-Z]{2})?/?$")
_OF_VISIT = {
    "redirect",
    "inheritredirect",
    "p_p_auth",
    "p_p_state_rcv",
    "_101_viewmode",
    "browserid",
}
_OF_RENDERING = {"t"}
_SESSION = re.compile(r";jsessionid=[^/?#;]*", re.IGNORECASE)
_FILE_PATHS = ("/image/", "/documents/")


def identity(url: str) -> str:
    """A page's URL without session, return path, print view and time of rendering, in NFC."""
    parts = urlsplit(url)
    path = _SESSION.sub("", parts.path).replace("/view_content/pop_up/", "/view_content/")
    query = parse_qsl(parts.query, keep_blank_values=True)
    if _ARTICLE_PATH.search(path):
        query = []
    elif _named_by(query):
        query = sorted((key, value) for key, value in query if _OF_ARTICLE.fullmatch(key))
    else:
        dropped = _OF_VISIT | (_OF_RENDERING if path.startswith(_FILE_PATHS) else set())
        query = [
            (key, value)
            for key, value in query
            if key.lower() not in dropped and (key, value) != ("p_p_state", "pop_up")
        ]
    return composed(urlunsplit((parts.scheme, parts.netloc, path, urlencode(query), "")))


def asset_id_in(url: str) -> str | None:
    """The asset id in an article's URL; forms that name its title have none."""
    parts = urlsplit(url)
    if found := _ARTICLE_PATH.search(parts.path):
        return found["id"] or found["by_id"]
    told = _named_by(parse_qsl(parts.query)).get("assetEntryId", "")
    return told if told.isascii() and told.isdecimal() else None


def is_article_url(url: str) -> bool:
    """Whether this is the address of an article, also with a language appended to its path."""
    parts = urlsplit(url)
    return bool(_ARTICLE_PATH.search(parts.path) or _named_by(parse_qsl(parts.query)))


def leads_astray(url: str) -> bool:
    """Whether a language is appended to an article's path: the portal answers with a listing."""
    return _TRAP.search(urlsplit(url).path) is not None


def _named_by(query: list[tuple[str, str]]) -> dict[str, str]:
    """What names an article in a query, by the parameter's own name; empty if nothing does."""
    named = {m[1]: value for key, value in query if (m := _OF_ARTICLE.fullmatch(key)) and m[1]}
    names = named.get("urlTitle") or named.get("assetEntryId")
    return named if names and named.get("struts_action") == _VIEW else {}
