"""Old encodings become Unicode when a page is read; good text is left alone."""

from __future__ import annotations

import unicodedata

import pytest

from crawler.extraction.legacy_text import to_unicode

IN_TCVN3 = [
    ("Héi ®ång nh©n d©n quËn Hai Bµ Tr­ng", "Hội đồng nhân dân quận Hai Bà Trưng"),
    ("TiÕp xóc cö tri tr­íc kú häp", "Tiếp xúc cử tri trước kỳ họp"),
    ("Cö tri kiÕn nghÞ", "Cử tri kiến nghị"),
    ("Uû ban nh©n d©n thµnh phè", "Uỷ ban nhân dân thành phố"),
    ("H\u00b5 Néi", "Hà Nội"),
    ("TiÕp xóc cö tri", "Tiếp xúc cử tri"),
    ("Kú häp H§ND", "Kỳ họp HĐND"),
    ("y tÕ", "y tế"),
]
IN_VNI = [
    ("Hoäi ñoàng nhaân daân quaän Hai Baø Tröng", "Hội đồng nhân dân quận Hai Bà Trưng"),
    ("Tieáp xuùc cöû tri tröôùc kyø hoïp", "Tiếp xúc cử tri trước kỳ họp"),
    ("UÛy ban nhaân daân thaønh phoá", "Ủy ban nhân dân thành phố"),
    ("phoøng chaùy chöõa chaùy", "phòng cháy chữa cháy"),
    ("oâng Leâ Vaên Ñöùc", "ông Lê Văn Đức"),
    ("cöû tri", "cử tri"),
    ("y teá", "y tế"),
]
GOOD = [
    "Hội đồng nhân dân quận Hai Bà Trưng",
    "Toà nhà hoà bình có quà và hoa quả",
    "UBND XÃ\u00a0HỘI",
    "Bản quyền © 2019, ® và ™",
    "Café Français déjà vu, naïve façade, 20 °C ± 5 µm",
    "hoi dong nhan dan",
    "co\u00adoperation and re\u00adport",
    "Lượt xem: 407",
    "Müller ở Köln",
    "Müller, Köln, San José, El Niño, Noël, São Paulo",
    "«Cà phê» Krông Ana",
    "© 2019, 20 µm",
]


@pytest.mark.parametrize(("stored", "meant"), IN_TCVN3)
def test_tcvn3_is_read_as_unicode(stored: str, meant: str) -> None:
    assert to_unicode(stored) == meant


@pytest.mark.parametrize(("stored", "meant"), IN_VNI)
def test_vni_is_read_as_unicode(stored: str, meant: str) -> None:
    assert to_unicode(stored) == meant


@pytest.mark.parametrize(
    "text", [GOOD[0], "Nghị quyết về kỳ họp", "Cử tri kiến nghị", "Phường Bến Sứ"]
)
@pytest.mark.parametrize("times", [1, 2])
def test_mojibake_is_undone(text: str, times: int) -> None:
    wrong = text
    for _ in range(times):
        wrong = "".join(chr(byte) for byte in wrong.encode())
    assert to_unicode(wrong) == text


def test_mojibake_through_windows_1252_is_undone() -> None:
    assert to_unicode("Há»™i Ä‘á»“ng nhÃ¢n dÃ¢n") == "Hội đồng nhân dân"


def test_mojibake_of_decomposed_text_is_undone() -> None:
    wrong = "".join(chr(byte) for byte in unicodedata.normalize("NFD", "Cử tri kiến nghị").encode())
    assert to_unicode(wrong) == "Cử tri kiến nghị"


def test_mojibake_beside_good_text_is_undone() -> None:
    assert to_unicode("Hội nghị: Há»™i Ä‘á»“ng nhÃ¢n dÃ¢n") == "Hội nghị: Hội đồng nhân dân"


def test_mojibake_whose_no_break_spaces_became_plain_is_undone() -> None:
    assert to_unicode("BÃ  Háº¡nh vÃ  HÃ nh") == "Bà Hạnh và Hành"


@pytest.mark.parametrize("text", GOOD)
def test_good_text_is_left_alone(text: str) -> None:
    assert to_unicode(text) == text


def test_decomposed_text_is_composed() -> None:
    assert to_unicode("Ho\u0302\u0323i") == "Hội"
