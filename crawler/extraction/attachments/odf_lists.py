"""Numbers of lists in OpenDocument texts (ISO/IEC 26300, 19.8): they stand in the list's style."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from crawler.extraction.attachments.list_labels import as_label

_LEVELS = 10


class _Level(NamedTuple):
    shape: str = "1"
    before: str = ""
    after: str = ""
    shown: int = 1
    start: int = 1


class Lists:
    """The lists of a document as the walk meets them."""

    def __init__(self) -> None:
        self._styles: dict[str, dict[int, _Level]] = {}
        self._style = ""
        self._open: list[str] = []
        self._counts: dict[str, list[int]] = {}
        self._label = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins; those that are none of lists are passed over."""
        if name == "text:list-style":
            self._style = attributes.get("style:name", "")
        elif name.startswith("text:list-level-style-"):
            self._define(name, attributes)
        elif name == "text:list":
            self._open_list(attributes)
        elif name == "text:list-item" and self._open:
            self._label = self._next(attributes.get("text:start-value", ""))

    def end(self, name: str) -> None:
        """An element ends."""
        if name == "text:list" and self._open:
            self._open.pop()

    def take(self) -> str:
        """The label of the paragraph that begins, as written; empty if it has none."""
        label, self._label = self._label, ""
        return label

    def _define(self, name: str, attributes: Mapping[str, str]) -> None:
        level = _whole(attributes.get("text:level", ""), 1)
        shape = attributes.get("style:num-format", "") or "none"
        before = attributes.get("style:num-prefix", "")
        if name.endswith("bullet"):
            shape, before = "bullet", attributes.get("text:bullet-char", "")
        self._styles.setdefault(self._style, {})[level] = _Level(
            shape,
            before,
            attributes.get("style:num-suffix", ""),
            _whole(attributes.get("text:display-levels", ""), 1),
            _whole(attributes.get("text:start-value", ""), 1),
        )

    def _open_list(self, attributes: Mapping[str, str]) -> None:
        style = attributes.get("text:style-name") or (self._open[-1] if self._open else "")
        goes_on = "text:continue-list" in attributes or (
            attributes.get("text:continue-numbering") == "true"
        )
        if not self._open and not goes_on:
            self._counts.pop(style, None)
        self._open.append(style)

    def _next(self, begins: str) -> str:
        style, level = self._open[-1], min(len(self._open), _LEVELS)
        levels = self._styles.get(style, {})
        counts = self._counts.setdefault(style, [0] * (_LEVELS + 1))
        if begins.isdecimal():
            counts[level] = _whole(begins, 1)
        elif counts[level]:
            counts[level] += 1
        else:
            counts[level] = levels.get(level, _Level()).start
        counts[level + 1 :] = [0] * (_LEVELS - level)
        shown = levels.get(level)
        if shown is None or shown.shape == "none":
            return ""
        if shown.shape == "bullet":
            return as_label("bullet", 0, shown.before)
        first = max(1, level - shown.shown + 1)
        parts = [
            as_label(levels.get(upper, _Level()).shape, counts[upper] or 1)
            for upper in range(first, level + 1)
        ]
        return shown.before + ".".join(parts) + shown.after


def _whole(value: str, otherwise: int) -> int:
    return int(value) if value.isdecimal() and len(value) < 9 else otherwise
