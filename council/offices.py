"""Which titles are no office: the boards of firms and houses, classes, cooperatives, clubs.

Who has none but such a title stays private: no post, no page, no export.
"""

from __future__ import annotations

import re

from council.posts import Titled

_TEACHER = re.compile(r"\b(?:giáo viên|cô giáo|thầy giáo|cô|thầy|GV) $", re.IGNORECASE)
_BOARD = re.compile(
    r"(?:phó )?(?:chủ nhiệm (?:lớp|câu lạc bộ|CLB|HTX|hợp tác xã)"
    r"|trưởng ban (?:quản trị|đại diện|phụ huynh|liên lạc|cha mẹ|điều hành (?:chung cư|tòa nhà))"
    r"|chủ tịch (?:HĐQT|HĐTV|hội đồng (?:quản trị|thành viên|cổ đông|sáng lập))"
    r"(?! (?:kiêm [^,.;]{3,40} )?(?:của )?(?:tổng công ty|tập đoàn)))(?!\w)",
    re.IGNORECASE,
)
"""The great firms of the State are named with their boards; other boards are nobody's office."""


def is_no_office(text: str, post: Titled) -> bool:
    """Whether a title of a passage is that of a private person."""
    if post.role.lower().startswith("chủ nhiệm") and _TEACHER.search(
        text, max(0, post.start - 16), post.start
    ):
        return True
    return _BOARD.match(text, post.bare) is not None
