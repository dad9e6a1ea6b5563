"""Who is moved to an office, leaves one for another, or is dismissed by name."""

import pytest

from support.scoring import lines as told


@pytest.mark.parametrize(
    ("text", "posts", "decisions"),
    [
        (
            "Ông Phó Đức Nhuận nguyên Bí thư Huyện ủy kiêm Chủ tịch HĐND huyện được Trung ương điều"
            " động về giữ chức vụ Phó Văn phòng Trung ương Đảng.",
            [
                "Bí thư Huyện ủy (former)",
                "Chủ tịch HĐND huyện (former)",
                "Phó Văn phòng Trung ương Đảng",
            ],
            ["appointed: Phó Văn phòng Trung ương Đảng"],
        ),
        (
            "Ông Phó Đức Nhuận được chuyển từ Chủ tịch UBND huyện sang giữ chức vụ Bí thư Huyện ủy"
            " Bến Sỏi.",
            ["Chủ tịch UBND huyện (former)", "Bí thư Huyện ủy Bến Sỏi"],
            ["appointed: Bí thư Huyện ủy Bến Sỏi"],
        ),
        (
            "Ông Phó Đức Nhuận thôi giữ chức Giám đốc Sở Nội vụ để đảm nhiệm chức vụ Chánh Văn"
            " phòng UBND tỉnh.",
            ["Giám đốc Sở Nội vụ (former)", "Chánh Văn phòng UBND tỉnh"],
            ["released: Giám đốc Sở Nội vụ", "appointed: Chánh Văn phòng UBND tỉnh"],
        ),
        (
            "Trước đó, ông Phó Đức Nhuận thôi giữ chức Tổng biên tập báo Đông Bình để đảm nhiệm"
            " chức Giám đốc Sở Nội vụ.",
            ["Tổng biên tập báo Đông Bình (former)", "Giám đốc Sở Nội vụ"],
            ["released: Tổng biên tập báo Đông Bình", "appointed: Giám đốc Sở Nội vụ"],
        ),
        (
            "Ban Bí thư luân chuyển, chỉ định đồng chí Phó Đức Nhuận, Ủy viên Ủy ban Kiểm tra tham"
            " gia Ban Chấp hành, Ban Thường vụ và giữ chức Phó Bí thư Tỉnh ủy Đông Bình.",
            ["Ủy viên Ủy ban Kiểm tra", "Phó Bí thư Tỉnh ủy Đông Bình"],
            ["appointed: Phó Bí thư Tỉnh ủy Đông Bình"],
        ),
        (
            "Ông Phó Đức Nhuận chuyển công tác, nhận chức vụ Phó Chủ tịch Hội Nông dân tỉnh.",
            ["Phó Chủ tịch Hội Nông dân tỉnh"],
            ["appointed: Phó Chủ tịch Hội Nông dân tỉnh"],
        ),
        (
            "HĐND tỉnh miễn nhiệm chức danh Phó Chủ tịch UBND tỉnh đối với Đại tá Phó Đức Nhuận"
            " (đã được điều chuyển làm Bí thư Huyện ủy Bến Sỏi).",
            ["Phó Chủ tịch UBND tỉnh (former)", "Bí thư Huyện ủy Bến Sỏi"],
            ["dismissed: Phó Chủ tịch UBND tỉnh", "appointed: Bí thư Huyện ủy Bến Sỏi"],
        ),
        (
            "Ông Phó Đức Nhuận, Bí thư Huyện ủy, Chủ tịch HĐND huyện Cát Khê thôi giữ chức Bí thư"
            " Huyện ủy, thôi tham gia Ban Thường vụ Huyện ủy Cát Khê để giữ chức Phó trưởng Ban Dân"
            " vận Tỉnh ủy.",
            [
                "Bí thư Huyện ủy (former)",
                "Chủ tịch HĐND huyện Cát Khê",
                "Bí thư Huyện ủy (former)",
                "Phó trưởng Ban Dân vận Tỉnh ủy",
            ],
            ["released: Bí thư Huyện ủy", "appointed: Phó trưởng Ban Dân vận Tỉnh ủy"],
        ),
        (
            "Ông Phó Đức Nhuận thôi giữ chức Phó Bí thư Quận ủy, Phó Chủ tịch UBND quận để giữ chức"
            " Giám đốc Sở Nội vụ.",
            [
                "Phó Bí thư Quận ủy (former)",
                "Phó Chủ tịch UBND quận (former)",
                "Giám đốc Sở Nội vụ",
            ],
            [
                "released: Phó Bí thư Quận ủy",
                "released: Phó Chủ tịch UBND quận",
                "appointed: Giám đốc Sở Nội vụ",
            ],
        ),
        (
            "Ông Phó Đức Nhuận thôi chức Bí thư Quận ủy, giữ chức Phó Ban Dân vận Thành ủy.",
            ["Bí thư Quận ủy (former)", "Phó Ban Dân vận Thành ủy"],
            ["released: Bí thư Quận ủy", "appointed: Phó Ban Dân vận Thành ủy"],
        ),
        (
            "Bí thư Thành ủy trao quyết định điều động ông Phó Đức Nhuận (Bí thư Quận ủy Lâm Khê)"
            " giữ chức Trưởng ban Tổ chức Thành ủy.",
            ["Bí thư Quận ủy Lâm Khê (former)", "Trưởng ban Tổ chức Thành ủy"],
            ["appointed: Trưởng ban Tổ chức Thành ủy"],
        ),
        (
            "Ban Bí thư điều động, chỉ định ông Phó Đức Nhuận, Thứ trưởng Bộ Nội vụ về Cát Khê tham"
            " gia Ban Chấp hành, Ban Thường vụ và chỉ định giữ chức vụ Phó Bí thư Tỉnh ủy.",
            ["Thứ trưởng Bộ Nội vụ (former)", "Phó Bí thư Tỉnh ủy"],
            ["appointed: Phó Bí thư Tỉnh ủy"],
        ),
        (
            "UBND tỉnh công bố quyết định bổ nhiệm Phó giám đốc Phó Đức Nhuận giữ chức Giám đốc Sở"
            " Nội vụ.",
            ["Phó giám đốc (former)", "Giám đốc Sở Nội vụ"],
            ["appointed: Giám đốc Sở Nội vụ"],
        ),
        (
            "Ông Phó Đức Nhuận được Tỉnh ủy điều động bổ nhiệm từ Bí thư Huyện ủy Cát Khê sang giữ"
            " chức Giám đốc Sở Nội vụ.",
            ["Bí thư Huyện ủy Cát Khê (former)", "Giám đốc Sở Nội vụ"],
            ["appointed: Giám đốc Sở Nội vụ"],
        ),
        (
            "Ông Phó Đức Nhuận được giới thiệu làm Chủ tịch UBND tỉnh.",
            ["Chủ tịch UBND tỉnh (candidate)"],
            ["nominated: Chủ tịch UBND tỉnh"],
        ),
        (
            "Ông Phó Đức Nhuận phát biểu sau khi được đại biểu nhất trí bầu làm Chủ tịch UBND"
            " tỉnh.",
            ["Chủ tịch UBND tỉnh (elected)"],
            ["elected: Chủ tịch UBND tỉnh"],
        ),
        (
            "Ông Phó Đức Nhuận cho biết đã có đơn xin thôi giữ chức Chủ tịch UBND tỉnh vì bận.",
            ["Chủ tịch UBND tỉnh"],
            [],
        ),
        (
            "Ông Phó Đức Nhuận lại được điều động về làm Giám đốc Sở Nội vụ.",
            ["Giám đốc Sở Nội vụ"],
            ["appointed: Giám đốc Sở Nội vụ"],
        ),
        (
            "Được bổ nhiệm làm Chủ tịch UBND huyện, ông Phó Đức Nhuận cảm ơn tập thể.",
            ["Chủ tịch UBND huyện"],
            ["appointed: Chủ tịch UBND huyện"],
        ),
        (
            "Ông Phó Đức Nhuận, Phó Chủ tịch tỉnh được nghỉ hưu theo chế độ.",
            ["Phó Chủ tịch tỉnh (former)"],
            [],
        ),
        (
            "Ông Phó Đức Nhuận, Phó Chủ tịch tỉnh, sẽ nghỉ hưu theo chế độ.",
            ["Phó Chủ tịch tỉnh"],
            [],
        ),
        (
            "Năm 2019, ông Phó Đức Nhuận được điều động về giữ chức Bí thư Huyện ủy Bến Sỏi.",
            [],
            ["appointed: Bí thư Huyện ủy Bến Sỏi"],
        ),
    ],
)
def test_a_move_gives_an_office_and_ends_the_one_that_is_left(text, posts, decisions):
    assert told("post", text) == [f"Phó Đức Nhuận: {post}" for post in posts]
    assert told("personnel", text) == [
        decision.replace(":", " Phó Đức Nhuận:") for decision in decisions
    ]


