"""What is easily misread: each trap, and the right reading."""

from datetime import date

import pytest

from council import Council, VersionPassage, VersionText, facts_of
from support.scoring import line_of

OURS = Council("quận", "Lam Khê")


def told(kind, *paragraphs, published=date(2024, 3, 20), title="Tin hoạt động"):
    passages = (
        VersionPassage("title", 0, title),
        *(VersionPassage("body", number, text) for number, text in enumerate(paragraphs)),
    )
    facts = facts_of(VersionText(passages, published, OURS))
    return [line_of(fact) for fact in facts if fact.kind == kind]


def test_an_occasion_is_no_event():
    text = "Sáng 18/3/2024, Tổ đại biểu số 2 tiếp xúc cử tri trước kỳ họp thứ 5."
    assert told("activity", text) == ["tiếp xúc cử tri 2024-03-18 held"]


def test_a_third_session_is_no_tuesday():
    text = "HĐND quận họp kỳ họp thứ ba, ngày 14/3/2024."
    assert told("session", text) == ["3"]
    assert told("impossible", text) == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Sáng 17-8-2020, quận họp.", "2020-08-17"),
        ("Từ ngày 28/12/2023 đến 05/01/2024 quận kiểm tra.", "2023-12-28/2024-01-05"),
        ("Hội nghị ngày 30 tháng Tư năm 2023.", "2023-04-30"),
        ("Lễ hội ngày rằm tháng Giêng năm Giáp Thìn.", "2024-02-24"),
        ("Trong quý I/2024, quận thu đủ.", "2024-Q1"),
        ("Hôm nay, quận tổng kết.", "2024-03-20"),
        ("Hạn là ngày 25/12 vừa qua.", "2023-12-25"),
    ],
)
def test_a_date_is_resolved(text, day):
    assert told("date", text) == [day]


@pytest.mark.parametrize(
    "text",
    [
        "5/8 cầu thang bộ bị quây kín.",
        "Đạt 19/22 vụ việc.",
        "Kết quả 7 tháng đầu năm.",
        "Chuyển ít nhất 05/07 việc.",
        "Nạo vét 02 lần/năm.",
    ],
)
def test_a_share_is_no_date(text):
    assert told("date", text) == []


def test_an_impossible_day_is_said_to_be_one():
    passage = VersionPassage("body", 0, "Ngày 31/02/2024, quận họp.")
    facts = facts_of(VersionText((passage,), date(2024, 3, 20), OURS))
    assert [(fact.kind, fact.value.what) for fact in facts] == [("impossible", "31/02/2024")]


def test_who_is_nominated_is_not_elected():
    text = "Thường trực HĐND giới thiệu ông Lê Văn Tám để bầu Phó Chủ tịch UBND quận."
    assert told("personnel", text) == ["nominated Lê Văn Tám: Phó Chủ tịch UBND quận"]
    assert told("post", text) == ["Lê Văn Tám: Phó Chủ tịch UBND quận (candidate)"]


def test_two_heads_named_with_their_committees_have_them():
    text = "Hai Trưởng ban là bà Trần Thị Sáu (Ban Pháp chế) và ông Lê Văn Tám (Ban Đô thị)."
    assert told("post", text) == [
        "Trần Thị Sáu: Trưởng ban Pháp chế HĐND quận",
        "Lê Văn Tám: Trưởng ban Đô thị HĐND quận",
    ]


@pytest.mark.parametrize("before", ["sẽ", "dự kiến", "chuẩn bị"])
def test_a_vote_to_come_elects_nobody(before):
    text = f"HĐND quận {before} bầu ông Lê Văn Tám giữ chức Phó Chủ tịch UBND quận."
    assert told("personnel", text) == []


def test_the_title_of_who_delegates_is_not_that_of_the_delegate():
    text = "Được sự ủy quyền của Chủ tịch HĐND quận, bà Trần Thị Sáu chủ trì hội nghị."
    assert told("post", text) == []
    assert told("person", text) == ["Trần Thị Sáu"]


@pytest.mark.parametrize(
    ("text", "post"),
    [
        ("Chủ tịch UBND tỉnh Thanh Hoá Nguyễn Văn Tư.", "Chủ tịch UBND tỉnh Thanh Hoá"),
        ("Bí thư Quận ủy Đông Kinh Phùng Thế Bảo.", "Bí thư Quận ủy"),
        ("Phó Chủ tịch HĐND TP. HCM Trần Thị Ba nói.", "Phó Chủ tịch HĐND TP. HCM"),
        ("Chủ tịch Hà Nội Nguyễn Văn Tư nói.", "Chủ tịch Hà Nội"),
        ("Chủ tịch UBND phường Lê Đại Hành Ngô Văn Bảy.", "Chủ tịch UBND phường Lê Đại Hành"),
    ],
)
def test_a_place_between_title_and_name_is_the_titles(text, post):
    lines = told("post", text)
    assert len(lines) == 1
    assert lines[0].split(": ")[1].startswith(post)


@pytest.mark.parametrize(
    "place",
    [
        "phố Nguyễn Văn Cừ", "đường Lê Trọng Tấn", "Trường Tiểu học Lê Văn Tám",
        "chùa Bà Đá", "Công ty Trần Anh Khoa", "phố Bà Triệu", "quận Hai Bà Trưng",
    ],
)  # fmt: skip
def test_a_place_is_no_person(place):
    assert told("person", f"Đoàn kiểm tra tại {place} vào buổi sáng.") == []


@pytest.mark.parametrize(
    "text",
    [
        "Cựu thủ tướng Thái Lan trả lời.",
        "Thủ tướng Hà Lan Mark Rutten trả lời.",
        "Chủ tịch Hiệp hội Hành chính Châu Á cho biết.",
    ],
)
def test_a_country_is_no_person(text):
    assert told("person", text) == []


@pytest.mark.parametrize("whom", ["Thông tin thêm tới", "Trả lời", "Trao đổi với các"])
def test_the_title_of_who_is_spoken_to_is_not_that_of_the_speaker(whom):
    assert told("post", f"{whom} đại biểu HĐND tỉnh, ông Phó Đức Nhuận cho biết đã làm xong.") == []


