"""Names of people: surnames, honorifics, runs of capitals, and what looks like a name and is none.

Surnames after Lê Trung Hoa, Họ và tên người Việt Nam (2005), with those of the peoples of the north
and the highlands.
"""

from __future__ import annotations

import re
from functools import lru_cache

from indexer.language.syllables import is_bare_syllable
from indexer.language.vietnamese import fold

UPPER = "A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
LOWER = "a-zđàáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
WORD = rf"[{UPPER}](?:['’][{UPPER}])?[{LOWER}]{{0,6}}(?![{LOWER}{UPPER}\d])"
RUN = rf"{WORD}(?: {WORD}){{0,7}}"
"""Capitalised words one after another: a regular expression."""

_ALL = """
Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đào Đinh Đoàn Lâm Mai
Trịnh Trương Phùng Tô Tạ Tăng Thái Thân Thạch Thẩm Tống Từ Văn Viên Vương Vi Xuân Quách Quản Phí
Phó Ông Ninh Nghiêm Nhữ Nông Mạc Ma Mã Mẫn Mẫu Lưu Lương Lục Lại La Lã Lữ Lò Lộc Lường Kiều
Khuất Khổng Khúc Kim Hứa Hà Hàn Hạ Giáp Giang Doãn Diệp Dư Đái Đàm Đậu Điền Đồng Đổng Cù Cung
Chử Chu Châu Cao Cầm Cấn Cát Bạch Bành Bạc Bàn Bế Bồ Biện Âu An Ân Ấu Ứng Uông Ung Triệu Tòng
Quàng Lèng Giàng Vừ Sùng Thào Vàng Hùng Mùa Hờ Lầu Lù Chang Cứ Đèo Tráng Cháng Phương Ngụy Nguỵ
Chế Lạc Kha Kiên Tiêu Tôn Tưởng Tiết Sầm Sử Sái Thiều Thi Trang Tào Tề Thành Mễ Nhan Bàng Mạch
Hán Hầu Hình Khưu Khương Kỷ Liêu Liễu Lạng Mông Nhâm Nghị Ngũ Ngọ Ngạc Phù Phú Quan Quyền Sơn
Tất Thảo Thiệu Trà Trưng Ty Viêm Vĩnh Yên Danh Lâu Lỳ Chảo Phàn Tẩn Lồ Hạng Siu Rơ Ksor Kpă Rmah
Nay Niê Ayun A Y K'Sor Blúp Puih Rcom Đới Đầu Đan Chúng Chung Trì Tấn Cam Bá Ca Cáp Khâu Hoa
Hoắc Huyền Cồ Mầu Phượng Quế Thang Thường Trình Ưng Viết Vòng Lều
"""
SURNAMES = frozenset(_ALL.split())
_RARELY = """
Thành Xuân Sơn Hùng Trang Hoa Phú Thảo Vĩnh Yên Nghị Thường A Y Ca Đầu Thang Trà Viết Bá Huyền
Quyền Danh Mùa Vàng Chung
"""
_WEAK = frozenset(_RARELY.split())
_MIDDLE = frozenset(
    ["Thị", "Văn", "Đình", "Hữu", "Bá", "Xuân", "Đức", "Quang", "Ngọc", "Minh", "Thúy"]
)

