"""Posts told in a row, behind a pronoun, or past what stands between a name and its title."""

import pytest

from support.scoring import lines as told


@pytest.mark.parametrize(
    ("paragraphs", "posts"),
    [
        (
            ["Ông Phó Đức Nhuận quê Bến Sỏi. Ông từng làm Phó Chủ tịch UBND huyện Bến Sỏi."],
            ["Phó Đức Nhuận: Phó Chủ tịch UBND huyện Bến Sỏi (former)"],
        ),
        (
            ["Bà Ông Thị Kim Liễu phát biểu.", "Bà cũng là đại biểu HĐND tỉnh khóa IX."],
            ["Ông Thị Kim Liễu: đại biểu HĐND tỉnh"],
        ),
        (
            ["Ông Phó Đức Nhuận tốt nghiệp đại học. Hiện ông là Giám đốc Sở Nội vụ."],
            ["Phó Đức Nhuận: Giám đốc Sở Nội vụ"],
        ),
        (
            ["Ông Phó Đức Nhuận nghỉ hưu. Trước đó, ông này từng giữ chức Chủ tịch UBND huyện."],
            ["Phó Đức Nhuận: Chủ tịch UBND huyện (former)"],
        ),
        (["Ông Phó Đức Nhuận nghỉ. Một năm sau, ông làm Phó chủ tịch UBND huyện."], []),
        # Two could be meant, or a woman, or somebody who is spoken of by an office alone.
        (["Ông Phó Đức Nhuận gặp ông Hà Kiên Định. Ông là Giám đốc Sở Nội vụ."], []),
        (["Bà Phương Thu Trà phát biểu. Ông là Giám đốc Sở Nội vụ."], []),
        (
            [
                "Ông Phó Đức Nhuận phát biểu. Chủ tịch huyện trả lời. Ông là Giám đốc Sở Y tế.",
            ],
            [],
        ),
        (["Ông Phó Đức Nhuận kể: “Thầy tôi nghiêm lắm. Ông là Giám đốc Sở Y tế”."], []),
    ],
)
def test_a_pronoun_has_the_posts_of_the_one_person_it_can_mean(paragraphs, posts):
    assert told("post", *paragraphs) == posts


