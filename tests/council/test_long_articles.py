"""An article of any length is read in work that grows with its length."""

import sys
from datetime import date

from council import Council, VersionPassage, VersionText, facts_of

COUNCIL = Council("quận", "Lam Khê")
SENTENCE = (
    "Ngày 12/3/2019, Thường trực HĐND quận giám sát tại phường Gò Sành."
    " Ông Lê Văn Tám - Chủ tịch HĐND quận nói. "
)
SURNAMES = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ"]
MIDDLE = ["Văn", "Thị", "Đình", "Ngọc", "Xuân"]
GIVEN = ["An", "Bình", "Cường", "Dũng", "Giang", "Hà", "Hùng", "Khánh", "Lan", "Nam"]


def version(*paragraphs):
    body = (VersionPassage("body", number, text) for number, text in enumerate(paragraphs))
    return VersionText((VersionPassage("title", 0, "Tin"), *body), date(2019, 3, 13), COUNCIL)


def steps(text):
    """How many calls and returns it takes to read it, those of generators and of C among them."""
    taken = 0

    def count(*_):
        nonlocal taken
        taken += 1

    sys.setprofile(count)
    try:
        facts_of(text)
    finally:
        sys.setprofile(None)
    return taken


def people(count):
    for n in range(count):
        name = (
            f"{SURNAMES[n % 10]} {MIDDLE[n // 10 % 5]} {GIVEN[n // 50 % 10]} {GIVEN[n // 5 % 10]}"
        )
        yield (
            f"Ngày {n % 28 + 1}/{n // 28 % 12 + 1}/2018, HĐND quận tổ chức kỳ họp."
            f" Ông {name}, Chủ tịch UBND quận, dự. Ông {GIVEN[n // 5 % 10]} nói."
        )


def test_twice_as_long_a_paragraph_takes_twice_the_work():
    facts_of(version(SENTENCE))
    assert steps(version(SENTENCE * 400)) < 2.3 * steps(version(SENTENCE * 200))


def test_twice_as_many_people_and_events_take_twice_the_work():
    facts_of(version(SENTENCE))
    assert steps(version(*people(400))) < 2.3 * steps(version(*people(200)))


def test_a_fact_of_a_long_paragraph_has_its_place_in_it():
    text = "Hứa Văn Bảy vắng. " + SENTENCE * 200 + "Bà Nhan Thị Hoà, Bí thư Quận ủy, dự."
    for spelt in (text, text.replace("Hoà", "Hoa\u0300")):
        (post,) = (f for f in facts_of(version(spelt)) if getattr(f.value, "role", "") == "Bí thư")
        assert spelt[post.start : post.end] == "Bí thư Quận ủy"
        named = {spelt[f.start : f.end] for f in facts_of(version(spelt)) if f.kind == "person"}
        assert "Lê Văn Tám" in named


def test_a_text_without_a_sentence_or_a_space_is_read_to_its_end():
    for text in ("Chủ tịch, " * 2000, "x" * 20000, "Chủ tịch HĐND quận " * 1000):
        assert not [f for f in facts_of(version(text)) if f.end > len(text)]
