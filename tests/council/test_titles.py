"""Where a title begins and ends, and which titles there are."""

import pytest

from council.titles import post
from support.scoring import lines as told


@pytest.mark.parametrize(
    "title",
    [
        "Giám đốc cứu hộ 116",
        "đội trưởng đội cảnh sát trật tự",
        "Trưởng phòng nghiệp vụ I",
        "Trưởng phòng bảo tồn bảo tàng",
        "Chủ nhiệm Đoàn Luật sư tỉnh Đông Bình",
        "Cục trưởng Cục Chống tham nhũng",
        "phó cục trưởng Cục An toàn thông tin",
        "Chủ tịch Hiệp hội Phi công hàng không",
        "tổng giám đốc Tổng công ty cổ phần BOT Bến Sỏi - Gò Sành",
        "Chánh Văn phòng Đoàn ĐBQH và HĐND tỉnh Đông Bình",
        "Chánh Văn phòng Đoàn đại biểu Quốc hội và HĐND thành phố",
        "Trưởng khoa hồi sức tích cực - chống độc",
        "Giám đốc sở GD & ĐT",
        "Phó trưởng Ban chỉ đạo Tây Bắc",
        "Phó chủ tịch Tổng liên đoàn Lao động Việt Nam",
        "Phó tổng giám đốc tập đoàn Công nghiệp than - Khoáng sản Bến Sỏi",
        "Bí thư Đảng ủy than Bến Sỏi",
        # Offices of their own name.
        "Tổng biên tập báo Đông Bình",
        "Phó thủ trưởng Cơ quan Cảnh sát điều tra",
        "Phó Tổng thanh tra Chính phủ",
        "Phó tổng cục trưởng Tổng cục Thủy lợi",
        "Vụ phó Vụ Tổ chức",
        "Hiệu phó Trường THCS Gò Sành",
        "Đồn trưởng Đồn Biên phòng Bến Sỏi",
        "Hạt trưởng Hạt Kiểm lâm Bến Sỏi",
        "Tham mưu trưởng Quân khu 3",
        "Chính trị viên Ban Chỉ huy Quân sự huyện",
        "Phó Trưởng đoàn đại biểu Quốc hội tỉnh Đông Bình",
        "Người phát ngôn Bộ Ngoại giao",
        "Trưởng thôn Đông Hạ",
        "Chủ tịch PVN",
        "Bí thư quận Ngũ Hành Sơn",
        "Hiệu trưởng trường THPT chuyên Bến Sỏi",
        "Ủy viên Đoàn Chủ tịch Ủy ban Trung ương MTTQ Việt Nam",
        "Thứ trưởng Văn hóa Thể thao Du lịch",
        "Ủy viên Ủy Ban Kiểm tra Trung ương",
        "bí thư Ban Cán sự Đảng Bộ Nội vụ",
    ],
)
def test_a_title_goes_on_to_the_mark_or_the_verb_behind_it(title):
    assert told("post", f"Ông Phó Đức Nhuận, {title}, phát biểu.") == [f"Phó Đức Nhuận: {title}"]
    assert told("post", f"Ông Phó Đức Nhuận - {title} cho biết.") == [f"Phó Đức Nhuận: {title}"]