@pytest.mark.parametrize(
    ("text", "posts"),
    [
        (
            "Ông Phó Đức Nhuận từng giữ các chức vụ: Chuyên viên, Phó Trưởng phòng, Trưởng phòng"
            " Nội vụ huyện; Bí thư Huyện ủy Bến Sỏi (2012-2015), nay là Giám đốc Sở Nội vụ.",
            [
                "Phó Trưởng phòng Nội vụ huyện (former)",
                "Trưởng phòng Nội vụ huyện (former)",
                "Bí thư Huyện ủy Bến Sỏi (former)",
                "Giám đốc Sở Nội vụ",
            ],
        ),
        (
            "Ông Phó Đức Nhuận sinh năm 1970, quê xã Gò Sành, từng trải qua các vị trí Phó Giám đốc"
            " rồi Giám đốc Sở Tài chính.",
            ["Phó Giám đốc Sở Tài chính (former)", "Giám đốc Sở Tài chính (former)"],
        ),
        (
            "Ông Phó Đức Nhuận đã đảm nhiệm các chức vụ Giám đốc Sở Tài chính, Bí thư Huyện ủy Bến"
            " Sỏi, Phó chủ tịch UBND tỉnh.",
            [
                "Giám đốc Sở Tài chính (former)",
                "Bí thư Huyện ủy Bến Sỏi (former)",
                "Phó chủ tịch UBND tỉnh (former)",
            ],
        ),
        (
            "Được biết, ông Phó Đức Nhuận sinh năm 1965, từng giữ chức Bí thư Thị ủy.",
            ["Bí thư Thị ủy (former)"],
        ),
        (
            "Trước đó, ông Phó Đức Nhuận có 8 năm công tác tại huyện, kinh qua các chức danh Bí thư"
            " Huyện đoàn, Phó chủ tịch UBND huyện.",
            ["Bí thư Huyện đoàn (former)", "Phó chủ tịch UBND huyện (former)"],
        ),
        (
            "Ông Phó Đức Nhuận 58 tuổi, trước khi giữ chức Chủ tịch UBND tỉnh từng kinh qua các vị"
            " trí Phó trưởng ban, Trưởng ban Tổ chức Tỉnh ủy.",
            [
                "Phó trưởng ban Tổ chức Tỉnh ủy (former)",
                "Trưởng ban Tổ chức Tỉnh ủy (former)",
            ],
        ),
        (
            "Trước đây, ông Phó Đức Nhuận từng công tác trong ngành công an, làm Phó giám đốc Sở"
            " Ngoại vụ.",
            ["Phó giám đốc Sở Ngoại vụ (former)"],
        ),
        (
            "Ông Phó Đức Nhuận, trước là Chủ tịch UBND huyện, nay nghỉ ở nhà.",
            ["Chủ tịch UBND huyện (former)"],
        ),
        (
            "Ông Phó Đức Nhuận quê xã Gò Sành (Hoàng Su Khê, Hà Giang), từng là Bí thư Huyện ủy,"
            " Chủ tịch HĐND huyện Hoàng Su Khê; Phó bí thư Tỉnh ủy.",
            [
                "Bí thư Huyện ủy (former)",
                "Chủ tịch HĐND huyện Hoàng Su Khê (former)",
                "Phó bí thư Tỉnh ủy (former)",
            ],
        ),
        (
            "Ông Phó Đức Nhuận hiện vẫn còn là đại biểu HĐND tỉnh.",
            ["đại biểu HĐND tỉnh"],
        ),
        (
            "Ông Phó Đức Nhuận vừa gửi đơn xin thôi nhiệm vụ đại biểu HĐND tỉnh.",
            ["đại biểu HĐND tỉnh"],
        ),
        (
            "Ông Phó Đức Nhuận hiện là Phó trưởng đoàn chuyên trách Đoàn ĐBQH tỉnh.",
            ["Phó trưởng đoàn chuyên trách Đoàn ĐBQH tỉnh"],
        ),
        (
            "Từ tháng 5/2012 đến tháng 8/2016, ông Phó Đức Nhuận là Giám đốc Sở Tài chính.",
            ["Giám đốc Sở Tài chính (former)"],
        ),
        (
            "Từ tháng 5-2022 đến nay, ông Phó Đức Nhuận là Giám đốc Sở Tài chính.",
            ["Giám đốc Sở Tài chính"],
        ),
        (
            "Trước khi được bầu, ông Phó Đức Nhuận là Giám đốc Sở Tài chính.",
            ["Giám đốc Sở Tài chính (former)"],
        ),
        (
            "Ông Phó Đức Nhuận, lúc đó là Giám đốc Sở Tài chính, đã ký.",
            ["Giám đốc Sở Tài chính (former)"],
        ),
        (
            "Tiếp đó, ông Phó Đức Nhuận được phân công giữ chức Bí thư Huyện ủy Bến Sỏi.",
            [],
        ),
    ],
)
def test_a_career_is_told_of_who_has_been_through_it(text, posts):
    assert told("post", text) == [f"Phó Đức Nhuận: {post}" for post in posts]


def test_those_who_are_elected_are_so_past_their_own_titles():
    text = (
        "HĐND tỉnh đã bầu ông Phó Đức Nhuận, Giám đốc Sở Nội vụ tỉnh và bà Phương Thu Trà, Giám đốc"
        " Sở Y tế tỉnh làm Ủy viên UBND tỉnh."
    )
    assert told("personnel", text) == [
        "elected Phó Đức Nhuận: Ủy viên UBND tỉnh",
        "elected Phương Thu Trà: Ủy viên UBND tỉnh",
    ]


