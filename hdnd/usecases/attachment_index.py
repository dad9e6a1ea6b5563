"""The search index of attachments: a document each file of each article, a line each page.

It lies beside the index of articles, so that a search that finds nothing in files costs no more,
and a file of a thousand pages does not weigh as an article. The article's title is part of each
document: words of both are found together.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

from archive.attachment_text import How
from archive.catalogue.attachment_files import ArticleFile, article_files, named_as_sent
from archive.catalogue.attachments import Attachments
from archive.ground.errors import IndexOfAnother, IndexUnusable
from archive.ground.home import Home
from archive.model import ArticleRecord
from archive.reading import ArchiveReader
from hdnd.usecases.attachment_keys import AttachmentKey, runs_of
from hdnd.usecases.index_documents import document_of
from hdnd.usecases.index_places import ATTACHMENTS, opened, replaced
from indexer import Document


def update_attachment_index(home: Home, reader: ArchiveReader, *, take_over: bool = False) -> bool:
    """Bring the index up to date with what was read of the attachments of an archive.

    Returns whether all of it was built. Raises `IndexOfAnother` as `update_index` does.
    """
    texts = Attachments.open(home)
    if texts is None:
        return False
    with texts:
        watermark = _watermark(reader, texts)
        try:
            with opened(home, ATTACHMENTS) as index:
                index.verify()
                if index.watermark != watermark:
                    wanted, held = _wanted(reader, texts), set(index.ids())
                    new = {key: file for key, file in wanted.items() if key not in held}
                    documents = _documents(reader, texts, new)
                    index.update(documents, remove=held - wanted.keys(), watermark=watermark)
                return False
        except IndexUnusable:
            pass
        except IndexOfAnother:
            if not take_over:
                raise
        documents = _documents(reader, texts, _wanted(reader, texts))
        replaced(home, ATTACHMENTS, documents, watermark=watermark, take_over=take_over)
        return True


def _watermark(reader: ArchiveReader, texts: Attachments) -> int:
    """A number that is another one when the archive or the texts are others."""
    numbers = reader.rule(), reader.last_change(), reader.last_capture()
    state = repr((numbers, sorted(texts.text_digests().items())))
    return int.from_bytes(hashlib.sha256(state.encode()).digest()[:6], "big")


def _wanted(reader: ArchiveReader, texts: Attachments) -> dict[str, ArticleFile]:
    """Each file of each article that has text, by its key."""
    digests = texts.text_digests()
    runs: dict[str, tuple[tuple[int, int, bool, str], ...]] = {}
    wanted = {}
    names = texts.sent_names()
    for linked in article_files(reader.catalogue):
        digest = linked.payload_digest
        file = named_as_sent(linked, names.get(digest, ""))
        if digest not in digests:
            continue
        if digest not in runs:
            text = texts.get(digest)
            pages = [page for page in text.pages if page.text] if text else []
            runs[digest] = runs_of([(p.number, p.how is How.OCR, p.part) for p in pages])
        key = AttachmentKey(
            file.article,
            file.version,
            file.name,
            file.url,
            digest,
            digests[digest],
            file.stands,
            runs[digest],
        )
        wanted[key.encoded()] = file
    return wanted


def _documents(
    reader: ArchiveReader, texts: Attachments, wanted: Mapping[str, ArticleFile]
) -> Iterator[Document]:
    record: ArticleRecord | None = None
    for key, file in wanted.items():
        if record is None or record.id != file.article:
            record = reader.article(file.article)
        text = texts.get(file.payload_digest)
        if record is None or text is None:
            continue
        yield document_of(record, record.article)._replace(
            id=key,
            lead=None,
            body=tuple(_line(page.text) for page in text.pages if page.text),
            has_attachment=True,
        )


def _line(text: str) -> str:
    """A page as one line of the index; the cells of a row are set apart by strokes."""
    return text.replace("\t", " | ").replace("\n", " ")
