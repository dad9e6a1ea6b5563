"""Plans and commitments against what the archive has, with what it can say of what it has not."""

from datetime import date

from council.promises import promises
from support.telling import tell

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
        for one in promises(told, days_of(told), looked, TODAY)
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


def test_another_years_session_is_no_evidence():
    plan = tell("p", date(2023, 1, 10), PLAN.replace("2023", "2022"))
    assert states(plan, session("s", date(2023, 7, 5)))[0][1] == 0


def test_a_commitment_before_its_day_is_not_due():
    text = "Ông Lê Văn Tám, Chủ tịch UBND quận hứa sửa đèn trước ngày 30/6/2024."
    told = tell("c", date(2024, 2, 20), text)
    (promise,) = promises(told, days_of(told), TODAY, TODAY)
    assert (promise.state, promise.due) == ("not-due", date(2024, 6, 30))


def test_of_a_commitment_whose_day_has_passed_nothing_is_claimed():
    text = "Ông Lê Văn Tám, Chủ tịch UBND quận hứa sửa đèn trước ngày 30/6/2023."
    told = tell("c", date(2023, 2, 20), text)
    (promise,) = promises(told, days_of(told), TODAY, TODAY)
    assert promise.state == "not-enough"
