"""Offices of a term that is over, of another country, of firms, of questions."""

from datetime import date

import pytest

from council import Council, VersionPassage, VersionText, facts_of

PUBLISHED = date(2018, 12, 18)


def posts(text, published=PUBLISHED):
    passages = VersionPassage("title", 0, "Tin HĐND"), VersionPassage("body", 0, text)
    council = Council("quận", "Thanh Giang", {})
    facts = facts_of(VersionText(passages, published, council))
    return [
        (fact.value.person, fact.value.title, fact.value.status)
        for fact in facts
        if fact.kind == "post"
    ]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Ông Lê Văn Tám là đại biểu Quốc hội khóa XII, XIII.", "former"),
        ("Ông Lê Văn Tám là đại biểu Quốc hội khóa XIV.", "current"),
        ("Ông Lê Văn Tám, Phó Chủ tịch UBND quận 1 giai đoạn 2004-2011, bị khởi tố.", "former"),
        ("Ông Lê Văn Tám, Chủ tịch HĐND quận nhiệm kỳ 2016-2021, phát biểu.", "current"),
        ("Trong khi đó Phó chủ tịch quận Lê Văn Tám đồng ý.", "current"),
        ("UBND quận lúc đó có Phó chủ tịch là ông Lê Văn Tám.", "former"),
        ("Ông Lê Văn Tám được bổ nhiệm Giám đốc Sở Y tế từ năm 2010, sau đó nghỉ.", "former"),
        ("Bà Trần Thị Bảy là Chủ tịch HĐND quận nhiệm kỳ 2011 - 2016.", "former"),
    ],
)
def test_an_office_of_a_term_that_is_over_is_a_former_one(text, status):
    assert [one[2] for one in posts(text)] == [status]


def test_a_title_with_what_it_is_for_is_that_of_the_name_behind_it():
    text = (
        "Tổ trưởng là Chủ tịch UBND thành phố Lê Văn Tám, Phó Chủ tịch phụ trách đô thị Trần Văn"
        " Bảy làm tổ phó."
    )
    holders = {(person, title.split(" phụ")[0]) for person, title, _ in posts(text)}
    assert ("Lê Văn Tám", "Phó Chủ tịch") not in holders
    assert ("Trần Văn Bảy", "Phó Chủ tịch") in holders


@pytest.mark.parametrize(
    "text",
    [
        "Ông Lê Văn Tám - chủ tịch Hội đồng nhân dân tối cao (Quốc hội) nước bạn đến thăm.",
        "Bà Trần Thị Bảy, Phó Chủ tịch tập đoàn Sao Vàng, phát biểu.",
        "Ông Lê Văn Tám, Chủ tịch Tập đoàn Sao Vàng, phát biểu.",
        "Hội đồng quản trị bầu ông Lê Văn Tám làm Chủ tịch kiêm giám đốc điều hành.",
        "Ông Lê Văn Tám là trưởng ban tổ chức lễ hội hoa.",
        "Ai sẽ làm Chủ tịch UBND quận: ông Lê Văn Tám hay ông Trần Văn Bảy?",
    ],
)
def test_no_office_of_a_council(text):
    assert posts(text) == []


def test_a_group_of_the_state_keeps_its_head():
    assert posts("Ông Lê Văn Tám, Chủ tịch Tập đoàn Điện lực Việt Nam, phát biểu.")


def test_a_committee_is_that_of_the_council_named_by_its_place_alone():
    text = "Tại buổi họp báo về kỳ họp thứ 4 HĐND Hà Nội, Trưởng ban Đô thị Lê Văn Tám cho hay."
    assert posts(text) == [("Lê Văn Tám", "Trưởng ban Đô thị HĐND thành phố", "current")]
