"""Posts: a role and the body it is in, with the place that stands between them and a name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from council.names import NAMESAKES, PROVINCES, RUN, is_surname, place_words
from council.reader import PassageReading
from council.titles import ENDS, LEVEL, ROLES, body

_RUN = re.compile(RUN)
_NUMBERED = re.compile(r" (?:số )?\d{1,2}(?!\w|/|\.\d)")
_LETTERS = re.compile(r" [A-ZĐ]{2} ?- ?[A-ZĐ]{2}(?!\w)")
"""The name of a province by its letters: `BR - VT`."""
_FIRM_BY_LETTERS = re.compile(
    r" (?!UBND|HĐND|HĐQT|TP|TW|TƯ|SN)[A-ZĐ]{3,9}(?= ?[,.;:()”\"…]| [a-zà-ỹđ(]|$)"
)
"""A house that is named by letters: `Chủ tịch PVN`."""
_TERM = re.compile(r" [Kk]hóa [IVXL]+(?!\w)")
_LOCAL = re.compile(r"(?:[Qq]uận|[Hh]uyện|[Tt]hị) (?:ủy|đoàn)$")
_SEVERAL = re.compile(
    r"(?:\b(?:[Cc]ác|[Hh]ai|[Bb]a|[Bb]ốn|[Nn]ăm|[Ss]áu)|(?<!quận )(?<!phường )(?<!số )(?<!ngày )"
    r"(?<!tháng )(?<!khóa )(?<!/)\b(?:0?[2-9]|1\d)) (?:đồng chí |ông, bà |vị |người )?"
    r"(?:nguyên |tân )?$"
)
"""Before a title that several people hold."""
_GIVEN_TO = re.compile(
    r"\bđược (?:HĐND )?(?:tín nhiệm )?bầu(?: bổ sung)? (?:giữ |vào |làm )?(?:các )?"
    r"(?:chức danh |chức vụ |chức )?$"
)
"""Before a title that is given to those of a list behind it."""
TO_LIST = re.compile(
    r"(?:[^.;:()]{0,60},? (?:gồm(?: có)?|như):? (?:các )?(?:ông, bà|ông bà|ông|bà|đồng chí):? "
    r"|,? (?:ngoài|trong đó có) (?:\d{1,2} |các )?(?:ông, bà|ông|bà|đồng chí) "
    r"|(?: (?:mới|còn lại|vừa|được)[^.;:()]{0,50})? \((?:gồm )?(?:các )?(?:ông|bà|đồng chí):? "
    r"|(?: \([^()]{1,30}\))?(?: khóa (?:\d{1,2}|[IVXL]+))?"
    r"(?:,? nhiệm kỳ (?:trước|mới|\d{4} ?- ?\d{4}))?"
    r"(?: (?:còn lại|mới|đương nhiệm|tái cử|được bầu|mới được bầu))?"
    r"(?:,? (?:gồm(?: có)?|là) ?:?| ?:)? ?"
    r"(?:các )?(?:(?:ông, bà|ông bà|ông|bà|Ông(?! Thị| Ích)|Bà|đồng chí"
    r"|(?:[Tt]hiếu|[Tt]rung|[Tt]hượng|[Đđ]ại) (?:tướng|tá|úy)):? )?)"
)
"""Between such a title and the first of those who hold it."""
MORE = r"(?: \([^()]{2,30}\)| (?:phụ trách|lĩnh vực|mảng|khối)"
MORE += r"(?: (?!(?:thay|ông|bà|anh|chị|là|cho|với|của|được)\b)(?:[a-zà-ỹđ]+|-)){1,8}(?= [A-ZĐ]))"
"""Between a title and the name behind it, what tells the title more exactly: `Giám đốc sở Giáo dục
và Đào tạo (GD-ĐT) Lê Văn Tám`, `Phó chủ tịch lĩnh vực văn - xã Nhan Thị Thu`."""
_DISTRICTS = frozenset(
    ["Ngũ Hành Sơn", "Dương Minh Châu", "Trần Văn Thời", "Bạch Long Vĩ", "Cù Lao Dung"]
)
"""Districts whose names look like a person's."""
_NO_DISTRICT = frozenset(["Nguyễn", "Phạm", "Bùi", "Đặng", "Huỳnh", "Trịnh"])
"""Surnames with which the name of no district begins."""
_PARTY = re.compile(r"(?:ủy|(?:[Qq]uận|[Hh]uyện|[Tt]hành|[Tt]ỉnh|[Tt]hị) đoàn)$")
_CITY = re.compile(r"[Tt](?:hành|ỉnh) ủy$")
_VILLAGE = re.compile(r"[Tt]rưởng (?:thôn|bản|ấp|xóm|buôn|khu phố)")
_SITE = re.compile(
    r"\b(?:kinh tế(?: mở| cửa khẩu| ven biển)?|công nghiệp|cửa khẩu(?: quốc tế)?|thủy điện|sân bay"
    r"|cảng(?: biển| hàng không)?|công nghệ cao|[Vv]ườn [Qq]uốc gia|đô thị mới|[Tt]rại giam)$",
)
_GOES_ON = re.compile(rf"(?: (?!{ENDS}|{LEVEL} )[a-zà-ỹđ]+){{1,10}}(?: TP(?![.\w]))?")
_APPOSED = re.compile(
    r"(?:,| -|\(|\blà| kiêm|\b(?:giữ|nắm) chức|\bchức vụ|\bchức danh|\bnhiệm chức) ?$"
)
"""Before a title that explains a name: it goes on to the mark or the verb behind it, and a run of
capitals behind it is no name."""
_REST = re.compile(
    rf"(?! (?:của|các|những|này|đó|ấy|ông|bà|anh|chị|thứ|đầu tiên|duy nhất|{LEVEL})\b)"
    rf"(?: (?!{ENDS}|ông |bà |của |thay |rồi |và (?:đến|sau) |\d+[,.]\d)(?:TP\. ?HCM|[\w&/]+)"
    rf"(?: -(?= (?!{ENDS})[a-zà-ỹđ]))?){{1,9}}(?= ?[,.;:()”\"…]| -| \d| {ENDS}|$)"
)
_HEADS = re.compile(
    r"(?:[Pp]hó )?(?:[Tt]ổng )?(?:[Gg]iám đốc|[Tt]rưởng (?:phòng|ban|khoa|văn phòng)|[Đđ]ội trưởng"
    r"|[Pp]hó (?:phòng|ban)|[Đđ]ội phó|[Cc]hủ nhiệm|[Cc]ục trưởng|[Vv]ụ trưởng|[Vv]iện trưởng"
    r"|[Tt]ổng (?:biên tập|thư ký)|[Cc]hỉ huy (?:trưởng|phó)|[Hh]iệu trưởng|[Tt]ổ trưởng"
    r"|[Tt]hủ trưởng|(?:[Đđ]ồn|[Tt]rạm|[Hh]ạt) trưởng|[Nn]gười phát ngôn|[Cc]hánh văn phòng)",
)
"""Roles that are of a house or a part of one: what it is called stands behind them."""
_PLACE_BEHIND = re.compile(rf" (?P<run>{RUN})(?= ?[,.;:()]| - | {ENDS}|$)")
_JOINED_PLACE = re.compile(
    rf" - (?P<run>{RUN}(?: (?!{ENDS})[a-zà-ỹđ]+){{0,3}}(?: {RUN})?)(?= ?[,.;:()]| - | {ENDS}|$)"
)
"""The second half of a name with a dash: `BOT Trung Lương - Mỹ Thuận`."""
_OTHER_WORDS = """
Chủ Phó Trưởng Bí Giám Tổng Chánh Ủy Đại Ảnh Hiệu Viện Đơn Cơ Người Ông Bà Thành Thứ Đội Theo
Bộ Sở Công UBND HĐND Ban Phòng Cục Trường
"""
_ROLE_WORDS = frozenset(_OTHER_WORDS.split())
"""With which an office, another house or a caption begins, and no second half of a name."""
_SCHOOLS = (
    "Đại học",
    "Cao đẳng",
    "Học viện",
    "Trường",
    "trường",
    "Công ty",
    "công ty",
    "Bệnh viện",
    "bệnh viện",
    "Tổng",
    "Tập",
    "tập đoàn",
    "tổng công ty",
)


