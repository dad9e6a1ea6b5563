"""Whether an event is one of a council, and not of another assembly that a sentence names."""

from __future__ import annotations

import re

from council.councils import PARTY_RANK
from council.model import VersionText

_COUNCIL = re.compile(
    r"HĐND|Hội đồng [Nn]hân dân(?! [Tt]ối cao)|Tổ đại biểu|TXCT|tiếp công dân"
    r"|(?<!kiến nghị của )(?<!kiến nghị )(?<!ý kiến của )(?<!ý kiến )cử tri"
    r"|[Bb]an (?:Pháp chế|Kinh tế(?! Trung ương)|Văn hóa|Đô thị|Dân tộc)"
    r"|[Đđ]oàn (?:ĐBQH|đại biểu Quốc hội|đại biểu QH)"
)
_ONLY_NAMED = re.compile(
    r"(?:\b(?:[Nn]ghị quyết|[Qq]uy chế|[Nn]ội quy|[Ll]uật|[Đđ]ề án|[Tt]ờ trình)"
    r"(?: (?!tại|trình|sẽ|đã|được|k[ỳì]|phiên)[^\s,.;:]+){0,9}?"
    r"|\b(?:chức danh|chức vụ|bầu cử)(?: [^\s.;:]+){0,8}?|\bdo(?: Quốc hội,?(?: và)?)?"
    r"|\blà đại biểu|\bthành viên)"
    r" (?:HĐND|Hội đồng [Nn]hân dân|[Đđ]oàn (?:ĐBQH|đại biểu Quốc hội))"
)
"""A council that is named in the name of a paper or an office, or as whoever elects somebody."""
_ANOTHER = re.compile(
    r"Quốc [Hh]ội|ĐBQH|Chính phủ|[Tt]hủ tướng|Hội đồng bầu cử|Mặt trận|MTTQ|hiệp thương"
    rf"|Trung ương|UBKT|[Tt]ối cao|Bộ Chính trị|Ban Bí thư|{PARTY_RANK} ủy|Bộ"
    r" Tư lệnh|[Đđ]ại hội"
)
_ITS_BODY = re.compile(
    r"(?:[Pp]hiên (?:chất vấn|giải trình)(?: và trả lời chất vấn)?(?: của| tại)?(?= Quốc hội)"
    r"|[Kk][ỳì] họp|[Pp]hiên họp|[Hh]ội nghị|[Cc]uộc họp|họp"
    r"|[Đđ]oàn [Gg]iám sát|giám sát)"
    r"(?: (?!HĐND|Hội đồng nhân dân|cử tri)[^\s,.;:()]+| \([^()]*\)){0,6}?"
    r" (?:(?P<council>HĐND|Hội đồng [Nn]hân dân|Thường trực H"
    r"|Ban (?:Pháp chế|Kinh tế|Văn hóa|Đô thị|Dân tộc)|Tổ đại biểu|do |cử tri|với )"
    r"|(?P<other>Quốc [Hh]ội|Chính phủ|UBND|Ủy ban nhân dân|Ủy ban [Tt]hường vụ|Thường vụ"
    r"|Trung ương|TƯ|(?:Ban Thường vụ |Ban Chấp hành |Thường trực |Ban cán sự )?"
    rf"(?:[Đđ]ảng|{PARTY_RANK} ủy)"
    r"|cán bộ chủ chốt|Mặt trận|MTTQ|Ủy ban Kiểm tra|UBKT|Hội đồng bầu cử|Bộ |Sở ))"
)
"""An event and the first body that its words name: `kỳ họp thứ 8 Quốc hội`."""
_IN_ARTICLE = re.compile(
    r"HĐND|Hội đồng [Nn]hân dân(?! [Tt]ối cao)|[Đđ]ại biểu Quốc hội|ĐBQH|[Đđ]oàn đại biểu QH"
)


def is_of_a_council(sentence: str) -> bool:
    """Whether a sentence names a council or a part of it, or at least no other assembly."""
    acting = _ONLY_NAMED.sub(" ", sentence)
    return _COUNCIL.search(acting) is not None or _ANOTHER.search(sentence) is None


def without_names(sentence: str) -> str:
    """A sentence with spaces for the councils that it only names, its places as they were."""
    return _ONLY_NAMED.sub(lambda match: " " * len(match.group()), sentence)


def is_another_s(text: str, place: int, right: int) -> bool:
    """Whether an event that begins at `place` is one of another body by its own words, whatever
    council its sentence names beside it: `tại phiên họp UBND quận, Chủ tịch HĐND quận nói`."""
    named = _ITS_BODY.match(text, place, right)
    return named is not None and named["other"] is not None


def is_on_a_council(text: VersionText) -> bool:
    """Whether an article is of a council's own site, or names a council somewhere."""
    return text.council is not None or any(
        _IN_ARTICLE.search(passage.text) for passage in text.passages
    )
