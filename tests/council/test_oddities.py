"""What looks odd is pointed at, with what may have been meant; nothing else is."""

from datetime import date

import pytest

from council.oddities import oddities
from support.telling import COUNCILS, tell


def odd(*articles):
    told = [fact for article in articles for fact in article]
    return [(one.code, one.stated, one.perhaps) for one in oddities(told, COUNCILS)]


def test_a_year_that_slipped_is_seen():
    text = "Ngày 30/01/2023, Thường trực HĐND quận tổ chức hội nghị triển khai nhiệm vụ năm 2024."
    assert odd(tell("a", date(2024, 2, 5), text)) == [("year-slip", "2023-01-30", "2024-01-30")]


@pytest.mark.parametrize(
    "text",
    [
        "Ngày 30/01/2024, Thường trực HĐND quận tổ chức hội nghị.",
        "Nghị quyết số 4/NQ-HĐND ngày 30/01/2023 của HĐND quận về giám sát.",
        "Thứ Ba, ngày 30/01/2024, HĐND quận khai mạc kỳ họp thứ 9.",
        "HĐND quận khóa XX, nhiệm kỳ 2021 - 2026 họp.",
        "Nghị quyết được 47/52 đại biểu có mặt tán thành, đạt 87,03%.",
        "Đảng bộ quận khóa XXVI, nhiệm kỳ 2020 - 2025.",
        "HĐND phường Gò Sành khóa XIX, nhiệm kỳ 2021 - 2026 họp.",
        "Có 30/31 đại biểu tán thành, đạt 96,8%.",
        "Có 30/31 đại biểu tán thành, đạt 97%.",
        "Có 30/31 đại biểu tán thành, đạt 96,77%.",
        "Có 30/31 đại biểu tán thành, đạt 96,7%.",
        "Kỳ họp thứ sáu, ngày 30/01/2024 đã bế mạc.",
        "Phiên họp thứ tư, ngày 30/01/2024 bàn về rác.",
        "Đại hội thứ hai, ngày 30/01/2024 khai mạc.",
        "Lần thứ tư, ngày 30/01/2024, bà con kiến nghị.",
        "Vụ cháy thứ sáu, ngày 30/01/2024 thiêu rụi chợ.",
        "Thứ nhất, quận đã họp. Thứ hai, ngày 30/01/2024 quận đã trả lời.",
        "Ngày 30/01/2023, cách đây tròn một năm, HĐND quận khảo sát bến đò.",
        "Ngày 30/01/2023, HĐND quận khảo sát bến đò; một năm sau, bến đã đóng.",
        "Ngày 30/01/2023, tại kỳ họp thứ nhất HĐND quận khóa XXI, nhiệm kỳ 2023-2027, có 31 người.",
        "Ngày 30/01/2023, tại kỳ họp thứ 9 HĐND quận, ông Lê Văn Tám được bầu làm Chủ tịch.",
        "Ngày 30/01/2023, kỳ họp thứ 9 HĐND quận nhiệm kỳ 2018-2023 đã bế mạc.",
        "Ngày 30/01/2023, HĐND quận khai mạc kỳ họp đầu tiên của năm 2023.",
        "Ngày 30/01/2023, HĐND quận khảo sát bến đò. Ngày 02/02/2024, HĐND quận giám sát bến đò.",
    ],
)
def test_what_is_in_order_is_not_pointed_at(text):
    assert odd(tell("a", date(2024, 2, 5), text)) == []


def test_the_first_session_of_a_term_was_in_its_first_year():
    text = "Ngày 27/6/2016, tại kỳ họp thứ nhất HĐND quận khóa XIX, Lê Văn Tám chủ tọa."
    assert odd(tell("a", date(2017, 7, 6), text)) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Thứ Sáu, ngày 30/01/2024, quận họp.", "weekday"),
        ("Ngày 31/4/2023, quận họp.", "impossible-date"),
        ("HĐND quận khóa XIX, nhiệm kỳ 2021 - 2026 họp.", "term-years"),
        ("Nghị quyết được 40/50 đại biểu có mặt tán thành, đạt 92,5%.", "share-too-high"),
        ("Có 30/31 đại biểu tán thành, đạt 98%.", "share-too-high"),
        ("Có 40/38 đại biểu tán thành.", "more-votes-than-voters"),
        ("Sáng thứ Hai (30/01/2024), quận họp.", "weekday"),
    ],
)
def test_what_cannot_be_is_pointed_at(text, code):
    assert [one[0] for one in odd(tell("a", date(2024, 2, 5), text))] == [code]


def session(article, number, day):
    text = f"Ngày {day:%d/%m/%Y}, HĐND quận khóa XX khai mạc kỳ họp thứ {number}."
    return tell(article, day, text)


def test_sessions_out_of_order_are_shown_together():
    first = session("a", 9, date(2023, 7, 5))
    assert odd(first, session("b", 10, date(2023, 12, 5))) == []
    ((code, _, _),) = odd(first, session("b", 8, date(2023, 12, 5)))
    assert code == "session-order"


@pytest.mark.parametrize(
    "text",
    [
        "Ngày 15/12/2023, HĐND phường Gò Sành khóa XX tổ chức kỳ họp thứ 3.",
        "Ngày 15/12/2023, tại kỳ họp thứ 3 HĐND huyện Đông Hạ khóa XX, đoàn HĐND quận dự.",
        "Ngày 15/12/2023, HĐND quận Long Hạ khóa XX khai mạc kỳ họp thứ 3.",
        "Ngày 15/12/2023, thực hiện nghị quyết kỳ họp thứ 3 HĐND quận khóa XX, đoàn giám sát họp.",
    ],
)
def test_the_session_of_another_council_or_of_a_resolution_is_not_out_of_order(text):
    first = session("a", 9, date(2023, 7, 5))
    assert odd(first, tell("b", date(2023, 12, 16), text)) == []


def test_totals_that_differ_are_both_shown():
    text = "Năm 2023, HĐND quận đã ban hành {} nghị quyết."
    one = tell("a", date(2024, 1, 5), text.format(31))
    two = tell("b", date(2024, 2, 5), text.format(33))
    assert odd(one, two) == [("totals-differ", "nghị quyết 2023: 31, 33", "")]
    assert odd(one, tell("b", date(2024, 2, 5), text.format(31))) == []
