"""The status of a post follows the verb of its own clause: who is dismissed, leaves, or was it."""

from datetime import date

import pytest

from council import Council, VersionPassage, VersionText, facts_of
from support.scoring import line_of


def told(kind, text):
    passages = (VersionPassage("title", 0, "Tin"), VersionPassage("body", 0, text))
    facts = facts_of(VersionText(passages, date(2022, 6, 10), Council("quận", "Lam Khê")))
    return [line_of(fact) for fact in facts if fact.kind == kind]


CHAIR = "Lê Văn Tám: Chủ tịch UBND quận"


@pytest.mark.parametrize(
    "text",
    [
        "Cách chức Chủ tịch UBND quận Lê Văn Tám",
        "Thủ tướng phê chuẩn miễn nhiệm Chủ tịch UBND quận Lê Văn Tám.",
        "HĐND thông qua Nghị quyết miễn nhiệm chức danh Chủ tịch UBND quận ông Lê Văn Tám.",
        "HĐND quận miễn nhiệm ông Lê Văn Tám, Chủ tịch UBND quận.",
        "HĐND quận miễn nhiệm ông Lê Văn Tám - Chủ tịch UBND quận.",
        "Ông Lê Văn Tám, Chủ tịch UBND quận, bị bãi nhiệm ngày 5/6/2022.",
        "Chủ tịch UBND quận Lê Văn Tám đã bị Thủ tướng cách chức vì vi phạm.",
    ],
)
def test_who_is_dismissed_has_left_and_the_dismissal_is_told(text):
    assert told("post", text) == [f"{CHAIR} (former)"]
    assert told("personnel", text) == [f"dismissed {CHAIR}"]


@pytest.mark.parametrize(
    "text",
    [
        "Cử tri đề nghị cách chức Chủ tịch UBND quận Lê Văn Tám.",
        "HĐND quận không miễn nhiệm Chủ tịch UBND quận Lê Văn Tám.",
        "Nếu miễn nhiệm ông Lê Văn Tám, Chủ tịch UBND quận, HĐND sẽ bầu người mới.",
        "Ông Lê Văn Tám, Chủ tịch UBND quận, bị đề nghị cách chức.",
        "Ông Lê Văn Tám, Chủ tịch UBND quận, bị cách chức vụ trong Đảng.",
    ],
)
def test_a_dismissal_that_is_not_decided_takes_no_office(text):
    assert told("post", text) == [CHAIR]
    assert told("personnel", text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Từ tháng 10-2010 đến tháng 11-2015, với cương vị Chủ tịch UBND quận, ông Lê Văn Tám sai.",
        "Khi hết thời hạn bổ nhiệm Chủ tịch UBND quận, ông Lê Văn Tám không được tái bổ nhiệm.",
        "Hết nhiệm kỳ Chủ tịch UBND quận, ông Lê Văn Tám về quê.",
        "Sau khi rời ghế Chủ tịch UBND quận, ông Lê Văn Tám viết sách.",
        "Ông Lê Văn Tám - vào thời điểm năm 2015 là Chủ tịch UBND quận - thực hiện không đúng.",
        "Việc ông Lê Văn Tám từng làm khi là Chủ tịch UBND quận, bà Trần Thị Sáu nói.",
    ],
)
def test_an_office_of_an_earlier_time_is_a_former_one(text):
    assert told("post", text) == [f"{CHAIR} (former)"]


def test_who_is_appointed_again_still_holds_the_office():
    text = "Hết nhiệm kỳ Chủ tịch UBND quận, ông Lê Văn Tám được tái bổ nhiệm."
    assert told("post", text) == [CHAIR]