PROVINCES = (
    "Hà Nội", "Hải Phòng", "Đà Nẵng", "Cần Thơ", "TP HCM", "TP. HCM", "TP.HCM", "TPHCM",
    "TP.Hồ Chí Minh", "TP. Hồ Chí Minh", "TP Hồ Chí Minh", "Hồ Chí Minh", "Sài Gòn", "An Giang",
    "Bà Rịa - Vũng Tàu", "Bà Rịa-Vũng Tàu", "Bạc Liêu", "Bắc Giang", "Bắc Kạn", "Bắc Ninh",
    "Bến Tre", "Bình Dương", "Bình Định", "Bình Phước", "Bình Thuận", "Cà Mau", "Cao Bằng",
    "Đắk Lắk", "Đắk Nông", "Đắc Lắc", "Điện Biên", "Đồng Nai", "Đồng Tháp", "Gia Lai", "Hà Giang",
    "Hà Nam", "Hà Tĩnh", "Hải Dương", "Hậu Giang", "Hòa Bình", "Hưng Yên", "Khánh Hòa",
    "Kiên Giang", "Kon Tum", "Lai Châu", "Lạng Sơn", "Lào Cai", "Lâm Đồng", "Long An", "Nam Định",
    "Nghệ An", "Ninh Bình", "Ninh Thuận", "Phú Thọ", "Phú Yên", "Quảng Bình", "Quảng Nam",
    "Quảng Ngãi", "Quảng Ninh", "Quảng Trị", "Sóc Trăng", "Sơn La", "Tây Ninh", "Thái Bình",
    "Thái Nguyên", "Thanh Hóa", "Thừa Thiên - Huế", "Thừa Thiên Huế", "Tiền Giang", "Trà Vinh",
    "Tuyên Quang", "Vĩnh Long", "Vĩnh Phúc", "Yên Bái", "Huế", "Việt Nam", "Hà Tây",
)  # fmt: skip
"""Provinces and cities, which are named without a word for their rank."""
_NOT_PEOPLE = frozenset(
    set(PROVINCES) | {
        "Trung Ương", "Quốc Hội", "Nhà Nước", "Mặt Trận", "Nhân Dân", "Trung Quốc", "Hàn Quốc",
        "Nhật Bản", "Hoàng Sa", "Trường Sa", "Ba Đình", "Hoàng Mai", "Đống Đa", "Cầu Giấy",
        "Thanh Xuân", "Long Biên", "Tây Hồ", "Hà Đông", "Hoàn Kiếm", "Hai Bà Trưng", "Thủ Đức",
        "Đoàn Thanh", "Thanh Niên", "Phụ Nữ", "Lao Động", "Thành Phố", "Ban Thường", "Thường Trực",
        "Ngũ Hành Sơn", "Dương Minh Châu", "Trần Văn Thời", "Bạch Long Vĩ", "Cù Lao Dung",
    }
)  # fmt: skip
_NO_PEOPLE = frozenset(
    ["Việt Nam", "Trung Ương", "Ủy Ban", "Thành Ủy", "Tỉnh Ủy", "Thành Đoàn", "Sài Gòn", "Du Lịch",
     "Nhật Bản", "Triều Tiên", "Hàn Quốc", "Trung Quốc", "Hoa Kỳ", "Quốc Hội", "Chính Phủ",
     "Cuba Fidel", "Châu Á", "Châu Âu", "Châu Phi", "Mông Cổ"]
)  # fmt: skip
_NAMES_TOO = frozenset(["Thái Lan", "Hà Lan"])
"""Countries with which the name of a person can begin: Thái Lan Anh."""
_ABROAD = (
    "Nhà Trắng", "Điện Kremlin", "Lầu Năm Góc", "New Zealand", "Mỹ", "Nga", "Anh", "Pháp", "Đức",
    "Nhật", "Nhật Bản", "Hàn Quốc", "Triều Tiên", "Trung Quốc", "Ấn Độ", "Úc", "Thái Lan", "Lào",
    "Campuchia", "Singapore", "Israel", "Iran", "Ukraine", "Canada", "Philippines", "Malaysia",
)  # fmt: skip
"""Countries and houses abroad, which are named between a title and a name."""
_BODIES = frozenset(["Bộ", "Sở", "Phòng", "Cục", "Viện", "Đảng", "Tỉnh", "Huyện", "Quận"])
NAMESAKES = frozenset(
    """
    Lê Đại Hành|Bùi Thị Xuân|Phạm Đình Hổ|Ngô Thì Nhậm|Nguyễn Du|Trương Định|Minh Khai|Bạch Mai
    Nguyễn Thị Minh Khai|Trần Hưng Đạo|Lê Lợi|Lý Thường Kiệt|Phan Chu Trinh|Phan Bội Châu|Ngô Quyền
    Nguyễn Trãi|Quang Trung|Trần Phú|Lê Duẩn|Hoàng Văn Thụ|Lý Thái Tổ|Nguyễn Trung Trực|Lê Chân
    Trần Nguyên Hãn|Hoàng Diệu|Nguyễn An Ninh|Nguyễn Cư Trinh|Phạm Ngũ Lão|Nguyễn Thái Bình
    Cô Giang|Đa Kao|Lê Hồng Phong|Nguyễn Văn Cừ|Hoàng Liệt|Tô Hiệu|Đinh Tiên Hoàng|Hồ Chí Minh
    Hoàng Hoa Thám|Lê Thánh Tôn|Lê Thánh Tông|Nguyễn Huệ|Trần Quốc Toản|Võ Thị Sáu|Phan Đình Phùng
    Trần Thành Ngọ
    """.replace("\n", "|").replace("|    ", "|").split("|")
)  # fmt: skip
"""People of history whose names wards and streets bear: after such a word, places."""

