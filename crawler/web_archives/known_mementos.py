"""Captures of a web archive that need no request: they are held, or their content is."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import replace

from archive.catalogue.queries import mementos as memento_queries
from archive.model import MementoForm
from archive.run import RunWriter
from archive.store import Archive
from crawler.web_archives.fetch_tasks import FetchTask
from crawler.web_archives.web_archive import IndexLine, WebArchive

_NOTHING = base64.b32encode(hashlib.sha1(b"", usedforsecurity=False).digest()).decode()
"""The digest of no payload at all: what a revisit with it repeats is not known."""


class KnownMementos:
    """Settles them; counts how many were `held` before and how many have the `same` content."""

    def __init__(self, source: WebArchive, archive: Archive, run: RunWriter) -> None:
        self._source = source
        self._catalogue = archive.catalogue
        self._run = run
        self.held = 0
        self.same = 0

    def settles(self, task: FetchTask) -> bool:
        """Whether the capture is here now without a request."""
        line, source = task.line, self._source.name
        assert line is not None
        if memento_queries.held(self._catalogue, source, line.url, line.captured_at) is not None:
            self.held += 1
            return True
        if (twin := self._twin(task, line)) is None:
            return False
        memento = replace(task.memento(self._source), form=MementoForm.INDEX)
        self._run.keep_same(memento, line.fetch_url, twin, task.via)
        self.same += 1
        return True

    def _twin(self, task: FetchTask, line: IndexLine) -> str | None:
        """The record with the very content that the index says this capture has.

        A revisit repeats what may lie under another address; anything else counts for its own
        address and status alone.
        """
        if not line.digest.isalnum() or (line.status is None and not line.is_revisit):
            return None
        if line.is_revisit and line.digest == _NOTHING:
            return None
        return memento_queries.twin(
            self._catalogue,
            self._source.name,
            line.digest,
            identity_url=None if line.is_revisit else task.identity_url,
            status=None if line.is_revisit else line.status,
        )
