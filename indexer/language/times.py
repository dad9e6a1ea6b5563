"""Times of day as they are written in Vietnamese news: `8h30`, `8g30`, `8:30`, `8 giờ rưỡi`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from indexer.named_tuple import NamedTuple


class WrittenTime(NamedTuple):
    """A time of day in a text: where it is written, and what it says; `minute` None if nothing."""

    start: int
    end: int
    hour: int
    minute: int | None

    def parts(self) -> tuple[str, ...]:
        """The words that stand for it in an index (`=h8`, `=i30`); 8 giờ is 8:00 too."""
        return f"=h{self.hour}", f"=i{self.minute or 0}"

    def asked(self) -> tuple[str, ...]:
        """Those that an answer must have: of an hour alone, any minute will do."""
        return self.parts()[: 1 if self.minute is None else 2]


@cache
def _pattern() -> re.Pattern[str]:
    minutes = r"(?P<{0}>[0-5]\d)(?!\d|[/.,\-]\d|\s*%)"
    return re.compile(
        r"(?<![\w.,:/\-])(?P<hour>\d{1,2})(?:"
        rf":{minutes.format('colon')}(?::[0-5]\d)?(?![\w:])"
        rf"|\s?h\s?{minutes.format('h')}(?:\s?(?:phút|phut|ph|p|'))?(?!\w)"
        r"|h(?P<one>\d)(?:\s?(?:phút|phut|ph|p|'))?(?!\w|[/.,\-]\d|\s*%)"
        rf"|g{minutes.format('g')}(?!\w)"
        r"|\s*(?:h|gi[ờo])\s+(?P<half>r[ưu][ỡo]i)(?!\w)"
        rf"|\s*gi[ờo]\s*{minutes.format('words')}(?:\s*ph[úu]t)?(?!\w)"
        r"|\s*gi[ờo]\s+(?P<few>\d)(?:\s+ph[úu]t(?!\w)|(?=\s*(?:$|[,.;!?)]\D|[.;!?)]?$"
        r"|(?:s[áa]ng|tr[ưu]a|chi[ềe]u|t[ốo]i|[đd][êe]m|ng[àa]y|h[ôo]m)(?!\w))))"
        r"|(?:h|\s*gi[ờo])(?!\w))",
        re.IGNORECASE,
    )


def times(text: str) -> Iterator[WrittenTime]:
    """The times of day in a text (normalised), from left to right, none overlapping."""
    if not any(map(text.__contains__, _CLUES)):
        return
    for match in _pattern().finditer(text):
        said = map(match.group, ("colon", "h", "one", "g", "words", "few"))
        minute = next(filter(None, said), None) or (match["half"] and "30")
        hour = int(match["hour"])
        if hour <= 24:
            yield WrittenTime(*match.span(), hour, int(minute) if minute else None)


_CLUES = (":", "h", "H", "g", "G")
"""One of which a text with a time has."""
