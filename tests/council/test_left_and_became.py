"""Who left and who became what: several at once, by a paper, at houses of their own kinds."""

from datetime import date

import pytest

from support.scoring import line_of
from support.telling import OURS, tell

DAY = date(2024, 3, 20)


def told(kind, text):
    return [line_of(fact) for fact in tell("a", DAY, text, council=OURS) if fact.kind == kind]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Với đa số phiếu bầu, {} đã trở thành hai phó chủ tịch UBND quận.", " (elected)"),
        ("Với 30/31 phiếu, {} chính thức trở thành hai phó chủ tịch UBND quận.", " (elected)"),
        ("Tại kỳ họp, {} được bầu làm hai phó chủ tịch UBND quận.", " (elected)"),
        ("Từ hôm nay, {} vừa trở thành các phó chủ tịch UBND quận.", ""),
    ],
)
def test_an_office_that_several_are_given_is_each_one_s(text, status):
    posts = told("post", text.format("ông Lê Văn Tám và bà Trần Thị Bảy"))
    assert posts == [
        f"{name}: phó chủ tịch UBND quận{status}" for name in ("Lê Văn Tám", "Trần Thị Bảy")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Ba phó chủ tịch UBND quận không còn tiếp tục công tác vì những lý do khác nhau: ông Lê Văn"
        " Tám xin nghỉ, bà Trần Thị Bảy qua đời, ông Đỗ Văn Chín về quê.",
        "3 phó chủ tịch UBND quận đã thôi giữ chức: ông Lê Văn Tám nghỉ hưu; bà Trần Thị Bảy mất"
        " và ông Đỗ Văn Chín về quê.",
    ],
)
def test_those_who_no_longer_hold_an_office_held_it(text):
    assert told("post", text) == [
        f"{name}: phó chủ tịch UBND quận (former)"
        for name in ("Lê Văn Tám", "Trần Thị Bảy", "Đỗ Văn Chín")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Ba phó chủ tịch UBND quận không còn công tác: ông Lê Văn Tám nghỉ, bà Trần Thị Bảy mất.",
        "Phó chủ tịch UBND quận không còn công tác: ông Lê Văn Tám nghỉ, bà Trần Thị Bảy mất.",
    ],
)
def test_fewer_names_than_are_counted_are_nobody_s_office(text):
    assert told("post", text) == []


@pytest.mark.parametrize(
    "left",
    [
        "nhận quyết định thôi làm",
        "hôm nay cũng nhận quyết định thôi giữ chức",
        "vừa nhận quyết định cho thôi giữ chức",
        "được trao quyết định thôi giữ chức",
    ],
)
def test_who_is_handed_the_decision_has_left(left):
    text = f"Ông Lê Văn Tám {left} Chủ tịch UBND quận."
    assert told("post", text) == ["Lê Văn Tám: Chủ tịch UBND quận (former)"]
    assert told("personnel", text) == ["released Lê Văn Tám: Chủ tịch UBND quận"]


def test_who_is_handed_the_decision_to_retire_has_left():
    text = "Chủ tịch UBND quận Lê Văn Tám nhận quyết định nghỉ hưu."
    assert told("post", text) == ["Lê Văn Tám: Chủ tịch UBND quận (former)"]


@pytest.mark.parametrize(
    "title",
    [
        "phó Ban chỉ huy quân sự phường",
        "Phó Ban Chỉ huy phòng chống thiên tai huyện",
        "Trưởng ban Chỉ đạo phòng chống dịch quận",
        "Phó trưởng ban chỉ đạo xây dựng nông thôn mới xã",
    ],
)
def test_a_title_says_of_what_its_bearer_is_the_head(title):
    assert told("post", f"Ông Lê Văn Tám, {title}, nói.") == [f"Lê Văn Tám: {title}"]


@pytest.mark.parametrize(
    "title",
    [
        "Tổng giám đốc Tổng công ty cổ phần Bến Sỏi",
        "Phó Tổng giám đốc Tổng công ty CP Gò Sành",
        "Chủ tịch HĐQT Tổng công ty cổ phần Bến Sỏi",
        "Giám đốc Quỹ đầu tư Bến Sỏi",
        "Chủ tịch Quỹ đầu tư Gò Sành",
    ],
)
def test_the_head_of_a_house_of_shareholders_is_private(title):
    text = f"Ông Lê Văn Tám, {title}, nói."
    assert (told("person", text), told("post", text)) == (["Lê Văn Tám*"], [])


@pytest.mark.parametrize(
    "title",
    [
        "Tổng giám đốc Tổng công ty Bến Sỏi",
        "Tổng giám đốc Tổng công ty cổ phần Đường sắt Bến Sỏi",
        "Tổng giám đốc Tổng công ty CP Gang thép Bến Sỏi",
        "Giám đốc Quỹ đầu tư phát triển tỉnh",
    ],
)
def test_the_head_of_a_house_of_the_state_is_public(title):
    text = f"Ông Lê Văn Tám, {title}, nói."
    assert (told("person", text), told("post", text)) == (["Lê Văn Tám"], [f"Lê Văn Tám: {title}"])


@pytest.mark.parametrize(
    "days",
    [
        "diễn ra trong 3 ngày từ 4-4 đến 6-4",
        "sẽ diễn ra từ 4-4 đến 6-4",
        "sẽ diễn ra trong 3 ngày (từ 4-4 đến hết 6-4)",
        "được tổ chức từ 4-4 tới 6-4",
    ],
)
def test_an_event_of_days_with_hyphens_is_one_of_these_days(days):
    text = f"Kỳ họp thứ 5 HĐND quận {days}, ông Lê Văn Tám cho biết."
    assert told("activity", text) == ["kỳ họp 2024-04-04/2024-04-06 planned"]


@pytest.mark.parametrize(
    "text",
    [
        "Giá đất tăng từ 4-4 đến 6-4 triệu đồng.",
        "Đội nhà thua từ 1-2 đến 3-4 rồi gỡ hòa.",
        "Trong ngày từ 4-4 đến 6-4.5 người.",
    ],
)
def test_numbers_with_hyphens_are_no_days_by_themselves(text):
    assert told("date", text) == []
