"""Plans and commitments against what the archive has, with what it can say of what it has not."""

from datetime import date

import pytest

from council import Council
from council.evidence import ArticleText, Sieve
from council.promises import promises
from council.word_pairs import packed
from hdnd.messages.council import promise_words
from support.telling import COUNCILS, tell

PLAN = "Dự kiến trong năm 2023, HĐND quận tổ chức 02 kỳ họp thường lệ."
TODAY = date(2024, 3, 1)


def session(article: str, day: date) -> list:
    text = f"Ngày {day.day}/{day.month}/2023, HĐND quận khai mạc kỳ họp thường lệ giữa năm."
    return tell(article, day, text)


def filler() -> list:
    return [
        fact
        for month in range(1, 9)
        for fact in tell(
            f"f{month}", date(2023, month, 20), f"Ngày 18/{month}/2023, quận tặng Giấy khen."
        )
    ]


def days_of(told):
    return sorted({(fact.site, fact.published) for fact in told})


def states(*articles, looked=date(2024, 2, 1)):
    told = [fact for article in articles for fact in article]
    return [
        (one.state, len(one.evidence))
        for one in promises(told, COUNCILS, days_of(told), looked, TODAY)
        if one.planned
    ]


def test_with_few_articles_there_is_not_enough_to_say_anything():
    assert states(tell("p", date(2023, 1, 10), PLAN)) == [("not-enough", 0)]


def test_where_the_archive_covers_the_year_that_none_tells_of_it_is_said():
    assert states(tell("p", date(2023, 1, 10), PLAN), filler()) == [("none", 0)]


def test_one_of_two_is_said_to_be_one_of_two():
    plan = tell("p", date(2023, 1, 10), PLAN)
    assert states(plan, filler(), session("s", date(2023, 7, 5))) == [("partly", 1)]


def test_one_event_in_two_articles_counts_once():
    plan = tell("p", date(2023, 1, 10), PLAN)
    first, again = session("s", date(2023, 7, 5)), session("t", date(2023, 7, 5))
    assert states(plan, filler(), first, again) == [("partly", 1)]


def test_all_that_was_planned_is_told_of():
    plan = tell("p", date(2023, 1, 10), PLAN)
    both = session("s", date(2023, 7, 5)), session("t", date(2023, 12, 5))
    assert states(plan, *both) == [("told", 2)]


@pytest.mark.parametrize("named", ["", " {}", " {} Lam Khê"])
@pytest.mark.parametrize(
    "rank",
    ["tỉnh", "thành phố", "huyện", "thị xã", "phường", "xã", "thị trấn", "đặc khu"],
)
def test_councils_of_every_rank_are_told_of_in_their_articles(rank, named):
    council = Council(rank, "Lam Khê", {})
    who = f"HĐND{named.format(rank)}"
    told = [
        *tell("p", date(2023, 1, 10), f"Năm 2023, {who} sẽ tổ chức 2 kỳ họp.", council=council),
        *tell("s", date(2023, 7, 5), f"Sáng 5/7/2023, {who} khai mạc kỳ họp.", council=council),
        *tell("t", date(2023, 12, 5), f"Ngày 5/12/2023, HĐND {rank} họp kỳ họp.", council=council),
        *tell("u", date(2023, 9, 5), "Ngày 5/9/2023, HĐND quận họp kỳ họp.", council=council),
        *tell(
            "v", date(2023, 9, 6), f"Ngày 6/9/2023, HĐND {rank} Gò Sành họp kỳ họp.",
            council=council,
        ),
    ]  # fmt: skip
    (one,) = [
        one
        for one in promises(told, {"lam-khe": council}, days_of(told), TODAY, TODAY)
        if one.planned
    ]
    assert (one.state, [fact.article for fact in one.evidence]) == ("told", ["s", "t"])


def test_another_years_session_is_no_evidence():
    plan = tell("p", date(2023, 1, 10), PLAN.replace("2023", "2022"))
    assert states(plan, session("s", date(2023, 7, 5)))[0][1] == 0


def test_a_commitment_before_its_day_is_not_due():
    text = "Ông Lê Văn Tám, Chủ tịch UBND quận hứa sửa đèn trước ngày 30/6/2024."
    told = tell("c", date(2024, 2, 20), text)
    (promise,) = promises(told, COUNCILS, days_of(told), TODAY, TODAY)
    assert (promise.state, promise.due) == ("not-due", date(2024, 6, 30))


