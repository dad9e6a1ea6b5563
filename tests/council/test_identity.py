"""Who is one person across articles, and who is not."""

from datetime import date

from council.identity import Decisions, people, scope_of
from support.telling import COUNCILS, tell

DAY = date(2024, 3, 20)


def found(*articles, decisions=None):
    told = [fact for article in articles for fact in article]
    return [(known.name, known.scope) for known in people(told, COUNCILS, decisions)]


def test_one_name_with_posts_of_one_body_is_one_person():
    one = tell("a", DAY, "Chủ tịch HĐND quận Lê Văn Tám phát biểu.")
    two = tell("b", DAY, "Ông Lê Văn Tám - Phó Bí thư Quận ủy dự.")
    assert found(one, two) == [("Lê Văn Tám", "quận")]


def test_one_name_in_two_wards_is_two_people():
    one = tell("a", DAY, "Chủ tịch UBND phường Gò Sành Lê Văn Tám phát biểu.")
    two = tell("b", DAY, "Chủ tịch UBND phường Bến Mới Lê Văn Tám phát biểu.")
    assert found(one, two) == [("Lê Văn Tám", "phường Bến Mới"), ("Lê Văn Tám", "phường Gò Sành")]


def test_a_ward_that_is_not_named_is_another_in_each_article():
    one = tell("a", DAY, "HĐND phường Gò Sành họp.", "Chủ tịch HĐND phường Lê Văn Tám chủ trì.")
    two = tell("b", DAY, "HĐND phường Bến Mới họp.", "Chủ tịch HĐND phường Lê Văn Tám chủ trì.")
    assert len(found(one, two)) == 2
    both = tell(
        "c", DAY, "Ông Lê Văn Tám, Phó Chủ tịch UBND quận, nguyên Chủ tịch HĐND phường, dự."
    )
    assert [scope for _, scope in found(both)] == ["quận"]


def test_two_numbered_wards_are_two_bodies():
    one = tell("a", DAY, "Chủ tịch UBND phường 5 Lê Văn Tám phát biểu.")
    two = tell("b", DAY, "Chủ tịch UBND phường 12 Lê Văn Tám phát biểu.")
    assert found(one, two) == [("Lê Văn Tám", "phường 12"), ("Lê Văn Tám", "phường 5")]


def test_an_article_that_gives_one_person_both_links_them():
    one = tell("a", DAY, "Chủ tịch UBND phường Gò Sành Lê Văn Tám phát biểu.")
    two = tell("b", DAY, "Phó Chủ tịch UBND quận Lê Văn Tám phát biểu.")
    assert len(found(one, two)) == 2
    both = tell(
        "c",
        DAY,
        "Ông Lê Văn Tám, Phó Chủ tịch UBND quận, nguyên Chủ tịch UBND phường Gò Sành dự.",
    )
    assert len(found(one, two, both)) == 1


def test_two_titles_at_two_full_names_may_be_those_of_namesakes():
    text = "Chủ tịch UBND quận Lê Văn Tám và Chủ tịch UBND phường Gò Sành Lê Văn Tám cùng dự."
    assert len(found(tell("a", DAY, text))) == 2
    given = "Chủ tịch UBND quận Lê Văn Tám dự. Ông Tám, nguyên Chủ tịch UBND phường Gò Sành, nói."
    assert len(found(tell("a", DAY, given))) == 1


def test_the_place_of_the_tone_makes_no_second_person():
    one = tell("a", DAY, "Chủ tịch HĐND quận Nhan Thị Hoà phát biểu.")
    two = tell("b", DAY, "Chủ tịch HĐND quận Nhan Thị Hòa phát biểu.")
    (known,) = people([*one, *two], COUNCILS)
    assert known.spellings == {"Nhan Thị Hoà", "Nhan Thị Hòa"}


def test_a_mention_without_a_post_is_the_only_bearer_of_its_name():
    one = tell("a", DAY, "Chủ tịch HĐND quận Lê Văn Tám phát biểu.")
    two = tell("b", DAY, "Đồng chí Lê Văn Tám chủ trì.")
    (known,) = people([*one, *two], COUNCILS)
    assert [fact.article for fact in known.mentions] == ["a", "b"]


