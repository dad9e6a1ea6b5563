"""What was told of another council, another person, another time: right values by kind."""

from datetime import date

import pytest

from council import Council
from council.evidence import same_body
from council.oddities import oddities
from support.telling import COUNCILS, OURS, tell

DAY = date(2019, 7, 13)


def told(kind, text, day=DAY, council=OURS):
    return [fact.value for fact in tell("a", day, text, council=council) if fact.kind == kind]


@pytest.mark.parametrize(
    ("named", "body"),
    [
        ("Hội đồng nhân dân (HĐND) tỉnh Bến Sỏi", "HĐND tỉnh"),
        ("Hội đồng nhân dân (HĐND) quận", "HĐND quận"),
        ("HĐND tỉnh Bến Sỏi", "HĐND tỉnh"),
    ],
)
def test_a_committee_is_of_the_council_that_is_named_with_its_letters_too(named, body):
    (post,) = told("post", f"Tại kỳ họp {named}, Trưởng ban Pháp chế Lê Văn Tám nói.")
    assert post.body == body


@pytest.mark.parametrize(
    "title",
    [
        "Phó Chủ tịch UBND quận phụ trách văn xã",
        "Phó Chủ tịch UBND quận phụ trách khối văn xã",
        "Phó Chủ tịch UBND quận phụ trách đô thị",
    ],
)
def test_a_title_right_before_a_name_is_not_that_of_who_is_named_before(title):
    text = f"Tổ công tác gồm Chủ tịch UBND quận Lê Văn Tám, {title} Trần Thị Bảy và các phòng."
    posts = [(one.person, one.role) for one in told("post", text)]
    assert ("Lê Văn Tám", "Phó Chủ tịch") not in posts
    assert ("Lê Văn Tám", "Chủ tịch") in posts


def test_a_title_for_a_place_remains_that_of_who_is_named_before():
    text = "Ông Lê Văn Tám, Phó Giám đốc Sở Y tế phụ trách khu vực Bến Sỏi, nói."
    assert [one.person for one in told("post", text)] == ["Lê Văn Tám"]


@pytest.mark.parametrize("house", ["Bensoigroup", "BenSoiGroup", "Gosanhland"])
def test_the_head_of_a_house_with_a_brand_is_private(house):
    (person,) = told("person", f"Bà Lê Thị Thu, Tổng giám đốc {house}, nói.")
    assert person.private


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Cử tri đề nghị UBND quận sửa đường Bờ Đê trước ngày 30/9/2019.", []),
        (
            "Nhiều cử tri đề nghị Chủ tịch UBND quận, các phòng trả lời trong kỳ họp thứ 6, ông Lê"
            " Văn Tám thông tin.",
            [],
        ),
        (
            "Cử tri đề nghị sửa đường; Chủ tịch UBND quận Lê Văn Tám hứa hoàn thành đường Bờ Đê"
            " trước ngày 30/9/2019.",
            ["Lê Văn Tám"],
        ),
    ],
)
def test_a_wish_is_no_promise_and_who_answers_it_promises(text, who):
    assert [one.who for one in told("commitment", text)] == who


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Trong tháng 3, quận sẽ khởi công cầu Bến Mới.", date(2020, 3, 1)),
        ("Tháng 3, UBND quận sẽ khởi công cầu Bến Mới.", date(2020, 3, 1)),
        ("Quý I sẽ xong.", date(2020, 1, 1)),
        ("Trong tháng 3, quận khởi công cầu Bến Mới.", date(2019, 3, 1)),
    ],
)
def test_a_time_in_which_something_will_be_lies_ahead(text, first):
    assert [one.first for one in told("date", text)] == [first]


@pytest.mark.parametrize(
    ("one", "other"),
    [("Hội đồng nhân dân", "HĐND"), ("Hội đồng nhân dân Thành phố", "HĐND Thành phố")],
)
def test_a_council_written_out_is_the_same_one(one, other):
    assert same_body(one, other, OURS)


def sessions(*councils, council):
    return [
        fact
        for number, (named, day, session) in enumerate(councils)
        for fact in tell(
            f"s{number}",
            day,
            f"Sáng {day:%d/%m/%Y}, {named} khóa IX khai mạc kỳ họp thứ {session}.",
            council=council,
        )
    ]


def order_of(facts, councils):
    return [one for one in oddities(facts, councils) if one.code == "session-order"]


LATER, EARLIER = (date(2019, 7, 11), "9"), (date(2019, 6, 3), "12")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hội đồng nhân dân (HĐND) TP. Bến Sỏi", "Hội đồng nhân dân (HĐND) TP. Gò Sành"),
        ("HĐND tỉnh Bến Sỏi", "HĐND tỉnh Gò Sành"),
        ("HĐND quận Bến Sỏi", "HĐND huyện Bến Sỏi"),
    ],
)
def test_sessions_of_two_councils_are_in_no_order(one, other):
    facts = sessions((one, *EARLIER), (other, *LATER), council=None)
    assert order_of(facts, {}) == []
    city = Council("thành phố", "Lam Khê", {})
    facts = sessions((one, *EARLIER), (other, *LATER), council=city)
    assert order_of(facts, {"lam-khe": city}) == []


def test_sessions_of_one_council_out_of_order_are_told_on_a_site_without_its_own():
    named = "HĐND tỉnh Bến Sỏi"
    facts = sessions((named, *EARLIER), (named, *LATER), council=None)
    assert len(order_of(facts, {})) == 1


def test_sessions_of_the_own_council_out_of_order_are_told():
    facts = sessions(("HĐND quận", *EARLIER), ("HĐND quận", *LATER), council=OURS)
    assert len(order_of(facts, COUNCILS)) == 1


def test_sessions_of_a_province_that_names_itself_out_of_order_are_told():
    province = Council("tỉnh", "Lam Khê", {})
    facts = sessions(("HĐND tỉnh", *EARLIER), ("HĐND tỉnh Lam Khê", *LATER), council=province)
    assert len(order_of(facts, {"lam-khe": province})) == 1
