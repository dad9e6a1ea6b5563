"""The attachments of an archive with their text: all, of an article, or one by its digest."""

from __future__ import annotations

from archive.catalogue.attachment_files import article_files
from archive.catalogue.attachments import Attachments
from archive.ground.errors import UsageError
from archive.ground.home import Home
from archive.reading import ArchiveReader
from hdnd.views.attachment import KnownFile


def known_files(home: Home, article: str | None = None) -> list[KnownFile]:
    """The attachments of the articles that may be shown, or of one of them.

    Raises `Withheld` for an article that must not be shown.
    """
    with ArchiveReader.open(home) as reader:
        if article is not None:
            article = reader.current_id(article)
            reader.article(article)
        files = list(article_files(reader.catalogue, article))
    texts = Attachments.open(home)
    if texts is None:
        return [KnownFile(file, None) for file in files]
    with texts:
        read = {digest: texts.get(digest) for digest in {file.payload_digest for file in files}}
    return [KnownFile(file, read[file.payload_digest]) for file in files]


def named_files(home: Home, name: str) -> list[KnownFile]:
    """The attachments that an article's id, or the beginning of a payload digest, names."""
    with ArchiveReader.open(home) as reader:
        is_article = reader.article(name) is not None
    if is_article:
        return [known for known in known_files(home, name) if known.file.stands]
    found: dict[str, KnownFile] = {}
    for known in known_files(home):
        digest = known.file.payload_digest
        if digest.startswith(name) or digest.partition(":")[2].startswith(name):
            found.setdefault(digest, known)
    if len(found) > 1:
        raise UsageError(
            f"{name!r} names {len(found)} attachments", hint="Give more of the digest."
        )
    if not found:
        raise UsageError(
            f"there is no article and no attachment {name!r} in {home.path}",
            hint="`hdnd attachments --json` lists all attachments with their digests.",
        )
    return list(found.values())
