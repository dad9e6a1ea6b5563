"""Votes as articles word them; what took part, thresholds, surveys and turnouts are none."""

from datetime import date

import pytest

from council import Vote
from support.telling import tell

HIGH, PLAIN, LOW = "tín nhiệm cao", "tín nhiệm", "tín nhiệm thấp"


def votes(text):
    return [one.value for one in tell("a", date(2024, 3, 20), text) if type(one.value) is Vote]


@pytest.mark.parametrize(
    ("text", "vote"),
    [
        ("Ông Tám trúng cử với 45/48 phiếu, chiếm tỷ lệ 93,75%.", Vote(45, 48, 9375)),
        ("Với 78/79 phiếu tín nhiệm, đạt 98,73%, ông Tám được bầu.", Vote(78, 79, 9873)),
        ("Bà Mây được bầu với số phiếu tuyệt đối 48/48 (đạt tỷ lệ 100%).", Vote(48, 48, 10000)),
        ("Nghị quyết được thông qua với tỷ lệ phiếu đồng ý 92%.", Vote(share=9200)),
        ("Ông Tám tái cử với tỉ lệ phiếu bầu đạt 88,33%.", Vote(share=8833)),
        ("HĐND quận họp, tỷ lệ nhất trí 100%.", Vote(share=10000)),
        ("Các đại biểu đã nhất trí 100% thông qua tờ trình.", Vote(share=10000)),
        ("Tờ trình được 100% đại biểu giơ tay biểu quyết.", Vote(share=10000)),
        ("100% đại biểu có mặt đã biểu quyết nhất trí.", Vote(share=10000)),
        ("Ông Tám được 65/66 đại biểu dự họp bầu giữ chức Chủ tịch.", Vote(65, 66)),
        ("Ông Tám được bầu với sự thống nhất của 51/55 đại biểu có mặt.", Vote(51, 55)),
        ("Có 45/45 đại biểu (tỷ lệ 100%) đã biểu quyết đồng ý.", Vote(45, 45, 10000)),
        ("44/48 (tỷ lệ 91,7%) đại biểu HĐND đã bầu ông Tám làm Chủ tịch.", Vote(44, 48, 9170)),
        ("Có 47 trong tổng số 50 đại biểu biểu quyết tán thành.", Vote(47, 50)),
        ("Có 45 đại biểu tán thành, chiếm 93,75%.", Vote(45, None, 9375)),
        ("Kết quả kiểm phiếu cho thấy ông Tám đạt 61,5%.", Vote(share=6150)),
        ("Bà Mây trúng cử chức vụ trên với tỷ lệ 93,42% trên tổng số đại biểu.", Vote(share=9342)),
    ],
)
def test_a_vote_is_read_as_it_is_worded(text, vote):
    assert votes(text) == [vote]


def test_all_deputies_are_a_share_that_follows():
    (told,) = [
        one
        for one in tell("a", date(2024, 3, 20), "Toàn bộ đại biểu có mặt đều nhất trí bầu ông Tám.")
        if one.kind == "vote"
    ]
    assert (told.value, told.stated, told.quote) == (
        Vote(share=10000),
        False,
        "Toàn bộ đại biểu có mặt đều nhất trí",
    )


@pytest.mark.parametrize(
    "text",
    [
        "Kỳ họp có 45/48 đại biểu tham dự và đã thông qua nghị quyết.",
        "Kỳ họp có sự tham dự của 45/48 đại biểu, đã bầu Chủ tịch.",
        "Tỷ lệ cử tri đi bầu đạt 99,2%.",
        "100% phiếu thu về hợp lệ.",
        "Các ứng viên đạt số phiếu tín nhiệm trên 50% thì vào vòng sau.",
        "Nghị quyết phải được ít nhất 2/3 đại biểu tán thành.",
        "Phải có trên 50% đại biểu tán thành mới thông qua.",
        "Hơn 90% người được hỏi trong 15.000 phiếu khảo sát ủng hộ đề án.",
        "Lớp nhất trí 100% với cách làm của cô giáo.",
        "Cần giảm 50% đại biểu ở cơ quan hành pháp và biểu quyết sau.",
        "100% đại biểu cũng chưa thông qua.",
        "Có 3/48 phiếu không đồng ý.",
    ],
)
def test_what_only_looks_like_a_vote_is_none(text):
    assert votes(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            'Ông có 36 phiếu "tín nhiệm cao", 12 phiếu "tín nhiệm" và 5 phiếu "tín nhiệm thấp".',
            [Vote(36, level=HIGH), Vote(12, level=PLAIN), Vote(5, level=LOW)],
        ),
        (
            "Phiếu tín nhiệm cao, tín nhiệm và tín nhiệm thấp của ông Tám lần lượt là 35, 14, 2;"
            " bà Mây có số phiếu lần lượt là 30, 13 và 8.",
            [
                Vote(35, level=HIGH), Vote(14, level=PLAIN), Vote(2, level=LOW),
                Vote(30, level=HIGH), Vote(13, level=PLAIN), Vote(8, level=LOW),
            ],
        ),
        (
            "Bà Mây: Tín nhiệm cao: 46; Tín nhiệm: 01; Tín nhiệm thấp: 0.",
            [Vote(46, level=HIGH), Vote(1, level=PLAIN), Vote(0, level=LOW)],
        ),
        ("Với 45/53 phiếu, ông có phiếu “tín nhiệm cao” nhiều nhất.", [Vote(45, 53, None, HIGH)]),
        ("Người có phiếu tín nhiệm thấp nhiều nhất là bà Mây với 16 phiếu tín thấp, chiếm 29,63%.",
         [Vote(16, None, 2963, LOW)]),
        ("Ba người đạt tín nhiệm cao nhất với 84, 72, 67 phiếu.",
         [Vote(84, level=HIGH), Vote(72, level=HIGH), Vote(67, level=HIGH)]),
        ("Ông Tám nhận 60% phiếu tín nhiệm thấp.", [Vote(share=6000, level=LOW)]),
    ],
)  # fmt: skip
def test_votes_of_confidence_have_their_level(text, found):
    assert votes(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Lấy phiếu tín nhiệm 30 vị trí, không ai bị tín nhiệm thấp.",
        "Tín nhiệm thấp tăng so với 18 phiếu kỳ trước.",
        "Có 53 phiếu phát ra, không có phiếu tín nhiệm thấp.",
    ],
)
def test_a_number_beside_confidence_that_is_no_result(text):
    assert votes(text) == []
