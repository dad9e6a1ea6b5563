"""The attachments of an archive with their text: all, of an article, or one by its digest."""

from __future__ import annotations

from dataclasses import replace

from archive.catalogue.attachment_files import ArticleFile, article_files, named_as_sent
from archive.catalogue.attachments import Attachments
from archive.ground.errors import UsageError
from archive.ground.home import Home
from archive.ground.message import Message
from archive.reading import ArchiveReader
from hdnd.views.attachment import FileView


def known_files(home: Home) -> list[FileView]:
    """The attachments of all articles that may be shown, in outline."""
    return _outlined(home, _files(home))


def _files(home: Home, article: str | None = None) -> list[ArticleFile]:
    with ArchiveReader.open(home) as reader:
        return list(article_files(reader.catalogue, article))


def _outlined(home: Home, files: list[ArticleFile]) -> list[FileView]:
    texts = Attachments.open(home)
    if texts is None:
        return [FileView(file, None) for file in files]
    with texts:
        outlines = texts.outlines()
    known = [(file, outlines.get(file.payload_digest)) for file in files]
    return [
        FileView(named_as_sent(file, outline.sent_name) if outline else file, outline)
        for file, outline in known
    ]


def named_files(home: Home, name: str) -> list[FileView]:
    """The attachments, with text, that an article's id or the beginning of a digest names.

    Raises `Withheld` for an article that must not be shown, `UsageError` for a name nothing has.
    """
    with ArchiveReader.open(home) as reader:
        record = reader.article(name)
    if record is not None:
        return _with_text(home, [file for file in _files(home, record.id) if file.stands])
    found: dict[str, ArticleFile] = {}
    for file in _files(home):
        digest = file.payload_digest
        if digest.startswith(name) or digest.partition(":")[2].startswith(name):
            found.setdefault(digest, file)
    if len(found) > 1:
        raise UsageError(
            "usecases.several-attachments",
            name=name,
            count=len(found),
            hint=Message("usecases.more-of-the-digest"),
        )
    if not found:
        raise UsageError(
            "usecases.no-attachment",
            name=name,
            home=home.path,
            hint=Message("usecases.list-attachments"),
        )
    return _with_text(home, list(found.values()))


def _with_text(home: Home, files: list[ArticleFile]) -> list[FileView]:
    known = _outlined(home, files)
    texts = Attachments.open(home)
    if texts is None:
        return known
    with texts:
        return [replace(one, text=texts.get(one.file.payload_digest)) for one in known]
