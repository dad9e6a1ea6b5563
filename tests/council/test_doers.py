"""Who promises or has to do what until when, in the words of the press."""

from datetime import date

import pytest

from council import Commitment
from support.telling import tell

PUBLISHED = date(2024, 3, 20)


def promised(text):
    told = [one.value for one in tell("a", PUBLISHED, text) if type(one.value) is Commitment]
    return [(one.who, one.due or one.until) for one in told]


@pytest.mark.parametrize(
    ("text", "who", "due"),
    [
        ("UBND TP sẽ chỉ đạo các sở triển khai ngay trong tháng 4 này.", "UBND TP",
         date(2024, 4, 30)),
        ("Sở Văn hóa, thể thao sẽ trình đề án trong quý II.", "Sở Văn hóa, thể thao",
         date(2024, 6, 30)),
        ("Bà Mây nói trong năm nay, thành phố sẽ mở hai lối xuống bến.", "thành phố",
         date(2024, 12, 31)),
        ("Thành phố sẽ dừng thu phí vào năm 2030.", "Thành phố", date(2030, 12, 31)),
        ("UBND TP. HCM sẽ trình nội dung này vào kỳ họp HĐND tháng 12 tới.", "UBND TP. HCM",
         date(2024, 12, 31)),
        ("Tờ trình sẽ được UBND quận trình tại kỳ họp thứ 12.", "UBND quận", "kỳ họp thứ 12"),
        ("Lãnh đạo các phường có mặt bằng đã cam kết bàn giao đất chậm nhất vào ngày 30-6.",
         "Lãnh đạo các phường có mặt bằng", date(2024, 6, 30)),
        ("Chủ tọa yêu cầu UBND TP, các quận, huyện báo cáo ngay trong tháng 4 này.",
         "UBND TP, các quận, huyện", date(2024, 4, 30)),
        ("Quận yêu cầu nhà thầu trong tháng 5 phải hoàn thành cầu.", "nhà thầu",
         date(2024, 5, 31)),
        ("Quận giao nhiệm vụ cho Phòng Nội vụ lập đề án trước ngày 30/6.", "Phòng Nội vụ",
         date(2024, 6, 30)),
        ("Dự kiến hết tháng 8, Thanh tra Chính phủ sẽ triển khai xong.", "Thanh tra Chính phủ",
         date(2024, 8, 31)),
        ("Ông Lê Văn Tám, Giám đốc Sở Nội vụ, hứa hết tháng 5 sẽ có số liệu.", "Lê Văn Tám",
         date(2024, 5, 31)),
        ("Thành phố đã có 58 căn hộ; trước ngày 31/5 quận sẽ hoàn thành di dời 44 hộ.", "quận",
         date(2024, 5, 31)),
        ("Ông Lê Văn Tám, Chủ tịch quận, khẳng định sẽ đưa việc này vào phiên chất vấn tại kỳ họp"
         " thứ 4.", "Lê Văn Tám", "kỳ họp thứ 4"),
        ("Thường trực HĐND đã thống nhất với UBND quận chi 5 triệu đồng trước ngày 20/5.",
         "Thường trực HĐND", date(2024, 5, 20)),
        ("Chủ tịch HĐND quận Lê Văn Tám khẳng định sẽ báo cáo tại kỳ họp thứ 4, không để dân phải"
         " hỏi lại.", "Lê Văn Tám", "kỳ họp thứ 4"),
        ("Hiện nhà thầu phấn đấu hoàn thành trong năm 2024.", "nhà thầu", date(2024, 12, 31)),
    ],
)  # fmt: skip
def test_who_is_to_do_what_until_when(text, who, due):
    assert promised(text) == [(who, due)]


@pytest.mark.parametrize(
    "text",
    [
        "Ông Lê Văn Tám, Giám đốc Sở Nội vụ, cho biết công trình sẽ hoàn thành trong tháng 4.",
        "Bến xe Gò Sành, theo ông Tám, sẽ bán vé đến hết ngày 30/4.",
        "Chủ tịch UBND quận cho biết trong tháng 7 thành phố sẽ có hai hội nghị quan trọng.",
        "Vướng mắc của doanh nghiệp sẽ được tháo gỡ trong tháng 6.",
        "Khu đất ở quận 10 sẽ được thu hồi vào cuối năm 2024.",
        "Hợp tác xã phải tháo dỡ xong trong tháng 5.",
        "Đài phun nước ở giao lộ Bến Mới - Gò Sành sẽ hoàn thành trong tháng 9.",
        "Dự kiến nghị quyết này sẽ trình tại kỳ họp HĐND quận vào ngày 9-7.",
        "Bộ yêu cầu dự án vận hành trước tháng 6 song không thực hiện được.",
        "Đại biểu thắc mắc thành phố đã nhiều lần chỉ đạo xử lý bến cóc trước 31/12.",
        "UBND quận sẽ trình đề án để kịp thực hiện trong năm 2025.",
        "Những kiến nghị này sẽ được trình tại kỳ họp chuyên đề cuối tháng 9.",
        "Dự kiến trong tháng 4, HĐND quận sẽ họp bất thường để bầu Chủ tịch.",
    ],
)
def test_what_comes_about_or_has_no_doer_is_no_commitment(text):
    assert promised(text) == []
