"""The XML parts of an office package, read by expat within bounds and without entities."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Mapping
from xml.parsers import expat

from crawler.extraction.attachments import problems
from crawler.extraction.attachments.findings import UnreadableFile
from crawler.extraction.attachments.limits import (
    MAX_ELEMENTS,
    MAX_ENTRIES,
    MAX_PART,
    PastLimit,
)

_PIECE = 1 << 16

Start = Callable[[str, Mapping[str, str]], None]
End = Callable[[str], None]
Data = Callable[[str], None]


def local(name: str) -> str:
    """A qualified name without its prefix: `p` of `w:p`."""
    return name.rpartition(":")[2]


class Package:
    """A zip file of parts; all of them together stay within the limits of one file."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        if len(archive.infolist()) > MAX_ENTRIES:
            raise PastLimit(f"{MAX_ENTRIES} entries")
        self._archive = archive
        self._elements = 0
        self.has_entities = False
        """Whether a part that was parsed has entities of its own in its text: they are dropped."""
        self._names = {name.lstrip("/").lower(): name for name in archive.namelist()}

    def has(self, name: str) -> bool:
        """Whether there is such a part; names differ in case at times."""
        return name.lower() in self._names

    def names(self, prefix: str, suffix: str = ".xml") -> list[str]:
        """The parts in a folder."""
        return sorted(
            name
            for name in self._names
            if name.startswith(prefix.lower()) and name.endswith(suffix)
        )

    def written(self, name: str) -> str:
        """A part's name as the package has it."""
        return self._names[name.lower()]

    def head(self, name: str, size: int) -> bytes:
        """The first bytes of a part; none if it cannot be read."""
        try:
            with self._archive.open(self.written(name)) as part:
                return part.read(size)
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError):
            return b""

    def parse(self, name: str, start: Start, end: End, data: Data) -> None:
        """Hand a part's elements and text to the callbacks. Nothing if there is no such part.

        Names are as written, with their prefix. Entities are dropped, declared or not. Raises
        PastLimit and UnreadableFile; what came before has been handed on by then.
        """
        if not self.has(name):
            return
        parser = expat.ParserCreate()
        parser.buffer_text = True

        def counted(element: str, attributes: Mapping[str, str]) -> None:
            self._elements += 1
            if self._elements > MAX_ELEMENTS:
                raise PastLimit(f"{MAX_ELEMENTS} elements")
            start(element, attributes)

        parser.StartElementHandler = counted
        parser.EndElementHandler = end
        parser.CharacterDataHandler = data
        # With a default handler that does not expand, no entity of the file's own is ever expanded.
        parser.DefaultHandler = self._drop
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        try:
            self._feed(parser, self._names[name.lower()])
        except expat.ExpatError as error:
            raise UnreadableFile(
                problems.DAMAGED, f"{name}: {expat.ErrorString(error.code)}"
            ) from None
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError):
            raise UnreadableFile(problems.DAMAGED, name) from None
        except RuntimeError:
            raise UnreadableFile(problems.ENCRYPTED) from None

    def _feed(self, parser: expat.XMLParserType, name: str) -> None:
        size = 0
        with self._archive.open(name) as part:
            while piece := part.read(_PIECE):
                size += len(piece)
                if size > MAX_PART:
                    raise PastLimit(f"{MAX_PART >> 20} MiB unpacked")
                parser.Parse(piece, False)
        parser.Parse(b"", True)

    def _drop(self, text: str) -> None:
        """What has no handler of its own is left out."""
        self.has_entities |= text.startswith("&")
