"""SVG drawings of captured pages: led to the archive, without what would run.

A drawing is read by expat and written anew (SVG 2, W3C), so that what is looked at here is what a
browser draws. The policy it is sent with forbids the same things once more.
"""

from __future__ import annotations

from collections.abc import Callable
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from web_reader.replay.style_sheets import rewritten_css

_DROPPED = frozenset(
    {"script", "foreignobject", "handler", "listener", "iframe", "object", "embed", "audio"}
    | {"video", "animate", "set"}
)
"""Besides what runs, what could set the address of something while it is shown."""
_DEEPEST = 400
_LARGEST = 32 << 20


class UnreadableDrawing(ValueError):
    """It is no XML, or grows beyond all measure."""


def rewritten_svg(drawing: bytes, part_at: Callable[[str], str]) -> bytes:
    """A drawing made over; `part_at` gives where the archive has what it shows. Raises
    `UnreadableDrawing`.
    """
    made = _Written(part_at)
    parser = expat.ParserCreate()
    parser.StartElementHandler = made.start
    parser.EndElementHandler = made.end
    parser.CharacterDataHandler = made.text
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    try:
        parser.Parse(drawing, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise UnreadableDrawing(str(error)) from error
    return "".join(made.written).encode("utf-8", "replace")


class _Written:
    """What is written of a drawing while it is read."""

    def __init__(self, part_at: Callable[[str], str]) -> None:
        self._part_at = part_at
        self._open: list[str] = []
        self._dropped = 0
        self._style: list[str] = []
        self._length = 0
        self.written: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = _local(name)
        self._open.append(local)
        if len(self._open) > _DEEPEST:
            raise UnreadableDrawing(f"its elements are nested more than {_DEEPEST} deep")
        if self._dropped or local in _DROPPED:
            self._dropped += 1
            return
        kept = (
            f" {key}={quoteattr(made)}"
            for key, value in attributes.items()
            if (made := self._attribute(local, _local(key), value)) is not None
        )
        self._write(f"<{name}{''.join(kept)}>")

    def end(self, name: str) -> None:
        local = self._open.pop()
        if self._dropped:
            self._dropped -= 1
            return
        if local == "style":
            self._write(escape(rewritten_css("".join(self._style), self._part_at)))
            self._style = []
        self._write(f"</{name}>")

    def text(self, text: str) -> None:
        if self._dropped:
            return
        if self._open[-1] == "style":
            self._style.append(text)
        else:
            self._write(escape(text))

    def _attribute(self, element: str, name: str, value: str) -> str | None:
        """What becomes of a value; None for an attribute that goes."""
        if name.startswith("on") or name == "base":
            return None
        if name in ("href", "src"):
            if value.lstrip().startswith("#"):
                return value
            if element == "a":
                return None
            if element == "image" and value.startswith("data:image/"):
                return value
            return self._part_at(value) or None
        return rewritten_css(value, self._part_at) if "(" in value else value

    def _write(self, text: str) -> None:
        self._length += len(text)
        if self._length > _LARGEST:
            raise UnreadableDrawing("it grows beyond all measure")
        self.written.append(text)


def _local(name: str) -> str:
    """A name without its prefix, in small letters."""
    return name.rpartition(":")[2].lower()
