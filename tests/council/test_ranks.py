"""The ranks that a council can have: each of them, however it is written, wherever one is named."""

from datetime import date

import pytest

from council import Council, VersionPassage, VersionText, facts_of
from council.identity import scope_of
from council.oddities import oddities
from council.site import council_of
from support.telling import COUNCILS, tell

RANKS = {
    "quận": "quận",
    "huyện": "huyện",
    "tỉnh": "tỉnh",
    "phường": "phường",
    "xã": "xã",
    "thị xã": "thị xã",
    "Thị xã": "thị xã",
    "Thị Xã": "thị xã",
    "thị trấn": "thị trấn",
    "đặc khu": "đặc khu",
    "Đặc khu": "đặc khu",
    "thành phố": "thành phố",
    "Thành phố": "thành phố",
    "TP": "thành phố",
    "TP.": "thành phố",
}
"""As articles write them, and as site descriptions do."""
each_rank = pytest.mark.parametrize(("written", "rank"), RANKS.items())


def values(kind, text, council=None):
    facts = tell("a", date(2024, 3, 20), text, council=council)
    return [fact.value for fact in facts if fact.kind == kind]


@each_rank
@pytest.mark.parametrize(
    "words",
    [
        "Kỳ họp thứ 7 HĐND {} Bến Sỏi khai mạc.",
        "Kỳ họp thứ 7 (kỳ họp chuyên đề) của Hội đồng nhân dân {} Bến Sỏi khai mạc.",
        "HĐND {} Bến Sỏi tổ chức kỳ họp thứ 7.",
        "Hội đồng Nhân dân (HĐND) {} Bến Sỏi khóa XX khai mạc kỳ họp thứ 7.",
        "Kỳ họp HĐND {} Bến Sỏi thứ 7 khai mạc.",
        "Kỳ họp HĐND {} Bến Sỏi lần thứ 7 khai mạc.",
    ],
)
def test_a_session_has_the_rank_of_its_council(words, written, rank):
    sessions = values("session", words.format(written))
    assert [(one.number, one.body) for one in sessions] == [(7, f"HĐND {rank}")]


@each_rank
@pytest.mark.parametrize("name", ["HĐND", "Hội đồng nhân dân", "Hội đồng nhân dân (HĐND)"])
def test_a_term_is_of_the_council_that_is_named_with_it(name, written, rank):
    terms = values("term", f"Đại biểu {name} {written} Bến Sỏi khóa XX, nhiệm kỳ 2021-2026.")
    assert [(one.number, one.body) for one in terms] == [(20, f"HĐND {rank} Bến Sỏi")]


@each_rank
def test_an_event_has_the_rank_of_its_council(written, rank):
    (event,) = values("activity", f"Ngày 18/3/2024, Hội đồng nhân dân {written} họp kỳ họp thứ 7.")
    assert event.body == f"HĐND {rank}"


def test_a_session_of_the_assembly_is_its_own():
    (session,) = values("session", "Kỳ họp Quốc hội thứ 7 khai mạc.")
    assert session.body == "Quốc hội"


@each_rank
def test_a_site_can_be_that_of_a_council_of_any_rank(written, rank):
    written = written[0].upper() + written[1:]
    assert council_of({"name": f"{written} Bến Sỏi"}) == Council(rank, "Bến Sỏi")
    assert council_of({"name": f"Hội đồng nhân dân {written} Bến Sỏi"}) == Council(rank, "Bến Sỏi")


@pytest.mark.parametrize("written", ["TP", "Thành phố", "TP."])
def test_years_of_a_term_are_looked_at_however_the_rank_is_written(written):
    city = Council("thành phố", "Bến Sỏi", {20: (2021, 2026)})
    text = f"HĐND {written} Bến Sỏi khóa XX, nhiệm kỳ 2020-2025."
    facts = tell("a", date(2024, 3, 20), text, council=city)
    assert [one.code for one in oddities(facts, {**COUNCILS, "lam-khe": city})] == ["term-years"]


@each_rank
def test_a_paper_is_that_of_the_council_that_issued_it(written, rank):
    (paper,) = values("document", f"Nghị quyết số 12 của HĐND {written} Bến Sỏi nêu rõ.")
    assert paper.issuer == f"HĐND {written}".rstrip(".")