@pytest.mark.parametrize(
    ("text", "decisions"),
    [
        (
            "HĐND tỉnh miễn nhiệm đối với ông Phó Đức Nhuận, nguyên Chủ tịch UBND tỉnh và Đại tá"
            " Hà Kiên Định, nguyên Giám đốc Công an tỉnh.",
            [
                "dismissed Phó Đức Nhuận: Chủ tịch UBND tỉnh",
                "dismissed Hà Kiên Định: Giám đốc Công an tỉnh",
            ],
        ),
        (
            "HĐND tỉnh thông qua nghị quyết cho ông Phó Đức Nhuận thôi làm đại biểu HĐND tỉnh.",
            ["released Phó Đức Nhuận: đại biểu HĐND tỉnh"],
        ),
        (
            "Được bầu giữ chức Chủ tịch UBND tỉnh từ ngày 3/10/2021, ông Phó Đức Nhuận cảm ơn.",
            ["elected Phó Đức Nhuận: Chủ tịch UBND tỉnh"],
        ),
        (
            "Bầu bổ sung bà Lộc Thị Thu, Phó Chủ tịch Hội Nông dân tỉnh làm Phó Trưởng Ban Pháp"
            " chế HĐND tỉnh.",
            ["elected Lộc Thị Thu: Phó Trưởng Ban Pháp chế HĐND tỉnh"],
        ),
        (
            "Thành ủy thống nhất nhân sự để giới thiệu bầu chức danh Chủ tịch UBND thành phố đối"
            " với ông Phó Đức Nhuận.",
            ["nominated Phó Đức Nhuận: Chủ tịch UBND thành phố"],
        ),
        (
            "HĐND huyện bầu 2 Phó chủ tịch mới (ông Phó Đức Nhuận, Giám đốc Sở Tài chính; bà Lộc"
            " Thị Thu).",
            ["elected Phó Đức Nhuận: Phó chủ tịch", "elected Lộc Thị Thu: Phó chủ tịch"],
        ),
        (
            "Ông Phó Đức Nhuận được Chủ tịch UBND tỉnh ký quyết định bổ nhiệm chức vụ Giám đốc Sở"
            " Nội vụ.",
            ["appointed Phó Đức Nhuận: Giám đốc Sở Nội vụ"],
        ),
        (
            "Chủ tịch UBND tỉnh Hà Kiên Định trao quyết định bổ nhiệm Giám đốc Sở Nội vụ cho ông"
            " Phó Đức Nhuận.",
            ["appointed Phó Đức Nhuận: Giám đốc Sở Nội vụ"],
        ),
        (
            "Trung ương quyết định thi hành kỷ luật ông Phó Đức Nhuận bằng hình thức cách chức Bí"
            " thư Đảng ủy xã.",
            ["dismissed Phó Đức Nhuận: Bí thư Đảng ủy xã"],
        ),
        (
            "Ủy ban Kiểm tra đề nghị Trung ương thi hành kỷ luật ông Phó Đức Nhuận bằng hình thức"
            " cách chức Bí thư Đảng ủy xã.",
            [],
        ),
        (
            "Ông Phó Đức Nhuận (người từng bị cách chức Phó chủ tịch tỉnh) được chuyển công tác.",
            ["dismissed Phó Đức Nhuận: Phó chủ tịch tỉnh"],
        ),
        (
            "Ông Phó Đức Nhuận được trúng cử vào vị trí Phó Chủ tịch UBND tỉnh.",
            ["elected Phó Đức Nhuận: Phó Chủ tịch UBND tỉnh"],
        ),
        (
            "Ông Phó Đức Nhuận được tín nhiệm tái cử chức Bí thư Tỉnh ủy.",
            ["elected Phó Đức Nhuận: Bí thư Tỉnh ủy"],
        ),
        (
            "Ông Phó Đức Nhuận tiếp tục được bầu làm Chủ tịch UBND tỉnh.",
            ["elected Phó Đức Nhuận: Chủ tịch UBND tỉnh"],
        ),
        (
            "HĐND bầu ông Phó Đức Nhuận - Trưởng ban Tuyên giáo, về lại chức Phó chủ tịch UBND"
            " thành phố.",
            ["elected Phó Đức Nhuận: Phó chủ tịch UBND thành phố"],
        ),
        (
            "Hai Phó chủ tịch UBND tỉnh được bầu bổ sung gồm ông Phó Đức Nhuận, Bí thư Huyện ủy Bến"
            " Sỏi và ông Hà Kiên Định, Bí thư Huyện ủy Cát Khê.",
            [
                "elected Phó Đức Nhuận: Phó chủ tịch UBND tỉnh",
                "elected Hà Kiên Định: Phó chủ tịch UBND tỉnh",
            ],
        ),
        (
            "Giới thiệu ông Phó Đức Nhuận về chức vụ Phó Giám đốc Sở Nội vụ.",
            ["nominated Phó Đức Nhuận: Phó Giám đốc Sở Nội vụ"],
        ),
        (
            "Ông Phó Đức Nhuận bị kỷ luật bằng hình thức cách chức Bí thư Đảng ủy xã.",
            ["dismissed Phó Đức Nhuận: Bí thư Đảng ủy xã"],
        ),
        (
            "Ông Phó Đức Nhuận - Ủy viên Ban thường vụ Tỉnh ủy, Phó chủ tịch HĐND tỉnh và ông Hà"
            " Kiên Định - Bí thư Thành ủy Bến Sỏi được bầu giữ chức danh Phó bí thư Tỉnh ủy.",
            [
                "elected Phó Đức Nhuận: Phó bí thư Tỉnh ủy",
                "elected Hà Kiên Định: Phó bí thư Tỉnh ủy",
            ],
        ),
        (
            "Ông Phó Đức Nhuận (39 tuổi, con của nguyên Chủ nhiệm Ủy ban Kiểm tra Trung ương Hà"
            " Kiên Định) được bầu giữ chức Bí thư Tỉnh ủy.",
            ["elected Phó Đức Nhuận: Bí thư Tỉnh ủy"],
        ),
        (
            "Ông Phó Đức Nhuận được Thành ủy thống nhất giới thiệu để bầu giữ chức Phó Chủ tịch"
            " UBND thành phố.",
            ["nominated Phó Đức Nhuận: Phó Chủ tịch UBND thành phố"],
        ),
        (
            "Bí thư cho biết cán bộ đồng ý giới thiệu ông Phó Đức Nhuận cho chức danh Bí thư Tỉnh"
            " ủy.",
            ["nominated Phó Đức Nhuận: Bí thư Tỉnh ủy"],
        ),
        (
            "Ông Phó Đức Nhuận được chỉ định làm Phó bí thư Tỉnh ủy, đồng thời được giới thiệu để"
            " HĐND tỉnh bầu vào vị trí Chủ tịch UBND tỉnh.",
            [
                "appointed Phó Đức Nhuận: Phó bí thư Tỉnh ủy",
                "nominated Phó Đức Nhuận: Chủ tịch UBND tỉnh",
            ],
        ),
        ("Kỳ họp bàn về 2 đại biểu (ông Phó Đức Nhuận và bà Lộc Thị Thu).", []),
        # Planned, though a bracket tells of what is done.
        (
            "Dự kiến kỳ họp sẽ miễn nhiệm chức danh Chủ tịch HĐND tỉnh đối với bà Lộc Thị Thu (đã"
            " nghỉ hưu); miễn nhiệm chức danh Phó Chủ tịch UBND tỉnh của ông Hà Kiên Định.",
            [],
        ),
        ("Đại biểu đề nghị miễn nhiệm đối với ông Phó Đức Nhuận, Chủ tịch UBND tỉnh.", []),
        ("Nếu được bầu làm Phó Chủ tịch, ông Phó Đức Nhuận hứa gần dân.", []),
    ],
)
def test_a_decision_names_the_title_before_or_behind_whom_it_is_on(text, decisions):
    assert told("personnel", text) == decisions