@pytest.mark.parametrize(
    ("text", "decisions"),
    [
        (
            "HĐND bầu bổ sung hai Ủy viên UBND tỉnh đối với ông Phó Đức Nhuận, Giám đốc Sở Y tế"
            " (đạt 50/52 phiếu) và bà Phương Thu Trà.",
            [
                "elected Phó Đức Nhuận: Ủy viên UBND tỉnh",
                "elected Phương Thu Trà: Ủy viên UBND tỉnh",
            ],
        ),
        (
            "Kết quả, bà Phương Thu Trà và ông Phó Đức Nhuận trúng cử Ủy viên UBND tỉnh.",
            [
                "elected Phương Thu Trà: Ủy viên UBND tỉnh",
                "elected Phó Đức Nhuận: Ủy viên UBND tỉnh",
            ],
        ),
        (
            "HĐND miễn nhiệm chức danh Phó Trưởng Ban Pháp chế đối với ông Phó Đức Nhuận và Phó"
            " Trưởng Ban Đô thị đối với bà Phương Thu Trà.",
            [
                "dismissed Phó Đức Nhuận: Phó Trưởng Ban Pháp chế",
                "dismissed Phương Thu Trà: Phó Trưởng Ban Đô thị",
            ],
        ),
        (
            "Các ông Phó Đức Nhuận (Giám đốc Sở Y tế), Hà Kiên Định (Giám đốc Sở Nội vụ) được giới"
            " thiệu để bầu vào vị trí Phó Chủ tịch UBND tỉnh.",
            [
                "nominated Phó Đức Nhuận: Phó Chủ tịch UBND tỉnh",
                "nominated Hà Kiên Định: Phó Chủ tịch UBND tỉnh",
            ],
        ),
        # What the next sentence denies was not decided.
        (
            "Ông Phó Đức Nhuận được bầu làm Chủ tịch UBND tỉnh. Thông tin này là không chính xác.",
            [],
        ),
        (
            "Ông Phó Đức Nhuận được bầu làm Chủ tịch UBND tỉnh. Bà Phương Thu Trà bác bỏ tin đồn"
            " này.",
            [],
        ),
    ],
)
def test_a_decision_on_several_is_each_one_s(text, decisions):
    assert told("personnel", text) == decisions


@pytest.mark.parametrize(
    ("text", "posts"),
    [
        (
            "Trưởng ban Quản lý Khu kinh tế mở Chu Lai, Phó Chủ tịch UBND tỉnh cùng dự.",
            [],
        ),
        (
            "Ông Phó Đức Nhuận - Bí thư Đảng ủy Khối các cơ quan trung ương dự.",
            ["Phó Đức Nhuận: Bí thư Đảng ủy Khối các cơ quan trung ương"],
        ),
        (
            "Ông Phó Đức Nhuận, Tổng giám đốc Tổng công ty Du lịch Bến Sỏi, dự.",
            ["Phó Đức Nhuận: Tổng giám đốc Tổng công ty Du lịch Bến Sỏi"],
        ),
        (
            "Ông Phó Đức Nhuận, Giám đốc Ban quản lý dự án giao thông, dự.",
            ["Phó Đức Nhuận: Giám đốc Ban quản lý dự án giao thông"],
        ),
        (
            "Ông Hà Kiên Định được đề cử làm Chủ tịch UBND quận - Phó Bí thư Quận ủy Phó Đức Nhuận"
            " cho biết.",
            [
                "Hà Kiên Định: Chủ tịch UBND quận (candidate)",
                "Phó Đức Nhuận: Phó Bí thư Quận ủy",
            ],
        ),
        (
            "Huyện điều động anh Hải về làm Phó Giám đốc Công ty Cấp nước, nguyên Chủ tịch HĐND"
            " huyện Phương Thu Trà nói.",
            ["Phương Thu Trà: Chủ tịch HĐND huyện (former)"],
        ),
    ],
)
def test_an_office_has_its_whole_name_and_its_own_bearer(text, posts):
    assert told("post", text) == posts


def test_a_name_of_another_language_is_not_cut_into_a_person():
    assert told("person", "Ông Kim Yong-sun và bà Minh T. dự.") == []


@pytest.mark.parametrize(
    ("text", "posts"),
    [
        ("Giám đốc Sở Lê Văn Tám cho biết.", ["Lê Văn Tám: Giám đốc Sở"]),
        ("Tổng giám đốc Công ty cổ phần sản xuất chương trình An Viên dự.", []),
        (
            "Từ năm 2010-2012, ông Phó Đức Nhuận là Giám đốc Sở Y tế. Một năm sau, ông được bầu làm"
            " Phó Chủ tịch UBND tỉnh.",
            [
                "Phó Đức Nhuận: Giám đốc Sở Y tế (former)",
                "Phó Đức Nhuận: Phó Chủ tịch UBND tỉnh (elected)",
            ],
        ),
        (
            "Bà Phương Thu Trà, Phó Chủ tịch hội phụ nữ xã, dự.",
            ["Phương Thu Trà: Phó Chủ tịch hội phụ nữ xã"],
        ),
        (
            "Ông Phó Đức Nhuận là ứng viên đại biểu HĐND xã.",
            ["Phó Đức Nhuận: đại biểu HĐND xã (candidate)"],
        ),
        (
            "Ông Phó Đức Nhuận - phó giám đốc Sở Y tế - được giới thiệu và được 100% đại biểu bầu"
            " làm giám đốc Sở Y tế.",
            [
                "Phó Đức Nhuận: phó giám đốc Sở Y tế",
                "Phó Đức Nhuận: giám đốc Sở Y tế (elected)",
            ],
        ),
        # A title of several in general is not that of the officer named next.
        ("Thông tin với các đại biểu HĐND, đại tá Phó Đức Nhuận nói.", []),
    ],
)
def test_a_title_ends_where_its_bearer_or_its_body_does(text, posts):
    assert told("post", text) == posts