@pytest.mark.parametrize(
    ("text", "posts"),
    [
        (
            "Ông Lê Văn Tám - nguyên phó bí thư Huyện ủy, Chủ tịch UBND quận - bị kỷ luật.",
            ["Lê Văn Tám: phó bí thư Huyện ủy (former)", f"{CHAIR} (former)"],
        ),
        (
            "Ông Lê Văn Tám, nguyên Giám đốc Sở Y tế, Chủ tịch UBND quận, nói.",
            ["Lê Văn Tám: Giám đốc Sở Y tế (former)", CHAIR],
        ),
        ("Chưa có thông tin về người sẽ thay ông Lê Văn Tám giữ chức Chủ tịch UBND quận.", []),
        (
            "Ban công bố ông Lê Văn Tám sẽ thôi tham gia Ban Thường vụ và thôi giữ chức"
            " Bí thư Quận ủy.",
            ["Lê Văn Tám: Bí thư Quận ủy (former)"],
        ),
        ("Bà Trần Thị Sáu là đại biểu thứ 2 bị bãi nhiệm.", []),
        (
            "Bà Trần Thị Sáu bị bãi nhiệm tư cách đại biểu Quốc hội.",
            ["Trần Thị Sáu: đại biểu Quốc hội (former)"],
        ),
        (
            "Ông Lê Văn Tám (61 tuổi, luật sư, cựu Chủ tịch UBND quận) dự.",
            [f"{CHAIR} (former)"],
        ),
    ],
)
def test_who_left_is_not_told_to_hold_it(text, posts):
    assert told("post", text) == posts


@pytest.mark.parametrize(
    ("text", "decision"),
    [
        ("Ông Lê Văn Tám được các đại biểu bầu làm Chủ tịch UBND quận.", f"elected {CHAIR}"),
        ("Ông Lê Văn Tám được HĐND quận bầu làm Chủ tịch UBND quận.", f"elected {CHAIR}"),
        (
            "Ban công bố quyết định chuẩn y chức danh Chủ tịch UBND quận đối với ông Lê Văn Tám.",
            f"appointed {CHAIR}",
        ),
        (
            "Với 92/97 phiếu đồng ý, ông Lê Văn Tám trở thành Chủ tịch UBND quận.",
            f"elected {CHAIR}",
        ),
        (
            "HĐND quận bầu bổ sung Bí thư Quận ủy Lê Văn Tám kiêm chức danh Chủ tịch UBND quận.",
            f"elected {CHAIR}",
        ),
        (
            "Ông Lê Văn Tám (Giám đốc Sở Y tế) được giới thiệu để các đại biểu bỏ phiếu bầu bổ sung"
            " chức danh Chủ tịch UBND quận.",
            f"nominated {CHAIR}",
        ),
        (
            "HĐND quận gặp ông Lê Văn Tám, Phó Ban Pháp chế (đã có quyết định bổ nhiệm làm Chủ tịch"
            " UBND quận).",
            f"appointed {CHAIR}",
        ),
    ],
)
def test_who_votes_may_stand_between_the_name_and_the_verb(text, decision):
    assert told("personnel", text) == [decision]


@pytest.mark.parametrize(
    ("text", "posts"),
    [
        (
            "Ông Lê Văn Tám từng trải qua các chức vụ: Trưởng ban Tổ chức chính quyền (nay là Sở"
            " Nội vụ), Bí thư Quận ủy.",
            [
                "Lê Văn Tám: Trưởng ban Tổ chức chính quyền (former)",
                "Lê Văn Tám: Bí thư Quận ủy (former)",
            ],
        ),
        (
            "Ban có ông Lê Văn Tám (phó ban kiêm nhiệm, Bộ trưởng Công Thương).",
            ["Lê Văn Tám: phó ban kiêm nhiệm", "Lê Văn Tám: Bộ trưởng Công Thương"],
        ),
        (
            "Ông Lê Văn Tám dự. Ông có bằng Thạc sĩ, từng giữ các chức vụ: Bí thư Quận ủy và Phó"
            " Giám đốc Sở Y tế.",
            [
                "Lê Văn Tám: Bí thư Quận ủy (former)",
                "Lê Văn Tám: Phó Giám đốc Sở Y tế (former)",
            ],
        ),
        (
            "Ông Lê Văn Tám là Ủy viên Trung ương Đảng khóa XI, XII; Bí thư Tỉnh ủy.",
            ["Lê Văn Tám: Ủy viên Trung ương Đảng", "Lê Văn Tám: Bí thư Tỉnh ủy"],
        ),
    ],
)
def test_a_career_goes_on_past_what_explains_a_title(text, posts):
    assert told("post", text) == posts


