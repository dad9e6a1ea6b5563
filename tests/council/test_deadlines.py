"""By which day something is due, as sentences state it."""

from datetime import date

import pytest

from council import VersionPassage, VersionText, facts_of
from council.model import Commitment
from support.telling import tell

PUBLISHED = date(2023, 7, 10)


def due(words: str) -> list:
    text = f"Chủ tịch HĐND quận Lê Văn Tám đề nghị UBND quận hoàn thành việc sửa đèn {words}."
    told = tell("c", PUBLISHED, text)
    return [fact.value.due for fact in told if isinstance(fact.value, Commitment)]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("trước ngày 30/9", date(2023, 9, 30)),
        ("chậm nhất là ngày 15/8", date(2023, 8, 15)),
        ("trước tháng 9", date(2023, 8, 31)),
        ("trước tháng 01/2024", date(2023, 12, 31)),
        ("trước quý IV", date(2023, 9, 30)),
        ("trước quý I/2024", date(2023, 12, 31)),
        ("trước năm 2024", date(2023, 12, 31)),
        ("trong tháng 8", date(2023, 8, 31)),
        ("trong quý III", date(2023, 9, 30)),
        ("trong năm 2023", date(2023, 12, 31)),
        ("trong năm nay", date(2023, 12, 31)),
        ("trong năm tới", date(2024, 12, 31)),
        ("chậm nhất tháng 9", date(2023, 9, 30)),
        ("đến hết tháng 9", date(2023, 9, 30)),
        ("hết quý III/2023", date(2023, 9, 30)),
        ("đến hết năm 2023", date(2023, 12, 31)),
        ("trước cuối tháng 8", date(2023, 8, 31)),
        ("trước cuối năm 2023", date(2023, 12, 31)),
        ("vào cuối năm nay", date(2023, 12, 31)),
        ("trong nửa đầu năm 2024", date(2024, 6, 30)),
        ("trong 6 tháng đầu năm 2024", date(2024, 6, 30)),
        ("trước nửa cuối năm 2024", date(2024, 6, 30)),
        ("trước đầu năm 2024", date(2023, 12, 31)),
        ("trước Tết Nguyên đán", date(2024, 2, 10)),
    ],
)
def test_a_deadline_is_the_last_day_on_which_it_is_kept(words, day):
    assert due(words) == [day]


@pytest.mark.parametrize(
    "words",
    [
        "đầu năm 2024",
        "trước giữa tháng 9",
        "từ giữa năm 2024",
        "trước năm học 2023 - 2024",
        "trong ngày 20/8",
        "trước tháng 7",
    ],
)
def test_the_beginning_and_the_middle_of_a_period_and_what_has_passed_are_no_day(words):
    assert due(words) == []


def test_every_deadline_of_a_sentence_is_read_with_who_is_to_keep_it():
    text = (
        "Bà Thu yêu cầu UBND phường Gò Sành giải tỏa vỉa hè trước ngày 30/8; Phòng Quản lý đô thị"
        " báo cáo kết quả trước tháng 10."
    )
    told = tell("c", PUBLISHED, text)
    found = [fact.value for fact in told if isinstance(fact.value, Commitment)]
    assert found == [
        Commitment("UBND phường Gò Sành", date(2023, 8, 30)),
        Commitment("Phòng Quản lý đô thị", date(2023, 9, 30)),
    ]


