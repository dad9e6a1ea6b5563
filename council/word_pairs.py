"""Pairs of words that say something: what a commitment is about, and what may tell of it.

The pairs of a whole article are kept as numbers (CRC-32), sorted: enough to leave out the articles
that cannot be meant, without their text.
"""

from __future__ import annotations

import re
import sys
from array import array
from collections.abc import Iterable
from itertools import pairwise
from zlib import crc32

from council.reader import one_spelling
from indexer.language.text import normalise

Pair = tuple[str, str]
_PLAIN = """
và của các việc về cho để với trong tại từ đến trước sau ngày tháng năm quý là được đã sẽ phải cần
này đó những một hai theo do bị ông bà đồng chí hứa cam kết yêu cầu đề nghị giao khẳng định chậm
nhất hết thứ kỳ họp luận phát biểu hoàn thành báo cáo tiếp tục khẩn trương sớm xong thường trực
hđnd ubnd quận huyện phường xã tỉnh cử tri đại ban quả thực hiện kiến giải quyết nội dung công tác
số ý nhân dân người đơn vị cơ quan liên gửi trả lời kế hoạch chủ tịch phó
"""
"""Words that say nothing of a commitment's matter."""
_PLAIN_WORDS = frozenset(_PLAIN.split())
_WORD = re.compile(r"\w+")


def pairs_of(text: str) -> frozenset[Pair]:
    """Two words side by side that say something."""
    words = _WORD.findall(one_spelling(normalise(text)).lower())
    return frozenset(
        (one, other)
        for one, other in pairwise(words)
        if not (one in _PLAIN_WORDS or other in _PLAIN_WORDS or (one.isdigit() and other.isdigit()))
    )


def number_of(pair: Pair) -> int:
    """The number of a pair; two pairs may have the same one."""
    return crc32(" ".join(pair).encode())


def packed(passages: Iterable[str]) -> bytes:
    """The numbers of all pairs of some passages, sorted, each as four bytes, the lowest first."""
    numbers = array("I", sorted({number_of(p) for passage in passages for p in pairs_of(passage)}))
    return _little(numbers).tobytes()


def unpacked(pairs: bytes) -> array[int]:
    """The numbers that `packed` has put together."""
    numbers = array("I")
    numbers.frombytes(pairs[: len(pairs) // 4 * 4])
    return _little(numbers)


def _little(numbers: array[int]) -> array[int]:
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
