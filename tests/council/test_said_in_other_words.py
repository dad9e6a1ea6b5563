"""Votes, supervisions and deadlines in the words of the press."""

from datetime import date

import pytest

from council import Activity, Commitment, Vote
from support.telling import tell


def values(text, kind):
    return [one.value for one in tell("a", date(2024, 3, 20), text) if type(one.value) is kind]


@pytest.mark.parametrize(
    ("text", "vote"),
    [
        ("Với số phiếu tán thành đều là 83/87, hai ông được bầu.", Vote(83, 87)),
        ("Kết quả, 92/97 đại biểu tán thành (hơn 89%).", Vote(92, 97, 8900)),
        ("Có 92/97 đại biểu có mặt (gần 95%) biểu quyết tán thành.", Vote(92, 97)),
    ],
)
def test_votes_of_two_and_with_a_share_that_is_a_bound(text, vote):
    assert values(text, Vote) == [vote]


def test_a_supervision_that_is_set_up_is_not_held():
    for text in (
        "Ngày 14/3, Quốc hội biểu quyết thành lập Đoàn giám sát chuyên đề về giáo dục.",
        "Sáng 14/3, HĐND quận chọn 2 nội dung giám sát.",
    ):
        assert values(text, Activity) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Đến quý IV/2024, Công ty Bến Mới sẽ hoàn thành cầu.",
         [Commitment("Công ty Bến Mới", date(2024, 12, 31))]),
        ("Phòng Nội vụ có trách nhiệm báo cáo UBND quận trước ngày 15/4.",
         [Commitment("Phòng Nội vụ", date(2024, 4, 15))]),
        ("Đến quý IV/2024, Công ty Bến Mới sẽ có 30 xe.", []),
        ("Đến ngày 15/4, Công ty Bến Mới đã hoàn thành cầu.", []),
    ],
)  # fmt: skip
def test_who_is_to_do_something_by_a_quarter(text, found):
    assert values(text, Commitment) == found
