"""Events are a council's own, held where something is said at them, and each told once."""

from datetime import date

import pytest

from council import VersionPassage, VersionText, facts_of
from support.scoring import lines

PUBLISHED = date(2024, 3, 20)


def events(*paragraphs):
    return lines("activity", *paragraphs, published=PUBLISHED)


@pytest.mark.parametrize(
    "text",
    [
        "Tại phiên họp đột xuất ngày 17/3, Hội đồng bầu cử quốc gia xét đại biểu Quốc hội.",
        "Sáng 16/3, Ủy ban Mặt trận Tổ quốc tổ chức hội nghị hiệp thương về đại biểu Quốc hội.",
        "Chiều 18/3, kỳ họp thứ 8 Quốc hội khóa XV bế mạc.",
        "Phiên họp Hội đồng nhân dân Tối cao của một nước khác diễn ra ngày 11/3.",
        "Ngày 13/3, Sở Giáo dục có tờ trình HĐND quận về thưởng cô giáo bồi dưỡng trò giỏi.",
        "Tại phiên họp Chính phủ ngày 1/3, các đại biểu bàn về giá điện.",
    ],
)
def test_an_event_of_another_assembly_is_none_of_a_council(text):
    told = events("HĐND quận giao việc này cho UBND quận.", text)
    assert [line for line in told if "hội nghị 2024-03-17" not in line] == []


def test_an_article_that_names_no_council_has_no_events_of_one():
    text = "Sáng 18/3, các đại biểu dự hội nghị khách hàng của công ty."
    passages = VersionPassage("title", 0, "Tin"), VersionPassage("body", 0, text)
    facts = facts_of(VersionText(passages, PUBLISHED, None))
    assert "activity" not in {fact.kind for fact in facts}


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("Chiều 20/3, tại hội nghị do HĐND quận tổ chức, ông Tám khẳng định sẽ lấy ý kiến dân.",
         "hội nghị 2024-03-20 held"),
        ("Sáng 20/3, kỳ họp thứ 9 HĐND quận khai mạc và dự kiến làm việc trong 4 ngày.",
         "kỳ họp 2024-03-20 held"),
        ("Ngày 20/3, HĐND quận sẽ họp kỳ họp thứ 9.", "kỳ họp 2024-03-20 planned"),
        ("Ngày 11-3, HĐND tỉnh đã họp bất thường để thông qua nghị quyết.",
         "kỳ họp 2024-03-11 held"),
        ("Sáng 14/3, HĐND TP khóa 15 họp kỳ thứ nhất bầu Chủ tịch.", "kỳ họp 2024-03-14 held"),
    ],
)  # fmt: skip
def test_the_state_is_that_of_the_event(text, event):
    assert events(text) == [event]


def test_a_session_is_told_once_whatever_it_is_called():
    assert events(
        "Sáng 18/3, kỳ họp thứ 9 HĐND quận khai mạc.",
        "Ngay trong phiên họp sáng 18/3, ông Tám trả lời đại biểu HĐND.",
    ) == ["kỳ họp 2024-03-18 held"]
    assert events(
        "Kỳ họp thứ 9 HĐND quận diễn ra từ ngày 12 đến 14/3/2024.",
        "Chiều 13/3, kỳ họp HĐND quận thảo luận tại hội trường.",
    ) == ["kỳ họp 2024-03-12/2024-03-14 held"]


def test_two_bodies_that_meet_on_one_day_are_two():
    assert len(events(
        "Sáng 18/3, kỳ họp thứ 9 HĐND quận khai mạc.",
        "Chiều 18/3, Thường trực HĐND quận họp phiên thường kỳ.",
    )) == 2  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Tại phiên họp UBND quận sáng 18/3, Chủ tịch HĐND quận Lê Văn Tám đề nghị làm sớm.",
        "Chiều 18/3, tại kỳ họp thứ 8 Quốc hội, Chủ tịch HĐND quận Lê Văn Tám phát biểu.",
        "Sáng 18/3, tại hội nghị Quận ủy lần thứ 18, Chủ tịch HĐND quận Lê Văn Tám báo cáo.",
        "Ngày 18/3, Đoàn giám sát của Quốc hội làm việc với Thường trực HĐND quận.",
        "Sáng 18/3, Quốc hội nghe báo cáo kiến nghị của cử tri tại kỳ họp.",
        "Ngày 18/3, phiên chất vấn của Quốc hội có một Chủ tịch HĐND tỉnh trả lời.",
    ],
)
def test_a_council_named_beside_another_body_s_event_does_not_hold_it(text):
    assert events("HĐND quận giao việc này cho UBND quận.", text) == []


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("Tại phiên chất vấn Giám đốc Sở Y tế sáng 18/3, đại biểu HĐND nêu ba việc.",
         "chất vấn 2024-03-18 held"),
        ("HĐND quận Lam Khê họp từ ngày 18 đến 19/3.", "kỳ họp 2024-03-18/2024-03-19 held"),
        ("Số tiền sẽ làm đổi thay quận vừa được thông qua tại kỳ họp HĐND quận ngày 26/3.",
         "kỳ họp 2024-03-26 held"),
    ],
)  # fmt: skip
def test_an_event_of_a_council_stays_its_own(text, event):
    found = lines("activity", text, published=date(2024, 3, 26))
    assert found == [event]


def test_a_day_far_ahead_that_nothing_says_is_to_come_makes_no_plan():
    assert events("Kỳ họp HĐND quận ngày 21/7 bầu ông Lê Văn Tám.") == []
    assert events("Kỳ họp HĐND quận sẽ diễn ra ngày 21/7.") == ["kỳ họp 2024-07-21 planned"]