@pytest.mark.parametrize(
    ("words", "until"),
    [
        ("yêu cầu UBND quận báo cáo tại kỳ họp thứ 15", "kỳ họp thứ 15"),
        ("đề nghị UBND quận báo cáo tại kỳ họp thứ 15", "kỳ họp thứ 15"),
        ("giao UBND quận trình tại kỳ họp HĐND quận lần thứ 9", "kỳ họp HĐND quận lần thứ 9"),
        ("yêu cầu UBND quận khắc phục trước kỳ họp cuối năm", "kỳ họp cuối năm"),
    ],
)
def test_a_session_is_a_deadline_without_a_day(words, until):
    told = tell("c", PUBLISHED, f"Chủ tịch HĐND quận Lê Văn Tám {words}.")
    found = [fact.value for fact in told if isinstance(fact.value, Commitment)]
    assert found == [Commitment("UBND quận", None, until)]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (
            "Ông Lê Văn Tám, Chủ tịch UBND phường cam kết hoàn thành trước ngày 30/9.",
            "Lê Văn Tám",
        ),
        (
            "Chủ tọa giao Phòng Quản lý đô thị chủ trì, phối hợp UBND phường Gò Sành kiểm tra, báo"
            " cáo trước ngày 30/9.",
            "Phòng Quản lý đô thị",
        ),
        ("Đại diện quận nói UBND phường cam kết lát hè trước ngày 30/9.", "UBND phường"),
    ],
)
def test_who_is_to_do_it_is_whoever_promises_or_is_asked(text, who):
    told = tell("c", PUBLISHED, text)
    assert [fact.value.who for fact in told if isinstance(fact.value, Commitment)] == [who]


@pytest.mark.parametrize(
    "text",
    [
        "Bà Thu đề nghị xem xét dự án tại kỳ họp HĐND cuối năm 2023.",
        "UBND quận sẽ báo cáo tình hình 6 tháng đầu năm và nhiệm vụ đến cuối năm 2023.",
        "Trong năm 2023 lãnh đạo quận đã khắc phục nhiều bất cập, sẽ tiếp tục rà soát.",
        "Trong năm 2023, công chức phải thực hiện văn hóa xin lỗi.",
        "Ông Tám đề nghị HĐND xem xét vì trong tháng 8 giáo viên vẫn phải coi thi.",
        "Quận tuyên bố đến hết quý III chủ đầu tư không làm thì quận sẽ thu hồi.",
    ],
)
def test_a_time_that_is_told_of_is_no_deadline(text):
    told = tell("c", PUBLISHED, text)
    assert [
        fact.value.due for fact in told if isinstance(fact.value, Commitment) and fact.value.due
    ] == []


def test_a_deadline_may_stand_before_what_is_to_be_done():
    told = tell(
        "c", PUBLISHED, "Ông Lê Văn Tám, Chủ tịch quận, hứa trong năm 2023 sẽ khắc phục xong."
    )
    assert [f.value.due for f in told if isinstance(f.value, Commitment)] == [date(2023, 12, 31)]


def test_what_the_lead_promises_beside_the_body_stands_beside_it():
    lead = "Chủ tịch HĐND quận Lê Văn Tám đề nghị UBND quận hoàn thành việc sửa đèn trước 30/9."
    body = "Chủ tịch HĐND quận Lê Văn Tám đề nghị UBND quận báo cáo giá đất ở chợ trước 30/9."
    passages = (VersionPassage("lead", 0, lead), VersionPassage("body", 0, body))
    facts = facts_of(VersionText(passages, PUBLISHED))
    assert [fact.passage for fact in facts if fact.kind == "commitment"] == [0, 1]
    again = (VersionPassage("lead", 0, lead), VersionPassage("body", 0, lead))
    facts = facts_of(VersionText(again, PUBLISHED))
    assert [fact.passage for fact in facts if fact.kind == "commitment"] == [1]


def test_who_answers_voters_answers_in_an_office():
    text = "ông Hà Kiên Định cam kết sẽ sửa xong đèn trước ngày 30/9."
    (told,) = [
        fact.value
        for fact in tell("c", PUBLISHED, f"Trả lời kiến nghị của cử tri, {text}")
        if isinstance(fact.value, Commitment)
    ]
    assert told.who == "Hà Kiên Định"
    assert "commitment" not in {fact.kind for fact in tell("c", PUBLISHED, f"Hôm qua, {text}")}
