"""Gaps that run down several rows of a page, and what they part: columns of text, or of a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from crawler.extraction.attachments.paper_blocks import are_paper_blocks
from crawler.extraction.attachments.paper_head import Blocks, head_from, title_edge
from crawler.extraction.attachments.rows import Row, joined
from crawler.extraction.attachments.tidy import in_one_line
from crawler.extraction.attachments.words import PlacedWord

_WIDE = 1.1
"""A gap that may part columns, in heights of a line."""
_OPEN_END = 1e9

Gap = tuple[float, float]


@dataclass(slots=True)
class Band:
    """Rows that share their gutters."""

    rows: list[Row]
    gutters: list[Gap] = field(default_factory=list)
    blocks: Blocks | None = None
    """The two blocks of a paper's head, if it is that."""

    @property
    def parted(self) -> bool:
        """Whether it is more than rows."""
        return bool(self.gutters or self.blocks)


def find_bands(rows: Sequence[Row], size: float, breaks: Sequence[float]) -> Iterator[Band]:
    """The page in bands, each with the gaps that all of its rows leave open.

    `breaks` are heights at which something else stands between rows.
    """
    at = 0
    plain: list[Row] = []
    while at < len(rows):
        band = _head_from(rows, at, plain, size) or _band_from(rows, at, size, breaks)
        if band is None:
            if plain and _parted(plain[-1], rows[at], size, breaks):
                yield Band(plain)
                plain = []
            plain.append(rows[at])
            at += 1
            continue
        above = len([row for row in plain if any(row is one for one in band.rows)])
        if above < len(plain):
            yield Band(plain[: len(plain) - above])
        plain = []
        yield band
        at += len(band.rows) - above
    if plain:
        yield Band(plain)


def _head_from(rows: Sequence[Row], at: int, plain: list[Row], size: float) -> Band | None:
    """The head of a paper, if the national title is in this row; its left block may begin above."""
    edge = title_edge(rows[at])
    if edge is None:
        return None
    first = at
    while (
        first > at - len(plain)
        and rows[first - 1].words[-1].x1 <= edge
        and rows[at].top - rows[first - 1].top < 2.5 * size
    ):
        first -= 1
    found = head_from(rows, first, edge, size)
    if found is None or first + found[0] <= at:
        return None
    return Band(list(rows[first : first + found[0]]), blocks=found[1])


def _parted(above: Row, below: Row, size: float, breaks: Sequence[float]) -> bool:
    return any(above.top < height <= below.top for height in breaks)


def _band_from(rows: Sequence[Row], at: int, size: float, breaks: Sequence[float]) -> Band | None:
    gaps = _gaps(rows[at], size, outer=False)
    if not gaps:
        return None
    held = [rows[at]]
    for row in rows[at + 1 :]:
        if row.top - held[-1].bottom > 3.5 * size or _parted(held[-1], row, size, breaks):
            break
        shared = _shared(gaps, _gaps(row, size, outer=True), size)
        if not shared:
            break
        gaps = shared
        held.append(row)
    while len(held) > 1 and not _crossed(held[-1], gaps):
        if _is_tail(held, gaps):
            break
        held.pop()
    both = sum(1 for row in held if _crossed(row, gaps))
    if both == 1 and len(held) > 1 and len(gaps) == 1:
        cells = _cells(held[0], gaps)
        both += are_paper_blocks(joined(words) for words in cells if words)
    return Band(held, sorted(gaps)) if both >= 2 else None


def _is_tail(held: list[Row], gaps: list[Gap]) -> bool:
    """Whether the last row, which stands on one side alone, still belongs to a column."""
    tops = [row.top for row in held if _crossed(row, gaps)]
    last, before = held[-1], held[-2]
    steps = [after - above for above, after in pairwise(tops)]
    step = median(steps) if steps else 0.0
    return last.top - before.top <= max(1.25 * step, 1.6 * (last.bottom - last.top))


def _crossed(row: Row, gaps: list[Gap]) -> bool:
    """Whether the row has words on both sides of a gap."""
    return any(
        row.words[0].x1 <= left + 1 and row.words[-1].x0 >= right - 1 for left, right in gaps
    )


def _gaps(row: Row, size: float, *, outer: bool) -> list[Gap]:
    gaps = [
        (before.x1, after.x0)
        for before, after in zip(row.words, row.words[1:], strict=False)
        if after.x0 - before.x1 >= _WIDE * size
    ]
    if outer:
        gaps += [(-_OPEN_END, row.words[0].x0), (row.words[-1].x1, _OPEN_END)]
    return gaps


def _shared(some: list[Gap], others: list[Gap], size: float) -> list[Gap]:
    found = [
        (max(a[0], b[0]), min(a[1], b[1]))
        for a in some
        for b in others
        if min(a[1], b[1]) - max(a[0], b[0]) > 0.25 * size
    ]
    return sorted(set(found))


def band_lines(band: Band) -> list[str]:
    """The lines of a band: column after column, or row by row with tabs between the cells."""
    if band.blocks:
        return [joined(words) for block in band.blocks for words in block]
    cells = [_cells(row, band.gutters) for row in band.rows]
    columns = [[row[n] for row in cells if row[n]] for n in range(len(band.gutters) + 1)]
    if _is_head(columns) or _is_running_text(columns):
        return [joined(words) for column in columns for words in column]
    return _table_lines(cells)


def _cells(row: Row, gutters: list[Gap]) -> list[list[PlacedWord]]:
    cells: list[list[PlacedWord]] = [[] for _ in range(len(gutters) + 1)]
    for word in row.words:
        middle = (word.x0 + word.x1) / 2
        cells[sum(middle > (left + right) / 2 for left, right in gutters)].append(word)
    return cells


def _is_head(columns: list[list[list[PlacedWord]]]) -> bool:
    if len(columns) > 3:
        return False
    return are_paper_blocks(joined(words) for column in columns for words in column)


def _is_running_text(columns: list[list[list[PlacedWord]]]) -> bool:
    """Whether each column is prose: lines as long as it is wide, that go on in small letters."""
    if len(columns) > 3:
        return False
    widths = [max(w[-1].x1 for w in column) - min(w[0].x0 for w in column) for column in columns]
    if min(widths) < 0.4 * max(widths):
        return False
    return all(_goes_on(column, width) for column, width in zip(columns, widths, strict=True))


def _goes_on(column: list[list[PlacedWord]], width: float) -> bool:
    if len(column) < 3:
        return False
    fill = median((words[-1].x1 - words[0].x0) / width for words in column)
    small = sum(words[0].text[0].islower() for words in column) / len(column)
    many = median(len(words) for words in column)
    return many >= 3 and (small >= 0.3 or (fill >= 0.8 and small >= 0.15))


def _table_lines(cells: list[list[list[PlacedWord]]]) -> list[str]:
    """A line a row. A row whose first cell is empty goes on with the one above."""
    rows: list[list[list[PlacedWord]]] = []
    for row in cells:
        if rows and not row[0] and sum(map(bool, row)) < sum(map(bool, rows[-1])):
            above = rows[-1]
            rows[-1] = [one + other for one, other in zip(above, row, strict=True)]
        else:
            rows.append(row)
    return ["\t".join(_cell(words) for words in row if words) for row in rows]


def _cell(words: list[PlacedWord]) -> str:
    """A cell's words; a further line of it begins where its words go back to the left."""
    lines: list[list[PlacedWord]] = []
    for word in words:
        if lines and word.x0 >= lines[-1][-1].x0:
            lines[-1].append(word)
        else:
            lines.append([word])
    return in_one_line(joined(line) for line in lines)