@pytest.mark.parametrize(
    ("text", "posts"),
    [
        (
            "Giám đốc Sở Giáo dục và Đào tạo (GD-ĐT) Phó Đức Nhuận trả lời.",
            ["Phó Đức Nhuận: Giám đốc Sở Giáo dục và Đào tạo"],
        ),
        (
            "Ông Phó Đức Nhuận (nguyên Giám đốc Sở Y tế giai đoạn 2009-2015) trả lời.",
            ["Phó Đức Nhuận: Giám đốc Sở Y tế (former)"],
        ),
        (
            "Chủ tịch UBND tỉnh - Phó Đức Nhuận ký tờ trình. Ông Phó Đức Nhuận nói rõ thêm.",
            ["Phó Đức Nhuận: Chủ tịch UBND tỉnh"],
        ),
        (
            "Trưởng ban chỉ đạo Đề án lúc này là ông Phó Đức Nhuận (Giám đốc Sở Y tế).",
            ["Phó Đức Nhuận: Giám đốc Sở Y tế"],
        ),
        (
            "Giám đốc Sở Y tế hiện là ông Phó Đức Nhuận.",
            ["Phó Đức Nhuận: Giám đốc Sở Y tế"],
        ),
        (
            "HĐND tỉnh khiển trách Chi cục phó Phó Đức Nhuận.",
            ["Phó Đức Nhuận: Chi cục phó"],
        ),
        (
            "Chủ tịch HĐND tỉnh là Bí thư Tỉnh ủy Phó Đức Nhuận.",
            ["Phó Đức Nhuận: Bí thư Tỉnh ủy", "Phó Đức Nhuận: Chủ tịch HĐND tỉnh"],
        ),
        (
            "Ngoài ra còn có 2 ủy viên UBND, gồm: Thiếu tướng Phó Đức Nhuận - Giám đốc Công an"
            " tỉnh; bà Lộc Thị Thu - Giám đốc Sở Tài chính.",
            [
                "Lộc Thị Thu: Giám đốc Sở Tài chính",
                "Lộc Thị Thu: ủy viên UBND",
                "Phó Đức Nhuận: Giám đốc Công an tỉnh",
                "Phó Đức Nhuận: ủy viên UBND",
            ],
        ),
        (
            "Phó chủ tịch lĩnh vực văn - xã Lộc Thị Thu trả lời.",
            ["Lộc Thị Thu: Phó chủ tịch"],
        ),
        (
            "Trong đó có ông Hà Kiên Định - Phó trưởng Ban chỉ đạo Tây Bắc và nhiều cán bộ khác.",
            ["Hà Kiên Định: Phó trưởng Ban chỉ đạo Tây Bắc"],
        ),
        (
            "Trưởng ban Dân vận Trung ương Lộc Thị Thu, trưởng ban Kinh tế Trung ương Hà Kiên"
            " Định… cũng dự.",
            [
                "Lộc Thị Thu: Trưởng ban Dân vận Trung ương",
                "Hà Kiên Định: trưởng ban Kinh tế Trung ương",
            ],
        ),
        (
            "Đoàn có 3 Bí thư huyện ủy sắp về hưu như ông Hà Kiên Định (Bến Sỏi), Phó Đức Nhuận"
            " (Gò Sành).",
            ["Hà Kiên Định: Bí thư huyện ủy", "Phó Đức Nhuận: Bí thư huyện ủy"],
        ),
    ],
)
def test_what_stands_between_a_title_and_a_name_is_passed_over(text, posts):
    assert sorted(told("post", text)) == sorted(posts)


ROLES_OF_EVERY_KIND = """
tổng bí thư|bí thư|phó bí thư|chủ tịch|phó chủ tịch|trưởng ban|phó trưởng ban|phó ban|trưởng phòng
phó phòng|giám đốc|phó giám đốc|tổng giám đốc|chánh văn phòng|phó văn phòng|chánh án|chánh thanh tra
viện trưởng|chi cục trưởng|cục trưởng|vụ trưởng|quận ủy viên|thành ủy viên
tỉnh ủy viên|thị ủy viên|đảng ủy viên|ủy viên|tổ trưởng|tổ phó
đội trưởng|đội phó|hiệu trưởng|bộ trưởng|thứ trưởng
thủ tướng|phó thủ tướng|chỉ huy trưởng|chỉ huy phó|chủ nhiệm|đại biểu|tổng thư ký|tư lệnh|chính ủy
tổng biên tập|tổng thanh tra|tổng kiểm toán|thủ trưởng
cục phó|viện phó|hiệu phó|đồn trưởng|trạm phó
hạt trưởng|tham mưu trưởng|chính trị viên|kế toán trưởng|trưởng khoa|sư đoàn trưởng|lữ đoàn phó
trung đoàn trưởng|tiểu đoàn phó|đại đoàn trưởng|chi hội trưởng|người phát ngôn|trưởng thôn
trưởng văn phòng|nguyên chủ tịch|cựu giám đốc|quyền trưởng ban|tân bí thư|cố chủ tịch
"""


@pytest.mark.parametrize("role", ROLES_OF_EVERY_KIND.replace("\n", "|").strip("|").split("|"))
def test_every_role_is_found_in_small_and_in_capital_letters(role):
    for written in (role, role[0].upper() + role[1:]):
        match = post().search(f"Hôm qua, {written} quận đến.")
        assert match is not None
        assert match.group().startswith(written)
