"""What tesseract is known to misread in council papers, put right.

Each entry was seen in papers printed and scanned for the purpose. A hook above is read as an acute
(`tố chức`), so that pairs of words tell which of the two was meant; formulas in capitals are known
by their letters; two syllables without the gap between them are parted where that can be done in
one way alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from crawler.extraction.attachments.quality import is_syllable_word
from crawler.extraction.attachments.tidy import bare

_SIGNS = str.maketrans({"\u2044": "/", "\u2215": "/", "Ð": "Đ", "ð": "đ", "—": "-"})
_SYMBOLS = "NQ|QĐ|TTr|BC|KH|TB|GM|CTr"
_LOST_STROKE = re.compile(rf"\b(\d{{1,4}})[lI|]?(?=(?:{_SYMBOLS})-[A-ZĐ]{{2}})")
_LETTERS_STROKE = re.compile(r"^(Số: \d{1,4})[lI|](?=[A-ZĐ]{2,}-)")
_SUBJECT = re.compile(r"^(?:V[Ww]|VWv|V[Nvy]|V/[Wyw]|W/v|WV)(?= [^\W\d_])")
_RECIPIENTS = re.compile(
    r"^(Nơi nhận[:.]) ?(?=(?:TM|KT|TL|TUQ|Q)\. |CHỦ |PHÓ |TRƯỞNG |CHÁNH |GIÁM )"
)
_PETITION = re.compile(r"(?<=\d/)T[TIl1][rt](?=-[A-ZĐ])")
_COUNCIL = re.compile(r"\bHĐ{2,3}ND\b")
_PEOPLE = re.compile(r"(?<=\bNHÂN )DẦN\b|(?<=\b[Nn]hân )dần\b")
_FOR = re.compile(r"(?<![/\w-])(TM|KT|TL|TUQ)(?:[.,] ?| )(?=[A-ZĐ\u00c0-\u00dd\u1ea0-\u1ef8]{2})")
_NUMBER_SIGN = re.compile(r"^(Số ?[:.]) ?[.,·]+ ?(?=\d)")
_READ_AS_DIGIT = str.maketrans("BOoDlISZ", "80001152")
_NO_GAP = re.compile(r"\b(ngày|tháng|năm)(?=\d)")
_DAY = re.compile(
    r"(?<=\bngày )[\dBOoDlISZ]{1,2} tháng [\dBOoDlISZ]{1,2} năm [\dBOoDlISZ]{4}(?!\w)"
)
_SPECK = re.compile(r"(?<=[^\W\d_]{2})[.,·] ?(?=[:;] )|(?<=:)[.,](?= )")
_STOP_WITHIN = re.compile(r"(?<=[^\W\d_]{2})\.([ \n])([^\W\d_]{2,})(?= )")
_DASH = re.compile(r"(?<=[^\W\d_]{2})(?:- | -)(?=[^\W\d_]{2})")
_EDGES = re.compile(
    r"(?<=\w) ?['’`´\"]+$|(?<=[\w;.,]) [-–'’`´|_.]+$|^[.'’`´|_~] ?(?=\w)"
    r"|(?<=[^\W\d_]{2}) [bcdghklmnpqrstvxzfjw]$"
)
_VOTERS = re.compile(r"(?<=\b[Cc]ử )(?:trí|trỉ|trị|trĩ)\b")
_AGE = re.compile(r"\b(t|T)uối\b")
_ANSWER = re.compile(r"\b(t|T)rà(?= lời\b)")
_HOOK = str.maketrans("ấếốẤẾỐ", "ẩểổẨỂỔ")
_HOOKED = re.compile(
    r"(?<!yếu )(?<!nhân )(?<!khởi )(?<!truy )(?<!công )tố(?! (?:cáo|giác|tụng|chất|khổ|nữ))\b"
    r"|(?<!hộ )tống(?! (?:tiền|đạt|giam|tiễn))\b"
    r"|(?<=đại )biếu\b|(?<=tiêu )biếu\b|\bbiếu(?= (?:quyết|mẫu|dương|diễn|số|hiện))\b"
    r"|\btiếu(?= (?:học|ban|khu|thương|mục|dự|thuyết))\b"
    r"|(?<=đoàn )thế\b|(?<=tập )thế\b|(?<=cụ )thế\b|\bthế(?= (?:thao|chế|dục|hiện))\b"
    r"|\bbố(?= (?:sung|nhiệm|trợ|ích))\b|\bphố(?= biến)\b|\bcố(?= (?:phần|phiếu|đông))\b"
    r"|(?<=phát )triến\b|\btriến(?= khai)\b|\bchuấn\b"
    r"|\bkiếm(?= (?:tra|toán|soát|điểm|sát|định|lâm|kê))\b"
    r"|\bthấm(?= (?:tra|quyền|định|phán))\b|(?<=thời )điếm\b|(?<=địa )điếm\b|(?<=trọng )điếm\b"
    r"|(?<!hoàng )(?<!thượng )\bđế(?! (?:quốc|vương|chế|giày))\b|\bkế(?= (?:từ|cả))\b",
    re.IGNORECASE,
)
_FORMULAS = (
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "HỘI ĐỒNG NHÂN DÂN", "ỦY BAN NHÂN DÂN", "THƯỜNG TRỰC",
    "PHÓ CHỦ TỊCH", "CHỦ TỊCH", "TRƯỞNG BAN", "TRƯỞNG PHÒNG", "CHÁNH VĂN PHÒNG", "VĂN PHÒNG",
    "NGHỊ QUYẾT", "QUYẾT ĐỊNH", "TỜ TRÌNH", "BÁO CÁO", "KẾ HOẠCH", "THÔNG BÁO", "ĐẢNG ỦY",
    "VĂN HÓA", "XÃ HỘI", "KINH TẾ", "PHÁP CHẾ", "KỲ HỌP", "HẠ TẦNG", "ĐÔ THỊ",
)  # fmt: skip
_BY_LETTERS = {bare(formula).replace(" ", ""): formula for formula in _FORMULAS}
_FORMULA = re.compile(
    rf"\b(?:{'|'.join(bare(formula).replace(' ', ' ?') for formula in _FORMULAS)})\b"
)
_GLUED = re.compile(r"[^\W\d_]{4,14}")


def corrected(lines: Iterable[str]) -> str:
    """The text of these lines with what is known to be misread put right."""
    return _STOP_WITHIN.sub(_without_speck, "\n".join(map(_corrected, lines)))


def _without_speck(found: re.Match[str]) -> str:
    """A stop before a small letter is a speck on the paper."""
    return found[1] + found[2] if found[2].islower() else found[0]


def _corrected(line: str) -> str:
    line = _EDGES.sub("", line.translate(_SIGNS).strip())
    line = _LOST_STROKE.sub(r"\1/", _NUMBER_SIGN.sub(r"\1 ", line))
    line = _SUBJECT.sub("V/v", _LETTERS_STROKE.sub(r"\1/", line))
    line = _COUNCIL.sub("HĐND", _PETITION.sub("TTr", line))
    line = _PEOPLE.sub(lambda found: "DÂN" if found[0].isupper() else "dân", line)
    line = _DASH.sub(" - ", _SPECK.sub("", line))
    line = _ANSWER.sub(r"\1rả", _AGE.sub(r"\1uổi", _VOTERS.sub("tri", line)))
    line = _DAY.sub(_with_digits, _NO_GAP.sub(r"\1 ", line))
    line = _HOOKED.sub(lambda found: found[0].translate(_HOOK), line)
    line = _FOR.sub(r"\1. ", _GLUED.sub(_parted, line))
    return _RECIPIENTS.sub(r"\1\n", _with_formulas(line).strip())


def _with_digits(found: re.Match[str]) -> str:
    day, _, month, _, year = found[0].split(" ")
    day, month, year = (part.translate(_READ_AS_DIGIT) for part in (day, month, year))
    return f"{day} tháng {month} năm {year}"


def _with_formulas(line: str) -> str:
    """The line with formulas in capitals as they are written."""
    parts, at = [], 0
    for found in _FORMULA.finditer(bare(line)):
        start, end = found.span()
        if line[start:end].isupper():
            parts += [line[at:start], _BY_LETTERS[found[0].replace(" ", "")]]
            at = end
    return "".join([*parts, line[at:]])


def _parted(found: re.Match[str]) -> str:
    """Two syllables that lost the gap between them, if they can be parted in one way alone."""
    word = found[0]
    if word.isascii() or is_syllable_word(word):
        return word
    ways = [
        (word[:at], word[at:])
        for at in range(2, len(word) - 1)
        if is_syllable_word(word[:at]) and is_syllable_word(word[at:])
    ]
    marked = [way for way in ways if not any(part.isascii() for part in way)] or ways
    return " ".join(marked[0]) if len(marked) == 1 else word
