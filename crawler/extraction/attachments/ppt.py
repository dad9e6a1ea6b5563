"""PowerPoint 97 to 2003 ([MS-PPT]): the text of each slide as it was last saved, then its notes."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from olefile import OleFileIO

from archive.attachment_text import How, PageText
from crawler.extraction.attachments import problems
from crawler.extraction.attachments.blocks import page_of
from crawler.extraction.attachments.findings import UnreadableFile
from crawler.extraction.attachments.legacy_lines import line_to_unicode
from crawler.extraction.attachments.limits import MAX_CHARACTERS, MAX_ELEMENTS, PastLimit

_ENCRYPTED_TOKEN = 0xF3D1C4DF
_USER_EDIT, _PERSIST_DIRECTORY = 0x0FF5, 0x1772
_DOCUMENT, _SLIDE_LIST, _SLIDE_PERSIST, _SLIDE_ATOM = 0x03E8, 0x0FF0, 0x03F3, 0x03EF
_CHARACTERS, _BYTES = 0x0FA0, 0x0FA8
_DEEP = 60
_FIELD = "*"
"""What stands for the number of a slide, or its day."""
_LINES = str.maketrans({"\r": "\n", "\x0b": "\n"})


class _Record(NamedTuple):
    """A record: its kind and instance, and the bytes `start` to `end` of what it holds."""

    kind: int
    instance: int
    is_container: bool
    start: int
    end: int


class _Slide(NamedTuple):
    place: int
    number: int
    texts: list[str]
    """What the outline says of it."""


class _Deck:
    """The stream, read record by record within bounds."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._records = self._size = 0

    def records(self, start: int, end: int) -> Iterator[_Record]:
        """The records between two places, one level deep."""
        while start + 8 <= end:
            self._records += 1
            if self._records > MAX_ELEMENTS:
                raise PastLimit(f"{MAX_ELEMENTS} records")
            head, kind, length = struct.unpack_from("<HHI", self.data, start)
            start += 8
            yield _Record(kind, head >> 4, head & 15 == 15, start, min(end, start + length))
            start += length

    def at(self, place: int) -> _Record:
        """The record that begins at a place."""
        for record in self.records(place, len(self.data)):
            return record
        raise UnreadableFile(problems.DAMAGED)

    def texts(self, record: _Record, deep: int = 0) -> Iterator[str]:
        """The texts inside a record, in their order."""
        for inner in self.records(record.start, record.end):
            if inner.is_container and deep < _DEEP:
                yield from self.texts(inner, deep + 1)
            elif inner.kind in (_CHARACTERS, _BYTES):
                yield self.text(inner)

    def text(self, record: _Record) -> str:
        """The text of an atom."""
        encoding = "utf-16-le" if record.kind == _CHARACTERS else "latin-1"
        text = self.data[record.start : record.end].decode(encoding, "replace")
        self._size += len(text)
        if self._size > MAX_CHARACTERS:
            raise PastLimit(f"{MAX_CHARACTERS} characters")
        return text.translate(_LINES)


def read_ppt(ole: OleFileIO) -> Iterator[PageText]:
    """Each slide as a page. Raises UnreadableFile."""
    user = ole.openstream("Current User").read()
    token, edit = struct.unpack_from("<II", user, 12)
    if token == _ENCRYPTED_TOKEN:
        raise UnreadableFile(problems.ENCRYPTED)
    deck = _Deck(ole.openstream("PowerPoint Document").read())
    places, document = _places(deck, edit)
    listed = _listed(deck, deck.at(places[document]))
    notes = {slide.number: slide for slide in listed.get(2, ())}
    for number, slide in enumerate(listed.get(0, ()), 1):
        texts = list(slide.texts)
        if slide.place in places:
            record = deck.at(places[slide.place])
            texts += deck.texts(record)
            told = notes.get(_notes_of(deck, record))
            if told and told.place in places:
                texts += deck.texts(deck.at(places[told.place]))
        yield _page(number, texts)


def _places(deck: _Deck, edit: int) -> tuple[dict[int, int], int]:
    """Where each object was last saved, and which is the document ([MS-PPT] 2.3.2, 2.3.4)."""
    places: dict[int, int] = {}
    document = 0
    for _ in range(1000):
        record = deck.at(edit)
        if record.kind != _USER_EDIT:
            raise UnreadableFile(problems.DAMAGED)
        _, _, before, directory, reference = struct.unpack_from("<5I", deck.data, record.start)
        document = document or reference
        for number, place in _directory(deck, deck.at(directory)):
            places.setdefault(number, place)
        if not before or before >= edit:
            break
        edit = before
    return places, document


def _directory(deck: _Deck, record: _Record) -> Iterator[tuple[int, int]]:
    if record.kind != _PERSIST_DIRECTORY:
        return
    at = record.start
    while at + 4 <= record.end:
        (head,) = struct.unpack_from("<I", deck.data, at)
        at += 4
        for number in range(head & 0xFFFFF, (head & 0xFFFFF) + (head >> 20)):
            if at + 4 > record.end:
                return
            yield number, struct.unpack_from("<I", deck.data, at)[0]
            at += 4


def _listed(deck: _Deck, document: _Record) -> dict[int, list[_Slide]]:
    """The slides (0) and the notes (2) in their order ([MS-PPT] 2.4.14.3)."""
    if document.kind != _DOCUMENT:
        raise UnreadableFile(problems.DAMAGED)
    listed: dict[int, list[_Slide]] = {}
    for part in deck.records(document.start, document.end):
        if part.kind != _SLIDE_LIST:
            continue
        slides = listed.setdefault(part.instance, [])
        for record in deck.records(part.start, part.end):
            if record.kind == _SLIDE_PERSIST:
                place, _, _, number = struct.unpack_from("<4I", deck.data, record.start)
                slides.append(_Slide(place, number, []))
            elif slides and record.kind in (_CHARACTERS, _BYTES):
                slides[-1].texts.append(deck.text(record))
    return listed


def _notes_of(deck: _Deck, slide: _Record) -> int:
    """The number of the notes of a slide; 0 if it has none."""
    for record in deck.records(slide.start, slide.end):
        if record.kind == _SLIDE_ATOM:
            return int(struct.unpack_from("<I", deck.data, record.start + 16)[0])
    return 0


def _page(number: int, texts: list[str]) -> PageText:
    lines = [stripped for text in texts for line in text.split("\n") if (stripped := line.strip())]
    lines = [line for line in lines if line != _FIELD]
    converted = [line_to_unicode(line) for line in lines]
    how = How.LEGACY_FONT if lines != converted else How.TEXT
    return page_of(number, "\n".join(converted), how=how)