@pytest.mark.parametrize(
    ("text", "posts"),
    [
        (
            "Ông Phó Đức Nhuận cũng là Trưởng đoàn ĐBQH tỉnh khóa XIV, nhiệm kỳ 2016-2021; Ủy viên"
            " Ủy ban Kinh tế của Quốc hội.",
            ["Trưởng đoàn ĐBQH tỉnh (former)", "Ủy viên Ủy ban Kinh tế của Quốc hội"],
        ),
        (
            "Ông Phó Đức Nhuận đồng giữ 2 chức vụ quan trọng ở tỉnh là Bí thư Tỉnh ủy, Chủ tịch"
            " HĐND tỉnh.",
            ["Bí thư Tỉnh ủy", "Chủ tịch HĐND tỉnh"],
        ),
        (
            "Ông Phó Đức Nhuận là đại tá chỉ huy trưởng Bộ chỉ huy quân sự tỉnh.",
            ["chỉ huy trưởng Bộ chỉ huy quân sự tỉnh"],
        ),
        (
            "Ông Phó Đức Nhuận bị xóa tư cách nguyên Phó chủ tịch UBND tỉnh nhiệm kỳ 2005 - 2010 và"
            " nguyên Chủ tịch UBND tỉnh.",
            ["Phó chủ tịch UBND tỉnh (former)", "Chủ tịch UBND tỉnh (former)"],
        ),
        # Another one speaks about him.
        (
            "Nói về trường hợp Phó Chủ tịch Phó Đức Nhuận, Bí thư Thành ủy cho biết cần chờ.",
            ["Phó Chủ tịch"],
        ),
    ],
)
def test_posts_in_a_row_are_those_of_the_one_they_are_told_of(text, posts):
    assert told("post", text) == [f"Phó Đức Nhuận: {post}" for post in posts]


