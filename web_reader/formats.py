"""Days, times and numbers as they are read in a language, and texts with marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise

from markupsafe import Markup, escape

from indexer.language.invisible import FORMAT

VIETNAM = timezone(timedelta(hours=7))
"""The zone of the portals: what a reader sees is in it, but for a citation and its proof."""

Span = tuple[int, int]

_UNSEEN = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f{FORMAT}\ud800-\udfff\u2028\u2029]")


def shown(text: str) -> str:
    """A text without characters that would turn or hide what stands beside them."""
    return text if text.isprintable() else _UNSEEN.sub("", text)


def day(moment: date | datetime | str | None) -> str:
    """dd/mm/yyyy; of an instant the day in Vietnam."""
    if moment is None or moment == "":
        return ""
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment)
    return f"{_there(moment):%d/%m/%Y}"


def minute(moment: datetime | str | None) -> str:
    """dd/mm/yyyy hh:mm in Vietnam."""
    if moment is None or moment == "":
        return ""
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment)
    return f"{_there(moment):%d/%m/%Y %H:%M}"


def second(moment: datetime) -> str:
    """dd/mm/yyyy hh:mm:ss in Vietnam."""
    return f"{moment.astimezone(VIETNAM):%d/%m/%Y %H:%M:%S}"


def zoned(moment: datetime) -> str:
    """The same where it may be read alone: with its zone."""
    return f"{second(moment)} (UTC+7)"


def proof(moment: datetime) -> str:
    """An instant where it proves something: to the second, in UTC, and saying so."""
    return f"{moment.astimezone(UTC):%d/%m/%Y %H:%M:%S} UTC"


def size(octets: int, language: str) -> str:
    """Bytes in the unit that suits them."""
    value, unit = float(octets), "B"
    for unit in ("B", "kB", "MB", "GB", "TB"):
        if value < 1000 or unit == "TB":
            break
        value /= 1000
    text = f"{value:.0f}" if value >= 10 or unit == "B" else f"{value:.1f}"
    return f"{text.replace('.', ',') if language == 'vi' else text} {unit}"


def marked(text: str, spans: Sequence[Span], kind: str = "") -> Markup:
    """A text with `<mark>` around spans that do not overlap."""
    start = Markup('<mark class="{}">').format(kind) if kind else Markup("<mark>")
    pieces: list[str] = []
    done = 0
    for begin, end in sorted(spans):
        if begin < done or end > len(text):
            continue
        pieces += escape(shown(text[done:begin])), start, escape(shown(text[begin:end]))
        pieces.append(Markup("</mark>"))
        done = end
    pieces.append(escape(shown(text[done:])))
    return Markup("").join(pieces)


def cut_at(spans: Iterable[tuple[int, int, str]], length: int) -> list[tuple[int, int, list[str]]]:
    """Pieces of a text from end to end, each with the names of the spans that cover it."""
    known = [(begin, end, name) for begin, end, name in spans if 0 <= begin < end <= length]
    edges = sorted({0, length, *(edge for begin, end, _ in known for edge in (begin, end))})
    return [
        (begin, end, [name for first, last, name in known if first <= begin and end <= last])
        for begin, end in pairwise(edges)
    ]


def _there(moment: date | datetime) -> date | datetime:
    if isinstance(moment, datetime) and moment.tzinfo:
        return moment.astimezone(VIETNAM)
    return moment
