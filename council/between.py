"""What may stand between a name and the titles behind it, as regular expressions."""

from __future__ import annotations

import re

_AGE = r"(?: ?\([^()]{1,40}\)|,?(?: năm nay)? \d{2} tuổi)?"
_OFFICE = (
    r"(?:(?:các |những |\d |hai )?(?:chức vụ|chức danh|chức|cương vị|vị trí)(?: chủ chốt| mới)?"
    r"(?: là)? )"
)
_GIVEN = (
    rf"(?:giữ (?:thêm )?{_OFFICE}|làm (?:nhiệm vụ )?|vào {_OFFICE}"
    rf"|(?:đảm nhiệm|đảm nhận|nhận) (?:nhiệm vụ(?: mới)?(?: là|,)? )?{_OFFICE}"
    r"|nhận (?:nhiệm vụ|công tác)(?: mới)?(?: là|,)? (?:làm )?)"
)
_RANK = r"(?:(?:thiếu|trung|thượng|đại) (?:tướng|tá|úy) )?"
_MOVE = (
    r"(?:điều động|luân chuyển|điều chuyển|thuyên chuyển|phân công|chỉ định|bổ nhiệm|đề bạt"
    r"|phê duyệt|phê chuẩn(?! (?:kết quả|việc|miễn)))"
)
_MOVED = rf"{_MOVE}(?:(?:,| và)? {_MOVE})*"
MOVE = re.compile(rf"\b{_MOVE}\b")
BY_WHOM = re.compile(r" (?:đã |vừa |mới )?(?:được|bị) ")
ACTS = re.compile(
    rf"[^,.;:()]{{0,60}}? (?:{_MOVE}|miễn nhiệm|bãi nhiệm|cho thôi|cách chức|giới thiệu|bầu)\b"
)
"""Around the office that decides: `ông Tám được Chủ tịch UBND tỉnh bổ nhiệm làm …`."""
"""What gives somebody an office without a vote."""
LATELY_TOLD = (
    r"(?:(?:hôm nay|nay|cũng|chính thức|đã|vừa|mới) )*"
    r"(?:(?:nhận|được trao)(?: các)? quyết định (?:cho )?)?"
)
"""Before what somebody does: `hôm nay cũng nhận quyết định`."""
_LATELY = (
    r"(?:người (?=trước đó|đã|vừa|mới|từng))?"
    r"(?:(?:trước đó |sau đó )?(?:đã|vừa|vừa qua|mới|cũng|lại|tiếp tục) |trước đó |sau đó )?"
)
_THROUGH = (
    r"(?:công tác (?:tại|ở) [^,.;:()]{3,60}, )?"
    r"(?:đã |có thời gian )?(?:lần lượt )?(?:(?:từng )?(?:trải qua|kinh qua)(?: qua)? (?:rất )?"
    r"(?:nhiều |các |những |một số )?|từng (?:giữ|nắm giữ|đảm nhiệm|đảm nhận)(?: qua)? (?:rất )?"
    r"(?:nhiều |các |những |một số )?|lần lượt giữ (?:nhiều |các )?|giữ (?:nhiều |các )"
    r"|(?<=đã )(?:đảm nhiệm|đảm nhận|nắm giữ) (?:qua )?(?:nhiều |các ))"
    r"(?:chức vụ|chức danh|chức|vị trí|cương vị)(?: [^,.;:()]{3,40}?)?(?: như| gồm| là)?"
    r"(?:: (?:[^.;:()]{1,90}, )?| (?:[^,.;:()]{1,25}, )?)"
)
"""Before the posts that somebody has been through."""
GIVING = re.compile(
    r"giữ (?:các )?(?:chức|vị trí|cương vị)|vào (?:chức|vị trí)|làm |bầu|nhiệm chức"
    r"|đảm nh[iậ]|nhận (?:nhiệm vụ|chức|công tác)"
)
"""What says that a post is given."""
_JOINS = r"(?:(?:được )?(?:chỉ định )?tham gia [^.;:()]{3,90}?(?:,| và) )?"
"""Bodies of the Party that somebody joins with an office: `tham gia Ban Thường vụ và giữ chức`."""
_VERBS = "|".join(
    (
        r"(?:hiện |nay |hiện nay )?(?:vẫn )?"
        r"(?:đang |còn |cũng |vẫn |đồng thời |vốn |nguyên |chính )?là ",
        rf"(?:hiện |nay |đang |hiện đang |tiếp tục |vẫn )?{_GIVEN}",
        rf"{_LATELY}được (?:(?!giới thiệu)[^,.;:()]{{3,60}}? )?"
        r"(?:tín nhiệm |bỏ phiếu |thống nhất )?"
        rf"bầu (?:chọn )?(?:bổ sung )?(?:{_GIVEN}|{_OFFICE}|là )?",
        rf"{_LATELY}trúng cử [^.;:()]{{3,60}} và được bầu {_GIVEN}",
        rf"được đề cử (?:vào {_OFFICE}|{_GIVEN})",
        r"(?:đã |vừa |mới |chính thức ){0,2}trở thành (?:tân )?",
        r"cho (?:chức danh|chức vụ|vị trí) ",
        r"bị (?:xóa|tước) tư cách ",
        rf"{_LATELY}được (?:[^,.;:()]{{3,60}}? )?bổ nhiệm (?:{_GIVEN}|{_OFFICE})?",
        rf"{_LATELY}được (?:điều động|luân chuyển|phân công)[^,.;]{{0,25}}? {_GIVEN}",
        rf"{_LATELY}(?:được (?:tín nhiệm )?)?(?:tái )?(?:trúng cử|đắc cử|tái cử) (?:giữ |vào )?"
        rf"{_OFFICE}?(?:làm )?",
        rf"không trúng cử {_OFFICE}?",
        rf"(?:chính thức |đang |vẫn )?(?:đảm nhận|đảm nhiệm) {_OFFICE}",
        rf"(?:tiếp tục )?kiêm nhiệm {_OFFICE}",
        rf"(?:đồng thời )?kiêm (?:giữ )?{_OFFICE}",
        rf"{_LATELY}được (?:[^,.;:()]{{3,40}}? )?phân công nhiệm vụ(?: mới)?(?: là|:) ",
        rf"từ (?:{_OFFICE})",
        rf"(?:sang|đến) {_GIVEN}",
        rf"ứng cử (?:trở lại )?(?:giữ |vào )?{_OFFICE}",
        r"(?:được [^,.;:()]{3,40} )?(?:đến|về|sang) nhận (?:nhiệm vụ|công tác)(?: mới)? tại "
        r"[^,.;:()]{3,60},? (?:được )?(?:chỉ định )?(?:tham gia [^.;:()]{3,90}?(?:,| và) )?"
        rf"(?:{_GIVEN}|bổ nhiệm (?:{_OFFICE}|{_GIVEN}))",
        r"(?:vào |tại )?(?:thời điểm|hồi) (?!này|hiện)(?:[^,.;:()]{3,30} )?(?:đang )?(?:là|làm) ",
        rf"(?:đã |vừa |mới )?có quyết định (?:[^,.;:()]{{3,40}} )?{_MOVED} {_GIVEN}",
        rf"(?:sẽ )?thôi (?:không )?tham gia [^.;:()]{{3,90}}?(?:,| và) thôi (?:giữ )?{_OFFICE}?",
        r"(?:mới |vừa )?(?:quay )?trở lại làm ",
        rf"(?:đã )?từng (?:giữ {_OFFICE}|là |làm |đảm nhiệm {_OFFICE}?)",
        rf"(?:đã )?(?:từng )?kinh qua {_OFFICE}(?:như )?",
        r"được (?:(?:[^,.;:()]|TP\. ){3,40}? )?giới thiệu"
        r" (?:ứng cử|(?:để )?(?:(?:HĐND|(?:các )?đại biểu) (?:\w+ ){0,5}?)?bầu|cho(?= chức))"
        r"(?: bổ sung)? "
        rf"(?:giữ |vào )?{_OFFICE}?(?:làm )?",
        r"(?:đồng thời |cùng lúc |đồng |đang )?giữ (?:\d |hai |ba )"
        r"(?:chức vụ|chức danh|chức|vị trí)(?: [^,.;:()]{3,40}?)? (?:là|gồm):? ",
        r"(?:cho biết |nói )?(?:(?:vừa |đã )?(?:có|gửi|nộp|viết|làm) (?:đơn|nguyện vọng) )?"
        r"xin thôi (?:không )?"
        rf"(?:(?:làm |giữ )(?:{_OFFICE}|nhiệm vụ )?|{_OFFICE}|nhiệm vụ )",
        rf"được giới thiệu vào {_OFFICE}",
        rf"được (?:[^,.;:()]{{3,40}} )?giới thiệu (?:làm |giữ {_OFFICE})",
        rf"{_LATELY}được (?:[^,.;:()]{{3,60}}? )?{_MOVED} từ {_OFFICE}?",
        rf"để (?:HĐND |đưa ra )?bầu (?:bổ sung )?(?:{_GIVEN}|{_OFFICE})?",
        rf"{LATELY_TOLD}(?:xin )?(?:thôi|từ chức|rời) "
        rf"(?:(?:giữ )?{_OFFICE}|{_GIVEN}|(?:làm )?nhiệm vụ )?",
        rf"(?:là )?người (?:vừa |sắp |mới |đã )?(?:rời|thôi) (?:giữ )?{_OFFICE}",
        rf"{_LATELY}(?:được )?(?:điều |luân )?chuyển (?:công tác )?từ {_OFFICE}?",
        rf"(?:[a-zà-ỹđ]+ ){{1,8}}?(?:ngay )?sau khi"
        rf" (?:được (?:[^,.;:()]{{3,40}} )?(?:bầu|bổ nhiệm)|trúng cử|đắc cử)"
        rf" (?:{_GIVEN}|{_OFFICE})",
        rf"{_LATELY}được (?:điều động|luân chuyển|phân công)(?:,| và)? bổ nhiệm {_GIVEN}",
        rf"{_LATELY}chuyển(?: công tác)?(?: sang| về|,)? {_GIVEN}",
        rf"{_LATELY}(?:được [^,.;()]{{0,20}} )?(?:về|lên)(?: lại)? (?:{_GIVEN}|{_OFFICE})",
        rf"{_LATELY}(?:từng )?(?:được|bị) (?:[^,.;:()]{{2,40}} )?"
        rf"(?:miễn nhiệm|bãi nhiệm|cho thôi|cách chức) (?:giữ )?(?:{_OFFICE}|tư cách )?",
        rf"{_LATELY}(?:nghỉ hưu|chuyển công tác)[^,.;:()]{{0,25}}(?:,| và)"
        rf" thôi (?:giữ )?{_OFFICE}?",
        rf"{_THROUGH}",
        rf"trước khi (?:được (?:bầu|bổ nhiệm) )?{_GIVEN}",
        r"được (?:[^,.;:()]{3,40}? )?(?:phân công|giao)(?= (?:quyền|phụ trách) ) ?",
        r"trước(?: đây| đó)? (?:là|làm) ",
        rf"(?:đã )?từng (?:công tác|làm việc) [^,.;:()]{{3,60}}, (?:là |làm |giữ {_OFFICE})",
        r"(?:bằng|với|theo) (?:các )?hình thức:? (?:kỷ luật )?(?:cách chức|cách (?:các|tất cả các)"
        r"|bãi nhiệm|miễn nhiệm|cho thôi)(?: giữ)?(?: chức vụ| chức danh| chức)?(?: trong Đảng)?"
        r"(?: là|:)? ",
        r"là (?:ứng viên|ứng cử viên) ",
        r"(?:là |- )?(?:một|\d{1,2}) trong (?:số )?\w+ (?:ứng viên|ứng cử viên) ",
        rf"(?:được [^,.;()]{{0,25}})?(?:trao quyết định |để )?nhận nhiệm vụ (?:{_OFFICE}|làm )?",
        rf"được [^,.;()]{{0,25}}trao quyết định (?:cho )?thôi {_GIVEN}",
        rf"{_LATELY}(?:được|bị) (?:[^,.;()]{{3,60}}? )?{_MOVED}(?: [^,.;:()]{{3,40}}?)?,?"
        rf" (?:(?:quay |trở )?(?:lại|về|sang|đến|để) |và |tham gia [^.;:()]{{3,90}}?(?:,| và) )?"
        rf"{_GIVEN}",
        r"(?:lúc|khi) (?:đó|ấy),? (?:là |đang là )",
        rf"(?:lúc|khi) (?:đó|ấy),? (?:đang )?{_GIVEN}",
        rf"(?:(?:về|đến) [^,.;:()]{{3,30}} )?(?:được )?(?:chỉ định )?tham gia"
        rf" [^.;:()]{{3,90}}?(?:,| và) (?:chỉ định )?{_GIVEN}",
        rf"được giới thiệu và được (?:\d+% )?[^.;]{{0,50}}?bầu (?:bổ sung )?{_GIVEN}",
    )
)
TO_POST = re.compile(
    rf"{_AGE}(?:,| -|:)? ?"
    rf"(?:\((?:\d{{2}} tuổi, )?(?:[a-zà-ỹđ ]{{3,20}}, )?)?(?:{_VERBS})?{_RANK}(?:[Pp]hó rồi )?"
)
"""Between a name and the first title behind it."""
GIVES = re.compile(rf" (?:{_VERBS})")
"""Between a pronoun and a post that it has."""
CHAIN = re.compile(
    rf"\)?(?: \((?:từ )?[\d/., -]{{4,24}}\)| \((?:nay|hiện nay|trước đây) là [^()]{{2,40}}\))?"
    rf"(?:,? (?:giai đoạn|nhiệm kỳ|khóa) (?:\d{{4}} ?- ?\d{{4}}|[IVXL]+|\d+)){{0,2}}(?:, [IVXL]+)*"
    rf",? ?(?:,|;| -| và| kiêm|, kiêm|, đồng thời là|,? rồi|(?:,| và)? sau đó là|\()? ?"
    rf"(?:sang |về |để |đồng thời )?(?:{_VERBS}"
    rf"|{_LATELY}được bầu {_GIVEN}"
    rf"|thôi (?:không )?tham gia [^.;:()]{{3,120}}? (?:để|về|sang) {_JOINS}{_GIVEN})?"
)
"""Between one title behind a name and the next."""
LATER = re.compile(
    rf"(?! (?:.*\b)?(?:nói|kể|cho biết|người(?! dân| đánh giá)"
    r"|vợ|con|cha|bố|em|mà|khi|do|vì|rằng|theo|thay)\b)"
    rf" [^:\"“]{{2,220}}?,? (?:{_THROUGH}|(?:đã )?từng"
    rf" (?:(?:công tác|làm việc) [^,.;:()]{{3,60}}, )?(?:là |làm |giữ {_OFFICE})"
    rf"|(?P<now>hiện (?:nay )?(?:đang )?(?:là |làm |giữ {_OFFICE})))"
)
"""`Ông Tám sinh năm 1970, …, từng là Bí thư`: of who begins the sentence."""
SUBJECT = re.compile(
    r"(?:Ông |Bà |Đồng chí |Đại tá )?"
    r"|(?:Được biết|Trước đó|Trước đây|Theo lý lịch|Theo tiểu sử|(?:Sinh|Quê)[^;:]{3,80}),"
    r" (?:ông |bà |đồng chí )"
)
"""Before a name that begins its sentence."""
LISTED = re.compile(_THROUGH)
"""What says that a row of posts follows."""
NEXT_OF_LIST = re.compile(r"(?:[,;]| \([^()]{0,30}\)[,;]) (?:[^.:()]{0,60}?[,;] )?")
"""Between two posts of such a row, past items that are none."""