@pytest.mark.parametrize(
    ("text", "posts"),
    [
        (
            "Hai ông Phó Đức Nhuận và Hà Kiên Định từng là Phó Chánh Văn phòng UBND huyện.",
            ["Phó Chánh Văn phòng UBND huyện (former)"] * 2,
        ),
        (
            "Các Phó Chánh văn phòng là: Ông Phó Đức Nhuận, Hà Kiên Định.",
            ["Phó Chánh văn phòng"] * 2,
        ),
        (
            "3 Phó chủ tịch UBND mới được bầu tháng 4/2023 (ông Phó Đức Nhuận - nguyên giám đốc Sở"
            " Y tế; Hà Kiên Định - nguyên thứ trưởng Tư pháp) không dự.",
            ["Phó chủ tịch UBND (elected)"] * 2,
        ),
        (
            "HĐND huyện cách chức Ủy viên UBND huyện đối với ông Phó Đức Nhuận và Hà Kiên Định.",
            ["Ủy viên UBND huyện (former)"] * 2,
        ),
        # Nobody is told to have met him in his office.
        (
            "Cử tri gặp ông Phó Đức Nhuận và ông Hà Kiên Định từng là Chánh án.",
            ["", "Chánh án (former)"],
        ),
    ],
)
def test_several_have_what_is_told_of_them_together(text, posts):
    names = ("Phó Đức Nhuận", "Hà Kiên Định")
    expected = [f"{name}: {post}" for name, post in zip(names, posts, strict=True) if post]
    found = [
        line for line in told("post", text) if "giám đốc" not in line and "Tư pháp" not in line
    ]
    assert sorted(found) == sorted(expected)
