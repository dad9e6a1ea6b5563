"""What a reader of one format hands on, beside pages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Embedded:
    """Names of files inside the file that are not read."""

    names: tuple[str, ...]


class UnreadableFile(Exception):
    """The file cannot be read, or no further: a code of `problems`, and what adds to it."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail
