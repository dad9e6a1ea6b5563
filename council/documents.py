"""Documents and citations: numbers with their kinds, lists of them, laws, “Nghị quyết này”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from council.councils import PARTY_RANK, RANK, RANKS
from council.heading import HEAD, with_head
from council.laws import law
from council.model import Cited
from council.reader import PassageReading
from council.titles import DEPARTMENT
from council.years import nearest

KINDS = {
    "Nghị quyết": "NQ", "Quyết định": "QĐ", "Kế hoạch": "KH", "Tờ trình": "TTr", "Báo cáo": "BC",
    "Thông báo": "TB", "Chỉ thị": "CT", "Kết luận": "KL", "Chương trình": "CTr", "Đề án": "ĐA",
    "Công văn": "CV", "Công điện": "CĐ", "Hướng dẫn": "HD", "Nghị định": "NĐ", "Thông tư": "TT",
    "Quy định": "QyĐ", "Quy chế": "QC",
}  # fmt: skip
"""The kinds of documents that have numbers, and their signs (Nghị định 30/2020/NĐ-CP, App."
" III)."""
_OF_SIGN = {sign: kind for kind, sign in KINDS.items()} | {"ĐA": "Đề án"}
_KIND = "|".join(f"[{kind[0]}{kind[0].lower()}]{kind[1:]}" for kind in KINDS)
# Kinds that are cited by a bare number: “Chỉ thị 24 của Thành ủy”.
_BARE = frozenset(
    {
        "Nghị quyết",
        "Chỉ thị",
        "Đề án",
        "Chương trình",
        "Kế hoạch",
        "Nghị định",
        "Kết luận",
        "Thông tư",
    }
)
_ALWAYS_NUMBERED = frozenset({"Nghị quyết", "Chỉ thị", "Nghị định", "Thông tư"})
_UNIT = re.compile(
    r" (?:điểm|khoản|điều|trang|nội dung|nhóm|đồng|tỷ|tỉ|triệu|giờ|ngày(?! \d)|tháng"
    r"|năm(?! \d{4}(?! ?- ?\d))|dự án|cuộc|kỳ|cụm|nhiệm vụ|mục|chương|phần|chuyên đề|lần|văn bản"
    r"|người|trường hợp|cơ quan"
    rf"|đơn vị|cá nhân|chỉ tiêu|giải pháp|chính sách|bộ|ngành|{'|'.join(RANKS)}|hộ|vụ"
    r"|đại biểu|đối tượng|doanh nghiệp|quan trọng|mới|đầu|đó|này)\b|[%:]|,\d| ?- ?\d"
)
_WHO = (
    r"(?:Ban Thường vụ |Ban Chấp hành |Thường trực |Văn phòng |Chủ tịch )?"
    r"(?:HĐND|UBND|Hội đồng nhân dân|Ủy ban nhân dân|Quốc hội|Chính phủ|Thủ tướng(?: Chính phủ)?"
    rf"|Ủy ban Thường vụ Quốc hội|Bộ Chính trị|Ban Bí thư|{PARTY_RANK} ủy"
    rf"|Thanh tra (?:Chính phủ|{RANK}|Bộ)"
    rf"|Bộ (?:{DEPARTMENT}(?!\w)|[A-ZĐ]\w+(?: [a-zà-ỹđ]+)?)|Trung ương)"
    rf"(?: {RANK})?"
)
_COUNTED = re.compile(r"(?<![Đđ]iều )(?<![Kk]hoản )\b\d{1,3} $")
"""Before a kind whose own count stands there: `6 nghị quyết 12 tờ trình`."""
_A_YEAR = re.compile(r"(?:19|20)\d\d")
_OF_WHOM = re.compile(rf" của (?:{_WHO}|(?:Sở|Cục|Tổng cục|Kiểm toán|Chủ tịch|Thanh tra)(?!\w))")
_IS_ABOUT = re.compile(
    r" (?:về|quy định|phê duyệt|sửa đổi|điều chỉnh|thay thế|có hiệu lực)(?!\w)"
    r"| (?:ký |ban hành )?ngày \d{1,2}[/.-]\d| năm (?:19|20)\d\d(?! ?- ?\d)"
)
"""What a paper does, behind a kind that is a verb, too: `quyết định 236 phê duyệt dự án`."""
_PAPERS = frozenset({"Quyết định", "Công văn", "Công điện"})
_ENDS = re.compile(r"[,.;)]| của| về| ngày|$")
_NAMED_BY_NUMBER = re.compile(r"Đề án \d{2,4}")
_SIGN = "|".join(KINDS.values())
_SYMBOL = (
    rf"(?:(?:{_SIGN})(?: [-/] ?|[-/] )[A-ZĐƯ]{{2,9}}(?:(?<=QH) 1\d|\d{{0,2}})(?!\w)"
    r"|[A-ZĐ][A-Za-zĐđƯưƠơ]{0,4}\d{0,2}(?:[-/&.][A-ZĐ][A-Za-zĐđƯưƠơ&]{0,9}\d{0,2}){0,3}"
    r"(?: ?[-/] ?(?:HĐND|UBND|CP|TTg|TW|TU|QU|HU)(?!\w))?)"
)
_DATED = (
    r"(?:(?P<comma> ?,)? ?(?<= )(?:ngày|ra ngày|ký ngày) (?P<day>\d{1,2})(?:[/.-]| tháng )"
    r"(?P<month>\d{1,2})"
    r"(?:(?:[/.-]| năm )(?P<dated>\d{4}))?(?!\d)(?!/\d)"
    rf"(?(comma)(?!, (?!{_KIND})[A-ZĐ]))| năm (?P<in>\d{{4}}))?"
)
# `Thực hiện Kế hoạch số 58/KH-HĐND, ngày 18/3/2024, Ban …`: the day is the sentence's.
_NUMBER = (
    rf"(?P<number>\d{{1,5}})(?P<letter>[a-c]?)(?:/(?P<year>(?:19"
    rf"|20)\d\d))?(?:\s?[/-]\s?(?P<symbol>{_SYMBOL}))?(?![\w/])"
)
_WITH_KIND = re.compile(
    rf"\b(?P<kind>{_KIND})(?P<sort>(?: (?:kết luận|thẩm tra|[Tt]hanh tra|phối hợp|hành động"
    rf"|công tác|chuyên đề|liên tịch|của HĐND[^,.;]{{0,25}}))?)"
    rf"(?P<so> số:? ?| )(?P<span>{_NUMBER}){_DATED}"
)
_MORE = re.compile(rf"(?:,|,? và|;) (?P<so>số )?(?P<span>{_NUMBER}){_DATED}")
_LIST = re.compile(rf"\b(?:[Cc]ác )?(?P<kind>{_KIND})(?: sau)?:? (?=số \d)")
_ALONE = re.compile(
    r"(?<![\w/-])(?:[Ss]ố:? )?(?P<span>(?P<number>\d{1,5})(?P<letter>[a-c]?)"
    rf"(?:/(?P<year>(?:19|20)\d\d))?[/-](?P<symbol>(?:{_SIGN})"
    rf"(?:[-/][A-ZĐ][A-Za-zĐđƯư&-]{{1,12}}\d{{0,2}})))(?![\w/]){_DATED}"
)
_HEADING = "heading"
_DIGIT = re.compile(r"\d")
_BACK = re.compile(rf"\b(?P<kind>{_KIND}) (?:này|trên|nói trên|nêu trên)(?!\w)")
_CONSTITUTION = re.compile(r"\bHiến pháp (?:năm )?(?P<year>(?:19|20)\d\d)(?!\w)")
_ISSUERS = {
    "CP": "Chính phủ", "TTg": "Thủ tướng Chính phủ", "TW": "Trung ương", "TƯ": "Trung ương",
    "TU": "Thành ủy", "QU": "Quận ủy", "HU": "Huyện ủy", "ĐU": "Đảng ủy",
    "UBTVQH": "Ủy ban Thường vụ Quốc hội", "QH": "Quốc hội",
}  # fmt: skip
_BY = re.compile(rf" (?:của|do) (?P<who>{_WHO})")


def read_documents(reading: PassageReading, earlier: dict[str, Cited]) -> None:
    """Note every document of a passage; `earlier` has the last one of each kind, and is kept
    up.
    """
    found = sorted(_all(reading), key=lambda item: (item[0], -item[1]))
    end = 0
    for start, last, cited, rule in found:
        if start < end:
            continue
        if cited.form == "back":
            heading = earlier.get(_HEADING)
            known = heading if heading and heading.kind == cited.kind else earlier.get(cited.kind)
            if known is None:
                continue
            end = last
            back = Cited(known.kind, known.number, known.year, known.symbol, known.name,
                         known.issuer, form="back")  # fmt: skip
            reading.add(back, start, last, rule, stated=False)
            continue
        end = last
        if _is_heading(reading, start, rule) and _HEADING not in earlier:
            cited = with_head(replace(cited, form="heading"), reading.text, start)
            rule = "document-heading"
            earlier[_HEADING] = cited
        earlier[cited.kind] = cited
        reading.add(cited, start, last, rule)


def _is_heading(reading: PassageReading, start: int, rule: str) -> bool:
    """Whether it is the number that a paper bears itself: `Số: 27/NQ-HĐND` at its head."""
    passage = reading.passage
    return (
        passage.field == "attachment"
        and passage.number == 0
        and start < HEAD
        and rule == "document-symbol"
        and reading.text[start : start + 2].lower() == "số"
    )


_Found = tuple[int, int, Cited, str]


def _all(reading: PassageReading) -> Iterator[_Found]:
    text = reading.text
    if "uật " in text or "Pháp lệnh" in text or "Hiến pháp" in text:
        yield from _laws(reading)
    for match in _BACK.finditer(text):
        yield *match.span(), Cited(_kind(match["kind"]), form="back"), "document-back"
    if _DIGIT.search(text):
        yield from _numbered(reading)


def _laws(reading: PassageReading) -> Iterator[_Found]:
    text = reading.text
    for match in _CONSTITUTION.finditer(text):
        cited = Cited("Hiến pháp", year=int(match["year"]), name="Hiến pháp", form="law")
        yield *match.span(), cited, "document-law"
    for match in law().finditer(text):
        stated = (match[name] for name in ("numbered", "year", "later", "dated", "bare"))
        year = next(filter(None, stated), None)
        kind = "Bộ luật" if match["kind"].startswith("Bộ") else match["kind"].capitalize()
        name = reading.passage.text[match.start("name") : match.end("name")]
        name = f"{kind} {name if name.startswith('sửa') else name[0].upper() + name[1:]}"
        cited = Cited(kind, year=int(year) if year else None, name=name, form="law")
        yield *match.span(), cited, "document-law"


def _numbered(reading: PassageReading) -> Iterator[_Found]:
    text = reading.text
    for match in _LIST.finditer(text):
        yield from _series(reading, _kind(match["kind"]), match.end(), "")
    for match in _WITH_KIND.finditer(text):
        kind = _kind(match["kind"])
        with_so = match["so"].strip() != ""
        if not (match["symbol"] or with_so or _is_bare(match, kind)):
            continue
        following = list(_series(reading, kind, match.end(), match["symbol"] or ""))
        symbol = match["symbol"] or (following[0][2].symbol if following else "")
        yield match.start(), match.end(), _cited(reading, match, kind, symbol), "document-number"
        yield from following
    for match in _ALONE.finditer(text):
        sign = re.split(r"[-/]", match["symbol"])[0]
        cited = _cited(reading, match, _OF_SIGN[sign], match["symbol"])
        yield *match.span(), cited, "document-symbol"


def _is_bare(match: re.Match[str], kind: str) -> bool:
    """Whether a number without sign or `số` is a paper's: `theo nghị định 154, …`.

    What can be read as a count, a year or a month is none, unless its issuer stands behind it.
    """
    text, end = match.string, match.end()
    if _A_YEAR.fullmatch(match["number"]):
        return False
    if _COUNTED.search(text, max(0, match.start() - 12), match.start()):
        return False
    if match["year"] and (match["number"][0] == "0" or int(match["number"]) > 12):
        return True
    if _UNIT.match(text, match.end("span")):
        return False
    if _OF_WHOM.match(text, end) or match["dated"]:
        return True
    if match["in"] and match["kind"][0].islower() and kind not in _ALWAYS_NUMBERED | _PAPERS:
        return False
    if kind in _ALWAYS_NUMBERED or _NAMED_BY_NUMBER.match(text, match.start()):
        return True
    if kind in _PAPERS:
        return _IS_ABOUT.match(text, match.end("span")) is not None
    alone = match["in"] or _ENDS.match(text, end)
    return kind in _BARE and match["kind"][0].isupper() and bool(alone)


def _series(reading: PassageReading, kind: str, place: int, symbol: str) -> Iterator[_Found]:
    """The further numbers of a list, which may have only the last one's symbol."""
    matches = []
    head = re.compile(rf"(?P<so>số )(?P<span>{_NUMBER}){_DATED}").match(reading.text, place)
    if head is not None:
        matches.append(head)
        place = head.end()
    while (match := _MORE.match(reading.text, place)) is not None:
        if not (match["so"] or match["symbol"]) and not _continues(reading.text, match.end()):
            break
        matches.append(match)
        place = match.end()
    last = next((match["symbol"] for match in reversed(matches) if match["symbol"]), symbol)
    for match in matches:
        cited = _cited(reading, match, kind, match["symbol"] or last, "list")
        start = match.start("so") if match["so"] else match.start("span")
        yield start, match.end(), cited, "document-list"


def _continues(text: str, place: int) -> bool:
    """Whether a list of bare numbers comes to one that has a symbol."""
    return (
        re.match(
            rf"(?:(?:,|,? và) \d{{1,5}})*(?:,|,? và) \d{{1,5}}(?:/\d{{4}})?[/-]{_SYMBOL}",
            text[place : place + 120],
        )
        is not None
    )


def _cited(
    reading: PassageReading, match: re.Match[str], kind: str, symbol: str, form: str = "number"
) -> Cited:
    year = match["year"]
    dated = int(match["dated"] or match["in"] or 0)
    published = reading.whole.published
    if not dated and published and match["day"]:
        made = nearest(int(match["day"]), int(match["month"]), published)
        dated = made.year if made else 0
    inferred = published.year if published and not (year or dated) else None
    by = _BY.match(match.string, match.end())
    return Cited(
        kind,
        int(match["number"]),
        int(year) if year else None,
        re.sub(r"\s", "", symbol),
        issuer=by["who"] if by else _issuer(symbol),
        dated=dated if dated and not year else None,
        inferred_year=inferred,
        form=form,
    )


def _issuer(symbol: str) -> str:
    last = re.split(r"[-/]", symbol)[-1]
    return _ISSUERS.get(last.rstrip("0123456789"), last if last in ("HĐND", "UBND") else "")


def _kind(written: str) -> str:
    return written[0].upper() + written[1:]
