"""The text format of a sample article: title, stamp, paragraphs; after `+++` what else it has."""

from __future__ import annotations

import re
import tomllib
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from archive.ground.errors import HdndError
from archive.ground.message import Message

PORTAL_TIME = timezone(timedelta(hours=7))

_FENCE = "+++"
_LOOKS_LIKE_STAMP = re.compile(r"\s*(Ngày đăng\b|\d{1,2}/\d{1,2}/\d{4}\s*\|)")
_STAMP = re.compile(
    r"""\s* (?:Ngày\ đăng \s+)?
    (?P<date> \d{1,2}/\d{1,2}/\d{4}) \s* \| \s*
    (?P<hour> \d{1,2}) : (?P<minute> \d{2}) \s* (?P<half> AM|PM|SA|CH)?
    (?: \s* \| \s* (?:Lượt\ xem|View\ count) : \s* (?P<views> \d+) )? \s*""",
    re.VERBOSE,
)
_KEYS = {"categories", "lead", "author", "markup", "images", "attachments"}


@dataclass(frozen=True, slots=True)
class SampleImage:
    """A picture that follows paragraph number `after` (1-based; 0 puts it first)."""

    after: int
    caption: str = ""


@dataclass(frozen=True, slots=True)
class SampleAttachment:
    """A file to download: its name on the server and the text of the link to it."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class SampleArticle:
    """An article as its author wrote it.

    `name` is the file's stem and decides the asset id. Without `views` the stamp is shown in the
    bare form of migrated articles; without `published_at` there is no stamp. No categories means
    the first one of the portal.
    """

    name: str
    title: str
    paragraphs: tuple[str, ...]
    published_at: datetime | None = None
    views: int | None = None
    categories: tuple[str, ...] = ()
    lead: str = ""
    author: str = ""
    messy: bool = False
    images: tuple[SampleImage, ...] = ()
    attachments: tuple[SampleAttachment, ...] = ()

    @property
    def asset_id(self) -> int:
        """The number that the portal knows the article by; it depends on the name alone."""
        return 3_000_000 + zlib.crc32(self.name.encode()) % 1_000_000


def bundled_articles() -> tuple[SampleArticle, ...]:
    """The articles of the made-up district that come with the package."""
    return load_articles(Path(__file__).with_name("articles"))


def load_articles(folder: Path) -> tuple[SampleArticle, ...]:
    """Every `*.txt` file of a folder, in the order of their names.

    Raises HdndError, with file and line, if one cannot be read as an article.
    """
    paths = sorted(folder.glob("*.txt"))
    if not paths:
        raise HdndError(
            "crawler.no-article-texts", folder=folder, hint=Message("crawler.give-article-texts")
        )
    articles = tuple(_load(path) for path in paths)
    check_ids(articles)
    return articles


def check_ids(articles: Iterable[SampleArticle]) -> None:
    """Raise HdndError if two articles' names give the same asset id."""
    seen: dict[int, str] = {}
    for article in articles:
        other = seen.setdefault(article.asset_id, article.name)
        if other != article.name:
            raise HdndError(
                "crawler.same-asset-id",
                one=other,
                other=article.name,
                asset_id=article.asset_id,
                hint=Message("crawler.rename-one-file"),
            )


def _load(path: Path) -> SampleArticle:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise _wrong(path, line, Message("crawler.sample-not-utf8")) from error
    lines = text.splitlines()
    fence = lines.index(_FENCE) if _FENCE in lines else len(lines)
    if not lines or not lines[0].strip():
        raise _wrong(path, 1, Message("crawler.sample-title-first"))
    published_at, views = None, None
    body_starts = 1
    if len(lines) > 1 and _LOOKS_LIKE_STAMP.match(lines[1]):
        published_at, views = _read_stamp(path, lines[1])
        body_starts = 2
    paragraphs = _paragraphs(lines[body_starts:fence])
    if not paragraphs:
        raise _wrong(path, body_starts + 1, Message("crawler.sample-needs-a-paragraph"))
    details = _Details(path, lines, fence + 1)
    return SampleArticle(
        name=path.stem,
        title=lines[0].strip(),
        paragraphs=paragraphs,
        published_at=published_at,
        views=views,
        categories=details.texts("categories"),
        lead=details.text("lead"),
        author=details.text("author"),
        messy=details.messy(),
        images=details.images(len(paragraphs)),
        attachments=details.attachments(),
    )


