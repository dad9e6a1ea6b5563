"""A record that is split over several (ISO 28500:2017 § 7), put together again."""

from __future__ import annotations

from collections.abc import Mapping

from archive.ground.message import Message
from archive.warc.foreign_reader import MAX_BLOCK, ForeignRecord
from archive.warc.record_head import parse_head

NUMBER = "WARC-Segment-Number"
_OF_A_PART = frozenset((NUMBER, "WARC-Block-Digest", "Content-Length"))


class Incomplete(Exception):
    """A record can't be put together; `said` is why."""

    def __init__(self, said: Message) -> None:
        super().__init__(said)
        self.said = said


def is_first_part(record: ForeignRecord) -> bool:
    """Whether more parts of a record follow elsewhere."""
    return record.head.fields.get(NUMBER, "").strip().lstrip("0") == "1"


def join(first: ForeignRecord, parts: Mapping[int, ForeignRecord]) -> ForeignRecord:
    """The whole record of its first part and the continuations by number. Raises `Incomplete`."""
    count = max(parts, default=1)
    missing = sorted(set(range(2, count + 1)) - parts.keys())
    if missing or count < 2:
        lacking = missing[0] if missing else 2
        raise Incomplete(Message("archive.part-missing", part=lacking))
    blocks = [r.record.block for r in (first, *(parts[n] for n in range(2, count + 1)))]
    block = b"".join(blocks)
    total = parts[count].head.fields.get("WARC-Segment-Total-Length", "").strip()
    if not total:
        raise Incomplete(Message("archive.last-part-missing"))
    if total.lstrip("0") != str(len(block)):
        raise Incomplete(
            Message(
                "archive.parts-of-another-length", parts=count, size=len(block), stated=total[:20]
            )
        )
    if len(block) > MAX_BLOCK:
        raise Incomplete(Message("archive.whole-too-large", limit=MAX_BLOCK >> 20))
    kept = [(name, value) for name, value in first.head.pairs if name not in _OF_A_PART]
    lines = "".join(f"{name}: {value}\r\n" for name, value in kept)
    version = first.raw.partition(b"\n")[0].strip()
    head = version + f"\r\n{lines}Content-Length: {len(block)}\r\n\r\n".encode()
    places = " ".join(parts[n].place for n in range(2, count + 1))
    made = {"made-of": f"a record split over {count}", "source-offsets": f"{first.place} {places}"}
    return ForeignRecord(first.place, parse_head(head + block), head + block, made)