def test_a_name_may_begin_like_a_country():
    assert told("person", "Bà Thái Lan Anh trả lời cử tri.") == ["Thái Lan Anh*"]


def test_a_word_for_a_rank_is_a_given_name_too():
    assert told("person", "Ông Bùi Văn Tỉnh họp. Ông Tỉnh kết luận.") == ["Bùi Văn Tỉnh"] * 2


def test_surnames_that_are_words_are_surnames():
    text = "Dự họp có bà Ông Thị Liễu, ông Phó Đức Nhuận và ông Hà Kiên Định."
    assert told("person", text) == ["Ông Thị Liễu*", "Phó Đức Nhuận*", "Hà Kiên Định*"]


def test_a_voter_and_an_officer_of_one_name_are_two_people():
    text = "Chủ tịch UBND phường Nhan Thị Hoà trả lời cử tri Nhan Thị Hòa."
    assert told("person", text) == ["Nhan Thị Hoà", "Nhan Thị Hòa*"]


def test_a_given_name_that_nobody_bears_is_nobody():
    assert told("person", "Theo ông Tám, việc đã xong.") == []


def test_an_honorific_at_the_beginning_of_a_sentence_is_no_surname():
    texts = ("Chủ tịch HĐND quận Lê Văn Tám dự.", "Ông Tám, nguyên Trưởng ban Pháp chế, nói.")
    assert told("person", *texts) == ["Lê Văn Tám", "Lê Văn Tám"]


def test_a_slip_of_the_mark_is_the_same_person():
    texts = ("Ông Lê Văn Phượng - Trưởng ban Pháp chế dự.", "Ông Phuợng phát biểu.")
    assert told("person", *texts) == ["Lê Văn Phượng", "Lê Văn Phượng"]


def test_at_least_holds_for_both_of_a_pair():
    text = "Hai Ban HĐND sẽ tổ chức ít nhất 02 cuộc giám sát và 01 cuộc khảo sát."
    assert [line.split(" planned")[0] for line in told("count", text)] == [
        "giám sát >= 2",
        "khảo sát >= 1",
    ]


def test_what_was_put_off_is_not_planned():
    text = "Thường trực HĐND quận lùi 03 cuộc giám sát, 01 lớp tập huấn sang quý sau."
    assert [line.split()[-5:-4] and "postponed" in line for line in told("count", text)] == [
        True,
        True,
    ]


def test_a_cancelled_meeting_is_cancelled():
    text = "Hội nghị tiếp xúc cử tri ngày 25/3/2024 của Tổ đại biểu số 1 bị hủy."
    assert told("activity", text) == ["tiếp xúc cử tri 2024-03-25 cancelled"]


def test_the_lead_that_repeats_the_first_sentence_counts_once():
    text = "Ngày 18/3/2024, HĐND quận khai mạc kỳ họp thứ 9."
    passages = (VersionPassage("lead", 0, text), VersionPassage("body", 0, text))
    facts = facts_of(VersionText(passages, date(2024, 3, 20), OURS))
    assert [fact.passage for fact in facts if fact.kind == "activity"] == [1]


def test_a_reporting_period_is_no_event():
    text = "Đoàn giám sát của HĐND quận nghe kết quả từ 01/10/2023 đến 31/01/2024."
    assert told("activity", text) == []


def test_a_law_with_commas_is_one_law():
    text = (
        "Theo Luật Phòng cháy, chữa cháy và cứu nạn, cứu hộ và Luật Thi đua, khen thưởng năm 2022."
    )
    assert told("document", text) == [
        "Luật Phòng cháy, chữa cháy và cứu nạn, cứu hộ",
        "Luật Thi đua, khen thưởng 2022",
    ]


def test_this_resolution_is_the_last_one_and_no_other_kind():
    text = "Nghị quyết số 7/NQ-HĐND và Kế hoạch số 9/KH-UBND. Nghị quyết này có hiệu lực."
    assert told("document", text)[-1] == "Nghị quyết 07/NQ-HĐND"
    assert told("document", "Quyết định này có hiệu lực.") == []


def test_a_share_of_all_is_kept_as_stated():
    text = "Nghị quyết được 47/52 đại biểu có mặt tán thành, đạt 87,03%."
    assert told("vote", text) == ["87.03 47/52"]


def test_a_chair_named_two_sentences_later_is_the_chair():
    text = (
        "Ngày 18/3/2024, Thường trực HĐND quận tổ chức phiên giải trình. "
        "Phiên họp kéo dài cả ngày. "
        "Ông Lê Văn Tám, Chủ tịch HĐND quận và bà Trần Thị Sáu đồng chủ trì."
    )
    assert told("activity", text) == ["giải trình 2024-03-18 held; Lê Văn Tám, Trần Thị Sáu"]


def test_a_due_day_that_has_passed_binds_nobody():
    text = "UBND quận cho biết sẽ xét đất dùng ổn định trước ngày 01/7/2014."
    assert told("commitment", text) == []


def test_in_a_paper_this_resolution_is_the_paper_itself():
    paper = VersionPassage(
        "attachment",
        0,
        "HỘI ĐỒNG NHÂN DÂN\nSố: 27/NQ-HĐND\nCăn cứ Nghị quyết số 5/NQ-HĐND. Nghị quyết này có\nhiệu"
        " lực ngày 01/01/2023. Chủ tịch HĐND quận Lê Văn Tám.",
        "sha256:aa",
    )
    facts = facts_of(
        VersionText((VersionPassage("title", 0, "Tin"), paper), date(2022, 12, 22), OURS)
    )
    told_of = [(line_of(fact), fact.value.form) for fact in facts if fact.kind == "document"]
    assert told_of == [
        ("Nghị quyết 27/NQ-HĐND", "heading"),
        ("Nghị quyết 05/NQ-HĐND", "number"),
        ("Nghị quyết 27/NQ-HĐND", "back"),
    ]
    assert "Lê Văn Tám: Chủ tịch HĐND quận" in [line_of(fact) for fact in facts]