def _read_stamp(path: Path, line: str) -> tuple[datetime, int | None]:
    found = _STAMP.fullmatch(line)
    if not found:
        raise _wrong(path, 2, Message("crawler.sample-stamp"))
    hour, half = int(found["hour"]), found["half"]
    if half and not 1 <= hour <= 12:
        raise _wrong(path, 2, Message("crawler.sample-hour", hour=hour))
    if half:
        hour = hour % 12 + (12 if half in ("PM", "CH") else 0)
    day, month, year = map(int, found["date"].split("/"))
    try:
        published_at = datetime(year, month, day, hour, int(found["minute"]), tzinfo=PORTAL_TIME)
    except ValueError as error:
        raise _wrong(path, 2, Message("crawler.sample-date", why=str(error))) from error
    return published_at, int(found["views"]) if found["views"] else None


def _paragraphs(lines: list[str]) -> tuple[str, ...]:
    blocks = re.split(r"\n\s*\n", "\n".join(lines))
    return tuple(" ".join(block.split("\n")).strip() for block in blocks if block.strip())


def _wrong(path: Path, line: int, what: Message) -> HdndError:
    return HdndError("crawler.sample-wrong", path=path, line=line, what=what)


class _Details:
    """The TOML part of an article file, which may be missing."""

    def __init__(self, path: Path, lines: list[str], start: int) -> None:
        self._path = path
        self._lines = lines
        self._start = start
        try:
            self._values: dict[str, Any] = tomllib.loads("\n".join(lines[start:]))
        except tomllib.TOMLDecodeError as error:
            at = re.search(r" \(at line (\d+), column \d+\)", str(error))
            line = start + int(at[1]) if at else len(lines)
            reason = str(error).replace(at[0], "") if at else str(error)
            raise _wrong(path, line, Message("crawler.not-toml", why=reason)) from error
        for key in self._values.keys() - _KEYS:
            raise self._bad(key, Message("crawler.sample-key", key=key))

    def text(self, key: str) -> str:
        value = self._values.get(key, "")
        if not isinstance(value, str):
            raise self._bad(key, Message("crawler.sample-text", key=key))
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self._values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise self._bad(key, Message("crawler.sample-texts", key=key))
        return tuple(value)

    def messy(self) -> bool:
        value = self._values.get("markup", "clean")
        if value not in ("clean", "messy"):
            raise self._bad("markup", Message("crawler.sample-markup"))
        return bool(value == "messy")

    def images(self, paragraphs: int) -> tuple[SampleImage, ...]:
        found = []
        for table in self._tables("images", {"after", "caption"}):
            after, caption = table.get("after"), table.get("caption", "")
            if not isinstance(after, int) or not 0 <= after <= paragraphs:
                raise self._bad("images", Message("crawler.sample-after", last=paragraphs))
            if not isinstance(caption, str):
                raise self._bad("images", Message("crawler.sample-text", key="caption"))
            found.append(SampleImage(after, caption))
        return tuple(found)

    def attachments(self) -> tuple[SampleAttachment, ...]:
        found = []
        for table in self._tables("attachments", {"name", "text"}):
            name, text = table.get("name"), table.get("text")
            if not isinstance(name, str) or not re.fullmatch(r"[^/\\]+\.(pdf|docx)", name):
                raise self._bad("attachments", Message("crawler.sample-file-name"))
            if not isinstance(text, str) or not text:
                raise self._bad("attachments", Message("crawler.sample-link-text"))
            found.append(SampleAttachment(name, text))
        return tuple(found)

    def _tables(self, key: str, allowed: set[str]) -> list[dict[str, Any]]:
        tables = self._values.get(key, [])
        if not isinstance(tables, list) or not all(isinstance(one, dict) for one in tables):
            raise self._bad(key, Message("crawler.sample-tables", key=key))
        for unknown in {name for table in tables for name in table} - allowed:
            raise self._bad(unknown, Message("crawler.sample-key-in-table", key=unknown, table=key))
        return tables

    def _bad(self, key: str, what: Message) -> HdndError:
        numbered = enumerate(self._lines[self._start :], self._start + 1)
        mentions = (
            number for number, line in numbered if re.match(rf"\W*{re.escape(key)}\b", line)
        )
        return _wrong(self._path, next(mentions, self._start), what)
