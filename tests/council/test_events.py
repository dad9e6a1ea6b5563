"""Which days are those of events, whose events they are, and what is counted."""

from datetime import date

import pytest

from council import Council, VersionPassage, VersionText, facts_of
from council.evidence import same_body
from support.scoring import line_of

OURS = Council("quận", "Lam Khê")
PUBLISHED = date(2024, 3, 20)


def facts(text, kind, council=OURS):
    passages = (VersionPassage("title", 0, "Tin"), VersionPassage("body", 0, text))
    return [
        fact for fact in facts_of(VersionText(passages, PUBLISHED, council)) if fact.kind == kind
    ]


def told(text, kind):
    return [line_of(fact) for fact in facts(text, kind)]


@pytest.mark.parametrize(
    "text",
    [
        "Theo kế hoạch ban hành ngày 8/3 của Ban Pháp chế, chợ là nơi đầu tiên được giám sát.",
        "Báo cáo ngày 1/3/2024 của Đoàn giám sát Ban Pháp chế nêu ba tồn tại.",
        "Quyết định ngày 1/3/2024 thành lập Đoàn giám sát của Ban Pháp chế.",
        "Theo chương trình ban hành ngày 2/3 của Ban Pháp chế, đoàn khảo sát gồm 7 thành viên.",
        "Tại cuộc giám sát của HĐND quận, bà Mây cho biết dự án khởi công ngày 12/3/2020.",
        "Tại buổi giám sát của Ban Pháp chế, bà Lò Thị Mây cho biết chợ mở từ ngày 2/2/2024.",
        "Cuộc giám sát của Ban Pháp chế ngày 18/3/2024 chưa diễn ra vì đoàn thiếu người.",
    ],
)
def test_the_day_of_a_paper_or_of_what_is_told_there_is_no_event(text):
    assert told(text, "activity") == []


@pytest.mark.parametrize(
    ("text", "event"),
    [
        (
            "Chuẩn bị cho kỳ họp thứ 7, ngày 18/3/2024 Thường trực HĐND quận họp phiên thường kỳ.",
            "phiên họp Thường trực 2024-03-18 held",
        ),
        (
            "Ngày 18/3/2024, thực hiện nghị quyết kỳ họp thứ 2 HĐND quận, đoàn giám sát làm việc.",
            "giám sát 2024-03-18 held",
        ),
        (
            "Qua giám sát ngày 18/3/2024, Ban Pháp chế HĐND quận kiến nghị ba việc.",
            "giám sát 2024-03-18 held",
        ),
        (
            "Phiên giải trình của Thường trực HĐND quận ngày 18/3/2024 hoãn sang tháng 9.",
            "giải trình 2024-03-18 postponed",
        ),
    ],
)
def test_an_occasion_and_a_day_that_was_moved(text, event):
    assert told(text, "activity") == [event]


@pytest.mark.parametrize(
    ("body", "written"),
    [
        ("Ban Kinh tế - Xã hội HĐND quận Long Hạ", "Ban Kinh tế - Xã hội HĐND quận Long Hạ"),
        ("Thường trực HĐND huyện Đông Hạ", "Thường trực HĐND huyện Đông Hạ"),
        ("Ban Pháp chế HĐND quận Lam Khê", "Ban Pháp chế"),
        ("Thường trực HĐND quận", "Thường trực HĐND"),
    ],
)
def test_the_event_of_another_district_is_its_own(body, written):
    (fact,) = facts(f"{body} giám sát tại chợ ngày 18/3/2024.", "activity")
    assert fact.value.body == written


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("HĐND", "HĐND quận", True),
        ("Ban Pháp chế", "Ban Pháp chế HĐND quận", True),
        ("Ban Kinh tế - Xã hội", "Ban KT-XH", True),
        ("Ban Pháp chế", "hai Ban", True),
        ("Ban Pháp chế", "Ban Kinh tế - Xã hội", False),
        ("Tổ đại biểu số 2", "Tổ đại biểu số 3", False),
        ("Thường trực HĐND huyện Đông Hạ", "Thường trực HĐND", False),
        ("Thường trực HĐND quận Long Hạ", "Thường trực HĐND quận", False),
        ("HĐND phường", "HĐND", False),
        ("HĐND quận Lam Khê", "HĐND", True),
        ("HĐND huyện", "HĐND", False),
    ],
)
def test_bodies_that_are_one(one, other, same):
    assert same_body(one, other, OURS) is same


RANKS = [
    "tỉnh", "thành phố", "quận", "huyện", "thị xã", "phường", "xã", "thị trấn", "đặc khu",
]  # fmt: skip