@dataclass(slots=True)
class Titled:
    """A post as it stands in a passage; `bare` is where the role begins, after nguyên or tân."""

    start: int
    bare: int
    end: int
    role: str
    body: str
    before: str

    @property
    def is_bare(self) -> bool:
        """Whether it is a role alone: Trưởng ban, Chủ tịch, đại biểu."""
        return not self.body and re.fullmatch(ROLES, self.role.replace("uỷ", "ủy")) is not None


def shared_by(text: str, post: Titled) -> re.Match[str] | None:
    """What says before a title that several people hold it, or are given it: `các`, `được bầu`."""
    several = _SEVERAL.search(text[max(0, post.start - 26) : post.start])
    if several is None and re.match(r"(?: gồm(?: có)?| là)? ?:", text[post.end :]):
        return _GIVEN_TO.search(text[max(0, post.start - 40) : post.start])
    return several


def posts_in(
    reading: PassageReading, places: frozenset[str], people: frozenset[str]
) -> list[Titled]:
    """Every post that a passage names, whoever holds it, from left to right."""
    found = []
    for match in reading.titles:
        end = _with_place(reading.text, match, places, people)
        end = _with_rest(reading.text, match, end)
        term = _TERM.match(reading.text, end) if match["role"] != "đại biểu" else None
        found.append(_titled(reading, match, end, term.end() if term else end))
    return found


