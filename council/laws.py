"""Laws by their names: what follows “Luật” is a name only if a law is called that.

Titles as in the official gazette (Công báo), without “năm …”; the short names of the press with
them. Names that hold commas or another law's name are why a list is needed.
"""

from __future__ import annotations

import re
from functools import cache

_NAMES = """
An ninh mạng | An ninh quốc gia | An toàn thông tin mạng | An toàn thực phẩm
An toàn, vệ sinh lao động | Ban hành văn bản quy phạm pháp luật | Bình đẳng giới
Bảo hiểm xã hội | Bảo hiểm y tế | Bảo vệ bí mật nhà nước | Bảo vệ môi trường
Bảo vệ quyền lợi người tiêu dùng | Bảo vệ và phát triển rừng
Bầu cử đại biểu Quốc hội và đại biểu HĐND
Bầu cử đại biểu Quốc hội và đại biểu Hội đồng nhân dân | Chăn nuôi | Chứng khoán
Các tổ chức tín dụng | Cán bộ, công chức | Công an nhân dân | Công chứng | Công nghệ thông tin
Công đoàn | Căn cước | Căn cước công dân | Cư trú | Doanh nghiệp | Du lịch | Dân quân tự vệ
Dân sự | Dược | Giao dịch điện tử | Giao thông đường bộ | Giá | Giám định tư pháp | Giáo dục
Giáo dục nghề nghiệp | Giáo dục đại học | Hoạt động giám sát của Quốc hội và HĐND
Hoạt động giám sát của Quốc hội và Hội đồng nhân dân | Hòa giải ở cơ sở | Hôn nhân và gia đình
Hải quan | Hộ tịch | Hợp tác xã | Khiếu nại | Khoa học và công nghệ | Khám bệnh, chữa bệnh
Kinh doanh bất động sản | Kiểm toán nhà nước | Kế toán | Lao động | Lâm nghiệp | Lý lịch tư pháp
Lưu trữ | Mặt trận Tổ quốc Việt Nam | Nghĩa vụ quân sự | Ngân sách Nhà nước | Ngân sách nhà nước
Người cao tuổi | Người khuyết tật | Nhà ở | Nuôi con nuôi | PCCC | Phí và lệ phí
Phòng cháy chữa cháy | Phòng cháy và chữa cháy | Phòng cháy, chữa cháy
Phòng cháy, chữa cháy và cứu nạn, cứu hộ | Phòng chống tham nhũng
Phòng, chống bạo lực gia đình | Phòng, chống bệnh truyền nhiễm | Phòng, chống ma tuý
Phòng, chống ma túy | Phòng, chống mua bán người | Phòng, chống tham nhũng
Phòng, chống thiên tai | Phòng, chống tác hại của rượu, bia | Phòng, chống tác hại của thuốc lá
Phổ biến, giáo dục pháp luật | Quy hoạch | Quy hoạch đô thị | Quy hoạch đô thị và nông thôn
Quản lý nợ công | Quản lý thuế | Quản lý, sử dụng tài sản công
Quản lý, sử dụng vũ khí, vật liệu nổ và công cụ hỗ trợ | Quảng cáo | Quốc phòng
Quốc tịch Việt Nam | Sở hữu trí tuệ | Tham gia lực lượng bảo vệ an ninh, trật tự ở cơ sở
Thanh niên | Thanh tra | Thi hành án dân sự | Thi hành án hình sự | Thi đua, khen thưởng
Thuế giá trị gia tăng | Thuế sử dụng đất phi nông nghiệp | Thuế thu nhập cá nhân
Thuế thu nhập doanh nghiệp | Thương mại | Thống kê | Thủ đô | Thủy lợi | Thủy sản
Thực hiện dân chủ ở cơ sở | Thực hành tiết kiệm, chống lãng phí | Tiếp công dân
Tiếp cận thông tin | Trách nhiệm bồi thường của Nhà nước | Trưng cầu ý dân
Trật tự, an toàn giao thông đường bộ | Trẻ em | Trợ giúp pháp lý | Tài nguyên nước
Tín ngưỡng, tôn giáo | Tương trợ tư pháp | Tần số vô tuyến điện | Tố cáo | Tố tụng hành chính
Tổ chức Chính phủ | Tổ chức HĐND và UBND | Tổ chức Hội đồng nhân dân và Ủy ban nhân dân
Tổ chức Quốc hội | Tổ chức Tòa án nhân dân | Tổ chức Viện kiểm sát nhân dân | Tổ chức chính phủ
Tổ chức chính quyền địa phương | Viên chức | Viễn thông | Việc làm | Xuất bản | Xây dựng
Xử lý vi phạm hành chính | Điện lực | Đê điều | Đường bộ | Đất đai | Đấu giá tài sản | Đấu thầu
Đầu tư | Đầu tư công | Đầu tư theo phương thức đối tác công tư
Hình sự | Tố tụng hình sự | Tố tụng dân sự | Hàng hải Việt Nam | Hàng không dân dụng Việt Nam
Giao thông đường thủy nội địa | Đường sắt | Di sản văn hóa | Kiến trúc | Điện ảnh | Thư viện
Thể dục, thể thao | Báo chí | Luật sư | Biên phòng Việt Nam | Phá sản | Cạnh tranh | Trồng trọt
Thú y | Khoáng sản | Biển Việt Nam | Phòng thủ dân sự | Cảnh vệ | Đặc xá | Quản lý ngoại thương
Sĩ quan Quân đội nhân dân Việt Nam | Hỗ trợ doanh nghiệp nhỏ và vừa | Phòng, chống rửa tiền
Phòng, chống khủng bố | Thi hành tạm giữ, tạm giam | Kinh doanh bảo hiểm | Thuế tài nguyên
Ngân hàng Nhà nước Việt Nam | Thuế tiêu thụ đặc biệt | Thuế bảo vệ môi trường | Hóa chất | Dầu khí
Thuế xuất khẩu, thuế nhập khẩu | Công nghệ cao | Chuyển giao công nghệ | Đo lường
Năng lượng nguyên tử | Tiêu chuẩn và quy chuẩn kỹ thuật | Chất lượng sản phẩm, hàng hóa
Sử dụng năng lượng tiết kiệm và hiệu quả | Khí tượng thủy văn | Đa dạng sinh học | Nhà giáo
Bảo hiểm tiền gửi | BHXH | BHYT | Di sản | Dân số | MTTQ Việt Nam | MTTQ | Khám chữa bệnh
Quản lý, sử dụng tài sản nhà nước | Ưu đãi người có công với cách mạng
Tài nguyên, môi trường biển và hải đảo
"""


