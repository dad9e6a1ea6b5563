"""The two blocks that stand side by side at the head and at the foot of a council paper."""

from __future__ import annotations

import re
from collections.abc import Iterable

from crawler.extraction.attachments.legacy_lines import line_to_unicode
from crawler.extraction.attachments.tidy import bare

KINDS = {
    "nghi quyet": "Nghị quyết",
    "quyet dinh": "Quyết định",
    "to trinh": "Tờ trình",
    "bao cao": "Báo cáo",
    "ke hoach": "Kế hoạch",
    "thong bao": "Thông báo",
    "giay moi": "Giấy mời",
    "chuong trinh": "Chương trình",
    "bien ban": "Biên bản",
    "huong dan": "Hướng dẫn",
    "chi thi": "Chỉ thị",
    "cong dien": "Công điện",
    "quy che": "Quy chế",
    "de an": "Đề án",
    "phuong an": "Phương án",
    "thong cao": "Thông cáo",
}
"""Kinds of papers by their letters."""
_SIGNS = re.compile(r"cong hoa xa hoi chu nghia|^doc lap|^noi nhan|^t[ml]\.|^kt\.")


def letters_of(line: str) -> str:
    """The small letters of a line without marks, its words spaced."""
    return re.sub(r"[^a-z ]", "", bare(line_to_unicode(line))).strip()


def kind_of_heading(line: str) -> str | None:
    """The kind that a heading in capitals begins with: `BÁO CÁO THẨM TRA` is a report."""
    letters = letters_of(line)
    names = [name for name in KINDS if f"{letters} ".startswith(f"{name} ")]
    capitals = sum(map(str.isupper, line))
    is_heading = capitals >= 0.85 * sum(map(str.isalpha, line)) and len(line) <= 60
    return max(names, key=len) if names and (is_heading or letters in names) else None


def are_paper_blocks(lines: Iterable[str]) -> bool:
    """Whether lines that stand in two columns are such blocks (decree 30/2020/NĐ-CP, annex I).

    They are read one after the other, as the national title, the signature or the list of
    recipients is whole in one of them.
    """
    return any(_SIGNS.search(bare(line_to_unicode(line))) for line in lines)
