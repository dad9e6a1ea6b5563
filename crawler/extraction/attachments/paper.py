"""What a council paper says of itself, from its layout (decree 30/2020/NĐ-CP, annex I).

Read from the lines as they stand: at the head the issuer, number and symbol, place and date; below
them the kind and the title (trích yếu); at the foot the post and the signer. A fact that is not
found is absent; each has its page and the characters it was read from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from archive.attachment_text import How, PageText, PaperFact
from crawler.extraction.attachments.paper_blocks import KINDS, kind_of_heading, letters_of
from crawler.extraction.attachments.paper_foot import signature
from crawler.extraction.attachments.paper_number import CODES, NUMBER, code_of, number_by_ocr
from crawler.extraction.attachments.paper_title import PaperLine, title_lines
from crawler.extraction.attachments.tidy import bare

_HEAD_LINES = 40
_DATE = re.compile(
    r"([^\W\d_][^,;:\n\t]{1,50}?)\s?[,.]\s{0,3}ngày\s{1,3}(\d{1,2})\s{1,3}tháng\s{1,3}(\d{1,2})"
    r"\s{1,3}năm\s{1,3}(\d{4})"
)
_BODIES = re.compile(
    r"(hoi dong nhan dan|uy ban|ubnd|hdnd|thuong truc|ban |so |phong |van phong|trung tam|chi cuc|"
    r"cong an|doan |mat tran|dang |to |truong |bo |chinh phu|quoc hoi|vien |toa an|cuc |kho bac)"
)
_OPENING, _CLOSING = "“‘«'\"", frozenset("”’»'\"")
_STATE = re.compile("cong ?hoa ?xa ?hoi ?chu ?nghia|doc lap.{0,5}tu do|dang cong san viet nam")


def paper_facts(pages: Sequence[PageText]) -> Mapping[str, PaperFact]:
    """Number, issuer, place, date (ISO 8601), kind, title, signer and post, as far as found.

    Nothing of parts (sheets, members, pictures), and nothing of a text with neither number nor
    national title at its head.
    """
    pages = [page for page in pages if not page.part]
    first = next((page for page in pages if page.text), None)
    if first is None:
        return {}
    lines = list(_lines(first.text))[:_HEAD_LINES]
    facts: dict[str, PaperFact] = {}
    ocr = first.how is How.OCR
    texts = [page.text for page in pages] if ocr else []
    at_number = _read_number(facts, lines, first.number, texts)
    if at_number is None and not any(_STATE.search(bare(line.text)) for line in lines[:12]):
        return {}
    legacy = first.how is How.LEGACY_FONT
    _read_issuer(facts, lines, at_number, first.number, in_small=legacy)
    _read_place_and_date(facts, first)
    _read_kind_and_title(facts, lines, at_number, first.number, ocr=ocr)
    facts.update(signature(pages))
    return facts


def _lines(text: str) -> Iterator[PaperLine]:
    end = 0
    for match in re.finditer(r"[^\n\t]+", text):
        stripped = match[0].strip()
        if stripped:
            start = match.start() + match[0].index(stripped[0])
            yield PaperLine(stripped, start, text.count("\n", end, start) > 1)
            end = start + len(stripped)


def _span(value: str, page: int, first: PaperLine, last: PaperLine | None = None) -> PaperFact:
    last = last or first
    return PaperFact(value, page, first.start, last.start + len(last.text))


def _read_number(
    facts: dict[str, PaperFact], lines: list[PaperLine], page: int, texts: Sequence[str]
) -> int | None:
    """Where the number stands. `texts` are those of all pages if the first was read by OCR."""
    for at, line in enumerate(lines[:25]):
        if found := NUMBER.match(line.text):
            value = re.sub(r"\s", "", found[1]).replace("–", "-").rstrip(".-")
            start = line.start + found.start(1)
            told = number_by_ocr(value, texts) if texts else value
            if told:
                facts["number"] = PaperFact(told, page, start, start + len(found[1]))
            return at
    return None


def _read_issuer(
    facts: dict[str, PaperFact],
    lines: list[PaperLine],
    at_number: int | None,
    page: int,
    *,
    in_small: bool,
) -> None:
    """The last body that is named above the number: what stands over it is the body's parent.

    The capitals of old fonts are small letters `in_small`.
    """
    head = lines[: at_number if at_number is not None else 6]
    held: list[PaperLine] = []
    for line in head:
        if _STATE.search(bare(line.text)):
            if at_number is None:
                break
            continue
        if not (line.is_capitals or in_small) or re.match(r"so\s*:", bare(line.text)):
            continue
        if not held or _BODIES.match(bare(line.text)):
            held = [line]
        else:
            held.append(line)
    if held:
        value = " ".join(line.text for line in held).rstrip(" .,;:")
        facts["issuer"] = _span(value, page, held[0], held[-1])


def _read_place_and_date(facts: dict[str, PaperFact], page: PageText) -> None:
    for found in _DATE.finditer(page.text, 0, 4000):
        day, month, year = (int(found[n]) for n in (2, 3, 4))
        if not (1 <= day <= 31 and 1 <= month <= 12):
            continue
        facts["place"] = PaperFact(found[1].strip(), page.number, found.start(1), found.end(1))
        start = found.end(1) + found[0][len(found[1]) :].index("ngày")
        value = f"{year:04}-{month:02}-{day:02}"
        facts["date"] = PaperFact(value, page.number, start, found.end())
        return


def _read_kind_and_title(
    facts: dict[str, PaperFact],
    lines: list[PaperLine],
    at_number: int | None,
    page: int,
    *,
    ocr: bool,
) -> None:
    """The line in capitals that is a kind, and the lines below it; of a letter what is below V/v.

    By OCR the small letters of V/v are lost at times: what stands below the number, then, is it.
    """
    head = next((at for at, line in enumerate(lines) if _STATE.search(bare(line.text))), 0)
    for at, line in enumerate(lines):
        name: str | None = letters_of(line.text)
        if name not in KINDS and at > max(head, at_number or 0):
            name = kind_of_heading(line.text)
        if name in KINDS:
            facts["kind"] = _span(KINDS[name], page, line)
            _read_title(facts, lines, at + 1, page)
            return
    number = facts.get("number")
    if number is None:
        return
    code = code_of(number.value)
    if code in CODES:
        facts["kind"] = PaperFact(KINDS[CODES[code]], page, number.start, number.end)
    below = (at_number or 0) + 1
    if ocr and code not in CODES and below < len(lines) and lines[below].text[0].islower():
        facts["kind"] = PaperFact("Công văn", page, number.start, number.end)
        _read_title(facts, lines, below, page)
        return
    for at in range(at_number or 0, min(len(lines), (at_number or 0) + 6)):
        if re.match(r"v\s?/\s?v", bare(lines[at].text)):
            facts.setdefault("kind", PaperFact("Công văn", page, number.start, number.end))
            _read_title(facts, lines, at, page)
            return


def _read_title(facts: dict[str, PaperFact], lines: list[PaperLine], at: int, page: int) -> None:
    below = lines[at:]
    for end, line in enumerate(below):
        if _DATE.search(line.text) or NUMBER.match(line.text):
            below = below[:end]
            break
    if held := title_lines(below):
        value = re.sub(r"^[Vv]\s?/\s?v:?\s*", "", " ".join(line.text for line in held))
        if value[0] in _OPENING and not _CLOSING.intersection(value[1:]):
            value = value[1:].lstrip()
        facts["title"] = _span(value, page, held[0], held[-1])
