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
