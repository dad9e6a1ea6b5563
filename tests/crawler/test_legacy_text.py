"""Old encodings become Unicode when a page is read; good text is left alone."""

from __future__ import annotations

import unicodedata

import pytest

from crawler.extraction.legacy_text import texts_to_unicode, to_unicode

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
VNI_TONES = "ùøûõï"
VNI_SHAPES = "âáàåãä"
VNI_BREVES = "êéèúüë"
VNI_ALONE = dict(zip("đươỉĩịỵíì", "ñöôæóòîíì", strict=True))
LETTERS = "aáàảãạâấầẩẫậăắằẳẵặđeéèẻẽẹêếềểễệiíìỉĩịoóòỏõọôốồổỗộơớờởỡợuúùủũụưứừửữựyýỳỷỹỵ"
EVERY_LETTER = [
    "cá cà cả cã cạ cân cấn cần cẩn cẫn cận căn cắn cằn cẳn cẵn cặn đi",
    "ké kè kẻ kẽ kẹ kê kế kề kể kễ kệ chí chì chỉ chĩ chị",
    "có cò cỏ cõ cọ cô cố cồ cổ cỗ cộ cơ cớ cờ cở cỡ cợ",
    "thú thù thủ thũ thụ thư thứ thừ thử thữ thự lý lỳ lỷ lỹ lỵ",
]


def in_vni(text: str) -> str:
    """A text as a VNI font has it: each letter with its mark behind it, but for a few."""
    return "".join(vni_letter(letter) for letter in unicodedata.normalize("NFC", text))


def vni_letter(letter: str) -> str:
    plain = letter.lower()
    base, marks = unicodedata.normalize("NFD", plain)[0], unicodedata.normalize("NFD", plain)[1:]
    if plain in VNI_ALONE:
        written = VNI_ALONE[plain]
    else:
        if "\u031b" in marks:
            base = VNI_ALONE["ơ" if base == "o" else "ư"]
        tone = next((n for n, t in enumerate("\u0301\u0300\u0309\u0303\u0323") if t in marks), -1)
        if "\u0302" in marks or "\u0306" in marks:
            row = VNI_SHAPES if "\u0302" in marks else VNI_BREVES
            written = base + row[tone + 1]
        else:
            written = base + (VNI_TONES[tone] if tone >= 0 else "")
    return written.upper() if letter.isupper() else written


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


def test_the_lines_have_every_letter() -> None:
    assert set("".join(EVERY_LETTER)) >= set(LETTERS) - set("aeiouy")


@pytest.mark.parametrize("line", EVERY_LETTER)
@pytest.mark.parametrize("spelt", [str.lower, str.upper, str.title])
def test_every_letter_of_vni_is_read_capitals_too(line: str, spelt) -> None:
    assert to_unicode(in_vni(spelt(line))) == spelt(line)


@pytest.mark.parametrize(
    "text",
    [
        "CHỦ TỊCH HỘI ĐỒNG",
        "ỦY BAN NHÂN DÂN QUẬN",
        "nhu cầu đầu tư",
        "của không ít",
        "TRUNG SƠN - MINH NGỌC",
        "đất ở Đắk Lắk",
    ],
)
def test_what_could_be_half_of_the_other_encoding_is_read_as_vni(text: str) -> None:
    assert to_unicode(in_vni(text)) == text


@pytest.mark.parametrize(
    ("texts", "meant"),
    [
        (["Cơ quan:", " ", "Héi ®ång nh©n d©n quËn"], "Cơ quan: Hội đồng nhân dân quận"),
        (["Kính gửi ", "Hoäi ñoàng", " nhân dân"], "Kính gửi Hội đồng nhân dân"),
        (["Héi ", "®ång"], "Hội đồng"),
        (["H", "éi ®", "ång"], "Hội đồng"),
        (["Bà ", "Hué", " và ông Đức"], "Bà Hué và ông Đức"),
        (["Ông Đức: ", "Há»™i Ä‘á»“ng"], "Ông Đức: Hội đồng"),
        (["Người Pháp gọi là ", "Café Français"], "Người Pháp gọi là Café Français"),
    ],
)
def test_each_text_node_is_judged_by_itself(texts: list[str], meant: str) -> None:
    assert texts_to_unicode(texts) == meant


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
