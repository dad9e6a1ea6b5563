"""Money and awards, as they are stated."""

from __future__ import annotations

import re
from decimal import Decimal

from council.councils import RANK
from council.model import Award, Money
from council.reader import PassageReading

_NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?"
_SCALE = {"nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}
_MONEY = re.compile(
    rf"(?<![\w.,/])(?<!\d-)(?<!\d - )"
    rf"(?:(?P<low>{_NUMBER})(?: ?(?P<of>(?:nghìn |ngàn |triệu )?(?:t[ỷỉ]|triệu|nghìn|ngàn))"
    r"(?: đồng)?)? ?(?:-|đến|tới) ?(?:gần |hơn )?)?"
    rf"(?<!\d\.)(?P<n>{_NUMBER}) ?"
    r"(?P<scale>(?:nghìn |ngàn |triệu )?(?:t[ỷỉ]|triệu|nghìn|ngàn))"
    rf"(?: (?P<more>\d{{1,3}}) (?P<small>triệu|nghìn|ngàn))? ?(?:đồng|VNĐ|VND|đ)(?!\w)"
    rf"|(?<![\w.,/])(?P<plain>\d{{1,3}}(?:\.\d{{3}})+) ?(?:đồng|VNĐ|VND|đ)(?!\w)"
)
_DIGIT = re.compile(r"\d")
_UNIT = re.compile(r"đồng|VNĐ|VND|\d ?đ(?!\w)|(?:t[ỷỉ]|triệu|nghìn|ngàn) đ(?!\w)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_AWARDS = re.compile(r"chương|hiệu|khen|thi đua")
"""What may be a distinction, quickly."""
_AWARD = re.compile(
    r"(?<!\w)(?P<name>Huân chương (?:Sao [Vv]àng|Hồ Chí Minh|Độc lập|Lao động|Quân công"
    r"|Chiến công|Bảo vệ Tổ quốc|Đại đoàn kết dân tộc)(?: hạng (?:Nhất|Nhì|Ba|nhất|nhì|ba))?"
    r"|Huy chương [A-ZĐ]\w+(?: (?!(?:trong|tại|ở|cho|và|môn|của|với|vào|ngày|năm|do|từ)\b)"
    r"[a-zà-ỹ]+){0,3}|Huy hiệu \d+ năm tuổi Đảng"
    r"|Kỷ niệm chương(?: [“\"]?(?:Vì|vì) sự nghiệp [a-zà-ỹđ ]+?[”\"]?(?= cho|[,.;]|$))?"
    rf"|Bằng khen(?: của (?:Thủ tướng Chính phủ|(?:Chủ tịch )?UBND {RANK}))?"
    rf"|Giấy khen(?: của (?:Chủ tịch )?UBND {RANK})?"
    rf"|Cờ thi đua(?: của (?:Chính phủ|UBND {RANK}))?"
    r"|danh hiệu (?:Bà mẹ Việt Nam [Aa]nh hùng|Anh hùng (?:Lao động|LLVTND"
    r"|lực lượng vũ trang nhân dân)|Nghệ nhân (?:ưu tú|Ưu tú|nhân dân|Nhân dân)"
    r"|Chiến sĩ thi đua(?: cơ sở| cấp \w+)?|Nhà giáo (?:ưu tú|Ưu tú|Nhân dân|nhân dân)))"
)
_NOT_GIVEN = re.compile(
    r"\b(?:đề nghị|đề xuất|kiến nghị|xét|trình|chưa|không|sẽ|dự kiến|hồ sơ|tiêu chuẩn)"
    r"(?: \w+){0,4} $",
    re.IGNORECASE,
)
_MAY_BE = re.compile(r"\b(?:nếu|có thể|giả sử|mong|muốn)\b", re.IGNORECASE)
_AS_MUCH_AS = re.compile(r"\bcho (?:đến|tới) $")
"""Before the highest of what people get in general: `bằng khen, cho đến Huân chương`."""
_GIVEN = re.compile(r"\b(?:tặng|trao|nhận|truy tặng|đón|khen|phong tặng|vinh danh|thưởng)\b")


def read_amounts(reading: PassageReading) -> None:
    """Note the money and awards of a passage."""
    text = reading.text
    if _DIGIT.search(text) and _UNIT.search(text):
        for match in _MONEY.finditer(text):
            money = _money(match)
            start = match.start("n") if match["low"] and not money.up_to else match.start()
            reading.add(money, start, match.end(), "money")
    for match in _AWARD.finditer(text) if _AWARDS.search(text) else ():
        begin, end = reading.sentence(match.start())
        if text[end - 1] == "?" or _AS_MUCH_AS.search(text, begin, match.start()):
            continue
        given = list(_GIVEN.finditer(text, begin, match.start()))
        if given and _MAY_BE.search(text, begin, given[-1].start()):
            continue
        if given and not _NOT_GIVEN.search(text, begin, given[-1].start()):
            name = reading.passage.text[match.start() : match.end()]
            reading.add(Award(name), *match.span(), "award")


def _money(match: re.Match[str]) -> Money:
    """An amount, or the two ends of a span: `từ 5 đến 10 triệu đồng`."""
    if match["plain"]:
        return Money(int(match["plain"].replace(".", "")))
    amount = _dong(match["n"], match["scale"])
    if match["more"]:
        amount += int(match["more"]) * _SCALE[match["small"]]
    if match["low"] is None or (not match["of"] and _YEAR.fullmatch(match["low"])):
        return Money(amount)
    low = _dong(match["low"], match["of"] or match["scale"])
    return Money(low, amount) if low < amount else Money(amount)


def _dong(written: str, scale: str) -> int:
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", written):
        written = written.replace(".", "")
    amount = Decimal(written.replace(",", "."))
    for word in scale.split():
        amount *= _SCALE[word]
    return int(amount)