def _with_place(
    text: str, match: re.Match[str], places: frozenset[str], people: frozenset[str]
) -> int:
    """Where the title ends once the place that belongs to it is taken in."""
    end, org = match.end(), match["org"] or ""
    school = not match["level"] and org.startswith(_SCHOOLS)
    party = not match["level"] and _PARTY.search(org + match["tail"]) is not None
    if match["province"] or match["ranked"]:
        return end
    village = _VILLAGE.fullmatch(match["role"]) is not None
    if not (match["level"] or school or party or village):
        return _with_site(text, match)
    if match["level"] and (letters := _LETTERS.match(text, end)):
        return letters.end()
    run = _RUN.match(text, end + 1) if text[end : end + 1] == " " else None
    if run is None:
        if school and org[0].isupper():
            return _to_its_end(text, end)
        number = _NUMBERED.match(text, end) if match["level"] or village else None
        return number.end() if number else end
    words = run.group().split()
    if school:
        count = _school_words(words)
        if count == len(words):
            return _to_its_end(text, run.end())
    elif party and len(words) <= 4:
        count = next(
            (n for n in (3, 2) if " ".join(words[:n]) in places and len(words) - n != 1), 0
        )
        if " ".join(words[:3]) in _DISTRICTS:
            count = 3
        named = words[0] in _NO_DISTRICT or " ".join(words) in people
        city = _CITY.search(match.group()) and not is_surname(words[0])
        if not count and not named and (city and len(words) == 2):
            count = 2
        if not count and len(words) == 3 and not is_surname(words[0]):
            count = 3
        if not count and len(words) < 3 and not named and _LOCAL.search(match.group()):
            # A name has three words more often than not, a district two.
            count = len(words)
    elif " ".join(words[:3]) in _DISTRICTS:
        count = 3
    else:
        count = place_words(words, places, people)
    return end + len(" ".join(words[:count])) + 1 if count else end


def _with_rest(text: str, match: re.Match[str], end: int) -> int:
    """Where a title ends whose house has a name of its own kind, or one with a dash in it."""
    apposed = _APPOSED.search(text, max(0, match.start() - 12), match.start())
    if (
        apposed
        and (
            (end == match.end("role") and _HEADS.fullmatch(match["role"]))
            or text.endswith(("Đảng ủy", "đảng ủy"), 0, end)
        )
        and (rest := _REST.match(text, end))
    ):
        return rest.end()
    if end == match.end("role") and (letters := _FIRM_BY_LETTERS.match(text, end)):
        return letters.end()
    if text[:end].endswith(" và"):
        end -= 3
    place = _PLACE_BEHIND.match(text, end) if apposed and end > match.end("role") else None
    if place and not any(is_surname(word, surely=True) for word in place["run"].split()):
        return place.end()
    joined = _JOINED_PLACE.match(text, end)
    if joined and end > match.end("role"):
        words = joined["run"].split()
        if words[0] not in _ROLE_WORDS and not is_surname(words[0]) and len(words) < 6:
            return joined.end()
    return end


def _with_site(text: str, match: re.Match[str]) -> int:
    """Where a title ends that names a site: `Trưởng ban Quản lý Khu kinh tế mở Chu Lai`."""
    end = match.end()
    run = _RUN.match(text, end + 1) if _SITE.search(match.group()) else None
    if run is None or text[end] != " ":
        return end
    words = run.group().split()
    if len(words) == 3 and is_surname(words[0], surely=True):
        return end
    return end + 1 + len(" ".join(words[: len(words) if len(words) < 4 else 2]))


def _to_its_end(text: str, end: int) -> int:
    """Where the name of a school or a firm ends that begins with a capital: `Du lịch Bến Sỏi`."""
    more = _GOES_ON.match(text, end)
    if more is None:
        return end
    run = _RUN.match(text, more.end() + 1) if text[more.end() : more.end() + 1] == " " else None
    if run is None:
        return more.end()
    words = run.group().split()
    named = run.group() in PROVINCES or run.group() in NAMESAKES
    place = named or len(words) == 2 or not is_surname(words[0], surely=True)
    if place and len(words) < 4:
        return run.end()
    return more.end()


def _school_words(words: list[str]) -> int:
    """How many of the words after “Trường” or “Công ty” are its name.

    What follows the name is often a person's.
    """
    if len(words) < 5:
        return len(words)
    splits = (n for n in range(2, len(words) - 1) if is_surname(words[n]))
    return next(splits, len(words))


def _titled(reading: PassageReading, match: re.Match[str], cut: int, end: int) -> Titled:
    text = reading.passage.text
    split = cut
    if match["org"] and body().fullmatch(match["org"]):
        split = match.start("org")
    elif match["tail"]:
        split = match.start("tail") + 1
    return Titled(
        match.start(),
        match.start("role"),
        end,
        text[match.start("role") : split].strip(),
        text[split:cut].strip(),
        (match["before"] or "").strip().lower(),
    )
