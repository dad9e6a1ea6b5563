"""Who is told to be elected, dismissed or in office, and who only might be."""

from datetime import date

import pytest

from council import Council, VersionPassage, VersionText, facts_of
from support.scoring import line_of

OURS = Council("quận", "Lam Khê")


def told(text, *kinds):
    passages = (VersionPassage("title", 0, "Tin"), VersionPassage("body", 0, text))
    facts = facts_of(VersionText(passages, date(2022, 6, 10), OURS))
    return [line_of(fact) for fact in facts if fact.kind in kinds]


TO_ELECT = "HĐND quận {} bầu ông Lê Văn Tám giữ chức Chủ tịch UBND quận."
TO_DISMISS = "HĐND quận {} miễn nhiệm chức danh Chủ tịch HĐND quận đối với bà Trần Thị Sáu."


@pytest.mark.parametrize(
    ("text", "posts"),
    [
        ("Dự kiến ngày 25/6/2022, " + TO_ELECT.format("sẽ"), ["candidate"]),
        ("Dự kiến ngày 25/6/2022, " + TO_ELECT.format("khóa XX"), ["candidate"]),
        (TO_ELECT.format("sẽ"), ["candidate"]),
        ("Thường trực đề nghị " + TO_ELECT.format("khóa XX"), ["candidate"]),
        (TO_ELECT.format("chưa"), []),
        (TO_ELECT.format("hủy kết quả"), []),
        (TO_ELECT.format("không").replace("bầu", "bầu được"), []),
        ("Nếu được bầu làm Phó Chủ tịch HĐND quận, ông Lê Văn Tám hứa gần dân.", ["candidate"]),
        ("Tin ông Lê Văn Tám được bổ nhiệm giữ chức Giám đốc Sở Xây dựng là không đúng.", []),
        ("Báo đính chính: ông Lê Văn Tám được bầu làm Chủ tịch UBND quận là sai.", []),
        (TO_DISMISS.format("không"), ["current"]),
        (TO_DISMISS.format("bác đề nghị"), ["current"]),
        (TO_DISMISS.format("chưa nhận Tờ trình đề nghị"), ["current"]),
        ("Ông Lê Văn Tám xin thôi giữ chức Chủ tịch HĐND quận.", ["current"]),
        ("HĐND quận xem xét việc " + TO_DISMISS.format("")[11:], []),
        ("Ứng cử viên đại biểu HĐND quận Lê Văn Tám tiếp xúc cử tri.", ["candidate"]),
        ("Ứng viên Chủ tịch UBND quận Lê Văn Tám trình bày đề án.", ["candidate"]),
        ("Khi còn là Bí thư Đảng ủy phường Bến Mới, ông Lê Văn Tám gần dân.", ["former"]),
        ("Sau khi thôi giữ chức Chủ tịch UBND quận, ông Lê Văn Tám về quê.", ["former"]),
        ("Cố Chủ tịch UBND quận Lê Văn Tám được tưởng niệm.", ["former"]),
        ("Trước khi làm Chủ tịch UBND quận, ông Lê Văn Tám dạy học.", ["current"]),
        (TO_ELECT.format("khóa XX")[:-1] + " nhưng không đủ số phiếu.", []),
        ("Việc " + TO_ELECT.format("")[11:-1] + " bị hoãn.", []),
        ("Theo dự thảo nghị quyết, " + TO_ELECT.format("khóa XX"), ["candidate"]),
        ("Sáng mai, " + TO_ELECT.format("khóa XX"), ["candidate"]),
        ("Ngày 25/6/2022, " + TO_ELECT.format("khóa XX"), ["candidate"]),
        ("Không bổ nhiệm ông Lê Văn Tám làm Giám đốc Sở Xây dựng.", []),
        ("Không có chuyện ông Lê Văn Tám được bầu làm Chủ tịch UBND quận.", []),
        ("Nhiều người muốn ông Lê Văn Tám làm Chủ tịch UBND quận.", []),
        ("Nếu ông Lê Văn Tám là Chủ tịch UBND quận thì đã khác.", []),
        ("Khi ông Lê Văn Tám là Chủ tịch UBND quận, chợ còn nhỏ.", ["former"]),
        ("Từ khi ông Lê Văn Tám làm Chủ tịch UBND quận, chợ đã sạch.", ["current"]),
    ],
)
def test_a_clause_that_takes_its_decision_back_decides_nothing(text, posts):
    assert told(text, "personnel") == []
    lines = told(text, "post")
    assert [line.split("(")[1][:-1] if "(" in line else "current" for line in lines] == posts


@pytest.mark.parametrize(
    "text",
    [
        TO_ELECT.format("đã xem xét,"),
        "Theo đề nghị của Thường trực, " + TO_ELECT.format("nhất trí"),
        "Trong không khí dân chủ, " + TO_ELECT.format(""),
        TO_ELECT.format("đã")[:-1] + ", sắp tới sẽ kiện toàn các chức danh khác.",
        "Sau khi dự kiến nhân sự, " + TO_ELECT.format("đã"),
        "Ngày 25/6/2022, " + TO_ELECT.format("đã"),
    ],
)
def test_a_decision_that_was_taken_stands(text):
    assert told(text, "personnel") == ["elected Lê Văn Tám: Chủ tịch UBND quận"]
    assert told(text, "post") == ["Lê Văn Tám: Chủ tịch UBND quận (elected)"]


def test_who_is_replaced_has_left():
    text = TO_ELECT.format("")[:-1] + " thay bà Hứa Thị Bảy không đủ tuổi tái cử."
    assert told(text, "personnel") == ["elected Lê Văn Tám: Chủ tịch UBND quận"]
    assert sorted(told(text, "post")) == [
        "Hứa Thị Bảy: Chủ tịch UBND quận (former)",
        "Lê Văn Tám: Chủ tịch UBND quận (elected)",
    ]


def test_a_resolution_on_a_dismissal_dismisses():
    text = "HĐND quận thông qua tờ trình và nghị quyết về việc " + TO_DISMISS.format("")[11:]
    assert told(text, "personnel") == ["dismissed Trần Thị Sáu: Chủ tịch HĐND quận"]
    assert told(text, "post") == ["Trần Thị Sáu: Chủ tịch HĐND quận (former)"]