_RANKS = tuple(
    f"{first} {rank}"
    for rank in ("tướng", "tá", "úy")
    for first in ("Thiếu", "Trung", "Thượng", "Đại", "thiếu", "trung", "thượng", "đại")
)
PUBLIC = (
    "đồng chí", "Đồng chí", "đ/c", "Đ/c", "đ.c", "đại biểu", "Đại biểu", "ĐB", "ĐBQH", *_RANKS,
)  # fmt: skip
"""Words before a name that mark someone who speaks in an office."""
PRIVATE = (
    "cử tri", "công dân", "tiểu thương", "phụ huynh", "nghệ nhân", "học viên", "người dân",
    "học sinh", "sinh viên", "chủ nhà trọ", "chủ cửa hàng", "hộ", "chủ hộ", "em", "cháu", "mẹ",
    "cụ", "bạn", "du khách", "bác", "chú", "cô", "bệnh nhân", "nạn nhân", "bị can", "bị cáo",
    "nghi phạm", "nghi can",
)  # fmt: skip
"""Words before a name that mark a citizen."""
_LEARNED = (
    "kiến trúc sư", "bác sĩ CK1", "bác sĩ CKI", "bác sĩ CK2", "bác sĩ CKII", "bác sĩ",
    "kỹ sư", "tiến sĩ", "giáo sư", "nghệ sĩ", "nhà văn", "luật sư",
)  # fmt: skip
"""Words before a name that mark neither an office nor a citizen."""
WOMEN = frozenset(["bà", "chị", "cô", "mẹ"])
MEN = frozenset(["ông", "anh", "chú"])
DEGREES = ("PGS.TS", "GS.TS", "PGS", "GS", "ThS.", "ThS", "TS.", "TS", "KTS", "BS")
"""What somebody has learnt is no office."""
_HONORIFICS = sorted(
    {*PUBLIC, *DEGREES, "ông", "bà", "anh", "chị", "Ông", "Bà", "Anh", "Chị"}
    | {form for word in _LEARNED for form in (word, word.capitalize())}
    | {form for word in PRIVATE for form in (word, word[0].upper() + word[1:])},
    key=len,
    reverse=True,
)
RANK = rf"(?:{'|'.join(_RANKS)})"
"""A rank of the army or the police: a regular expression."""
WHOM = rf"(?:ông|bà|đồng chí|đ/c|anh|chị|{RANK})"
"""What stands before a name that a decision is on: a regular expression."""
_FIRST = "".join(sorted({word[0] for word in _HONORIFICS}))
HONORIFIC = rf"(?<![\w/])(?=[{_FIRST}])(?P<honorific>{'|'.join(map(re.escape, _HONORIFICS))}) "
"""An honorific and the space after it: a regular expression."""