@pytest.mark.parametrize(
    ("text", "posts"),
    [
        (
            "Bà Lê Thị Tám, Phó trưởng ban Dân chủ và pháp luật, cho biết. Ban Pháp chế đã nghe.",
            ["Lê Thị Tám: Phó trưởng ban Dân chủ và pháp luật"],
        ),
        (
            "Ông Lê Văn Tám, Phó vụ trưởng vụ pháp luật Văn phòng Quốc hội, nêu ví dụ.",
            ["Lê Văn Tám: Phó vụ trưởng vụ pháp luật Văn phòng Quốc hội"],
        ),
        (
            "Ông Lê Văn Tám - Phó hiệu trưởng Trường đại học Sư phạm, nói.",
            ["Lê Văn Tám: Phó hiệu trưởng Trường đại học Sư phạm"],
        ),
        ("Trưởng ban Trương Thị Hoa kết luận.", ["Trương Thị Hoa: Trưởng ban"]),
    ],
)
def test_a_unit_that_no_list_has_belongs_to_its_title(text, posts):
    assert told("post", text) == posts


def test_a_town_of_three_words_is_nobody():
    text = (
        "Bà Lê Thị Tám, Bí thư Thành ủy TP Sủ Dầu Bốn, được giới thiệu. "
        "Bà Tám là Ủy viên Ban Thường vụ Tỉnh ủy, Bí thư Thành ủy Sủ Dầu Bốn."
    )
    assert set(told("person", text)) == {"Lê Thị Tám"}
    assert "Lê Thị Tám: Bí thư Thành ủy Sủ Dầu Bốn" in told("post", text)


def test_a_person_of_the_highlands_is_called_by_the_first_two_words():
    text = "Ông Y Nưng Niê - Chủ tịch HĐND huyện - nói. Theo ông Y Nưng, việc này khó."
    assert told("person", text) == ["Y Nưng Niê", "Y Nưng Niê"]


def test_a_post_of_an_earlier_year_is_not_told_as_held():
    told_of = "Năm 2012, ông Lê Văn Tám được phân công làm Trưởng ban Nội chính Tỉnh ủy."
    assert told("post", told_of) == []
    today = "Từ năm 2015 đến nay, ông Lê Văn Tám làm Trưởng ban Nội chính Tỉnh ủy."
    assert told("post", today) == ["Lê Văn Tám: Trưởng ban Nội chính Tỉnh ủy"]


def test_two_names_before_two_titles_share_none_of_them_unless_it_is_said():
    text = "Ông Lê Văn Tám và ông Trần Văn Sáu được bầu giữ chức Chủ tịch HĐND và Chủ tịch UBND."
    assert "Trần Văn Sáu: Chủ tịch HĐND (elected)" not in told("post", text)
    assert "elected Trần Văn Sáu: Chủ tịch HĐND" not in told("personnel", text)
    said = text.replace("được bầu", "lần lượt được bầu")
    assert told("post", said) == [
        "Lê Văn Tám: Chủ tịch HĐND (elected)",
        "Trần Văn Sáu: Chủ tịch UBND (elected)",
    ]


def test_terms_in_a_row_are_each_a_term():
    text = "Bà Lê Thị Tám là đại biểu Quốc hội khóa XII, XIII và đại biểu HĐND quận khóa VI."
    assert told("term", text) == ["Quốc hội khóa 12", "Quốc hội khóa 13", "khóa 6"]


def test_a_committee_without_its_council_is_not_that_of_the_ward_named_last():
    text = (
        "Đoàn giám sát HĐND quận làm việc với HĐND phường Gò Sành. "
        "Trưởng ban Kinh tế - Xã hội Lê Văn Tám đề nghị bổ sung số liệu."
    )
    assert told("post", text) == ["Lê Văn Tám: Trưởng ban Kinh tế - Xã hội HĐND quận"]


@pytest.mark.parametrize(
    ("text", "body"),
    [
        (
            "Thực hiện Kế hoạch số 58/KH-HĐND, ngày 18/3/2024, Đoàn giám sát của Thường trực HĐND"
            " quận giám sát tại phường Gò Sành.",
            "Thường trực HĐND",
        ),
        (
            "Ngày 18/3/2024, bà Lê Thị Tám - Trưởng ban Pháp chế HĐND quận chủ trì thẩm tra.",
            "Ban Pháp chế",
        ),
        (
            "Sáng 18/3/2024, Ủy ban MTTQ quận tổ chức tiếp xúc cử tri với đại biểu HĐND quận.",
            "Ủy ban MTTQ",
        ),
    ],
)
def test_an_event_is_of_the_body_named_first_and_no_symbol_is_a_body(text, body):
    passages = (VersionPassage("title", 0, "Tin"), VersionPassage("body", 0, text))
    facts = facts_of(VersionText(passages, date(2024, 3, 20), OURS))
    assert [fact.value.body for fact in facts if fact.kind == "activity"] == [body]


def test_a_day_between_a_document_and_a_subject_is_the_days_of_the_sentence():
    text = "Theo Kế hoạch số 58/KH-HĐND, ngày 18/3/2024, Ban Pháp chế HĐND quận giám sát công an."
    assert told("activity", text) == ["giám sát 2024-03-18 held"]
    dated = "Theo Kế hoạch số 58/KH-HĐND, ngày 18/3/2024, Nghị quyết số 7/NQ-HĐND, quận họp."
    assert told("date", text) == ["2024-03-18"]
    assert [line.split(",")[0] for line in told("document", dated)] == [
        "Kế hoạch 58/KH-HĐND 2024",
        "Nghị quyết 07/NQ-HĐND",
    ]


def test_two_thirds_are_no_vote():
    text = "Nghị quyết được thông qua nếu có trên 2/3 đại biểu tán thành; 40/45 đại biểu tán thành."
    assert told("vote", text) == ["40/45"]


def test_the_agenda_of_a_session_is_no_promise():
    text = "Ông Lê Văn Tám nêu nhiều việc sẽ được xem xét tại kỳ họp thứ 6."
    assert told("commitment", text) == []
    promised = "Ông Lê Văn Tám, Chủ tịch UBND quận, hứa sẽ trả lời cử tri tại kỳ họp thứ 6."
    assert told("commitment", promised) == ["Lê Văn Tám by none"]