def test_of_a_commitment_whose_day_has_passed_nothing_is_claimed():
    text = "Ông Lê Văn Tám, Chủ tịch UBND quận hứa sửa đèn trước ngày 30/6/2023."
    told = tell("c", date(2023, 2, 20), text)
    (promise,) = promises(told, COUNCILS, days_of(told), TODAY, TODAY)
    assert promise.state == "not-enough"


LAMP = (
    "Chủ tịch UBND phường Gò Sành Lê Văn Tám hứa lắp hệ thống chiếu sáng ngõ 12 phố Bến Mới trước"
    " ngày 30/6/2023."
)


def on_lamp(*later, looked=date(2024, 2, 1), told=()):
    """The promise of lamps, with later articles of (id, day, paragraph)."""
    promise = tell("c", date(2023, 1, 10), LAMP)
    facts = [*promise, *filler(), *told]

    def texts(matters):
        sieve = Sieve(matters)
        for article, day, text in later:
            if sieve.lets_through(article, day, packed([text])):
                yield ArticleText(article, matters[0].site, day, (text,))

    (one,) = [
        one
        for one in promises(facts, COUNCILS, days_of(facts), looked, TODAY, texts)
        if one.told.article == "c"
    ]
    return one


def test_an_article_on_the_matter_of_a_commitment_is_named_with_its_words():
    text = "Lê Văn Tám cho biết hệ thống chiếu sáng ngõ 12 phố Bến Mới đã được lắp."
    one = on_lamp(("d", date(2023, 6, 20), text))
    assert (one.state, [passage.article for passage in one.passages]) == ("told", ["d"])
    assert one.passages[0].quote == text


def test_an_article_that_says_it_was_put_off_is_named_so():
    text = "Lê Văn Tám nói phải lùi việc lắp hệ thống chiếu sáng ngõ 12 phố Bến Mới."
    assert on_lamp(("d", date(2023, 6, 20), text)).state == "put-off"


def test_another_matter_or_another_s_is_no_evidence():
    other = "Lê Văn Tám dự lễ khai giảng trường tiểu học ngõ 12."
    stranger = "Quận lắp hệ thống chiếu sáng ngõ 12 phố Bến Mới."
    one = on_lamp(("d", date(2023, 6, 20), other), ("e", date(2023, 6, 21), stranger))
    assert (one.state, one.passages) == ("none", ())


def test_beside_none_stands_the_coverage_with_its_gaps():
    one = on_lamp()
    assert one.state == "none"
    words = promise_words(one)
    assert words.startswith("Kho lưu trữ chưa có bài nào; kho có 8 bài từ 10/01/2023 đến")
    assert "lần xem gần nhất: 01/02/2024" in words


def test_where_nobody_has_looked_since_nothing_can_be_said():
    assert on_lamp(looked=date(2023, 3, 1)).state == "not-enough"


def test_months_without_articles_are_told():
    told = tell("p", date(2023, 1, 10), PLAN)
    (one,) = [one for one in promises(told, COUNCILS, days_of(told), TODAY, TODAY) if one.planned]
    assert "1 tháng có bài, 11 tháng không (02/2023, 03/2023, 04/2023 …)" in promise_words(one)


def test_a_promise_in_lead_and_body_counts_once():
    twice = tell("c", date(2023, 1, 10), LAMP, LAMP.replace("hứa", "hứa sẽ"), PLAN, PLAN)
    found = promises(twice, COUNCILS, days_of(twice), TODAY, TODAY)
    assert len(found) == 2


def test_two_promises_of_one_day_are_two():
    told = tell(
        "c",
        date(2023, 1, 10),
        "Lê Văn Tám hứa lắp đèn trước ngày 30/6/2023.",
        "UBND phường cam kết lấp hố ga phố Bến Mới trước ngày 30/6/2023.",
    )
    assert len(promises(told, COUNCILS, days_of(told), TODAY, TODAY)) == len(told_of(told))


def told_of(told):
    return [fact for fact in told if fact.kind == "commitment"]