@pytest.mark.parametrize(
    ("text", "posts", "decisions"),
    [
        (
            "Ông Lê Văn Tám, Giám đốc Kho bạc quận bị điều chuyển làm Phó Giám đốc Sở Y tế.",
            [
                "Lê Văn Tám: Giám đốc Kho bạc quận (former)",
                "Lê Văn Tám: Phó Giám đốc Sở Y tế",
            ],
            ["appointed Lê Văn Tám: Phó Giám đốc Sở Y tế"],
        ),
        (
            "Ban Thường vụ điều động ông Lê Văn Tám - Phó ban Tuyên giáo Tỉnh ủy - đến nhận"
            " nhiệm vụ tại Đảng bộ quận, được chỉ định tham gia Ban Chấp hành và giữ chức Bí thư"
            " Quận ủy.",
            ["Lê Văn Tám: Phó ban Tuyên giáo Tỉnh ủy (former)", "Lê Văn Tám: Bí thư Quận ủy"],
            ["appointed Lê Văn Tám: Bí thư Quận ủy"],
        ),
        (
            "Ông Lê Văn Tám - Giám đốc Sở Y tế - được luân chuyển đến nhận nhiệm vụ tại Đảng đoàn.",
            ["Lê Văn Tám: Giám đốc Sở Y tế (former)"],
            [],
        ),
        (
            "Tỉnh điều chuyển bà Trần Thị Sáu từ vị trí Giám đốc Sở Y tế sang Ban Tổ chức.",
            ["Trần Thị Sáu: Giám đốc Sở Y tế (former)"],
            [],
        ),
        (
            "Tháng 2/2021, Bí thư quyết định điều động ông Lê Văn Tám sang giữ chức Trưởng Ban"
            " Tuyên giáo Thành ủy.",
            [],
            ["appointed Lê Văn Tám: Trưởng Ban Tuyên giáo Thành ủy"],
        ),
        (
            "Trung tâm thu hồi quyết định bổ nhiệm ông Lê Văn Tám - Phó Giám đốc Sở Y tế.",
            ["Lê Văn Tám: Phó Giám đốc Sở Y tế (former)"],
            [],
        ),
        (
            "Chủ tịch UBND quận Lê Văn Tám (hiện là Bí thư Quận ủy) ký quyết định năm 2015.",
            [f"{CHAIR} (former)", "Lê Văn Tám: Bí thư Quận ủy"],
            [],
        ),
        (
            "Kho bạc miễn nhiệm chức vụ với ông Lê Văn Tám, Giám đốc Kho bạc quận.",
            ["Lê Văn Tám: Giám đốc Kho bạc quận (former)"],
            ["dismissed Lê Văn Tám: Giám đốc Kho bạc quận"],
        ),
        (
            "Thành ủy giới thiệu ông Lê Văn Tám - Trưởng Ban Tuyên giáo Thành ủy - ứng cử trở lại"
            " giữ chức Chủ tịch UBND quận.",
            ["Lê Văn Tám: Trưởng Ban Tuyên giáo Thành ủy", f"{CHAIR} (candidate)"],
            [f"nominated {CHAIR}"],
        ),
        (
            "Giám đốc Sở Y tế Lê Văn Tám và Giám đốc Sở Du lịch Trần Thị Sáu được bổ nhiệm làm Phó"
            " Trưởng đoàn ĐBQH tỉnh.",
            [
                "Lê Văn Tám: Giám đốc Sở Y tế",
                "Trần Thị Sáu: Giám đốc Sở Du lịch",
                "Lê Văn Tám: Phó Trưởng đoàn ĐBQH tỉnh",
                "Trần Thị Sáu: Phó Trưởng đoàn ĐBQH tỉnh",
            ],
            [
                "appointed Lê Văn Tám: Phó Trưởng đoàn ĐBQH tỉnh",
                "appointed Trần Thị Sáu: Phó Trưởng đoàn ĐBQH tỉnh",
            ],
        ),
        ("Sở Y tế, Sở Du lịch do các ông Lê Văn Tám, Hứa Ngọc Bảy làm giám đốc.", [], []),
        (
            "Ông Lê Văn Tám (nguyên thiếu tướng, Giám đốc Công an tỉnh) bị phạt.",
            ["Lê Văn Tám: Giám đốc Công an tỉnh (former)"],
            [],
        ),
        (
            "Ông Lê Văn Tám, Chủ tịch UBND tỉnh BR - VT ký quyết định.",
            ["Lê Văn Tám: Chủ tịch UBND tỉnh BR - VT"],
            [],
        ),
        (
            "Ông Men Pholly - Bí thư Quận ủy - dự.",
            ["Men Pholly: Bí thư Quận ủy"],
            [],
        ),
    ],
)
def test_who_is_moved_leaves_one_office_for_another(text, posts, decisions):
    assert told("post", text) == posts
    assert told("personnel", text) == decisions
