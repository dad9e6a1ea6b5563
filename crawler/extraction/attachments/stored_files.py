"""Attachments as the archive stores them, read: what the archive's derivation is handed."""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from archive.attachment_text import AttachmentText, ReadingProblem
from archive.model import StoredResponse
from crawler.extraction.attachments import problems
from crawler.extraction.attachments.reader import RULE, AttachmentReader, tool_versions
from crawler.extraction.attachments.sent_names import sent_name
from crawler.extraction.extract import decoded_body
from crawler.sites.canonical_urls import file_name


class StoredFileReader:
    """Reads stored responses one by one through an `AttachmentReader`.

    Its rule is another one too when a library that reads files is of another version.
    """

    def __init__(self) -> None:
        versions = repr(sorted(tool_versions().items()))
        self.rule = RULE << 32 | zlib.crc32(versions.encode())

    @contextmanager
    def reading(self) -> Iterator[StoredFiles]:
        """Begin to read; the process that reads starts with the first file."""
        with AttachmentReader() as reader:
            yield StoredFiles(reader)


class StoredFiles:
    """Stored files as a reader reads them."""

    def __init__(self, reader: AttachmentReader) -> None:
        self._reader = reader

    def read(self, stored: StoredResponse | None) -> AttachmentText:
        """The text of a stored file; None is a payload that is lost."""
        payload = payload_of(stored)
        if isinstance(payload, ReadingProblem):
            return AttachmentText("unknown", problem=payload)
        extension = file_name(stored.url).rpartition(".")[2] if stored else ""
        sent = sent_name(stored.header("Content-Disposition")) if stored else ""
        return replace(self._reader.read(payload, extension.lower()), sent_name=sent)


def payload_of(stored: StoredResponse | None) -> bytes | ReadingProblem:
    """The bytes of a file with their content coding undone, or why there are none."""
    if stored is None:
        return ReadingProblem(problems.DAMAGED, "its payload is lost")
    try:
        return decoded_body(stored)
    except zlib.error:
        return ReadingProblem(problems.DAMAGED, "content coding")
    except ValueError as error:
        return ReadingProblem(problems.LIMIT, str(error))


def can_read() -> bool:
    """Whether files can be read on this system: it takes a kernel that forks and bounds."""
    return hasattr(os, "fork")
