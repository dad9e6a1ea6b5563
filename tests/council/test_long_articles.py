"""An article of any length is read in work that grows with its length."""

from council import facts_of
from support.reading_steps import steps, version

SENTENCE = (
    "Ngày 12/3/2019, Thường trực HĐND quận giám sát tại phường Gò Sành."
    " Ông Lê Văn Tám - Chủ tịch HĐND quận nói. "
)
SURNAMES = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ"]
MIDDLE = ["Văn", "Thị", "Đình", "Ngọc", "Xuân"]
GIVEN = ["An", "Bình", "Cường", "Dũng", "Giang", "Hà", "Hùng", "Khánh", "Lan", "Nam"]


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
    assert steps(SENTENCE * 400) < 2.3 * steps(SENTENCE * 200)


def test_twice_as_many_people_and_events_take_twice_the_work():
    assert steps(*people(400)) < 2.3 * steps(*people(200))


LEAD = "cống bê tông dẫn nước mưa từ các ngõ ra mương lớn"
BODY = "kè đá chắn sóng dọc bãi cát phía đông làng chài cũ"


def promises(what, count):
    return " ".join(
        f"UBND phường sẽ hoàn thành {what} số {number} trước ngày 30/9/2019."
        for number in range(count)
    )


def test_twice_as_long_a_lead_takes_twice_the_work():
    one, two = (steps(promises(BODY, n), lead=promises(LEAD, n)) for n in (100, 200))
    assert two < 2.4 * one


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