A, B, C = "Phó Đức Nhuận", "Hà Kiên Định", "Phương Thu Trà"


@pytest.mark.parametrize(
    ("text", "posts", "decisions"),
    [
        (
            "Thủ tướng quyết định điều động, bổ nhiệm có thời hạn ông Phó Đức Nhuận, Giám đốc Sở"
            " Nội vụ, giữ chức Thứ trưởng Nội vụ.",
            [f"{A}: Giám đốc Sở Nội vụ (former)", f"{A}: Thứ trưởng Nội vụ"],
            [f"appointed {A}: Thứ trưởng Nội vụ"],
        ),
        (
            "Ông Phó Đức Nhuận - Phó Giám đốc Sở Nội vụ về giữ chức Giám đốc Sở Y tế.",
            [f"{A}: Phó Giám đốc Sở Nội vụ (former)", f"{A}: Giám đốc Sở Y tế"],
            [],
        ),
        (
            "Thay bà là ông Phó Đức Nhuận, nguyên Giám đốc Sở Nội vụ, kiêm Chủ tịch UBND huyện Bến"
            " Sỏi.",
            [f"{A}: Giám đốc Sở Nội vụ (former)", f"{A}: Chủ tịch UBND huyện Bến Sỏi (former)"],
            [],
        ),
        (
            "Có thông tin ông Hà Kiên Định bị miễn nhiệm chức Giám đốc Sở Nội vụ, song cơ quan này"
            " bác bỏ.",
            [f"{B}: Giám đốc Sở Nội vụ"],
            [],
        ),
        (
            "Ông Hà Kiên Định được giới thiệu để bầu Ủy viên UBND quận nhưng không trúng cử.",
            [],
            [f"not elected {B}: Ủy viên UBND quận"],
        ),
        (
            "Hai người được bầu giữ chức danh Phó Chủ tịch HĐND quận: Phó Đức Nhuận và Hà Kiên"
            " Định.",
            [f"{A}: Phó Chủ tịch HĐND quận (elected)", f"{B}: Phó Chủ tịch HĐND quận (elected)"],
            [f"elected {one}: Phó Chủ tịch HĐND quận" for one in (A, B)],
        ),
        (
            "Kỳ họp bầu 2 Uỷ viên Uỷ ban gồm: ông Phó Đức Nhuận, Giám đốc Sở Y tế; bà Phương Thu"
            " Trà.",
            [f"{A}: Uỷ viên Uỷ ban (elected)", f"{C}: Uỷ viên Uỷ ban (elected)",
             f"{A}: Giám đốc Sở Y tế"],
            [f"elected {one}: Uỷ viên Uỷ ban" for one in (A, C)],
        ),
        (
            "Ông Phó Đức Nhuận, 50 tuổi, từng giữ các chức vụ Giám đốc Sở Nội vụ, Bí thư Huyện ủy.",
            [f"{A}: Giám đốc Sở Nội vụ (former)", f"{A}: Bí thư Huyện ủy (former)"],
            [],
        ),
        (
            "Thượng tá Phó Đức Nhuận, phó trưởng Công an quận 12, nói.",
            [f"{A}: phó trưởng Công an quận 12"],
            [],
        ),
        (
            "UBND TP Bến Sỏi có 2 phó chủ tịch gồm ông Phó Đức Nhuận và bà Phương Thu Trà.",
            [f"{one}: phó chủ tịch UBND TP Bến Sỏi" for one in (A, C)],
            [],
        ),
    ],
)  # fmt: skip
def test_who_is_given_an_office_has_it_and_leaves_the_one_before(text, posts, decisions):
    assert told("post", text) == posts
    assert sorted(told("personnel", text)) == sorted(decisions)