def test_a_plan_for_a_quarter_is_held_against_the_quarter():
    plan = tell("p", date(2023, 1, 10), "Dự kiến trong quý II/2023, HĐND quận tổ chức 01 kỳ họp.")
    twice = [
        fact
        for month in (4, 5, 6)
        for day in (3, 23)
        for fact in tell(f"q{month}.{day}", date(2023, month, day), "Quận tặng Giấy khen.")
    ]
    inside, outside = session("s", date(2023, 5, 5)), session("t", date(2023, 7, 5))
    assert states(plan, filler(), outside) == [("not-enough", 0)]
    assert states(plan, filler(), twice, outside) == [("none", 0)]
    assert states(plan, filler(), inside) == [("told", 1)]


def test_what_was_put_off_is_said_even_where_little_is_held():
    plan = tell("p", date(2023, 1, 10), "Dự kiến trong năm 2023, HĐND quận tổ chức 01 kỳ họp.")
    late = tell("s", date(2023, 7, 6), "Kỳ họp HĐND quận ngày 05/7/2023 phải lùi lại.")
    assert states(plan, late) == [("put-off", 0)]


def test_something_due_at_a_session_is_due_on_the_day_that_an_article_gives_it():
    told = [
        *tell(
            "c",
            date(2023, 2, 20),
            "Chủ tịch HĐND quận Lê Văn Tám yêu cầu UBND quận báo cáo tại kỳ họp thứ 9.",
        ),
        *tell("s", date(2023, 7, 6), "Ngày 05/7/2023, HĐND quận khai mạc kỳ họp thứ 9."),
    ]
    assert [one.due for one in promises(told, COUNCILS, days_of(told), TODAY, TODAY)] == [
        date(2023, 7, 5)
    ]


def test_something_due_at_a_session_is_not_due_on_the_day_of_another_council_s():
    told = [
        *tell(
            "c",
            date(2023, 2, 20),
            "Chủ tịch HĐND quận Lê Văn Tám yêu cầu UBND quận báo cáo tại kỳ họp thứ 9.",
        ),
        *tell("s", date(2023, 7, 6), "Ngày 05/7/2023, HĐND Thành phố khai mạc kỳ họp thứ 9."),
    ]
    assert [one.due for one in promises(told, COUNCILS, days_of(told), TODAY, TODAY)] == [None]


def test_a_city_s_session_is_none_of_the_district_s():
    plan = tell("p", date(2023, 1, 10), "Dự kiến trong năm 2023, HĐND quận tổ chức 01 kỳ họp.")
    city = tell("s", date(2023, 7, 6), "Ngày 05/7/2023, HĐND Thành phố khai mạc kỳ họp.")
    assert states(plan, filler(), city) == [("none", 0)]


def test_words_that_every_article_of_a_council_has_are_no_matter():
    told = tell(
        "c",
        date(2023, 1, 10),
        "Chủ tọa yêu cầu UBND quận gửi báo cáo kết quả về Thường trực HĐND quận"
        " trước ngày 30/6/2023.",
    )
    later = ArticleText("d", "lam-khe", date(2023, 3, 1), ("Thường trực HĐND và UBND quận họp.",))
    (one,) = promises(told, COUNCILS, days_of(told), TODAY, TODAY, lambda matters: [later])
    assert (one.state, one.passages) == ("not-enough", ())


def test_an_article_of_years_later_is_no_evidence():
    text = "Lê Văn Tám cho biết hệ thống chiếu sáng ngõ 12 phố Bến Mới đã được lắp."
    assert on_lamp(("d", date(2024, 2, 20), text)).passages == ()


BY_SESSION = "Chủ tịch HĐND quận Lê Văn Tám yêu cầu UBND quận báo cáo {}."


