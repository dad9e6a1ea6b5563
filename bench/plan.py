"""What is measured how often, and where the corpora and indexes lie that it takes."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from engines import GIVEN_TOKENS
from process import Cost, work

SEED = 20240205


@dataclass(frozen=True, slots=True)
class Plan:
    """A run of the bench. Sizes are numbers of documents; `rounds` is of interleaved pairs."""

    folder: Path
    sizes: tuple[int, ...]
    corpus_file: Path | None
    rounds: int
    cold_rounds: int
    nights: int
    per_kind: int
    crawl_articles: int
    crawl_rounds: int
    long_crawl_articles: int

    @property
    def small(self) -> int:
        """The size at which the slow are measured several times."""
        return self.sizes[0]

    @property
    def full(self) -> int:
        """The size that the targets are for."""
        return self.sizes[min(1, len(self.sizes) - 1)]

    @property
    def large(self) -> int | None:
        """The size at which it is asked whether things stay flat."""
        return self.sizes[2] if len(self.sizes) > 2 else None

    def corpus(self, size: int) -> Path:
        """A corpus of so many documents."""
        path = self.folder / f"corpus-{size}.jsonl"
        if not path.exists():
            if self.corpus_file:
                _made(path, "take_corpus", size, self.corpus_file)
            else:
                _made(path, "make_corpus", size, SEED)
        return path

    def tokens(self, size: int) -> Path:
        """The tokens of that corpus."""
        path = self.folder / f"tokens-{size}.jsonl"
        return path if path.exists() else _made(path, "make_tokens", self.corpus(size))

    def queries(self, size: int) -> Path:
        """The query mix for that corpus."""
        path = self.folder / f"queries-{size}-{self.per_kind}.json"
        corpus = self.corpus(size)
        return path if path.exists() else _made(path, "make_queries", corpus, self.per_kind, SEED)

    def index(self, engine: str, size: int) -> Path:
        """An engine's index of that corpus, built if it is not there."""
        folder = self.index_folder(engine, size)
        if not folder.exists():
            self.build(engine, size)
        return folder

    def build(self, engine: str, size: int) -> Cost:
        """Build an engine's index of that corpus anew."""
        corpus = self.corpus(size)
        tokens = self.tokens(size) if engine in GIVEN_TOKENS else corpus
        return _built(engine, self.index_folder(engine, size), corpus, tokens)

    def bare_index(self, size: int) -> Path:
        """Our index of that corpus without any marks."""
        folder = self.index_folder("bare", size)
        if not folder.exists():
            corpus = self.folder / f"corpus-bare-{size}.jsonl"
            _made(corpus, "bare_corpus", self.corpus(size))
            _built("ours", folder, corpus, corpus)
        return folder

    def index_folder(self, engine: str, size: int) -> Path:
        """Where that index lies; a home's index lies in the home."""
        return self.folder / f"{engine}-{size}" / "index"

    def fresh_folder(self, name: str) -> Path:
        """The path of a folder that does not exist yet."""
        path = self.folder / name
        shutil.rmtree(path, ignore_errors=True)
        return path


def _built(engine: str, folder: Path, corpus: Path, tokens: Path) -> Cost:
    unfinished = folder.with_name("unfinished")
    shutil.rmtree(folder.parent, ignore_errors=True)
    folder.parent.mkdir()
    cost = work("build", engine, unfinished, corpus, tokens)
    unfinished.rename(folder)
    return cost


def _made(path: Path, task: str, *arguments: str | Path | int) -> Path:
    unfinished = path.with_name(path.name + ".part")
    work(task, unfinished, *arguments)
    unfinished.rename(path)
    return path
