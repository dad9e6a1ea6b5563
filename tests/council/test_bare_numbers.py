"""Documents cited by a bare number, with spaces in their sign, or by a short name."""

from datetime import date

import pytest

from support.scoring import lines

PUBLISHED = date(2024, 3, 20)


def documents(text):
    return lines("document", text, published=PUBLISHED)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Việc này thực hiện nghị quyết 54 thì phải đổi mới.", "Nghị quyết 54"),
        ("Theo nghị định 154, mức phí là 10%.", "Nghị định 154"),
        ("Theo nghị định 104/2019 quy định tiêu chuẩn xe.", "Nghị định 104/2019"),
        ("Điều 6 Nghị định 09/2016 về thực phẩm.", "Nghị định 09/2016"),
        ("Mức thu theo thông tư 133 như ông Tám nói.", "Thông tư 133"),
        ("Theo Thông tư liên tịch số 06/2015/TTLT-BYT-BTC thì khác.",
         "Thông tư 06/2015/TTLT-BYT-BTC"),
        ("Quy định trong Thông tư liên tịch 06 năm 2015 giữa hai bộ.", "Thông tư 06 2015"),
        ("Theo quyết định 46 về định mức chi, quận phải giảm.", "Quyết định 46"),
        ("UBND quận đã ký Quyết định 6565 phê duyệt quy hoạch.", "Quyết định 6565"),
        ("Việc giao đất theo quyết định 4674 ngày 11-10-2013 là có thật.", "Quyết định 4674 2013"),
        ("Quyết định 217-QĐ/TW của Bộ Chính trị được nhắc lại.", "Quyết định 217-QĐ/TW"),
        ("Quận học tập theo Chỉ thị 05 từ năm 2016.", "Chỉ thị 05"),
        ("Quận làm theo kết luận 1483 của Thanh tra Chính phủ.", "Kết luận 1483"),
        ("Phòng làm theo kế hoạch 212 của UBND quận.", "Kế hoạch 212"),
        ("Theo công điện 849 của Thủ tướng, quận đi kiểm tra.", "Công điện 849"),
        ("Có quy định 1374 của Ban Thường vụ Thành ủy.", "Quy định 1374"),
        ("Các học viên Đề án 922 trở về quận.", "Đề án 922"),
        ("Tại thông báo 292 - TB / UBKTTW có nêu.", "Thông báo 292-TB/UBKTTW"),
        ("Kết luận thanh tra số 03 / KL - UBND nêu rõ.", "Kết luận 03/KL-UBND"),
        ("Thực hiện Nghị quyết 673 / NQ - UBTVQH 14 của Ủy ban.", "Nghị quyết 673/NQ-UBTVQH14"),
        ("Bà làm trái Luật Phí và Lệ phí.", "Luật Phí và Lệ phí"),
        ("Theo Luật Phòng chống tham nhũng năm 2018, phải kê khai.",
         "Luật Phòng chống tham nhũng 2018"),
        ("Theo Luật Đất đai 2013, hộ dân được bồi thường.", "Luật Đất đai 2013"),
        ("Căn cứ Pháp lệnh Dân số năm 2003, tỉnh xử lý.", "Pháp lệnh Dân số 2003"),
        ("Điều 44 Hiến pháp 2013 nói về việc này.", "Hiến pháp 2013"),
    ],
)  # fmt: skip
def test_a_paper_is_cited_as_the_press_does(text, label):
    assert [line.split(" | ")[0] for line in documents(text)] == [label]


@pytest.mark.parametrize(
    "text",
    [
        "HĐND thông qua 6 nghị quyết 12 tờ trình.",
        "Quận đề nghị quyết định 180 dự án treo.",
        "UBND quận ra quyết định tăng cường 35 xe.",
        "Công an ra quyết định truy nã 4 đối tượng.",
        "Nghị quyết 5 năm của quận đã xong.",
        "Theo kế hoạch 5 năm 2016-2020, quận xây 3 trường.",
        "Doanh thu đạt 110% kế hoạch 2016 của công ty.",
        "Dự án chuyển sang Chương trình 2017.",
        "Kỳ họp xem xét 15 báo cáo 9 tháng.",
        "Nghị quyết Trung ương 4, khóa XII được nhắc lại.",
        "HĐND quận thông qua Nghị quyết về thu phí đỗ xe.",
        "Ông học Đại học Luật Hà Nội, làm ở Công ty Luật Thiên Sơn.",
        "Ông nói về Công ước Luật Biển 1982.",
    ],
)
def test_a_count_a_plan_and_a_paper_without_number_are_no_citation(text):
    assert documents(text) == []