@pytest.mark.parametrize(
    "text",
    [
        "Ngày 18/3/2024, ông Lê Văn Tám cho biết sau cuộc làm việc của đoàn giám sát.",
        "Ngày 18/3/2024, Văn phòng HĐND gửi giấy mời dự kỳ họp thứ 7 HĐND quận.",
        "Công văn ngày 18/3/2024 của quận nêu việc chuẩn bị để kỳ họp thứ nhất HĐND quận chu đáo.",
        "Ngày 18/3/2024, bên lề kỳ họp HĐND quận, ông Lê Văn Tám trả lời báo chí.",
    ],
)
def test_the_day_on_which_somebody_tells_of_an_event_is_not_the_event_s(text):
    assert told("activity", text) == []


def test_who_asks_the_chair_is_not_in_the_chair():
    text = "Tại kỳ họp HĐND quận ngày 18/3/2024, bà Lê Thị Tám đề nghị chủ tọa đưa việc này vào."
    assert told("activity", text) == ["kỳ họp 2024-03-18 held"]


@pytest.mark.parametrize(
    "text",
    [
        "Phiên thảo luận chiều 17-12 kỳ họp HĐND quận sôi nổi.",
        "Lãnh đạo quận 9 kiến nghị các sở sớm hỗ trợ.",
        "Trong thời gian giữa hai kỳ họp, Thường trực HĐND quyết định.",
    ],
)
def test_a_number_beside_a_noun_is_no_count_of_it(text):
    assert told("count", text) == []


def test_who_is_asked_is_a_body_or_a_person():
    text = "Quận yêu cầu khẩn trương hoàn thiện hồ sơ trước ngày 30/4/2024."
    assert told("commitment", text) == []
    text = "Ban yêu cầu UBND quận khẩn trương hoàn thiện hồ sơ trước ngày 30/4/2024."
    assert told("commitment", text) == ["UBND quận by 2024-04-30"]


def test_a_session_at_which_something_was_asked_is_not_its_due_day():
    text = "Tại kỳ họp thứ 16, HĐND quận yêu cầu UBND quận phải bàn kỹ về việc này."
    assert told("commitment", text) == []


def test_a_party_committee_is_read_in_its_abbreviation():
    text = "Ông Lê Văn Tám - Ủy viên BTV Quận ủy, Chủ tịch UBMTTQ quận dự."
    assert told("post", text) == [
        "Lê Văn Tám: Ủy viên BTV Quận ủy",
        "Lê Văn Tám: Chủ tịch UBMTTQ quận",
    ]


def test_deputies_in_a_row_are_named_past_what_stands_in_brackets():
    text = "Các đại biểu Lý Thị Sáu, Tạ Văn Bảy (Tổ số 4) và Bế Hồng Tâm (Ban Pháp chế) hỏi."
    assert told("person", text) == ["Lý Thị Sáu", "Tạ Văn Bảy", "Bế Hồng Tâm"]


def test_the_years_of_a_former_post_do_not_end_the_row_of_posts():
    text = "Bà Lý Thị Sáu từng giữ chức Phó Chủ tịch UBND phường Vĩnh Lạc giai đoạn 2016-2020,"
    assert told("post", text + " hiện là Trưởng phòng Y tế quận.") == [
        "Lý Thị Sáu: Phó Chủ tịch UBND phường Vĩnh Lạc (former)",
        "Lý Thị Sáu: Trưởng phòng Y tế quận",
    ]


def test_a_meeting_that_had_to_be_put_off_is_counted_as_such():
    text = "Do dịch bệnh, 01 hội nghị tiếp xúc cử tri đã phải lùi sang tháng sau."
    assert told("count", text) == ["tiếp xúc cử tri = 1 postponed none none"]


def test_an_event_may_begin_its_sentence():
    text = "Phiên giải trình ngày 18/3/2024 do Thường trực HĐND quận tổ chức kéo dài cả ngày."
    assert told("activity", text) == ["giải trình 2024-03-18 held"]


def test_chairs_may_stand_in_a_list_behind_the_verb():
    text = (
        "Ngày 18/3/2024, Tổ đại biểu số 2 tiếp xúc cử tri. Chủ trì hội nghị có các ông, bà: "
        "Lê Văn Tám - Tổ trưởng; Trần Thị Sáu - Tổ phó."
    )
    assert told("activity", text) == ["tiếp xúc cử tri 2024-03-18 held; Lê Văn Tám, Trần Thị Sáu"]


def test_tomorrow_may_have_its_date_beside_it():
    assert told("date", "Ngày mai 21/3, quận họp.") == ["2024-03-21"]


def test_a_secretary_of_the_youth_union_is_one_of_its_body():
    text = "Chị Lâm Thị Mỹ - Bí thư Đoàn phường và ông Lê Văn Tám - Bí thư Quận đoàn dự."
    assert told("post", text) == ["Lâm Thị Mỹ: Bí thư Đoàn phường", "Lê Văn Tám: Bí thư Quận đoàn"]


def test_those_who_were_elected_may_stand_in_a_list_behind_their_offices():
    text = (
        "HĐND quận đã bầu các chức danh: Chủ tịch HĐND quận: bà Lều Thị Hạnh; "
        "Trưởng Ban Pháp chế: ông Chu Bá Lộc."
    )
    assert told("post", text) == [
        "Lều Thị Hạnh: Chủ tịch HĐND quận (elected)",
        "Chu Bá Lộc: Trưởng Ban Pháp chế HĐND quận (elected)",
    ]


def test_a_title_behind_a_list_is_that_of_all():
    text = (
        "HĐND quận bầu các ông, bà Tào Hữu Bình, Quách Thị Tuyết giữ chức Phó Chủ tịch UBND quận."
    )
    assert told("post", text) == [
        "Tào Hữu Bình: Phó Chủ tịch UBND quận (elected)",
        "Quách Thị Tuyết: Phó Chủ tịch UBND quận (elected)",
    ]


def test_a_surname_that_no_list_has_is_no_place():
    text = "Bà Xướng Thị Hạnh dự. Tân Chủ tịch HĐND quận Xướng Thị Hạnh phát biểu."
    assert told("post", text) == ["Xướng Thị Hạnh: Chủ tịch HĐND quận"]


