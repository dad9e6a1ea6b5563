"""How far long work is, as values; a face has the words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple


class Stage(StrEnum):
    """A piece of long work."""

    PREPARE = "prepare"
    PREPARE_CRAWL = "prepare-crawl"
    PREPARE_REFRESH = "prepare-refresh"
    PREPARE_RECOVERY = "prepare-recovery"
    CRAWL = "crawl"
    LOOK = "look"
    REFRESH = "refresh"
    ARCHIVE = "archive"
    RECOVER = "recover"
    GATHER = "gather"
    CATCH_UP = "catch-up"
    REBUILD = "rebuild"
    IMPORT = "import"
    DERIVE = "derive"
    OCR = "ocr"
    INDEX = "index"
    CHECK = "check"
    COPY = "copy"
    PUSH = "push"
    DROP = "drop"
    EXPORT = "export"


class StageProgress(NamedTuple):
    """How far a stage is: `done` of `total` (None if that is not known), and what is at hand.

    `facts` are further numbers and names.
    """

    stage: Stage
    done: int = 0
    total: int | None = None
    item: str = ""
    facts: Mapping[str, object] = MappingProxyType({})


OnProgress = Callable[[StageProgress], None]


def unheard(progress: StageProgress) -> None:
    """Told of progress where nobody listens."""