@pytest.mark.parametrize(
    ("asked", "held"),
    [
        # The second half of a year is no session at its end.
        (
            "trước kỳ họp cuối năm",
            "Ngày 05/7/2023, HĐND quận khai mạc kỳ họp bàn nhiệm vụ 6 tháng cuối năm.",
        ),
        ("tại kỳ họp HĐND tỉnh cuối năm", "Ngày 05/12/2023, HĐND quận khai mạc kỳ họp cuối năm."),
        # Another province's, of which the article says nothing.
        (
            "tại kỳ họp HĐND tỉnh thứ 9",
            "Ngày 05/7/2023, HĐND tỉnh Bến Sỏi khai mạc kỳ họp thứ 9.",
        ),
        # The next year's, the next term's.
        ("trước kỳ họp cuối năm", "Ngày 05/12/2024, HĐND quận khai mạc kỳ họp cuối năm."),
        ("tại kỳ họp thứ 9", "Ngày 05/7/2026, HĐND quận khai mạc kỳ họp thứ 9."),
    ],
)
def test_something_due_at_a_session_is_not_due_at_one_of_another_time_or_place(asked, held):
    text = BY_SESSION.format(asked)
    told = [*tell("c", date(2023, 2, 20), text), *tell("s", date(2026, 8, 1), held)]
    found = promises(told, COUNCILS, days_of(told), TODAY, TODAY)
    assert [one.due for one in found] == [None]


def test_something_due_at_a_session_of_whom_nothing_says_has_no_day():
    asked = "Chủ tịch UBND quận Lê Văn Tám hứa UBND Thành phố sẽ báo cáo tại kỳ họp thứ 9."
    held = "Ngày 05/7/2023, HĐND quận khai mạc kỳ họp thứ 9."
    told = [*tell("c", date(2023, 2, 20), asked), *tell("s", date(2023, 7, 6), held)]
    found = promises(told, COUNCILS, days_of(told), TODAY, TODAY)
    assert [one.due for one in found if "Thành phố" in one.told.value.who] == [None]


def test_the_session_at_the_end_of_the_year_is_that_of_its_year():
    told = [
        *tell("c", date(2023, 2, 20), BY_SESSION.format("trước kỳ họp cuối năm")),
        *tell("s", date(2023, 12, 6), "Ngày 05/12/2023, HĐND quận khai mạc kỳ họp cuối năm."),
    ]
    found = promises(told, COUNCILS, days_of(told), TODAY, TODAY)
    assert [one.due for one in found] == [date(2023, 12, 5)]


@pytest.mark.parametrize(
    ("promised", "later"),
    [
        # Whoever it is, it is no name.
        (
            "Ông Lê Văn Tám cho biết, quận sẽ lắp hệ thống chiếu sáng ngõ 12 phố Bến Mới trước"
            " ngày 30/6/2023.",
            "Một quận đã lắp hệ thống chiếu sáng ngõ 12 phố Bến Mới.",
        ),
        (
            "UBND phường cam kết lắp hệ thống chiếu sáng ngõ 12 phố Bến Mới trước ngày 30/6/2023.",
            "UBND phường Gò Sành đã lắp hệ thống chiếu sáng ngõ 12 phố Bến Mới.",
        ),
        # Another promise.
        (LAMP, "Lê Văn Tám cam kết sớm lắp hệ thống chiếu sáng ngõ 12 phố Bến Mới."),
        # A matter that every place has.
        (
            "UBND quận cam kết hoàn thành giải phóng mặt bằng trước ngày 30/6/2023.",
            "UBND quận đã tháo gỡ việc giải phóng mặt bằng cho phố Gò Sành.",
        ),
    ],
)
def test_an_article_on_somebody_else_s_matter_is_no_evidence(promised, later):
    told = tell("c", date(2023, 1, 10), promised)
    text = ArticleText("d", "lam-khe", date(2023, 6, 20), (later,))
    (one,) = promises(told, COUNCILS, days_of(told), TODAY, TODAY, lambda matters: [text])
    assert one.passages == ()


def test_beside_a_session_of_unknown_sort_nothing_is_said_of_planned_ones():
    plan = tell("p", date(2023, 1, 10), PLAN)
    held = tell("s", date(2023, 7, 6), "Ngày 05/7/2023, HĐND quận khai mạc kỳ họp thứ 9.")
    assert states(plan, filler(), held) == [("not-enough", 0)]


def test_where_most_months_have_no_article_there_is_not_enough():
    plan = tell("p", date(2023, 1, 10), PLAN)
    early = [
        fact
        for month in (1, 2, 3, 4, 5)
        for day in (11, 12)
        for fact in tell(f"f{month}.{day}", date(2023, month, day), "Quận tặng Giấy khen.")
    ]
    assert states(plan, early) == [("not-enough", 0)]