def test_counts_of_themes_have_ranges_and_every_group_its_own():
    text = "Năm 2024, Ban Pháp chế giám sát từ 2 đến 3 chuyên đề; mỗi tổ ít nhất 1 cuộc giám sát."
    assert [line.split(" reported")[0].split(" planned")[0] for line in told("count", text)] == [
        "giám sát chuyên đề 2-3",
        "giám sát >= 1",
    ]


def test_a_candidate_for_two_offices_holds_neither():
    text = (
        "Bà Lê Thị Tám được giới thiệu ứng cử đại biểu HĐND quận nhiệm kỳ 2021-2026 và "
        "đại biểu Quốc hội khóa XV."
    )
    assert [line.split(": ")[1] for line in told("post", text)] == [
        "đại biểu HĐND quận (candidate)",
        "đại biểu Quốc hội (candidate)",
    ]


def test_a_title_before_a_colon_is_that_of_every_comrade_behind_it():
    text = "Dự có các đồng chí Ủy viên Ban Thường vụ Quận ủy: Vũ Thị Nguyệt, Hoàng Anh Vũ."
    assert told("person", text) == ["Vũ Thị Nguyệt", "Hoàng Anh Vũ"]
    assert told("post", text) == [
        "Vũ Thị Nguyệt: Ủy viên Ban Thường vụ Quận ủy",
        "Hoàng Anh Vũ: Ủy viên Ban Thường vụ Quận ủy",
    ]


def test_committees_are_known_by_their_letters_and_cells_by_their_number():
    text = (
        "Phó Trưởng Ban KTXH HĐND quận Lê Thị Na và bà Ngô Thị Sen, Bí thư chi bộ 5; "
        "ông Hồ Sỹ Tân, đại biểu HĐND quận, Tổ trưởng tổ dân phố 12 dự."
    )
    assert told("post", text) == [
        "Lê Thị Na: Phó Trưởng Ban KTXH HĐND quận",
        "Ngô Thị Sen: Bí thư chi bộ 5",
        "Hồ Sỹ Tân: đại biểu HĐND quận",
        "Hồ Sỹ Tân: Tổ trưởng tổ dân phố 12",
    ]


def test_an_event_that_was_moved_is_postponed():
    text = "Cuộc khảo sát tại phường Bến Mới dự kiến ngày 22/3/2024 đã được dời sang tháng sau."
    assert told("activity", text) == ["khảo sát 2024-03-22 postponed"]


def test_the_number_of_a_law_has_its_year():
    text = "Căn cứ Luật Đầu tư công số 39/2019/QH14 ngày 13/6/2019; Luật Đất đai số 45/2013/QH13;"
    assert told("document", text) == ["Luật Đầu tư công 2019", "Luật Đất đai 2013"]


def test_a_title_with_letters_that_no_list_has_is_of_who_stands_behind_it():
    text = "Phó Chủ tịch UBND quận Diệp Văn Sáu, Trưởng phòng QLĐT Kim Ngọc Ánh trả lời."
    assert told("post", text) == [
        "Diệp Văn Sáu: Phó Chủ tịch UBND quận",
        "Kim Ngọc Ánh: Trưởng phòng QLĐT",
    ]
    courts = "Viện trưởng VKSND quận Phùng Chí Kiên, Chánh án TAND quận Nông Thị Ngát trình bày."
    assert told("post", courts) == [
        "Phùng Chí Kiên: Viện trưởng VKSND quận",
        "Nông Thị Ngát: Chánh án TAND quận",
    ]


def test_several_are_elected_to_one_office_each_with_the_votes_behind_the_name():
    text = (
        "HĐND quận bầu bổ sung 02 Ủy viên UBND quận: ông Thường Văn Khải (Trưởng phòng TN&MT), "
        "đạt 37/37 phiếu; bà Xuân Thị Nga, đạt 36/37 phiếu."
    )
    assert "Thường Văn Khải: Ủy viên UBND quận (elected)" in told("post", text)
    assert "Xuân Thị Nga: Ủy viên UBND quận (elected)" in told("post", text)


def test_a_period_right_behind_a_count_is_its_own():
    text = "HĐND quận dự kiến họp trong tháng 3/2024 và tổ chức 01 cuộc giám sát trong quý II."
    assert told("count", text) == ["giám sát = 1 planned 2024-Q2 HĐND quận"]


def test_who_stands_behind_the_office_of_a_district_is_no_place():
    text = "Trưởng phòng Nội vụ quận Lê Văn Tám trình bày."
    assert told("post", text) == ["Lê Văn Tám: Trưởng phòng Nội vụ quận"]


def test_a_family_is_no_temple_and_a_demand_no_bridge():
    text = "Đoàn thăm gia đình ông Lê Văn Tám và yêu cầu ông Trần Văn Sáu giải trình."
    assert told("person", text) == ["Lê Văn Tám*", "Trần Văn Sáu*"]
    assert told("person", "Nhà ở cầu ông Lê Văn Tám.") == []


def test_a_head_of_something_unknown_is_not_that_of_the_committee_named_last():
    text = "Ban Pháp chế HĐND quận đã họp. Ông Lê Văn Tám, Trưởng ban liên lạc hưu trí, dự."
    assert not any("Pháp chế" in line for line in told("post", text))
    led = "Ban Pháp chế HĐND quận do ông Lê Văn Tám, Trưởng ban làm trưởng đoàn, giám sát."
    assert told("post", led) == ["Lê Văn Tám: Trưởng ban Pháp chế HĐND quận"]


def test_an_age_in_brackets_does_not_hide_the_title_behind_it():
    text = "Ông Lê Văn Tám (39 tuổi, Giám đốc Sở Tài chính) dự."
    assert told("post", text) == ["Lê Văn Tám: Giám đốc Sở Tài chính"]


def test_an_office_is_read_to_its_end():
    text = (
        "Ông Lê Văn Tám, Trưởng phòng Tổ chức cán bộ, và bà Trần Thị Sáu, Trưởng phòng Nội vụ quận."
    )
    assert told("post", text) == [
        "Lê Văn Tám: Trưởng phòng Tổ chức cán bộ",
        "Trần Thị Sáu: Trưởng phòng Nội vụ quận",
    ]


