"""What tesseract is known to misread in council papers, put right."""

from __future__ import annotations

import re

_LOST_STROKE = re.compile(r"\b(\d{1,4})[lI|]?(?=(?:NQ|QĐ|TTr|BC|KH|TB|GM|CTr)-[A-ZĐ]{2})")
_PEOPLE = re.compile(r"(?<=\bNHÂN )DẦN\b|(?<=\b[Nn]hân )dần\b")


def corrected(line: str) -> str:
    """The line with the stroke of a document's number and `nhân dân` whole."""
    line = _LOST_STROKE.sub(r"\1/", line)
    return _PEOPLE.sub(lambda found: "DÂN" if found[0].isupper() else "dân", line).strip()