def test_a_citizen_is_nobody_here():
    assert found(tell("a", DAY, "Cử tri Lê Văn Tám hỏi về đèn.")) == []


def test_a_reader_decides_who_is_the_same_and_who_is_hidden():
    one = tell("a", DAY, "Chủ tịch UBND phường Gò Sành Lê Văn Tám phát biểu.")
    two = tell("b", DAY, "Phó Chủ tịch UBND quận Lê Văn Tám phát biểu.")
    keys = sorted(known.key for known in people([*one, *two], COUNCILS))
    same = Decisions(same=((keys[0], keys[1]),))
    assert len(found(one, two, decisions=same)) == 1
    assert found(one, two, decisions=Decisions(hidden=frozenset(keys))) == []


def test_a_reader_keeps_two_apart_whom_an_article_takes_for_one():
    both = tell(
        "c",
        DAY,
        "Ông Lê Văn Tám, Phó Chủ tịch UBND quận, nguyên Chủ tịch UBND phường Gò Sành dự.",
    )
    keys = ("le-van-tam/lam-khe/phuong-go-sanh", "le-van-tam/lam-khe/quan")
    assert len(found(both)) == 1
    apart = people(both, COUNCILS, Decisions(apart=frozenset([keys])))
    assert {known.key: [held.title for held in known.holdings] for known in apart} == {
        keys[0]: ["Chủ tịch UBND phường Gò Sành"],
        keys[1]: ["Phó Chủ tịch UBND quận"],
    }


def test_society_is_no_commune():
    assert scope_of("Trưởng ban Kinh tế - Xã hội HĐND quận", COUNCILS["lam-khe"]) == "quận"
    assert scope_of("Chủ tịch UBND xã Gò Sành", COUNCILS["lam-khe"]) == "phường Gò Sành"


def namesakes():
    return [
        *tell("a", date(2024, 3, 20), "Trưởng phòng Nội vụ quận Lê Văn Tám phát biểu."),
        *tell("b", date(2024, 3, 25), "Trưởng Ban Pháp chế HĐND quận Lê Văn Tám chủ trì."),
        *tell("c", date(2024, 3, 28), "Trưởng phòng Nội vụ quận Lê Văn Tám báo cáo."),
    ]


def test_a_reader_splits_two_namesakes_of_one_body_by_the_articles_that_mean_the_other():
    key = "le-van-tam/lam-khe/quan"
    (known,) = people(namesakes(), COUNCILS)
    assert known.key == key
    split = Decisions(others=((key, frozenset(["b"])),))
    found = {one.key: {fact.article for fact in one.mentions} for one in
             people(namesakes(), COUNCILS, split)}  # fmt: skip
    assert found == {key: {"a", "c"}, f"{key}/2": {"b"}}


def test_posts_that_nobody_gives_to_one_person_at_one_time_are_pointed_at():
    (known,) = people(namesakes(), COUNCILS)
    assert known.may_be_several
    both = tell("d", DAY, "Ông Lê Văn Tám - Trưởng phòng Nội vụ, Trưởng Ban Pháp chế HĐND quận dự.")
    (known,) = people([*namesakes()[:4], *both], COUNCILS)
    assert not known.may_be_several


def test_a_post_of_the_party_goes_with_another():
    one = tell("a", DAY, "Chủ tịch HĐND quận Lê Văn Tám phát biểu.")
    two = tell("b", DAY, "Ông Lê Văn Tám - Phó Bí thư Quận ủy dự.")
    (known,) = people([*one, *two], COUNCILS)
    assert not known.may_be_several


def test_a_cooperative_is_no_commune():
    text = "Ông Lê Văn Tám - Chủ tịch Liên minh Hợp tác xã Việt Nam, nguyên Chủ tịch quận, dự."
    (known,) = people(tell("a", DAY, text), COUNCILS)
    assert known.key == "le-van-tam/lam-khe/quan"