@cache
def law() -> re.Pattern[str]:
    """Matches a law: `kind` (Luật, Bộ luật, Pháp lệnh), `name`, and the year if it is stated."""
    names = sorted(
        (name.strip() for line in _NAMES.splitlines() for name in line.split("|") if name.strip()),
        key=len,
        reverse=True,
    )
    one = "|".join(map(re.escape, names)).replace("ủy", "[ủu][yỷ]")
    one = f"(?i:{one.replace(re.escape('Phòng, chống'), 'Phòng,? chống')})"
    amending = rf"sửa đổi(?:, bổ sung)?(?: một số điều)? (?:của )?(?:các )?Luật (?:{one})"
    amending += rf"(?:(?:, Luật|,? và Luật|,) (?:{one}))*"
    number = r"(?: số \d{1,3}/(?P<numbered>(?:19|20)\d\d)/(?:UBTV)?QH\d{1,2})?"
    year = r"(?: năm (?P<year>\d{4})| \(?(?P<amended>sửa đổi)\)?(?: năm (?P<later>\d{4}))?"
    year += (
        r"| ngày \d{1,2}(?:/| tháng )\d{1,2}(?:/| năm )(?P<dated>\d{4})| (?P<bare>(?:19|20)\d\d))?"
    )
    return re.compile(
        rf"\b(?P<kind>(?:Bộ )?[Ll]uật|Pháp lệnh) (?P<name>{amending}|{one})(?!\w){number}{year}"
    )