@pytest.mark.parametrize(
    ("text", "posts"),
    [
        (
            "UBND quận có 3 Phó Chủ tịch gồm các ông: Lê Văn Tám (Phó Chủ tịch thường trực);"
            " Hứa Ngọc Bảy; Triệu Văn Chín.",
            ["Lê Văn Tám: Phó Chủ tịch UBND quận", "Lê Văn Tám: Phó Chủ tịch thường trực",
             "Hứa Ngọc Bảy: Phó Chủ tịch UBND quận", "Triệu Văn Chín: Phó Chủ tịch UBND quận"],
        ),
        (
            "Các Phó Chủ tịch UBND quận (từ trái qua): Lê Văn Tám, Hứa Ngọc Bảy.",
            ["Lê Văn Tám: Phó Chủ tịch UBND quận", "Hứa Ngọc Bảy: Phó Chủ tịch UBND quận"],
        ),
        (
            "Cùng dự có 2 Phó Chủ tịch Lê Văn Tám, Hứa Ngọc Bảy.",
            ["Lê Văn Tám: Phó Chủ tịch", "Hứa Ngọc Bảy: Phó Chủ tịch"],
        ),
        (
            "HĐND quận miễn nhiệm 2 Ủy viên UBND quận là ông Lê Văn Tám và bà Hứa Thị Bảy.",
            ["Lê Văn Tám: Ủy viên UBND quận (former)", "Hứa Thị Bảy: Ủy viên UBND quận (former)"],
        ),
        (
            "Ông Lê Văn Tám (Trưởng phòng Nội vụ) và ông Hứa Ngọc Bảy (Chánh Văn phòng) được bầu"
            " làm Phó Chủ tịch UBND quận.",
            ["Lê Văn Tám: Trưởng phòng Nội vụ", "Hứa Ngọc Bảy: Chánh Văn phòng",
             "Lê Văn Tám: Phó Chủ tịch UBND quận (elected)",
             "Hứa Ngọc Bảy: Phó Chủ tịch UBND quận (elected)"],
        ),
        (
            "Ông Lê Văn Tám, Bí thư Quận ủy và Trưởng phòng Nội vụ Hứa Ngọc Bảy được bầu giữ chức"
            " Phó Chủ tịch HĐND quận.",
            ["Lê Văn Tám: Bí thư Quận ủy", "Hứa Ngọc Bảy: Trưởng phòng Nội vụ",
             "Lê Văn Tám: Phó Chủ tịch HĐND quận (elected)",
             "Hứa Ngọc Bảy: Phó Chủ tịch HĐND quận (elected)"],
        ),
        (
            "HĐND quận bầu Ủy viên UBND quận với các ông: Lê Văn Tám - Trưởng phòng Nội vụ;"
            " Hứa Ngọc Bảy - Chánh Thanh tra.",
            ["Lê Văn Tám: Ủy viên UBND quận (elected)", "Hứa Ngọc Bảy: Ủy viên UBND quận (elected)",
             "Lê Văn Tám: Trưởng phòng Nội vụ", "Hứa Ngọc Bảy: Chánh Thanh tra"],
        ),
        (
            "Theo ông Lê Văn Tám, Chủ tịch UBND quận đương nhiệm, ông Hứa Ngọc Bảy đã xin thôi.",
            ["Hứa Ngọc Bảy: Chủ tịch UBND quận"],
        ),
        (
            "Dự có Bí thư Quận ủy Lê Văn Tám, Phó Bí thư Quận ủy, Chủ tịch UBND quận Hứa Ngọc Bảy.",
            ["Lê Văn Tám: Bí thư Quận ủy", "Hứa Ngọc Bảy: Phó Bí thư Quận ủy",
             "Hứa Ngọc Bảy: Chủ tịch UBND quận"],
        ),
        (
            "3 Phó Chủ tịch còn lại là Lê Văn Tám, Hứa Ngọc Bảy và Triệu Văn Chín.",
            ["Lê Văn Tám: Phó Chủ tịch", "Hứa Ngọc Bảy: Phó Chủ tịch",
             "Triệu Văn Chín: Phó Chủ tịch"],
        ),
        (
            "HĐND quận miễn nhiệm chức danh Ủy viên UBND quận đối với ông Lê Văn Tám và ông Hứa"
            " Ngọc Bảy.",
            ["Lê Văn Tám: Ủy viên UBND quận (former)", "Hứa Ngọc Bảy: Ủy viên UBND quận (former)"],
        ),
        (
            "Ông Lê Văn Tám - Bí thư Quận ủy Ngũ Hành Sơn - vừa được HĐND thành phố bỏ phiếu bầu"
            " giữ chức Phó Chủ tịch UBND thành phố.",
            ["Lê Văn Tám: Bí thư Quận ủy Ngũ Hành Sơn",
             "Lê Văn Tám: Phó Chủ tịch UBND thành phố (elected)"],
        ),
        (
            "Ông Lê Văn Tám đã kinh qua các chức vụ như Trưởng phòng Nội vụ, Chánh Thanh tra quận.",
            ["Lê Văn Tám: Trưởng phòng Nội vụ (former)",
             "Lê Văn Tám: Chánh Thanh tra quận (former)"],
        ),
        (
            "Giám đốc Công an tỉnh, đại tá Lê Văn Tám báo cáo; con trai là Lê Hữu Chín, Bí thư Đoàn"
            " xã Gò Sành, dự.",
            ["Lê Văn Tám: Giám đốc Công an tỉnh", "Lê Hữu Chín: Bí thư Đoàn xã Gò Sành"],
        ),
        (
            "Từ trái qua: ông Lê Văn Tám - Ủy viên TƯ Đảng - Phó Bí thư Tỉnh ủy, ông Hứa Ngọc Bảy -"
            " Chủ tịch HĐQT Tập đoàn Dầu khí KHC.",
            ["Lê Văn Tám: Ủy viên TƯ Đảng", "Lê Văn Tám: Phó Bí thư Tỉnh ủy",
             "Hứa Ngọc Bảy: Chủ tịch HĐQT Tập đoàn Dầu khí KHC"],
        ),
        (
            "Thay thế Bí thư Quận ủy Lam Khê là ông Lê Công Chánh, nguyên Giám đốc Sở Nội vụ.",
            ["Lê Công Chánh: Bí thư Quận ủy Lam Khê", "Lê Công Chánh: Giám đốc Sở Nội vụ (former)"],
        ),
        (
            "Ông Lê Văn Tám - Phó Bí thư Quận đoàn về làm Phó Chánh Văn phòng UBND quận.",
            ["Lê Văn Tám: Phó Bí thư Quận đoàn", "Lê Văn Tám: Phó Chánh Văn phòng UBND quận"],
        ),
        (
            "Ông Hứa Ngọc Bảy được bầu giữ chức Bí thư Quận ủy thay ông Lê Văn Tám được điều động"
            " giữ chức Giám đốc Sở Nội vụ.",
            [
                "Hứa Ngọc Bảy: Bí thư Quận ủy (elected)",
                "Lê Văn Tám: Bí thư Quận ủy (former)",
                "Lê Văn Tám: Giám đốc Sở Nội vụ",
            ],
        ),
        (
            "Ông Lê Văn Tám đã bị bãi nhiệm đại biểu HĐND quận.",
            ["Lê Văn Tám: đại biểu HĐND quận (former)"],
        ),
        (
            "Ban Cán sự Đảng Bộ Công Thương tạm dừng bầu chức danh Phó Chủ tịch UBND tỉnh với ông"
            " Lê Văn Tám.",
            [],
        ),
        (
            "6 Phó Chủ tịch UBND quận đương nhiệm tiếp tục giữ chức trong nhiệm kỳ mới, gồm các"
            " ông: Lê Văn Tám, Hứa Ngọc Bảy.",
            ["Lê Văn Tám: Phó Chủ tịch UBND quận", "Hứa Ngọc Bảy: Phó Chủ tịch UBND quận"],
        ),
        (
            "Hai Phó Chủ tịch HĐND quận tái cử là ông Lê Văn Tám và bà Hứa Thị Bảy.",
            ["Lê Văn Tám: Phó Chủ tịch HĐND quận (elected)",
             "Hứa Thị Bảy: Phó Chủ tịch HĐND quận (elected)"],
        ),
        (
            "Ông Lê Văn Tám từng giữ các chức vụ Bí thư Thành ủy Gò Sành; Phó Bí thư Tỉnh ủy.",
            ["Lê Văn Tám: Bí thư Thành ủy Gò Sành (former)",
             "Lê Văn Tám: Phó Bí thư Tỉnh ủy (former)"],
        ),
        (
            "Ban Chấp hành giới thiệu ông Lê Văn Tám, Phó Chủ tịch phụ trách HĐND quận, để bầu"
            " chức danh Bí thư Quận ủy.",
            ["Lê Văn Tám: Phó Chủ tịch phụ trách HĐND quận",
             "Lê Văn Tám: Bí thư Quận ủy (candidate)"],
        ),
        (
            "HĐND tỉnh bầu ông Lê Văn Tám, Bí thư Thành ủy Thủ Dầu Một giữ chức Chủ tịch HĐND"
            " tỉnh.",
            ["Lê Văn Tám: Bí thư Thành ủy Thủ Dầu Một",
             "Lê Văn Tám: Chủ tịch HĐND tỉnh (elected)"],
        ),
        (
            "Ông Lê Văn Tám, Giám đốc Sở Thông tin Truyền thông nhận phiếu thấp nhất.",
            ["Lê Văn Tám: Giám đốc Sở Thông tin Truyền thông"],
        ),
        (
            "Dự có Trưởng ban Đô thị HĐND quận Hứa Ngọc Bảy. Trưởng Ban Quản lý đường sắt đô thị Lê"
            " Văn Tám báo cáo.",
            ["Hứa Ngọc Bảy: Trưởng ban Đô thị HĐND quận",
             "Lê Văn Tám: Trưởng Ban Quản lý đường sắt đô thị"],
        ),
        (
            "Ông Lê Văn Tám, nguyên là Bí thư Quận đoàn Lam Khê, dự.",
            ["Lê Văn Tám: Bí thư Quận đoàn Lam Khê (former)"],
        ),
        (
            "Ông Lê Văn Tám vẫn giữ chức Bí thư Đảng ủy xã; bà Hứa Thị Bảy đã chuyển sang giữ chức"
            " Chủ tịch Ủy ban MTTQ quận.",
            ["Lê Văn Tám: Bí thư Đảng ủy xã", "Hứa Thị Bảy: Chủ tịch Ủy ban MTTQ quận"],
        ),
        (
            "Ông Lê Văn Tám đã trở thành Chủ tịch UBND quận.",
            ["Lê Văn Tám: Chủ tịch UBND quận"],
        ),
    ],
)  # fmt: skip
def test_a_title_of_several_is_each_one_s(text, posts):
    assert sorted(told("post", text)) == sorted(posts)


