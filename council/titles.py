"""The grammar of titles, as regular expressions: a role, the body it is in, its rank and province.

Bodies by the Luật Tổ chức chính quyền địa phương (2015) and the usual departments of districts and
provinces; other bodies are read up to the verb, the mark or the name that ends them.
"""

from __future__ import annotations

import re
from functools import cache

from council.councils import PARTY_RANK, RANK
from council.names import PROVINCES, WORD

_DEPARTMENTS = """
Pháp chế | Kinh tế - Xã hội | Kinh tế-Xã hội | Kinh tế xã hội | Kinh tế - Ngân sách
Kinh tế-Ngân sách | Kinh tế và Ngân sách | Kinh tế Ngân sách | Văn hóa - Xã hội | Văn hóa-Xã hội
Văn hóa Xã hội | Văn hóa và Xã hội | Đô thị | Dân tộc | Tài nguyên và Môi trường
Tài nguyên & Môi trường
Tài nguyên - Môi trường | Tài nguyên-Môi trường | Tài nguyên Môi trường | TN&MT | TN-MT | TNMT
Nội vụ | Tư pháp | Tài chính - Kế hoạch | Tài chính | Kế hoạch và Đầu tư | Kế hoạch - Đầu tư
Kế hoạch-Đầu tư | Kế hoạch Đầu tư | KH&ĐT | KH-ĐT | Kinh tế và Hạ tầng | Kinh tế | Quản lý đô thị
Lao động - Thương binh và Xã hội | Lao động - Thương binh - Xã hội | Lao động | LĐ-TB&XH
LĐTB&XH | LĐTBXH
Văn hóa Thể thao Du lịch | Mỹ thuật, Nhiếp ảnh và Triển lãm
Lao động, Thương binh và Xã hội | Lao động Thương binh và Xã hội | Lao động thương binh xã hội
Giáo dục và Đào tạo | Giáo dục - Đào tạo | Giáo dục-Đào tạo | Giáo dục Đào tạo | Giáo dục | GD&ĐT
GD-ĐT | GDĐT | Y tế | Văn hóa và Thông tin | Văn hóa - Thông tin | Văn hóa Thông tin
Văn hóa, Thể thao và Du lịch | Văn hóa Thể thao và Du lịch | Văn hóa và Thể thao
Văn hóa - Thể thao | Văn hóa Thể thao | VHTT&DL | VH-TT&DL | VHTT | Xây dựng | Giao thông vận tải
Giao thông - Vận tải | Giao thông-Vận tải | GTVT | Công thương | Nông nghiệp và PTNT | NN&PTNT
Nông nghiệp & Phát triển nông thôn | Nông nghiệp & PTNT
Nông nghiệp và Phát triển nông thôn | NN-PTNT | Nông nghiệp | Thông tin và Truyền thông | TT&TT
Thông tin - Truyền thông | Thông tin Truyền thông | TT-TT | Khoa học và Công nghệ
Khoa học Công nghệ | KH&CN | Khoa học - Công nghệ | Khoa học
Quy hoạch - Kiến trúc | Quy hoạch-Kiến trúc | Quy hoạch và Kiến trúc | Quy hoạch Kiến trúc | QHKT
Du lịch | Ngoại vụ | Tổ chức chính quyền | Tổ chức | Tuyên giáo | Dân vận | Nội chính | Kiểm tra
KT-XH | KTXH | VH-XH | VHXH | KT-NS | KTNS
Xây dựng chính quyền và Công tác thanh niên | Xây dựng chính quyền
Kế hoạch - Tài chính | Kế hoạch Tài chính
Tiếp công dân | Công an | Công An | Quốc phòng | Thanh tra
"""
DEPARTMENT = "(?i:{})".format(
    "|".join(
        re.sub(r"(?<=\S)([&-])(?=\S)", r" ?\1 ?", name)
        for name in sorted(
            (name.strip() for line in _DEPARTMENTS.split("\n") for name in line.split("|")),
            key=len,
            reverse=True,
        )
    ).strip("|")
)
DEPARTMENT = rf"(?:{DEPARTMENT}|[A-ZĐ]{{2,6}}(?: ?[-&,] ?[A-ZĐ]{{2,6}})+(?!\w))"
"""What a ministry, a department or a committee is for: a regular expression."""
LEVEL = rf"(?=[QqHhTtPpXxĐđ])(?:huyện đảo|TP\.(?=\s?[A-ZĐ])|{RANK}|P\.|Q\.)"
"""A word for the rank of a place: a regular expression."""
_PROVINCE = "|".join(sorted(map(re.escape, PROVINCES), key=len, reverse=True))
_AND = r"(?: và |&| & |, |-)"
ASSEMBLY = (
    rf"(?:Thường trực )?(?:HĐND(?:{_AND}UBND)?|UBND|[Hh]ội đồng [Nn]hân dân"
    rf"|[ỦuUủ]y ban [Nn]hân dân"
    r"|(?:[ỦUuủ]y ban (?:Trung ương )?)?(?:UBMTTQ|MTTQ|[Mm]ặt trận [Tt]ổ quốc)(?: Việt Nam)?)"
)
"""A council, a people's committee, the Front: a regular expression."""
PARTY = (
    rf"(?:(?:[Bb]an )?(?:Thường vụ|Chấp hành|thường vụ|BTV|BCH"
    rf"|chấp hành)(?: Đảng bộ)? )?(?:{PARTY_RANK} [ủỦ]y"
    r"|Đảng bộ|Đảng đoàn(?: HĐND)?|[Bb]an [Cc]án sự [Đđ]ảng|(?:[Tt]rung ương|TƯ|TW) Đảng"
    r"|Trung ương(?: Đoàn(?: (?:Thanh niên Cộng sản|TNCS) Hồ Chí Minh)?)?"
    rf"|[Cc]hi bộ(?: (?:số )?\d{{1,2}})?|[Bb]ộ Chính trị|{PARTY_RANK} đoàn"
    r"|(?:Quận|Huyện|Thành|Tỉnh|Thị|Đảng) Đoàn(?! (?:Thị|Văn)\b)"
    rf"|[Cc]hi đoàn|Đoàn(?: Thanh niên| TNCS Hồ Chí Minh)?(?= {RANK}))"
)
"""A body of the Party: a regular expression."""
_OFFICE = (
    rf"(?:(?:Ban|Phòng|Sở|Bộ|sở|bộ|phòng|ban) {DEPARTMENT}"
    rf"|[Vv]ăn phòng(?: (?:HĐND|UBND|Quốc hội|Đoàn (?:ĐBQH|[Đđ]ại biểu [Qq]uốc hội))"
    rf"(?:{_AND}(?:HĐND|UBND))*)?"
    r"|[Cc]ông an|(?:[Bb]an|[Bb]ộ) [Cc]hỉ huy [Qq]uân sự|Tòa án nhân dân|Viện [Kk]iểm sát nhân dân"
    r"|(?<=viên )[Đđ]oàn [Cc]hủ tịch(?: Ủy ban)?(?: (?:Trung ương|TƯ|TW))?(?: (?:UBTƯ )?(?:MTTQ"
    r"|Mặt trận [Tt]ổ quốc)(?: Việt Nam)?)?"
    r"|[Đđ]oàn [Ll]uật sư|VKSND|TAND|[Tt]ổ dân phố(?: (?:số )?\d{1,3})?"
    r"|Tổ đại biểu(?: (?:HĐND|số \d+))*|[Qq]uốc hội|Chính phủ"
    rf"|[Đđ]oàn (?:ĐBQH|[Đđ]ại biểu(?: (?:[Qq]uốc hội|QH))?)(?:{_AND}(?:HĐND|UBND))*"
    r"|ĐBQH|[ỦUủu]y ban (?:về )?(?:các )?[Vv]ấn đề [Xx]ã hội(?: của Quốc hội)?"
    r"|[ỦUủu]y ban(?= gồm|[,.:;)]))"
)
_END_WORDS = """
cho đã sẽ nói nêu là đang vừa cũng còn tại về trong để khi vào từ theo với do bị được giữ
thì có kiêm khóa thôi xin hỏi mong cần phải nên nhưng mà ở đặt trao gửi đưa chúc
tặng mời hiện năm này nhận đạt chiếm trước sau đến như qua cùng đáp dành ghi kể rằng gồm
"""
_END_UNLESS = (
    r"(?<!iệc )làm|(?<!đăng )ký|(?<!vệ )(?<!học )(?<!thực )sinh|(?<!hướng )dẫn"
    r"|dự(?! (?:án|báo|trữ|phòng)\b)|đối(?! ngoại)|(?<!hàng )không|(?<!dự )(?<!cảnh )báo"
    r"|tham(?! (?:nhũng|mưu)\b)"
    r"|(?<!toàn )(?<!nghệ )(?<!hóa )thông tin"
)
"""Words that end a name where they are no part of a pair such as `việc làm`, `đăng ký`."""
_END_PAIRS = """
thừa nhận|khẳng định|trả lời|phát biểu|cam kết|giải trình|yêu cầu|đề nghị|đề xuất
giai đoạn|lúc (?:đó|ấy|này)|lúc bấy giờ
chủ trì|chủ tọa|trình bày|nhấn mạnh|chia sẻ|giải thích|đánh giá|nhận định
nhận xét|nhận trách|nhận lỗi|kết luận|trực tiếp|nhiệm kỳ|tiếp tục|tiếp thu|tiếp xúc
băn khoăn|lý giải|bày tỏ|kiến nghị|ghi nhận|lưu ý|chỉ đạo|chỉ ra|đồng tình
đồng chủ|cảm ơn|thẳng thắn|khai mạc|bế mạc|điều hành|dẫn đầu|xác nhận|phản ánh
cho biết|trúng cử|đắc cử|tái cử|tái đắc
"""
ENDS = (
    rf"(?:{'|'.join(_END_WORDS.split())}|{_END_UNLESS}"
    rf"|(?<!và )(?:{'|'.join(_END_PAIRS.strip().splitlines())})"
    r"|phụ trách|và (?:ông|bà|đồng chí|[Pp]hó|[Tt]rưởng|[Gg]iám|[Cc]hủ|[Bb]í|các|lãnh|đại|nhiều|một"
    r"|hai|ba|những|người|nguyên|cựu|cả|vợ|con))(?!\w)"
)
"""Words that end the name of an office: a regular expression."""
_REGION = r"(?:Tây|Đông|Bắc|Nam|Trung) (?:Bắc|Nam|Nguyên|Bộ)\b"
_END = (
    rf"(?=[,.;:()”…]| {LEVEL} [A-ZĐ]| - | – | {ENDS}"
    rf"| (?!{_REGION}){WORD}(?: {WORD})+(?: [a-zà-ỹđ]|[,.;)…”\"]|$)|$)"
)
_BEARER = (
    "(?:Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Ngô|Dương|Đào|Đinh)"
    rf" {WORD} {WORD}"
)
_OTHERS = (
    rf"(?:Sở|Cục|Chi cục)(?= {_BEARER})|"
    r"(?:Đội|[Tt]rung tâm|[Tt]rạm|[Cc]hi nhánh|[Hh]ợp tác xã|[Bb]an [Qq]uản lý|Chi hội|Điện lực"
    r"|HĐTV|HĐQT|Sở|Phòng|Ban|Bộ|[Cc]hi [Cc]ục|[Cc]ục|Vụ|[ỦUủu]y [Bb]an"
    r"|[Hh]ội(?! (?:nghị|trường|thảo|họp|kiến|đàm|ý|nhập)\b)|[Ll]iên đoàn"
    r"|Đoàn [Tt]hanh niên|(?<=iên tập )(?:[Bb]áo|[Tt]ạp chí)|Viện"
    r"|[Tt]ổng [Ll]iên đoàn|(?<=ục trưởng )[Tt]huế|(?:(?<=ội trưởng )|(?<=ội phó ))đội"
    r"|Quân khu|Quân đoàn|Quân chủng|Binh chủng|Sư đoàn|Lữ đoàn|Nhà [Vv]ăn hóa|Nhà hát"
    r"|Đài|Báo|Quỹ|Hiệp hội|[Cc]ông đoàn|[Ll]iên minh|Văn phòng|Xí nghiệp|Học viện|Kho bạc|Cảnh sát"
    r"|[Cc]ông ty|[Tt]ổng [Cc]ông ty|[Tt]ập đoàn)"
    rf"(?: (?!{ENDS})(?:TP\. ?HCM|[\w&]+)(?: - (?=[A-ZĐ]))?){{1,16}}?{_END}"
)
_UNION = rf"Liên hiệp(?: [Cc]ác)? (?:[Hh]ội|tổ chức)(?: (?!{ENDS})[\w&]+){{1,8}}?(?=[,.;…]|$)"
_BLOC = rf"[Kk]hối(?: (?!{ENDS})[\w&]+){{1,7}}?{_END}"
_GOES_ON = rf"(?! (?!{ENDS}|{LEVEL}\b|HĐND|UBND)[a-zà-ỹđ])"
_COLLEGE = rf"(?:[Tt]rường )?(?:[Đđ]ại học|[Cc]ao đẳng) [A-ZĐ]\w*(?: [a-zà-ỹđ]+){{1,4}}?{_END}"
_UNIT = (
    r"(?:(?<=[Bb]an )|(?<=hòng )|(?<=[Vv]ụ trưởng )|(?<=ục trưởng ))"
    r"(?:(?:[Vv]ụ|[Cc]ục|trị sự|quản lý|kỹ thuật|nghiệp vụ"
    r"|giải phóng|[Cc]hỉ (?:đạo|huy)|công tác|bồi thường|khai thác|bổ trợ|địa chính)"
    rf"|(?!{WORD} {WORD})[A-ZĐ]\w*(?= (?!{ENDS})[a-zà-ỹđ]))"
    rf"(?: (?!{ENDS})[\w&]+){{0,12}}?{_END}"
    r"|(?:(?<=[Bb]an )|(?<=hòng ))[A-ZĐ]{3,8}(?:[-&][A-ZĐ]{2,6})*(?= )"
)
_NAMED = (
    r"(?:[Tt]rường|Đại học|Cao đẳng|Học viện|[Bb]ệnh viện|[Cc]ông ty|[Tt]ổng [Cc]ông ty"
    r"|[Tt]ập đoàn)(?: (?:Tiểu học|THCS|THPT|(?<=THPT )(?:chuyên|năng khiếu)|[Mm]ầm non|tiểu học"
    r"|Đại học|đại học|[Cc]ao đẳng|ĐH"
    r"|TNHH|[Cc]ổ phần|CP|MTV"
    r"|[Đđ]a khoa))*(?: [A-ZĐ]{2,8}(?!\w))?"
)
_DEPUTY = r"(?:[Pp]hó )?"
ROLES = (
    rf"[Tt]ổng [Bb]í thư|(?<![Bb]an ){_DEPUTY}[Bb]í thư(?: [Tt]hường trực| thứ nhất)?"
    rf"|{_DEPUTY}[Cc]hủ tịch(?: [Tt]hường trực| phụ trách(?= (?:HĐND|UBND)))?(?: nước)?"
    rf"|{_DEPUTY}[Tt]rưởng [Bb]an(?: thường trực| chuyên trách)?"
    r"|[Pp]hó [Bb]an(?: kiêm nhiệm| chuyên trách)?"
    rf"|{_DEPUTY}[Tt]rưởng [Pp]hòng|[Pp]hó [Pp]hòng"
    r"|[Pp]hó [Tt]rưởng(?= (?:[Cc]ông an|[Đđ]oàn (?:ĐBQH|[Đđ]ại biểu)))"
    r"|[Tt]rưởng(?= (?:[Cc]ông an|[Đđ]oàn (?:ĐBQH|[Đđ]ại biểu)))|[Pp]hó(?= [Cc]ông an)"
    rf"|{_DEPUTY}(?:[Tt]ổng )?[Gg]iám đốc|{_DEPUTY}[Cc]hánh [Vv]ăn phòng|[Pp]hó [Vv]ăn phòng"
    rf"|{_DEPUTY}[Cc]hánh (?:án|[Tt]hanh tra)|{_DEPUTY}[Vv]iện trưởng|{_DEPUTY}[Cc]hi cục trưởng"
    rf"|{_DEPUTY}[Cc]ục trưởng|{_DEPUTY}(?:V|(?<!chức )v|v(?=ụ trưởng [Vv]ụ ))ụ trưởng"
    rf"|(?:{PARTY_RANK}) ủy viên"
    r"|[Ủủ]y viên(?: [Tt]hường trực| [Tt]hường vụ| dự khuyết)?|[Tt]ổ trưởng|[Tt]ổ phó"
    r"|[Đđ]ội trưởng"
    rf"|[Đđ]ội phó|{_DEPUTY}[Hh]iệu trưởng|[Bb]ộ trưởng|[Tt]hứ trưởng|{_DEPUTY}[Tt]hủ tướng"
    rf"|[Cc]hỉ huy [Tt]rưởng|[Cc]hỉ huy [Pp]hó|{_DEPUTY}[Cc]hủ nhiệm|[Đđ]ại biểu"
    rf"|{_DEPUTY}[Tt]ổng [Tt]hư ký|{_DEPUTY}[Tt]ư lệnh(?: trưởng)?|{_DEPUTY}[Cc]hính ủy"
    rf"|{_DEPUTY}[Tt]ổng (?:[Bb]iên tập|[Tt]hanh tra|[Kk]iểm toán|[Cc]ục trưởng)"
    rf"|{_DEPUTY}(?<!các )[Tt]hủ trưởng"
    r"|(?:(?:[Cc]hi )?[Cc]ục|(?<!chức )(?<!nhiệm )[Vv]ụ|[Vv]iện|[Hh]iệu) phó"
    rf"|{_DEPUTY}(?:[Đđ]ồn|[Tt]rạm|[Hh]ạt) (?:trưởng|phó)|{_DEPUTY}[Tt]ham mưu trưởng"
    rf"|[Cc]hính trị viên(?: phó)?|[Kk]ế toán trưởng|{_DEPUTY}[Tt]rưởng [Kk]hoa"
    rf"|(?:[Ss]ư|[Ll]ữ|[Tt]rung|[Tt]iểu|[Đđ]ại) đoàn (?:trưởng|phó)|[Cc]hi hội (?:trưởng|phó)"
    r"|[Nn]gười phát ngôn|[Tt]rưởng (?:thôn|bản|ấp|xóm|buôn|khu phố|đại diện)"
    rf"|{_DEPUTY}[Tt]rưởng [Vv]ăn phòng"
    r"|[Pp]hó [Tt]rưởng [Đđ]oàn(?: chuyên trách)?(?= (?:ĐBQH|[Đđ]ại biểu|Đoàn ))"
    r"|[Pp]hó [Đđ]oàn(?: chuyên trách)?(?= (?:ĐBQH|[Đđ]ại biểu|Đoàn ))"
)
"""The roles: a regular expression."""
_BEGINNINGS = (
    r"(?:[Nn]guyên|[Cc]ựu|[Qq]uyền|[Tt]ân|[Cc]ố|[Pp]hó|[Tt]ổng [BbGgTtKkCc]|[Bb]í|[Cc]hủ [TtNn]"
    r"|[Tt]rưởng|[Gg]iám|[Cc]hánh|[Vv]iện|[Cc]hi [ch]|[Cc]ục|[Vv]ụ|[QqHhTtĐđ]\w+ ủy|[Ủủ]y"
    r"|[Tt]ổ [tp]|[Đđ]ội|[Hh]iệu|[Bb]ộ t|[Tt]hứ t|[Tt]hủ|[Cc]hỉ h|[Đđ]ại [bđ]|[Tt]ư l|[Cc]hính"
    r"|[Đđ]ồn|[Tt]rạm|[Hh]ạt|[Tt]ham|[Kk]ế|[Ss]ư|[Ll]ữ|[Tt]rung|[Tt]iểu|[Nn]gười p)"
)
"""How every title begins, so that other words are passed over at once; a new role needs its own."""
_POST = (
    rf"(?<![\w/])(?={_BEGINNINGS})"
    rf"(?P<before>(?:[Nn]guyên|[Cc]ựu|[Qq]uyền|[Tt]ân|[Cc]ố) )?(?P<role>{ROLES})(?!\w)"
    rf"(?: ?(?P<org>{ASSEMBLY}|{PARTY}|{_OFFICE}|{_COLLEGE}|{_NAMED}"
    rf"|{DEPARTMENT}{_GOES_ON}|{_UNION}|{_OTHERS}|{_UNIT}|{DEPARTMENT})(?!\w))?"
    rf"(?P<tail>(?: (?:{ASSEMBLY}|{PARTY})(?!\w)"
    rf"|(?<=[Cc]án sự [Đđ]ảng) {_OFFICE}|(?<=[Đđ]ảng ủy) (?:[Cc]ông an(?!\w)|{_OTHERS}|{_BLOC}))?)"
    rf"(?: (?P<province>{_PROVINCE})(?!\w)"
    rf"|(?: (?P<level>{LEVEL})(?!\w))(?: ?(?P<ranked>{_PROVINCE})(?!\w))?)?"
)


@cache
def post() -> re.Pattern[str]:
    """Matches a title: before (nguyên, quyền, tân), role, org, tail, level, province."""
    return re.compile(_POST)


@cache
def body() -> re.Pattern[str]:
    """Matches a body that a role without a committee is of: HĐND, UBND, a party committee."""
    return re.compile(rf"{ASSEMBLY}|{PARTY}")
