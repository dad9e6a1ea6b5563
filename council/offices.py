"""Which titles are no office: those of firms, cooperatives, houses, classes, clubs, neighbourhoods.

Who has none but such a title stays private: no post, no page, no export. What somebody in an office
has been at a firm, or is in the neighbourhood, belongs to a career and is told.
"""

from __future__ import annotations

import re

from council.posts import Titled
from council.titles import ENDS

_OF_STATE = (
    r"(?:dầu khí|điện lực|than|viễn thông|bưu chính|cao su|hóa chất|xăng dầu|công nghiệp|dệt may"
    r"|kinh tế nhà nước|nhà nước|quốc gia|này|PVN|EVN|TKV|VNPT|Viettel|Vinachem|Petrolimex|Vinatex"
    r"|VRG|Bảo Việt)"
)
"""What the groups of the State are for, or are called."""
_STOCK = (
    rf"(?:cổ phần|CP) (?!{_OF_STATE}|(?:gang )?thép|xây (?:dựng|lắp)|vận tải|hàng (?:hải|không)"
    r"|lương thực|cảng|BOT|bảo hiểm|đường (?:sắt|sông)|bia|cấp|thoát|môi trường|phát triển|đầu tư"
    r"|thương mại|sông|lắp máy|cơ khí|khoáng sản|lâm nghiệp|cà phê|thuốc lá|giấy|phân bón|điện)"
)
"""Behind `tổng công ty`: one whose shares are private, with no trade of those of the State."""
_TEACHER = re.compile(r"\b(?:giáo viên|cô giáo|thầy giáo|cô|thầy|GV) $", re.IGNORECASE)
_BOARD = re.compile(
    r"(?:phó )?(?:chủ nhiệm (?:lớp|câu lạc bộ|CLB|HTX|hợp tác xã)"
    r"|trưởng ban (?:quản trị|đại diện|phụ huynh|liên lạc|cha mẹ|điều hành (?:chung cư|tòa nhà))"
    r"|trưởng ban (?:tổ chức|chỉ đạo|giám khảo)(?: cấp \w+)? (?:lễ hội|giải|cuộc|hội thi|sự kiện"
    r"|kỳ thi|chương trình|đêm|liên hoan)"
    r"|chủ tịch (?:HĐQT|HĐTV|hội đồng (?:quản trị|thành viên|cổ đông|sáng lập))"
    rf"(?! (?:kiêm [^,.;]{{3,40}} )?(?:của )?(?:tổng công ty(?! {_STOCK})|tập đoàn)))(?!\w)",
    re.IGNORECASE,
)
"""The great firms of the State are named with their boards; other boards are nobody's office."""
_NEIGHBOUR = re.compile(
    r"(?:tổ (?:trưởng|phó) (?:tổ )?(?:dân phố|TDP)"
    r"|(?:phó )?chi hội (?:trưởng|phó)(?! Hội\b))(?!\w)",
    re.IGNORECASE,
)
_MANAGER = (
    r"(?:(?:phó )?(?:tổng )?giám đốc|(?:phó )?chủ tịch|kế toán trưởng|(?:phó )?(?:trưởng )?phòng"
    r"|trưởng đại diện|người phát ngôn|trưởng ban|đội trưởng|quản đốc)"
)
_FIRM = (
    r"(?<!tổng )(?<!viên )công ty|CTCP|(?<!quản lý )doanh nghiệp|HTX|hợp tác xã"
    r"|ngân hàng(?! nhà nước)|BIDV|Vietcombank|Vietinbank|Agribank|Sacombank|Techcombank"
    r"|quỹ đầu tư(?! (?:phát triển|quốc gia|thành phố|tỉnh|TP)(?!\w))"
    r"|khách sạn|nhà hàng|cửa hàng|siêu thị|nhà máy|xưởng|xí nghiệp|hãng"
)
_OF_A_FIRM = re.compile(
    rf"{_MANAGER}(?: (?!(?:sở|ủy|hội|liên|hiệp|tổng|tập|quỹ|kho|quản|chi cục)\b|{ENDS})"
    rf"[a-zà-ỹđ]+){{0,4}}? (?:{_FIRM})(?!\w)(?! (?:nhà nước|chính sách))",
    re.IGNORECASE,
)
_OF_THE_STATE = re.compile(
    r"[^,.;:()]{0,80}?\b(?:tổng công ty|tập đoàn|nhà nước|công ích|thoát nước|cấp nước|thủy lợi"
    r"|xổ số|công viên|cây xanh|môi trường đô thị|chiếu sáng|điện lực|đường sắt|vệ sinh môi trường)"
    r"(?!\w)",
    re.IGNORECASE,
)
"""Firms that do the work of a town or the State: their heads answer to councils."""


_BY_LETTERS = re.compile(
    r"(?:(?:phó )?(?:tổng )?giám đốc|(?:phó )?chủ tịch|kế toán trưởng)"
    r" (?!HĐND|UBND|PVN|EVN|TKV|VEC|NHNN|VKS|TAND|MTTQ|BCSĐ|BHXH|UBKT|ĐHQG|VTV|VOV|TTX)[A-ZĐ]{3,9}",
    re.IGNORECASE,
)
"""The head of a house that is named by letters, unless by those of one of the State."""


_GROUP = re.compile(
    rf"{_MANAGER}(?: (?!{ENDS})[a-zà-ỹđ]+){{0,4}}? (?:của )?"
    rf"(?:tập đoàn(?! {_OF_STATE})(?= [A-ZĐ])|tổng công ty (?={_STOCK})(?:cổ phần|CP)(?= [A-ZĐ]))",
    re.IGNORECASE,
)
"""The head of a group that is none of the State's."""
_ABROAD = re.compile(
    r"[^,.;:()]{0,60}Hội đồng nhân dân [Tt]ối cao"
    r"|[^,.;:()]{0,40} tối cao \(Quốc hội\)"
)
"""An assembly of another country."""


_BY_BRAND = re.compile(
    r"(?:(?:phó )?(?:tổng )?giám đốc|(?:phó )?chủ tịch) [A-Z]\w*(?:group|land|corp|homes?|mart)",
    re.IGNORECASE,
)
"""The head of a house that bears a brand: `Tổng giám đốc Bensoigroup`."""


def is_no_office(text: str, post: Titled) -> bool:
    """Whether a title of a passage is that of a private person."""
    if post.role.lower().startswith("chủ nhiệm") and _TEACHER.search(
        text, max(0, post.start - 16), post.start
    ):
        return True
    if _ABROAD.match(text, post.bare):
        return True
    return _BOARD.match(text, post.bare) is not None


def is_of_private_life(text: str, post: Titled) -> bool:
    """Whether a title of a passage makes nobody public by itself: of a firm or a neighbourhood."""
    if post.role[-2:].isupper() and _BY_LETTERS.fullmatch(text, post.bare, post.end):
        return True
    if _BY_BRAND.fullmatch(text, post.bare, post.end):
        return True
    if (group := _GROUP.match(text, post.bare)) and text[group.end() + 1].isupper():
        return True
    if _OF_A_FIRM.match(text, post.bare):
        return _OF_THE_STATE.match(text, post.bare) is None
    return _NEIGHBOUR.match(text, post.bare) is not None
