"""Numbers of lists in Word documents (ISO/IEC 29500-1, 17.9): they stand beside the text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from crawler.extraction.attachments.list_labels import as_label
from crawler.extraction.attachments.xml_parts import Package, local

_LEVELS = 9
_OF_LEVELS = ("start", "numFmt", "lvlText")
_OF_LISTS = frozenset(
    ("abstractNum", "num", "abstractNumId", "lvl", "lvlOverride", "startOverride", *_OF_LEVELS)
)
_OF_STYLES = ("style", "basedOn", "numId", "ilvl")


@dataclass(slots=True)
class _Level:
    start: int = 1
    shape: str = "decimal"
    text: str = ""


@dataclass(slots=True)
class _List:
    """A definition of nine levels, or (`of`) one that goes by another with other beginnings."""

    levels: dict[int, _Level] = field(default_factory=dict)
    of: str = ""
    starts: dict[int, int] = field(default_factory=dict)


class Numbers:
    """The labels of numbered paragraphs, each list counted on as its paragraphs come."""

    def __init__(self, package: Package) -> None:
        self._abstract: dict[str, _List] = {}
        self._lists: dict[str, _List] = {}
        self._styles: dict[str, tuple[str, str, str]] = {}
        self._counts: dict[str, list[int]] = {}
        self._begun: set[tuple[str, int]] = set()
        self._at: _List = _List()
        self._level = 0
        self._style = ""
        package.parse("word/numbering.xml", self._start, _nothing, _nothing)
        package.parse("word/styles.xml", self._start_style, _nothing, _nothing)

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        element = local(name)
        if element not in _OF_LISTS:
            return
        value = value_of(attributes, "val")
        if element == "abstractNum":
            self._at = self._abstract.setdefault(value_of(attributes, "abstractNumId"), _List())
        elif element == "num":
            self._at = self._lists.setdefault(value_of(attributes, "numId"), _List())
        elif element == "abstractNumId":
            self._at.of = value
        elif element in ("lvl", "lvlOverride"):
            self._level = _whole(value_of(attributes, "ilvl"))
        elif element == "startOverride":
            self._at.starts[self._level] = _whole(value)
        else:
            level = self._at.levels.setdefault(self._level, _Level())
            if element == "start":
                level.start = _whole(value)
            elif element == "numFmt":
                level.shape = value
            else:
                level.text = value

    def _start_style(self, name: str, attributes: Mapping[str, str]) -> None:
        element = local(name)
        if element not in _OF_STYLES:
            return
        value = value_of(attributes, "val")
        if element == "style":
            self._style = value_of(attributes, "styleId")
            self._styles[self._style] = ("", "", "")
        elif self._style:
            held = list(self._styles[self._style])
            held[_OF_STYLES.index(element) - 1] = value
            self._styles[self._style] = (held[0], held[1], held[2])

    def label(self, style: str, number: str, level: str) -> str:
        """The label of the next paragraph with these properties; empty if it has none."""
        for _ in range(20):
            if number or style not in self._styles:
                break
            style, number, inherited = self._styles[style]
            level = level or inherited
        used = self._lists.get(number)
        if number in ("", "0") or used is None:
            return ""
        return self._next(number, used, min(_whole(level), _LEVELS - 1))

    def _next(self, number: str, used: _List, level: int) -> str:
        levels = self._abstract.get(used.of, _List()).levels | used.levels
        counts = self._counts.setdefault(used.of, [-1] * _LEVELS)
        if level in used.starts and (number, level) not in self._begun:
            counts[level] = used.starts[level] - 1
        elif counts[level] < 0:
            counts[level] = levels.get(level, _Level()).start - 1
        self._begun.add((number, level))
        counts[level] += 1
        counts[level + 1 :] = [-1] * (_LEVELS - level - 1)
        shown = levels.get(level, _Level())
        if shown.shape in ("bullet", "none"):
            return as_label(shown.shape, 0, shown.text)
        text = shown.text
        for upper in range(level + 1):
            of = levels.get(upper, _Level())
            count = counts[upper] if counts[upper] >= 0 else of.start
            text = text.replace(f"%{upper + 1}", as_label(of.shape, count))
        return text


def value_of(attributes: Mapping[str, str], wanted: str) -> str:
    """An attribute by its name without prefix; empty if there is none."""
    return next((value for name, value in attributes.items() if local(name) == wanted), "")


def _whole(value: str) -> int:
    return int(value) if value.isdecimal() and len(value) < 9 else 0


def _nothing(_: str) -> None:
    """Nothing to do at the end of an element, or with text."""
