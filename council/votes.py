"""Votes: how many of how many, and which share.

A number is a vote where the words beside it say so: `45/48 phiếu`, `100% đại biểu có mặt tán
thành`, `với tỷ lệ phiếu đồng ý 92%`. How many took part, went to a general election or answered a
survey, thresholds and votes against are none.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from council.confidence import votes_of_confidence
from council.model import Vote
from council.reader import PassageReading

_ABOUT_VOTES = re.compile(
    r"phiếu|tán thành|đồng ý|nhất trí|biểu quyết|[Tt]ín nhiệm|trúng cử|đại biểu"
)
_NUMBERS = re.compile(r"\d|oàn bộ|ất cả|một phiếu")
_SHARE = r"\d{1,3}(?:[.,]\d{1,2})?(?= ?%)"
_NUMBER = re.compile(
    rf"(?<![\d/.,])(?<!\d-)(?<!\d - )(?:(?P<share>{_SHARE}) ?%"
    r"(?: ?\((?P<votes>\d{1,3})/(?P<of>\d{1,3})(?: [^()%]{0,40})?\))?"
    r"|(?P<n>\d{1,3})(?:/| trong (?:tổng )?số |/tổng số )(?P<all>\d{1,3})(?![\d/%]|[.,]\d)"
    rf"(?: ?\((?:(?:đạt |chiếm )?(?:tỷ|tỉ) lệ |đạt |chiếm )?(?P<with>{_SHARE}) ?%\))?"
    r"|(?P<bare>\d{1,3})(?= (?:phiếu|đại biểu|ĐBQH|ĐB) (?!trở)))"
)
_CONSENT = r"(?:tán thành|đồng ý|nhất trí|thông qua|đồng tình|ủng hộ|biểu quyết)"
_VOTERS = re.compile(
    r" (?:(?:tổng )?số )?(?:phiếu|(?P<who>đại biểu|ĐBQH|ĐB(?!\w)|thành viên))(?: HĐND| Quốc hội)?"
    r"(?: (?:có mặt|hợp lệ|dự họp|tham dự|tham gia|tín nhiệm|thuận|đồng thuận"
    r"|bầu(?= ?[,.;:)]| tán thành| đồng ý|$)))*"
    r"(?:(?: (?:đã|đều|cùng|giơ tay))*(?: (?:biểu quyết|bỏ phiếu))?"
    r"(?: (?:tán thành|đồng ý|thông qua|nhất trí|đồng tình)(?! (?:với|cao) ))+)?"
    r"(?: (?:biểu quyết|bỏ phiếu))?"
)
_SAY_YES = re.compile(
    rf"(?:(?! (?:và|chưa|không) )[^.;:,%()]){{0,40}}?\b(?:{_CONSENT}|bầu (?!cử|thêm))"
)
_SHARE_BEHIND = re.compile(
    r"[,;]? (?:\(?(?:đạt|chiếm|bằng|tương đương)(?: với)?(?: (?:tỷ|tỉ) lệ)?:? |\(?(?:tỷ|tỉ) lệ:? )?"
    r"\(?(?P<about>(?:gần|khoảng) )?(?:(?:hơn|trên) )?(?P<share>\d{1,3}(?:[.,]\d{1,2})?) ?%"
    r"(?:(?:[ ,][^()]{0,60})?\))?"
)
"""A share behind votes: `45/48 phiếu đồng ý, chiếm tỷ lệ 93,75%`."""
_HEAD = re.compile(
    r"\b(?:(?:tỷ lệ|tỉ lệ|số)(?: (?:tổng )?số)? phiếu"
    r"(?: (?:bầu|tán thành|đồng ý|nhất trí|thuận|ủng hộ|tín nhiệm|tuyệt đối))*"
    r"|(?:tỷ lệ|tỉ lệ)(?: (?:tán thành|đồng ý|nhất trí))+)"
    r"(?:,? (?:đều )?(?:là|đạt|chiếm|được)|:)?(?: (?:tỷ lệ|tỉ lệ))?(?: (?:trên|hơn))? $"
)
"""Before a number: `tỷ lệ phiếu tán thành đạt 100%`."""
_AGREED = re.compile(
    r"\b(?:tán thành|đồng ý|nhất trí)(?: tuyệt đối)?(?: (?:với )?(?:tỷ lệ|tỉ lệ))?"
    r"(?: (?:là|đạt))?(?: (?:trên|hơn))? $"
)
_AGREE = re.compile(r" (?:tán thành|đồng ý|nhất trí)(?!\w)(?! (?:cao|với việc|rằng))")
_ASSEMBLY = re.compile(r"đại biểu|HĐND|Hội đồng|Quốc hội|ủy viên|thành viên|hội nghị|kỳ họp|phiên")
_ELECTED_BY = re.compile(
    r"\b(?:trúng cử|đắc cử|bầu(?! cử)|tái cử)\b[^.;]{0,120}(?<!so)(?: với|,)"
    r" (?:tỷ lệ|tỉ lệ|số phiếu)(?: (?:trên|hơn|là|đạt))* $"
)
_AGREED_BY = re.compile(
    r"\bsự (?:thống nhất|nhất trí|đồng ý|đồng thuận|tán thành)(?: cao)? của (?:(?:hơn|trên) )?$"
)
_BY = re.compile(r"\bđược (?:(?:hơn|trên) )?$")
_GIVE = re.compile(r" (?:bỏ phiếu|tín nhiệm|bầu)\b")
_COUNTED = re.compile(r"\bkiểm phiếu\b[^.;]*\bđạt (?:(?:trên|hơn) )?$")
_AGAINST = re.compile(
    r" ?(?:(?:số )?(?:phiếu|đại biểu|ĐB) )?(?:không (?:tán thành|đồng ý|nhất trí|thông qua"
    r"|tín nhiệm|hợp lệ)|không(?= |,|\.|$)|phản đối|chống|trắng)(?!\w)"
)
_AGAINST_BEFORE = re.compile(
    r"\b(?:không (?:tán thành|đồng ý|nhất trí|hợp lệ)|phản đối)(?: là| có| với|:)?,? ?\(?"
    r"(?:(?:tỷ lệ|tỉ lệ|chiếm|đạt) )*$"
)
"""Votes against, and void ones: they are not those that a decision rests on."""
_NO_RESULT = re.compile(
    r"\b(?:nếu|ít nhất|tối thiểu|không dưới|quá|đủ|phải (?:có|được|đạt)|dưới|chỉ cần|giảm|tăng"
    r"|cơ cấu|không quá|từ)(?: (?:trên|hơn|số|tỷ lệ|phiếu|được|có))* $"
)
_HALF = re.compile(r"\b(?:trên|hơn) 50 ?%")
"""Before a threshold, or a part of the deputies."""
_NO_VOTERS = re.compile(
    r" (?:(?:tổng )?số )?(?:phiếu (?:phát ra|thu về|thu vào|khảo sát|góp ý|thăm dò|lấy ý kiến)"
    r"|đại biểu (?:nữ|trẻ|chuyên trách|(?:đã )?trúng cử|tái cử|là|ở|Quốc hội ở))\b"
)
_FEWEST = 5
"""Voters: what is of fewer is a threshold, such as two thirds."""
_ALL = re.compile(
    r"\b(?:[Tt]oàn bộ|[Tt]ất cả)(?: các)? đại biểu(?: HĐND)?(?: (?:có mặt|dự họp|tham dự))*"
    r"(?: (?:đã|đều|cùng|giơ tay|biểu quyết|bỏ phiếu))* (?:nhất trí|tán thành)\b"
)
"""All agree: the share follows from the words."""


def read_votes(reading: PassageReading) -> None:
    """Note the votes of a passage."""
    if not (_NUMBERS.search(reading.text) and _ABOUT_VOTES.search(reading.text)):
        return
    for start, end in reading.sentences:
        of_confidence = list(votes_of_confidence(reading.text, start, end))
        for first, last, vote in of_confidence:
            reading.add(vote, first, last, "vote-confidence")
        if (
            not of_confidence
            and _NUMBERS.search(reading.text, start, end)
            and _ABOUT_VOTES.search(reading.text, start, end)
        ):
            _read(reading, start, end)


def _read(reading: PassageReading, start: int, end: int) -> None:
    text = reading.text
    place = start
    for match in _NUMBER.finditer(text, start, end):
        if match.start() < place or not (vote := _vote(match)):
            continue
        found = _within(text, match, start, end)
        if found is None:
            continue
        first, place = found
        behind = _SHARE_BEHIND.match(text, place, end) if vote.share is None else None
        if behind is not None and vote.votes and not behind["about"]:
            vote = replace(vote, share=_hundredths(behind["share"]))
            place = behind.end()
        if match["bare"] and vote.share is None:
            place = match.end()
        elif vote.share is None or vote.share <= 10000:
            reading.add(vote, first, place, "vote")
    for match in _ALL.finditer(text, start, end):
        if match.start() >= place or place == start:
            reading.add(Vote(share=10000), *match.span(), "vote", stated=False)


def _within(text: str, match: re.Match[str], start: int, end: int) -> tuple[int, int] | None:
    """Where the words of a vote begin and end around its number; None if it is no vote."""
    first, last = match.span()
    left = max(start, first - 160)
    if (
        _AGAINST.match(text, last, end)
        or _NO_VOTERS.match(text, last, end)
        or _AGAINST_BEFORE.search(text, left, first)
        or _NO_RESULT.search(text, left, first)
        or _HALF.match(text, max(start, first - 5), last)
    ):
        return None
    voters = _VOTERS.match(text, last, end)
    if voters is not None:
        last = voters.end()
        said = re.search(_CONSENT, voters.group())
        if _AGAINST.match(text, last, end):
            return None
        if voters["who"] and not said and not _AGREED_BY.search(text, left, first):
            bracket = _SHARE_BEHIND.match(text, last, end)
            yes = bracket.end() if bracket else last
            given = _BY.search(text, left, first) and _GIVE.search(voters.group())
            if not given and not _SAY_YES.match(text, yes, end):
                return None
        return first, last
    if (head := _HEAD.search(text, left, first)) is not None:
        return head.start(), last
    if any(one.search(text, left, first) for one in (_ELECTED_BY, _COUNTED)):
        return first, last
    agree = _AGREE.match(text, last, end)
    if (agree or _AGREED.search(text, left, first)) and _ASSEMBLY.search(text, start, end):
        return first, agree.end() if agree else last
    return None


def _vote(match: re.Match[str]) -> Vote | None:
    """What a number says, if it can be that of votes."""
    votes, of = match["votes"] or match["n"] or match["bare"], match["of"] or match["all"]
    if of and int(of) < _FEWEST:
        return None
    written = match["share"] or match["with"]
    share = _hundredths(written) if written else None
    return Vote(int(votes) if votes else None, int(of) if of else None, share)


def _hundredths(share: str) -> int:
    return int(Decimal(share.replace(",", ".")) * 100)
