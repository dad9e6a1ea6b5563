"""The wards and the body of an event."""

from datetime import date

import pytest

from council.model import Activity
from support.telling import tell


def activity(text: str, title: str = "Tin HĐND") -> Activity:
    told = tell("a", date(2024, 3, 20), text, title=title)
    (found,) = [fact.value for fact in told if isinstance(fact.value, Activity)]
    return found


@pytest.mark.parametrize(
    ("place", "wards"),
    [
        ("phường Gò Sành", ("Gò Sành",)),
        ("các phường Gò Sành, Bến Mới và Đông Kinh", ("Gò Sành", "Bến Mới", "Đông Kinh")),
        ("phường Gò Sành và phường Bến Mới", ("Gò Sành", "Bến Mới")),
        ("phường Gò Sành và Bến Mới", ("Gò Sành", "Bến Mới")),
        ("3 phường: Gò Sành, Bến Mới, Đông Kinh", ("Gò Sành", "Bến Mới", "Đông Kinh")),
        ("hai phường Gò Sành - Bến Mới", ("Gò Sành", "Bến Mới")),
        ("P.Gò Sành", ("Gò Sành",)),
        ("phường 12", ("12",)),
        ("xã Tân Trào và thị trấn Gò Sành", ("xã Tân Trào", "thị trấn Gò Sành")),
        ("phường Gò Sành, Hà Đông", ("Gò Sành",)),
        ("UBND phường Gò Sành và Công an quận", ("Gò Sành",)),
        ("phường Gò Sành Lê Văn Tám", ("Gò Sành",)),
        ("trụ sở quận", ()),
    ],
)
def test_every_ward_of_an_event_is_read_and_nothing_else(place, wards):
    text = f"Ngày 18/3/2024, Ban Pháp chế HĐND quận khảo sát tại {place}."
    if "Lê Văn Tám" in place:
        text = f"Ngày 18/3/2024, Ban Pháp chế khảo sát, có Chủ tịch UBND {place} dự."
    assert activity(text).wards == wards


def test_a_meeting_with_voters_is_in_the_wards_of_its_title():
    title = "Cử tri các phường Gò Sành, Bến Mới kiến nghị về thoát nước"
    text = "Ngày 18/3/2024, Tổ đại biểu HĐND quận tiếp xúc cử tri trước kỳ họp."
    assert activity(text, title).wards == ("Gò Sành", "Bến Mới")


@pytest.mark.parametrize(
    ("who", "body"),
    [
        ("HĐND Thành phố", "HĐND thành phố"),
        ("HĐND TP", "HĐND thành phố"),
        ("Ban Pháp chế HĐND Thành phố", "Ban Pháp chế HĐND thành phố"),
        ("Thường trực HĐND Thành phố", "Thường trực HĐND thành phố"),
        ("HĐND quận", "HĐND"),
        ("HĐND phường", "HĐND phường"),
        ("Tổ đại biểu số 3", "Tổ đại biểu số 3"),
        ("Tổ đại biểu HĐND quận số 3", "Tổ đại biểu số 3"),
        ("Đoàn đại biểu Quốc hội", "Đoàn đại biểu Quốc hội"),
    ],
)
def test_a_body_of_another_rank_is_not_the_district_s(who, body):
    assert activity(f"Ngày 18/3/2024, {who} tổ chức giám sát tại quận.").body == body


def test_a_meeting_with_voters_is_in_the_one_ward_that_was_named_before():
    text = "Phường Gò Sành thiếu chỗ đỗ xe. Tổ đại biểu số 6 tiếp xúc cử tri ngày 18/3/2024."
    assert activity(text).wards == ("Gò Sành",)
    assert activity(f"Phường Bến Mới đã đủ. {text}").wards == ()
