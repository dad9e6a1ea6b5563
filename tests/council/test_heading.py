"""What the head of a paper says of the number that it bears itself."""

import pytest

from council import VersionPassage, VersionText, facts_of
from council.model import Cited


def own_number(head: str) -> Cited:
    page = VersionPassage("attachment", 0, head, "sha256:00")
    text = VersionText((VersionPassage("title", 0, "Tin"), page))
    (found,) = [f.value for f in facts_of(text) if isinstance(f.value, Cited)]
    return found


@pytest.mark.parametrize(
    ("head", "issuer"),
    [
        (
            "HỘI ĐỒNG NHÂN DÂN\nQUẬN LAM KHÊ\nSố: 36/NQ-HĐND\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
            "Lam Khê, ngày 18 tháng 10 năm 2019\nNGHỊ QUYẾT",
            "HĐND quận Lam Khê",
        ),
        (
            "HỘI ĐỒNG NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nPHƯỜNG GÒ SÀNH Độc lập - Tự do\n"
            "Số: 36/NQ-HĐND Gò Sành, ngày 08 tháng 01 năm 2019\nNGHỊ QUYẾT",
            "HĐND phường Gò Sành",
        ),
        ("HĐND THÀNH PHỐ LAM KHÊ\nSố: 36/NQ-HĐND\nngày 08 tháng 01 năm 2019",
         "HĐND thành phố Lam Khê"),
        ("HỘI ĐỒNG NHÂN DÂN\nSố: 36/NQ-HĐND\nngày 08 tháng 01 năm 2019", "HĐND"),
    ],
)  # fmt: skip
def test_a_paper_s_own_number_has_its_year_and_its_issuer(head, issuer):
    own = own_number(head)
    assert (own.form, own.number, own.dated, own.issuer) == ("heading", 36, 2019, issuer)