@pytest.mark.parametrize("rank", RANKS)
def test_the_own_council_of_every_rank_may_be_named_without_it(rank):
    own = Council(rank, "Lam Khê")
    for written in (f"HĐND {rank}", f"HĐND {rank} Lam Khê", f"HĐND {rank.capitalize()}"):
        assert same_body(written, "HĐND", own)
    assert not same_body(f"HĐND {rank} Long Hạ", "HĐND", own)
    for other in set(RANKS) - {rank}:
        assert not same_body(f"HĐND {other}", "HĐND", own)


@pytest.mark.parametrize("written", ["TP", "TP Lam Khê", "TP. Lam Khê", "TP.Lam Khê"])
def test_a_city_s_rank_may_be_abbreviated(written):
    city = Council("thành phố", "Lam Khê")
    (fact,) = facts(f"HĐND {written} khai mạc kỳ họp ngày 18/3/2024.", "activity", city)
    assert fact.value.body == "HĐND"


@pytest.mark.parametrize(
    ("written", "own"), [("TP.HCM", True), ("TPHCM", True), ("TP HCM", True), ("TP Hà Nội", False)]
)
def test_a_city_is_known_by_its_initials(written, own):
    text = f"Năm 2025, HĐND {written} tổ chức 2 kỳ họp. HĐND {written} họp kỳ họp ngày 18/3/2024."
    city = Council("thành phố", "Hồ Chí Minh")
    (fact,) = facts(text, "activity", city)
    assert same_body(fact.value.body, "HĐND", city) is own
    (count,) = facts(text, "count", city)
    assert same_body(count.value.actor, "HĐND", city) is own


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (
            "Ban Pháp chế HĐND quận đã tổ chức 02 cuộc khảo sát năm 2023.",
            ["khảo sát = 2 reported 2023 Ban Pháp chế"],
        ),
        (
            "Tổ đại biểu số 2 HĐND quận đã tổ chức 04 hội nghị tiếp xúc cử tri.",
            ["tiếp xúc cử tri = 4 reported none Tổ đại biểu số 2"],
        ),
        ("Chưa tổ chức được 02 cuộc giám sát theo kế hoạch.", []),
        ("Giảm 03 cuộc giám sát so với năm 2023.", []),
        ("Năm nay, HĐND quận sẽ họp bất thường 4 kỳ, thay vì 2 kỳ họp như mọi năm.", []),
        ("HĐND quận sẽ tổ chức 2 kỳ họp như thông lệ.", []),
        ("Trước đây, mỗi năm HĐND quận tổ chức 2 kỳ họp.", []),
        ("Dự kiến HĐND quận họp khác với 2 kỳ họp của các năm trước.", []),
        (
            "Năm 2025, Ban Pháp chế HĐND Thành phố dự kiến tổ chức 2 cuộc giám sát.",
            ["giám sát = 2 planned 2025 Ban Pháp chế HĐND Thành phố"],
        ),
        (
            "Năm 2025, UBND huyện Đông Hạ dự kiến tổ chức 2 cuộc khảo sát.",
            ["khảo sát = 2 planned 2025 UBND huyện Đông Hạ"],
        ),
        (
            "Năm 2025, Thường trực HĐND quận tổ chức từ 3 đến 4 cuộc giám sát.",
            ["giám sát 3-4 planned 2025 Thường trực HĐND quận"],
        ),
        (
            "Quý III/2024, HĐND quận tổ chức 3 cuộc giám sát.",
            ["giám sát = 3 planned 2024-Q3 HĐND quận"],
        ),
    ],
)
def test_what_was_not_held_is_not_counted_and_what_is_to_come_is_planned(text, count):
    assert told(text, "count") == count


def test_titles_dealt_out_share_the_body_that_is_told_once():
    text = (
        "Các ông Lê Văn Tám, Hứa Ngọc Bảy và bà Trần Thị Sáu lần lượt giữ chức Chủ tịch, "
        "Phó Chủ tịch và Ủy viên Thường trực HĐND phường Gò Sành."
    )
    assert told(text, "post") == [
        "Lê Văn Tám: Chủ tịch HĐND phường Gò Sành",
        "Hứa Ngọc Bảy: Phó Chủ tịch HĐND phường Gò Sành",
        "Trần Thị Sáu: Ủy viên Thường trực HĐND phường Gò Sành",
    ]


def test_the_word_for_an_office_is_no_part_of_a_title():
    text = "Ông Lê Văn Tám giữ chức vụ trưởng Ban Tổ chức Quận ủy."
    assert told(text, "post") == ["Lê Văn Tám: trưởng Ban Tổ chức Quận ủy"]
