"""Number and symbol of a council paper (`15/NQ-HĐND`, of the party `12-BC/ĐU`)."""

from __future__ import annotations

import re
from collections.abc import Sequence

NUMBER = re.compile(
    r"\W{0,3}[Ss][ốóôoồ]\s{0,3}[:;.,]?\s{0,3}(\d{1,5}[A-Za-zĐđ]?\s?(?:/\s?(?:\d{4}\s?/\s?)?"
    r"[A-ZĐa-z]{1,8}(?:\s?[-–]\s?[A-ZĐ&a-z0-9.]{1,14}){0,4}"
    r"|[-–]\s?[A-ZĐ][A-ZĐa-z]{0,4}\s?/\s?[A-ZĐ][A-ZĐa-z]{0,7}(?:\s?[-–]\s?[A-ZĐ]{1,8})?))"
)
CODES = {
    "NQ": "nghi quyet",
    "QĐ": "quyet dinh",
    "QD": "quyet dinh",
    "TTr": "to trinh",
    "BC": "bao cao",
    "KH": "ke hoach",
    "TB": "thong bao",
    "GM": "giay moi",
    "CTr": "chuong trinh",
    "BB": "bien ban",
    "CT": "chi thi",
}
_MORE_CODES = """
    QC HD CĐ ĐA PA TC KL CV GT TTR GUQ QyĐ QyC QĐi CTR HĐ BGN PB PG BTT DA TTLT NĐ TT L
    HĐND UBND TTHĐND
"""
_OTHER_CODES = frozenset(_MORE_CODES.split())
_ISSUERS = frozenset(("HĐND", "UBND", "TTHĐND", "TTg", "CP", "TU", "HU", "ĐU"))
"""What stands behind a code, so that what stands before it must be one."""


def code_of(number: str) -> str:
    """The first part of a number's symbol."""
    return re.split(r"[-/]", re.sub(r"^\d+\w?[-/](\d{4}/)?", "", number))[0]


def number_by_ocr(number: str, texts: Sequence[str]) -> str | None:
    """A number as OCR read it, put right; None for one that nothing bears out.

    A letter too many in a code is known by the code, a digit too many by a zero before two others:
    such a number counts if it is written in a second place.
    """
    code = code_of(number)
    if code not in CODES and code not in _OTHER_CODES:
        behind = re.split(r"[-/]", number.partition(code)[2].lstrip("-/"))[0]
        if behind in _ISSUERS:
            once = re.sub(r"(.)\1+", r"\1", code)
            if once not in CODES:
                return None
            number = number.replace(code, once, 1)
    if re.match(r"0\d{2}", number) and sum(text.count(number) for text in texts) < 2:
        return None
    return number