@pytest.mark.parametrize("committee", ["Thị ủy", "Huyện ủy", "Tỉnh ủy"])
def test_a_paper_is_that_of_the_committee_that_issued_it(committee):
    (paper,) = values("document", f"Chỉ thị 24 của {committee} nêu rõ.")
    assert paper.issuer == committee


@pytest.mark.parametrize("rank", sorted(set(RANKS.values())))
def test_the_head_of_a_paper_names_a_council_of_any_rank(rank):
    head = f"HỘI ĐỒNG NHÂN DÂN {rank.upper()} BẾN SỎI\nSố: 27/NQ-HĐND\nngày 3 tháng 4 năm 2024"
    passages = (VersionPassage("attachment", 0, head, "sha256:1"),)
    (paper,) = [fact.value for fact in facts_of(VersionText(passages)) if fact.kind == "document"]
    assert paper.issuer == f"HĐND {rank} Bến Sỏi"


@each_rank
def test_what_is_due_at_a_session_is_due_at_that_of_its_council(written, rank):
    text = f"Chủ tọa yêu cầu UBND báo cáo trước kỳ họp HĐND {written} Bến Sỏi cuối năm."
    (promise,) = values("commitment", text)
    assert promise.until == f"kỳ họp HĐND {written} Bến Sỏi cuối năm"


@each_rank
def test_a_committee_is_of_the_council_that_is_named_before_it(written, rank):
    text = f"Đoàn của HĐND {written} Bến Sỏi làm việc. Trưởng ban Pháp chế Lê Văn Tám chủ trì."
    (post,) = values("post", text)
    assert post.body == f"HĐND {written}".rstrip(".")


@each_rank
def test_who_promises_may_be_of_any_rank(written, rank):
    texts = (
        f"UBND {written} Bến Sỏi sẽ hoàn thành kè trước ngày 30/9/2024.",
        f"UBND {written.rstrip('.')} sẽ hoàn thành kè trước ngày 30/9/2024.",
    )
    for text in texts:
        (promise,) = values("commitment", text)
        assert promise.who == text.split(" sẽ")[0]


@pytest.mark.parametrize(
    "who", ["UBND các phường", "UBND các xã, thị trấn", "UBND các quận, huyện, thị xã"]
)
def test_several_of_a_rank_promise_together(who):
    (promise,) = values("commitment", f"{who} sẽ hoàn thành kè trước ngày 30/9/2024.")
    assert promise.who == who


@each_rank
@pytest.mark.parametrize("award", ["Giấy khen của Chủ tịch UBND", "Bằng khen của UBND"])
def test_a_distinction_is_that_of_whoever_gives_it(award, written, rank):
    (given,) = values("award", f"Ông Lê Văn Tám được tặng {award} {written} Bến Sỏi.")
    assert given.name == f"{award} {written}".rstrip(".")


@pytest.mark.parametrize("rank", ["đặc khu", "Đặc khu", "thị trấn", "xã"])
def test_a_commune_that_is_visited_is_named_with_its_rank(rank):
    (event,) = values(
        "activity",
        f"Ngày 18/3/2024, Thường trực HĐND tỉnh giám sát tại {rank} Hòn Sỏi.",
        Council("tỉnh", "Bến Hạ"),
    )
    assert event.wards == (f"{rank.lower()} Hòn Sỏi",)


@pytest.mark.parametrize("own", ["thị trấn", "đặc khu", "phường", "xã"])
def test_a_post_of_a_commune_s_own_site_is_of_that_commune(own):
    assert scope_of(f"Chủ tịch HĐND {own}", Council(own, "Hòn Sỏi")) == own


def test_an_office_above_a_town_is_told_from_its_own():
    town = Council("thị xã", "Bến Sỏi")
    titles = ("Chủ tịch UBND tỉnh", "Chủ tịch HĐND thị xã", "Bí thư Thị ủy", "Chủ tịch Thị xã")
    assert [scope_of(title, town) for title in titles] == ["trên", "thị xã", "thị xã", "thị xã"]


@each_rank
def test_an_office_is_of_a_body_of_any_rank(written, rank):
    (post,) = values("post", f"Ông Lê Văn Tám, Chủ tịch UBND {written} Bến Sỏi, chủ trì.")
    assert post.title == f"Chủ tịch UBND {written} Bến Sỏi"