@pytest.mark.parametrize(
    "text",
    [
        "Tại kỳ họp, HĐND quận sẽ miễn nhiệm Trưởng Ban Đô thị với ông Lê Văn Tám; miễn nhiệm Phó"
        " Trưởng Ban Đô thị với ông Hứa Ngọc Bảy.",
        "UBND quận có Tờ trình miễn nhiệm chức danh Phó Chủ tịch UBND quận đối với ông Lê Văn Tám.",
        "HĐND quận dự kiến bầu 2 Phó Chủ tịch UBND quận là ông Lê Văn Tám và ông Hứa Ngọc Bảy.",
    ],
)
def test_what_is_still_to_come_is_no_decision(text):
    assert told("personnel", text) == []
    assert "Tờ trình" in text or not [
        line for line in told("post", text) if "(elected)" in line or "(former)" in line
    ]


def test_who_is_moved_was_not_elected_to_it():
    text = (
        "Ông Hứa Ngọc Bảy được bầu giữ chức Bí thư Quận ủy thay ông Lê Văn Tám được điều động giữ"
        " chức Giám đốc Sở Nội vụ."
    )
    assert told("personnel", text) == [
        "elected Hứa Ngọc Bảy: Bí thư Quận ủy",
        "appointed Lê Văn Tám: Giám đốc Sở Nội vụ",
    ]


