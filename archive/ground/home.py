"""Where the data lives, and what lies where inside it.

A search goes by names alone: to load `pathlib` takes a twentieth of its time.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path
    from typing import NoReturn

ENVIRONMENT_VARIABLE = "HDND_HOME"
INDEX = "index"
INDEX_OF_ATTACHMENTS = "index-attachments"
BY_HAND = ("people.tsv", "abbreviations.tsv", "hdnd.toml")
"""What a person wrote, and nothing can make again."""


class Home:
    """The folder of one archive. `warc` and `manifest` are the truth, all else is derived.

    One that is to stay `untouched` is read for moments at a time, and no file of it is opened for
    writing while nobody writes to it.
    """

    __slots__ = ("folder", "untouched")

    def __init__(self, folder: Path | str, *, untouched: bool = False) -> None:
        self.folder = os.fspath(folder)
        self.untouched = untouched

    @property
    def path(self) -> Path:
        """The folder itself."""
        from pathlib import Path

        return Path(self.folder)

    @property
    def warc(self) -> Path:
        """The WARC segments."""
        return self.path / "warc"

    @property
    def manifest(self) -> Path:
        """The digests of the closed segments, chained."""
        return self.path / "manifest.jsonl"

    @property
    def manifests(self) -> Path:
        """The manifests of workers whose segments were gathered, each a chain of its own."""
        return self.path / "manifests"

    @property
    def worker(self) -> Path:
        """The name of the worker whose home this is; only there if it is one of several."""
        return self.path / "worker"

    @property
    def aside(self) -> Path:
        """What was cut from a segment's end after a crash, and segments found damaged."""
        return self.path / "aside"

    @property
    def checks(self) -> Path:
        """What checks of the archive found, a line each."""
        return self.path / "checks.jsonl"

    @property
    def catalogue(self) -> Path:
        """The catalogue, derived from the WARC segments."""
        return self.path / "catalogue.sqlite"

    @property
    def derived(self) -> Path:
        """The derivations that are made after the crawl, each in a file of its own."""
        return self.path / "derived"

    @property
    def results(self) -> Path:
        """What the workers of `hdnd derive` have read, until and after it is taken in."""
        return self.path / "results"

    @property
    def frontier(self) -> Path:
        """What a crawl still has to fetch; may be thrown away."""
        return self.path / "frontier.sqlite"

    @property
    def index(self) -> Path:
        """The search index, derived from the catalogue."""
        return self.path / INDEX

    @property
    def index_of_versions(self) -> Path:
        """The search index of all versions of the articles that were ever changed."""
        return self.path / "index-versions"

    @property
    def index_of_attachments(self) -> Path:
        """The search index of the text of attachments."""
        return self.path / INDEX_OF_ATTACHMENTS

    @property
    def receipts(self) -> Path:
        """What object storage was seen to hold of the segments, a line each; derived."""
        return self.path / "receipts.jsonl"

    @property
    def store_lock(self) -> Path:
        """Held by the one process that brings segments to object storage."""
        return self.path / "store.lock"

    @property
    def known_trouble(self) -> Path:
        """Since when something is wrong with a site; may be thrown away."""
        return self.path / "known-trouble.json"

    @property
    def sites(self) -> Path:
        """The operator's own site descriptions."""
        return self.path / "sites"

    @property
    def watches(self) -> Path:
        """The searches that are kept, and what was told of each."""
        return self.path / "watches"

    @property
    def watches_lock(self) -> Path:
        """Held by the one process that looks at the watches."""
        return self.path / "watches.lock"

    @property
    def lock(self) -> Path:
        """Held by the one process that writes."""
        return self.path / "lock"


def find_home(given: str | os.PathLike[str] | None = None) -> Home:
    """The home to use: the one given, else `$HDND_HOME`, else the platform's data folder.

    Raises `UsageError` if what is named is a file.
    """
    chosen = given or os.environ.get(ENVIRONMENT_VARIABLE)
    if chosen:
        path = os.path.realpath(os.path.expanduser(chosen))  # noqa: PTH111
        if os.path.isfile(path):  # noqa: PTH113
            _refuse_file(path)
        return Home(path)
    import platformdirs

    return Home(platformdirs.user_data_dir("hdnd", appauthor=False))


def _refuse_file(path: str) -> NoReturn:
    from archive.ground.errors import UsageError
    from archive.ground.message import Message

    hint = Message("archive.name-a-folder-as-home")
    raise UsageError("archive.home-is-a-file", path=path, hint=hint)
