"""Labels of list items: 1, a, IV."""

from __future__ import annotations

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_SIGNS = "-–—+•*▪○►"


def as_label(shape: str, count: int, text: str = "") -> str:
    """A number in a shape, named as in Word or as in OpenDocument (`a`, `I` …).

    `text` is the sign of a bullet; one of a font of signs is a hyphen.
    """
    if shape == "bullet":
        return text if text and all(sign in _SIGNS for sign in text) else "-"
    if shape == "none" or count < 0:
        return ""
    if shape in ("lowerLetter", "a", "upperLetter", "A") and count:
        letters = chr(ord("a") + (count - 1) % 26) * min(1 + (count - 1) // 26, 10)
        return letters.upper() if shape in ("upperLetter", "A") else letters
    if shape in ("lowerRoman", "i", "upperRoman", "I") and count < 4000:
        roman = ""
        for value, letters in _ROMAN:
            times, count = divmod(count, value)
            roman += letters * times
        return roman.upper() if shape in ("upperRoman", "I") else roman
    return f"{count:02}" if shape == "decimalZero" else str(count)