def test_who_has_been_dismissed_is_read():
    text = "Ông Lê Văn Tám đã bị bãi nhiệm đại biểu HĐND quận."
    assert told("personnel", text) == ["dismissed Lê Văn Tám: đại biểu HĐND quận"]


def test_all_who_are_dismissed_or_elected_together_are_read():
    text = "HĐND quận bầu 2 Phó Chủ tịch UBND quận gồm các ông: Lê Văn Tám, Hứa Ngọc Bảy."
    assert told("personnel", text) == [
        "elected Lê Văn Tám: Phó Chủ tịch UBND quận",
        "elected Hứa Ngọc Bảy: Phó Chủ tịch UBND quận",
    ]


@pytest.mark.parametrize(
    ("text", "documents"),
    [
        ("Thành phố thực hiện Nghị quyết 54 để phát triển.", ["Nghị quyết 54"]),
        ("Quận triển khai nghị quyết 54 của Quốc hội.", ["Nghị quyết 54"]),
        ("Theo Bộ luật Hình sự 2015, việc này bị cấm.", ["Bộ luật Hình sự 2015"]),
        ("Việc này theo Luật đất đai sửa đổi năm 2013.", ["Luật Đất đai 2013"]),
        ("HĐND quận ra nghị quyết 3 năm một lần.", []),
        ("Nghị quyết 5 nhóm nội dung được bàn.", []),
    ],
)
def test_a_number_alone_is_a_citation_where_no_unit_follows(text, documents):
    assert [line.split(" 2024")[0] for line in told("document", text)] == documents


@pytest.mark.parametrize(
    ("text", "event"),
    [
        (
            "Ngày 18/3/2024, HĐND quận tổ chức Hội nghị tổng kết. Dự và chủ trì Hội nghị có các"
            " đồng chí: Lê Văn Tám, Chủ tịch HĐND quận; Hứa Thị Bảy, Phó Chủ tịch HĐND quận.",
            "hội nghị 2024-03-18 held; Lê Văn Tám, Hứa Thị Bảy",
        ),
        (
            "Tại phiên chất vấn sáng 18/3/2024, Chủ tọa kỳ họp - Chủ tịch HĐND quận Lê Văn Tám đề"
            " nghị trả lời ngắn gọn.",
            "chất vấn 2024-03-18 held; Lê Văn Tám",
        ),
    ],
)
def test_who_chairs_is_named_behind_the_word_too(text, event):
    assert told("activity", text) == [event]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Kỳ họp thông qua 12 Nghị quyết.", "nghị quyết = 12 reported none none"),
        (
            "Các Ban HĐND quận tổ chức không dưới 03 cuộc giám sát trong năm 2024.",
            "giám sát >= 3 reported 2024 Các Ban HĐND quận",
        ),
    ],
)
def test_counts_at_the_beginning_of_a_sentence_and_of_a_year_behind_them(text, count):
    assert told("count", text) == [count]


@pytest.mark.parametrize(
    "text",
    [
        "Bà con Việt Nam ở xa gửi quà; anh Việt Nam là tên gọi đùa.",
        "Ông Sài Gòn là tên một quán.",
        "Phó Bí thư Thành Ủy Hà Nội dự.",
        "Thủ tướng Nhật Bản Shinzo dự.",
        "Giám đốc Sở, Bộ Công Thương dự.",
    ],
)
def test_a_country_and_a_body_are_nobody(text):
    assert told("person", text) == []


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("Mức thưởng từ 5 đến 10 triệu đồng.", ["5000000-10000000"]),
        ("Thưởng 500 nghìn - 1 triệu đồng.", ["500000-1000000"]),
        ("Từ năm 2016 đến 3.000 tỷ đồng.", ["3000000000000"]),
    ],
)
def test_a_span_of_money_has_both_ends(text, amounts):
    assert told("money", text) == amounts


def test_quarters_that_do_not_follow_each_other_are_each_a_quarter():
    assert told("date", "Trong quý I, III/2024, HĐND giám sát.") == ["2024-Q1", "2024-Q3"]


def test_a_time_of_day_makes_a_day_of_two_numbers_with_a_dash():
    assert told("date", "Sáng 14-3, HĐND họp. Tối 3-4 giờ.") == ["2024-03-14"]


def test_the_day_of_a_general_election_is_no_meeting_with_voters():
    title = "Cử tri quận đi bầu cử"
    assert told("activity", "Cử tri đi bầu cử đại biểu HĐND ngày 14/3.", title=title) == []


def test_six_capitals_behind_a_title_are_nobody_and_no_fault():
    text = "Chủ tịch UBND quận, ông Lê Văn Tám Hoa Mai Cúc Lan dự họp; ông Hứa Bảy vắng."
    assert told("person", text) == ["Hứa Bảy*"]


def test_days_from_one_to_another_need_no_word_for_day():
    assert told("date", "Kỳ họp diễn ra từ 11 đến 13/3.") == ["2024-03-11/2024-03-13"]


def test_the_part_of_a_session_that_is_named_is_the_event():
    text = "Tại phiên chất vấn kỳ họp thứ 14, HĐND quận ngày 12/3, đại biểu nêu ý kiến."
    assert told("activity", text) == ["chất vấn 2024-03-12 held"]


def test_what_a_group_of_deputies_takes_note_of_and_will_do_is_its_promise():
    text = "Tổ đại biểu ghi nhận và sẽ chuyển UBND quận xem xét trước ngày 15/4/2024."
    assert told("commitment", text) == ["Tổ đại biểu by 2024-04-15"]


@pytest.mark.parametrize(
    "text",
    [
        "Với 35/40 phiếu không tán thành, đề án dừng lại.",
        "Số không tán thành là 35/40 phiếu.",
    ],
)
def test_votes_against_are_not_those_of_a_decision(text):
    assert told("vote", text) == []
