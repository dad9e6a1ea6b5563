"""Whether an event is one of a council, and not of another assembly that a sentence names."""

from __future__ import annotations

import re

from council.model import VersionText

_COUNCIL = re.compile(
    r"HĐND|Hội đồng [Nn]hân dân(?! [Tt]ối cao)|Tổ đại biểu|cử tri|TXCT|tiếp công dân"
    r"|[Bb]an (?:Pháp chế|Kinh tế(?! Trung ương)|Văn hóa|Đô thị|Dân tộc)"
    r"|[Đđ]oàn (?:ĐBQH|đại biểu Quốc hội|đại biểu QH)"
)
_ANOTHER = re.compile(
    r"Quốc [Hh]ội|ĐBQH|Chính phủ|[Tt]hủ tướng|Hội đồng bầu cử|Mặt trận|MTTQ|hiệp thương"
    r"|Trung ương|UBKT|[Tt]ối cao|Bộ Chính trị|Ban Bí thư|(?:Thành|Tỉnh|Quận|Huyện|Đảng) ủy|Bộ"
    r" Tư lệnh|[Đđ]ại hội"
)
_IN_ARTICLE = re.compile(
    r"HĐND|Hội đồng [Nn]hân dân(?! [Tt]ối cao)|[Đđ]ại biểu Quốc hội|ĐBQH|[Đđ]oàn đại biểu QH"
)


def is_of_a_council(sentence: str) -> bool:
    """Whether a sentence names a council or a part of it, or at least no other assembly."""
    return _COUNCIL.search(sentence) is not None or _ANOTHER.search(sentence) is None


def is_on_a_council(text: VersionText) -> bool:
    """Whether an article is of a council's own site, or names a council somewhere."""
    return text.council is not None or any(
        _IN_ARTICLE.search(passage.text) for passage in text.passages
    )
