"""Numbers that only measure, councils only named, wishes and denials: no facts of theirs."""

from datetime import date

import pytest

from support.scoring import lines

PUBLISHED = date(2024, 3, 20)


def told(kind, *paragraphs):
    return lines(kind, *paragraphs, published=PUBLISHED)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("HĐND quận đã tổ chức hơn 700 cuộc giám sát.", (700, None)),
        ("HĐND quận đã tổ chức trên 20 kỳ họp.", (20, None)),
        ("HĐND quận đã tổ chức 20 kỳ họp.", (20, 20)),
    ],
)
def test_more_than_a_number_is_a_bound(text, count):
    from council import Count, VersionPassage, VersionText, facts_of

    passages = VersionPassage("title", 0, "Tin"), VersionPassage("body", 0, text)
    values = [fact.value for fact in facts_of(VersionText(passages, PUBLISHED, None))]
    assert [(v.low, v.high) for v in values if isinstance(v, Count)] == [count]


@pytest.mark.parametrize(
    "text",
    [
        "HĐND quận đã tổ chức khoảng 40 buổi tiếp xúc cử tri.",
        "HĐND quận nhận gần 100 kiến nghị.",
        "Việc giữa 2 kỳ họp do Thường trực HĐND quận giải quyết.",
        "Trong 3 kỳ họp HĐND gần đây, việc này được nêu.",
        "Việc này đã nêu tại 3 kỳ họp.",
        "Sở đề nghị lùi 2 kỳ họp để chuẩn bị.",
    ],
)
def test_a_number_near_the_true_one_or_of_a_time_is_no_count(text):
    assert told("count", text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Chiều 18/3, các đại biểu thảo luận về Luật Hoạt động giám sát của Quốc hội và Hội đồng"
        " nhân dân.",
        "Sáng 18/3, tại hội nghị cán bộ chủ chốt quận, các đại biểu giới thiệu chức danh chủ tịch"
        " HĐND quận.",
        "Sáng 18/3, Thường vụ Quốc hội họp phiên thứ 9 về chức vụ do Quốc hội, HĐND bầu.",
        "Ông thông tin tại cuộc họp báo về kỳ họp HĐND quận diễn ra chiều 18/3.",
    ],
)
def test_a_council_that_is_only_named_holds_no_event(text):
    assert told("activity", "HĐND quận giao việc này.", text) == []


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Hơn 98% cử tri đã bỏ phiếu", "Ngày 18/3, quận có 98% cử tri đi bỏ phiếu."),
        ("Cử tri lo lắng về giá điện", "Sáng 18/3, báo cáo được trình trước Quốc hội."),
    ],
)
def test_voters_in_a_title_make_no_meeting(title, text):
    from council import VersionPassage, VersionText, facts_of

    passages = VersionPassage("title", 0, title), VersionPassage("body", 0, f"HĐND quận. {text}")
    facts = facts_of(VersionText(passages, PUBLISHED, None))
    assert "activity" not in {fact.kind for fact in facts}


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("“Đường hỏng thì ai sẽ sửa?”, ông Lê Văn Tám, Trưởng ban Pháp chế HĐND quận nói trong buổi"
         " chất vấn chiều 20/3.", "chất vấn 2024-03-20 held"),
        ("Cuối ngày 18/3, HĐND quận đã tổ chức chất vấn về việc đã nêu ở những kỳ họp trước.",
         "chất vấn 2024-03-18 held"),
    ],
)  # fmt: skip
def test_what_was_asked_and_said_at_an_event_does_not_change_it(text, event):
    assert told("activity", text) == [event]


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("Sáng 18/3, kỳ họp thứ 4 HĐND Hà Nội khai mạc.", "HĐND thành phố"),
        ("Sáng 18/3, Hội đồng nhân dân (HĐND) TP. Cần Thơ khai mạc kỳ họp thứ 12.",
         "HĐND thành phố"),
        ("“Đường hỏng”, ông Lê Văn Tám, Trưởng ban Pháp chế HĐND quận nói trong buổi chất vấn"
         " chiều 20/3.", ""),
    ],
)  # fmt: skip
def test_whose_event_it_is(text, body):
    from council import Activity, Council, VersionPassage, VersionText, facts_of

    passages = VersionPassage("title", 0, "Tin"), VersionPassage("body", 0, text)
    council = Council("quận", "Thanh Giang", {})
    values = [fact.value for fact in facts_of(VersionText(passages, PUBLISHED, council))]
    assert [v.body for v in values if isinstance(v, Activity)] == [body]


@pytest.mark.parametrize(
    "text",
    [
        "Báo viết rằng UBND quận sẽ hoàn thành trước ngày 30/9/2024 là không đúng.",
        "Cử tri đề nghị UBND quận hoàn thành đường Bờ Đê trước ngày 30/9/2024.",
        "HĐND đề nghị UBND quận tiếp tục đối thoại để UBND TP trình trong tháng 7/2024.",
        "Quận giao UBND các phường đôn đốc các nhà hàng tháo dỡ trước ngày 30/6/2024.",
    ],
)
def test_a_denial_a_wish_and_another_s_day_bind_nobody(text):
    assert told("commitment", text) == []


def test_what_a_council_named_in_full_demands_binds():
    text = "Hội đồng nhân dân quận yêu cầu UBND quận hoàn thành đường Bờ Đê trước ngày 30/9/2024."
    assert len(told("commitment", text)) == 1
