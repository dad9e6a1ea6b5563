"""Rich Text Format 1.9.1: the text that stands, with pages, cells, notes and boxes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from archive.attachment_text import How, PageText
from crawler.extraction.attachments.blocks import page_of
from crawler.extraction.attachments.legacy_lines import line_to_unicode
from crawler.extraction.attachments.limits import MAX_CHARACTERS, MAX_ELEMENTS, PastLimit
from crawler.extraction.attachments.table_rows import CELL, WITHIN, lines_of

_TOKEN = re.compile(
    r"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])"
    r"|([^\\{}\r\n]+)|[\r\n]+"
)
_LEFT_OUT = re.compile(
    "colortbl|stylesheet|info|pict|objdata|fldinst|datafield|listtable|listoverridetable|revtbl|"
    "rsidtbl|themedata|colorschememapping|latentstyles|datastore|generator|xmlnstbl|sp|filetbl|annotation|atnid|atnauthor|nonshppict|fontemb|docvar|bkmkstart|bkmkend"
)
_KEPT_IF_STARRED = frozenset(["shpinst", "shptxt", "shppict", "footnote", "shp", "fldrslt", "ud"])
_BREAKS = {
    "par": "\n",
    "line": "\n",
    "sect": "\n",
    "row": "\n",
    "nestrow": WITHIN,
    "page": "\f",
    "pagebb": "\f",
}
_SIGNS = {
    **_BREAKS,
    "cell": CELL,
    "nestcell": " ",
    "tab": "\t",
    "emdash": "—",
    "endash": "–",
    "bullet": "•",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
}
_SYMBOLS = {"~": " ", "_": "-", "-": "", "{": "{", "}": "}", "\\": "\\", "\n": "\n", "\r": "\n"}
_CHARSETS = {"163": "cp1258", "238": "cp1250", "204": "cp1251", "128": "cp932", "134": "gbk"}
_APART = frozenset(
    ["footnote", "header", "headerl", "headerr", "footer", "footerl", "footerr", "shptxt"]
)


@dataclass(frozen=True, slots=True)
class _State:
    """What holds in a group and ends with it."""

    left_out: bool = False
    deleted: bool = False
    starred: bool = False
    fonts: bool = False
    skip: int = 1
    font: str = ""
    apart: bool = False
    in_table: bool = False
    label: bool = False


class _Reader:
    def __init__(self) -> None:
        self.text: list[str] = []
        self.apart: list[str] = []
        self._state = _State()
        self._stack: list[_State] = []
        self._charsets: dict[str, str] = {}
        self._default = "cp1252"
        self._bytes = bytearray()
        self._skipped = 0
        self._surrogate = ""
        self._size = 0

    def read(self, source: str) -> None:
        at, tokens = 0, 0
        while token := _TOKEN.match(source, at):
            at = token.end()
            tokens += 1
            if tokens > 4 * MAX_ELEMENTS:
                raise PastLimit(f"{4 * MAX_ELEMENTS} tokens")
            word, number, code, symbol, brace, plain = token.groups()
            if code:
                self._byte(code)
                continue
            self._flush()
            if word:
                at += self._word(word, number)
            elif brace:
                self._brace(brace)
            elif symbol:
                self._symbol(symbol)
            elif plain:
                self._plain(plain)
        self._flush()

    def _brace(self, brace: str) -> None:
        self._skipped = 0
        if brace == "{":
            self._stack.append(self._state)
        elif self._stack:
            if self._state.apart and not self._stack[-1].apart:
                self._emit("\n")
            self._state = self._stack.pop()

    def _word(self, word: str, number: str | None) -> int:
        """Obey a control word; how many bytes of raw data come after it."""
        state = self._state
        if word == "bin":
            return max(0, int(number or 0))
        if word == "ansicpg" and number:
            self._default = f"cp{number}"
        elif word == "fonttbl":
            self._state = replace(state, fonts=True, left_out=True)
        elif word == "f":
            self._state = replace(state, font=number or "")
        elif word == "fcharset" and state.fonts:
            self._charsets[state.font] = _CHARSETS.get(number or "", "")
        elif _LEFT_OUT.fullmatch(word) or (state.starred and word not in _KEPT_IF_STARRED):
            self._state = replace(state, left_out=True, starred=False)
        elif word == "deleted":
            self._state = replace(state, deleted=number != "0")
        elif word in ("pard", "intbl"):
            self._state = replace(state, in_table=word == "intbl")
        elif word in ("listtext", "pntext"):
            self._state = replace(state, label=True, starred=False)
        elif word in ("par", "line") and state.in_table:
            self._emit(WITHIN)
        elif word == "tab" and state.label:
            self._emit(" ")
        elif word == "plain":
            self._state = replace(state, deleted=False)
        elif word == "uc":
            self._state = replace(state, skip=max(0, int(number or 1)))
        elif word == "u" and number:
            self._unicode(int(number))
        elif word in _APART:
            self._state = replace(state, apart=True, starred=False)
        elif word in _SIGNS:
            self._emit(_SIGNS[word])
        else:
            self._state = replace(state, starred=False) if state.starred else state
        return 0

    def _unicode(self, number: int) -> None:
        unit = chr(number & 0xFFFF)
        self._skipped = self._state.skip
        if "\ud800" <= unit < "\udc00":
            self._surrogate = unit
            return
        pair, self._surrogate = self._surrogate + unit, ""
        self._emit(pair.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace"))

    def _symbol(self, symbol: str) -> None:
        if symbol == "*":
            self._state = replace(self._state, starred=True)
        else:
            self._emit(_SYMBOLS.get(symbol, ""))

    def _plain(self, text: str) -> None:
        if self._skipped:
            text, self._skipped = text[self._skipped :], max(0, self._skipped - len(text))
        self._emit(text)

    def _byte(self, code: str) -> None:
        if self._skipped:
            self._skipped -= 1
        else:
            self._bytes.append(int(code, 16))

    def _flush(self) -> None:
        if self._bytes:
            charset = self._charsets.get(self._state.font) or self._default
            data, self._bytes = bytes(self._bytes), bytearray()
            try:
                self._emit(data.decode(charset, "replace"))
            except LookupError:
                self._emit(data.decode("cp1252", "replace"))

    def _emit(self, text: str) -> None:
        if self._state.left_out or self._state.deleted or not text:
            return
        self._size += len(text)
        if self._size > MAX_CHARACTERS:
            raise PastLimit(f"{MAX_CHARACTERS} characters")
        (self.apart if self._state.apart else self.text).append(text)


def read_rtf(data: bytes) -> Iterator[PageText]:
    """The pages as their breaks part them; notes, headers and footers after the last."""
    reader = _Reader()
    try:
        reader.read(data.decode("latin-1"))
    finally:
        pages = (
            ["".join(reader.text)] if "\f" not in reader.text else "".join(reader.text).split("\f")
        )
        pages[-1] += "\n" + "".join(reader.apart)
        while len(pages) > 1 and not pages[-1].strip():
            pages.pop()
        for number, page in enumerate(pages, 1):
            lines = [stripped for line in lines_of(page) if (stripped := line.strip())]
            converted = [line_to_unicode(line) for line in lines]
            how = How.LEGACY_FONT if lines != converted else How.TEXT
            yield page_of(number, "\n".join(converted), how=how)