PLACE_WORD = re.compile(
    r"(?<!\w)(?:phố|đường|ngõ|ngách|[Tt]rường|[Cc]ông ty|TNHH|chùa|(?<!gia )đình|đền|chợ"
    r"|(?<!yêu )cầu|hồ|sông"
    r"|khu|phường|xã"
    r"|quận|huyện|tỉnh|thôn|xóm|làng|bản|ấp|tổ|[Tt]iểu học|THCS|THPT|[Mm]ầm non|[Bb]ệnh viện"
    r"|[Qq]uỹ"
    r"|giải|tượng đài|công viên|quảng trường|[Nn]hà sách|thị trấn|thị xã|thành phố|TP\.?"
    r"|[Đđ]ại học"
    r"|khách sạn|nhà hàng|tòa nhà|chung cư|nghĩa trang|di tích|nhà thờ|rạch|kênh|đảo|tuyến"
    r"|vòng xoay"
    r"|ngã tư|ngã ba|thuộc địa bàn|hiệu|CP|cổ phần|tập đoàn|[Tt]ập đoàn|[Bb]áo|[Vv]ăn phòng) $"
)
"""What stands before a name that is a place, a school or a firm."""


@lru_cache(maxsize=1 << 12)
def name_key(name: str) -> str:
    """The folded letters of a name: one for `Nhan Thị Hoà`, `Nhan Thị Hòa` and a slip of marks."""
    return " ".join(map(fold, name.split()))


def is_no_person(words: list[str]) -> bool:
    """Whether a run of capitals begins with a body or a country."""
    first = " ".join(words[:2])
    if first in _NAMES_TOO:
        return len(words) == 2 or not is_bare_syllable(fold(words[2]))
    return words[0] in _BODIES or first in _NO_PEOPLE


def abroad(words: list[str]) -> int:
    """How many words before a name are a country or a house abroad: `Nhà Trắng Sarah Sanders`."""
    for length in (3, 2, 1):
        if len(words) > length + 1 and " ".join(words[:length]) in (*_ABROAD, *PROVINCES):
            return length
    return 0


def is_surname(word: str, *, surely: bool = False) -> bool:
    """Whether a word is a surname; `surely`: and rarely anything else."""
    return word in SURNAMES and not (surely and word in _WEAK)


def is_name(words: list[str], *, surely: bool = False) -> bool:
    """Whether capitalised words can be a full name; `surely`: without an honorific before them."""
    joined = " ".join(words)
    if not 2 <= len(words) <= 5 or joined in _NOT_PEOPLE or is_no_person(words):
        return False
    if surely:
        return is_surname(words[0], surely=len(words) == 2) and joined not in NAMESAKES
    return is_surname(words[0]) or len(words) >= 3


def place_words(words: list[str], places: frozenset[str], people: frozenset[str]) -> int:
    """How many of the words after “quận”, “tỉnh” … are the place's; the others are a name.

    `places` and `people` are those that the article names elsewhere. An unknown place has two
    words more often than not, and a name begins with a surname.
    """
    for length in range(len(words) - 1):
        if " ".join(words[length:]) in people:
            return length
    for length in range(min(4, len(words)), 0, -1):
        if " ".join(words[:length]) in places and len(words) - length != 1:
            return length
    if len(words) < 3 or " ".join(words) in NAMESAKES:
        return len(words)
    if len(words) == 3 or (len(words) == 4 and (words[1] in _MIDDLE or not is_surname(words[2]))):
        return 0 if is_surname(words[0], surely=True) else _split(words)
    return _split(words)


def _split(words: list[str]) -> int:
    for length in (2, 1, 3):
        if length < len(words) - 1 and is_surname(words[length]) and len(words) - length <= 5:
            return length
    return len(words)
