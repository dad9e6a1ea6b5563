"""The foot of a council paper: who signed, and in which post."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from archive.attachment_text import How, PageText, PaperFact
from crawler.extraction.attachments.quality import is_syllable_word
from crawler.extraction.attachments.tidy import bare

_FOR = re.compile(r"(?:(?:tm|kt|tl|tuq|q|thua lenh|thay mat)\s?[.,]|t/m|k/t|t/l)")
_POST = re.compile(
    r"(?:(?:tm|kt|tl|tuq|q)\s?[.,]\s{0,3})?(?:pho |quyen |uy vien |nguyen )?"
    r"(?:chu tich|truong ban|truong doan|chanh van phong|giam doc|truong phong|thu ky|chu toa|"
    r"bi thu|bo truong|thu truong|thu tuong|hieu truong|chi cuc truong|truong|to truong|uy vien|"
    r"thuong truc|chanh thanh tra|chanh an|vien truong|cuc truong)\b"
)
_RANKS = (
    r"(?:(?:đại|thượng|trung|thiếu) (?:tướng|tá|úy)|chuẩn đô đốc|luật sư|bác sĩ|kỹ sư|"
    r"(?:(?:ThS|TS|PGS|GS|BS|CN|KS|LS|CK(?:I{1,2}|[12]))(?:\.\s?|\s))+)\s{0,2}"
)
_WORD = r"[^\W\d_]+(?:['’ʼ‘`]\s?[^\W\d_]+)*"
"""A word of a name: of one letter in some peoples' names, with an apostrophe in others'."""
_NAME = re.compile(
    rf"(?:\(đã ký\)\s{{0,2}})?(?:{_RANKS})?({_WORD}(?:\s{{1,2}}{_WORD}){{0,5}})", re.IGNORECASE
)
_WORDS_OF_PEOPLES = """
    adrơng ayun ayŭn bkrông blo byă diêu dơng đinh êban êmuôl hmok hwing kbrông kbuôr kđăm kđoh
    kpă kpơr krông ksor mlô niê rcom rmah rôk siu
"""
_PEOPLES_WORDS = frozenset(_WORDS_OF_PEOPLES.split())
"""Words of Ê Đê, Gia Rai and Ba Na names that are no Vietnamese syllables."""
_AMONG_SPECKS = re.compile(
    r"(?:[^\w\s]{1,2}\s|\w\s){0,2}([^\W\d_]{2,7}(?:\s[^\W\d_]{2,7}){1,4})(?:\s?[^\w\s]{1,2}|\s\w){0,2}"
)
_NO_NAME = re.compile(r"(?:t[ml]|kt|tuq|q)\s?[.,]|hoi dong|uy ban|ban |thuong truc|dang |van phong")
_REACH = 9
"""Lines between a post and the name below it, with a stamp in between."""


def signature(pages: Sequence[PageText]) -> Mapping[str, PaperFact]:
    """Signer and post: the last post in capitals that has a person's name below it.

    Where there is none, the last post at the foot of a page; the signer, then, is not known.
    """
    alone: dict[str, PaperFact] = {}
    for page in reversed(pages):
        if not page.text:
            continue
        lines = [(m[0].strip(), m.start()) for m in re.finditer(r"[^\n\t]+", page.text)]
        in_small, ocr = page.how is How.LEGACY_FONT, page.how is How.OCR
        for at in range(len(lines) - 1, -1, -1):
            text, start = lines[at]
            if not _is_post(text, in_small=in_small):
                continue
            value = text.rstrip(" .,;:")
            offset = page.text.index(text, start)
            post = {"post": PaperFact(value, page.number, offset, offset + len(value))}
            if name := _name_below(lines, at, ocr=ocr):
                signer, place = name
                return {
                    "signer": PaperFact(signer, page.number, place, place + len(signer)),
                    **post,
                }
            if not alone and _is_at_the_foot(lines, at):
                alone = post
    return alone


def _is_at_the_foot(lines: list[tuple[str, int]], at: int) -> bool:
    """Whether a post stands below the recipients, or below the body it is signed for."""
    before = [bare(text) for text, _ in lines[:at]]
    signed_for = bool(before and _FOR.match(before[-1])) or bool(_FOR.match(bare(lines[at][0])))
    return signed_for or any(text.startswith("noi nhan") for text in before)


def _is_post(text: str, *, in_small: bool = False) -> bool:
    """Whether a line is a post and nothing else; in old fonts capitals are small letters."""
    letters = [letter for letter in text if letter.isalpha()]
    capitals = sum(map(str.isupper, letters)) >= 0.85 * len(letters) > 0
    found = _POST.match(bare(text))
    if in_small and _POST.fullmatch(bare(text)):
        return True
    return capitals and found is not None and not (_FOR.match(bare(text)) and len(text) > 40)


def _name_below(lines: list[tuple[str, int]], at: int, *, ocr: bool) -> tuple[str, int] | None:
    for text, start in lines[at + 1 : at + 1 + _REACH]:
        if _is_post(text):
            return None
        found = _NAME.fullmatch(text.strip(" .,;:'\"|*_-"))
        name = found[1] if found else ""
        if ocr and not (name and _is_spelled(name)):
            among = _AMONG_SPECKS.fullmatch(text)
            name = among[1] if among and _is_spelled(among[1]) else ""
        if name and _is_persons(name):
            return name, start + max(0, text.find(name))
    return None


def _is_spelled(name: str) -> bool:
    """Whether each word is a syllable or another people's: what a stamp left often is neither.

    What stands behind an apostrophe is.
    """
    plain = re.sub(r"['’ʼ‘`]\s?[^\W\d_]+", "", name)
    return all(
        len(word) == 1 or word.lower() in _PEOPLES_WORDS or is_syllable_word(word)
        for word in _words(plain)
    )


def _words(name: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", name)


def _is_persons(name: str) -> bool:
    words = _words(name)
    if len(words) < 2 or not all(word[0].isupper() for word in words):
        return False
    titled = all(word[1:].islower() or len(word) == 1 for word in words)
    capitals = all(word.isupper() for word in words) and len(words) >= 3
    return titled or (capitals and not _NO_NAME.match(bare(name)) and not _is_post(name))
