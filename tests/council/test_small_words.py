"""Numbers, terms, deadlines and awards that are none, and events that are two."""

from datetime import date

import pytest

from council import Council, VersionPassage, VersionText, facts_of
from support.scoring import line_of

OURS = Council("quận", "Lam Khê")


def told(text, kind):
    passages = (VersionPassage("title", 0, "Tin"), VersionPassage("body", 0, text))
    facts = facts_of(VersionText(passages, date(2022, 6, 10), OURS))
    return [line_of(fact) for fact in facts if fact.kind == kind]


def test_two_wards_on_one_day_are_two_events():
    text = (
        "Ngày 5/6/2022, Tổ đại biểu số 3 tiếp xúc cử tri phường Bến Mới. "
        "Ngày 5/6/2022, Tổ đại biểu số 3 tiếp xúc cử tri phường Gò Sành. "
        "Tại buổi tiếp xúc cử tri ngày 5/6/2022, bà con hỏi."
    )
    assert told(text, "activity") == ["tiếp xúc cử tri 2022-06-05 held"] * 2


def test_a_session_has_no_term_of_another_assembly():
    text = "Kỳ họp thứ 10, Quốc hội khóa XIV và kỳ họp thứ 15 HĐND quận đều bàn việc này."
    assert told(text, "session") == ["10 khóa 14", "15"]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("commitment", "UBND quận sẽ cấp giấy cho các hộ nộp hồ sơ trước ngày 30/9/2022."),
        ("document", "Kế hoạch 2 năm được thông qua."),
        ("award", "Quận đề nghị tặng Bằng khen cho ông Tám."),
        ("award", "Bà Sáu chưa được nhận Huy hiệu 30 năm tuổi Đảng."),
        ("term", "Học sinh khóa 20 và lớp tập huấn khóa II tổng kết."),
    ],
)
def test_what_looks_like_a_fact_and_is_none(kind, text):
    assert told(text, kind) == []


def test_people_who_are_paid_by_a_day_are_a_deadline():
    text = "UBND quận sẽ chi trả tiền cho các hộ dân trước ngày 30/9/2022."
    assert told(text, "commitment") == ["UBND quận by 2022-09-30"]


@pytest.mark.parametrize(
    ("words", "issuer"),
    [
        ("Thông tư 122/2018 của Bộ Tài Chính có hiệu lực", "Bộ Tài Chính"),
        ("Thông tư 32/2018 của Bộ GDĐT có hiệu lực", "Bộ GDĐT"),
        (
            "Thông tư 36/2018 của Bộ Lao động, Thương binh và Xã hội có hiệu lực",
            "Bộ Lao động, Thương binh và Xã hội",
        ),
    ],
)
def test_a_decree_with_a_year_is_no_month_and_has_its_ministry(words, issuer):
    passages = (VersionPassage("body", 0, f"{words} từ nay."),)
    (fact,) = facts_of(VersionText(passages, date(2022, 6, 10), OURS))
    assert (fact.kind, fact.value.issuer) == ("document", issuer)


@pytest.mark.parametrize(
    "text",
    [
        "Ông Hiệu trưởng trường tiểu học Bến Mới bị nhắc nhở.",
        "Ông Chủ tịch UBND quận cho biết chợ sắp mở.",
        "Nhiều người hỏi: Ông, Chủ tịch UBND quận, đã hứa gì?",
    ],
)
def test_a_pronoun_alone_before_a_title_is_nobody(text):
    assert told(text, "person") == []
