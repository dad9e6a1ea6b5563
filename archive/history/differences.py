"""What changed between two versions of an article: words added and removed, by kind.

Blocks are aligned first (those that are equal, then those that share most of their words), then
the words of a pair. A change of words is sorted by what differs in it: a date, a number, a name,
or the wording. Two articles that are one version have no difference, any two others have one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from archive.catalogue.version_identity import plain
from archive.ground.message import Message
from archive.history.word_kinds import Word, WordKind, join, kinds_of, words_of
from archive.model import Article, Block

_Numbered = tuple[int, str]
_ALIKE = 0.4
_SHORT_BLOCK = 4
_MAX_PAIRS = 40_000
_LONG_TEXT = 2_000


class ArticlePart(StrEnum):
    """Where in an article something changed."""

    TITLE = "title"
    LEAD = "lead"
    PUBLISHED = "published"
    TEXT = "text"
    IMAGE = "image"
    LINK = "link"
    ATTACHMENT = "attachment"
    ORDER = "order"


_REORDERED = {
    ArticlePart.IMAGE: "archive.images-in-another-order",
    ArticlePart.LINK: "archive.links-in-another-order",
    ArticlePart.ATTACHMENT: "archive.attachments-in-another-order",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text: what stood there and what stands there now.

    `kinds` is empty where the two are equal (but for a space at the very beginning), and for what
    is no text.
    """

    removed: str
    added: str
    kinds: tuple[WordKind, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """One title, block, file or link that is not as it was.

    `position` counts blocks from 1 in the version that has it (the new one if both do), and is
    None for what is no block. `pieces` are the whole text in order; a change that is in no text
    has none, and `said` tells it.
    """

    part: ArticlePart
    pieces: tuple[Piece, ...]
    position: int | None = None
    said: Message | None = None

    @property
    def kinds(self) -> tuple[str, ...]:
        """What changed, in a word each: kinds of words for text, else the part."""
        if self.part is ArticlePart.PUBLISHED:
            return (WordKind.DATE.value,)
        if self.part in (ArticlePart.TITLE, ArticlePart.LEAD, ArticlePart.TEXT):
            found = {kind for piece in self.pieces for kind in piece.kinds}
            return tuple(kind.value for kind in WordKind if kind in found)
        return (self.part.value,)


@dataclass(frozen=True, slots=True)
class Difference:
    """All changes from one version to another, in the order of the page."""

    changes: tuple[Change, ...]

    @property
    def kinds(self) -> tuple[str, ...]:
        """Every kind of change in it, each once."""
        return tuple(dict.fromkeys(kind for change in self.changes for kind in change.kinds))


def difference(old: Article, new: Article) -> Difference:
    """What an editor did to get from one to the other."""
    changes = [
        *_text(ArticlePart.TITLE, old.title, new.title),
        *_whole(ArticlePart.PUBLISHED, _published(old), _published(new)),
        *_text(ArticlePart.LEAD, old.lead or "", new.lead or ""),
        *_blocks(old.blocks, new.blocks),
        *_items(ArticlePart.IMAGE, _images(old), _images(new)),
        *_items(ArticlePart.LINK, _links(old), _links(new)),
        *_items(ArticlePart.ATTACHMENT, _attachments(old), _attachments(new)),
    ]
    if not changes and _layout(old) != _layout(new):
        changes.append(Change(ArticlePart.ORDER, (), said=Message("archive.moved-elsewhere")))
    return Difference(tuple(changes))


def compare(old: str, new: str) -> tuple[Piece, ...]:
    """Two texts word by word: every piece in order, those that are equal too."""
    before, after = words_of(plain(old)), words_of(plain(new))
    return tuple(_pieces(before, after))


def _text(part: ArticlePart, old: str, new: str, position: int | None = None) -> Iterator[Change]:
    if plain(old) != plain(new):
        yield Change(part, compare(old, new), position)


def _whole(part: ArticlePart, old: str, new: str) -> Iterator[Change]:
    if old != new:
        yield Change(part, (Piece(old, new),))


def _items(part: ArticlePart, old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    """Things that are there or not; the same things in another order are one change of order."""
    before, after = Counter(old), Counter(new)
    for item in (before - after).elements():
        yield Change(part, (Piece(item, ""),))
    for item in (after - before).elements():
        yield Change(part, (Piece("", item),))
    if before == after and list(old) != list(new):
        yield Change(ArticlePart.ORDER, (), said=Message(_REORDERED[part]))


def _blocks(old: Sequence[Block], new: Sequence[Block]) -> Iterator[Change]:
    before, after = _numbered(old), _numbered(new)
    matcher = SequenceMatcher(None, [t for _, t in before], [t for _, t in after], autojunk=False)
    replaced = [(i, j, k, m) for tag, i, j, k, m in matcher.get_opcodes() if tag != "equal"]
    moved = Counter(t for i, j, _, _ in replaced for _, t in before[i:j])
    moved &= Counter(t for _, _, k, m in replaced for _, t in after[k:m])
    for i, j, k, m in replaced:
        yield from _replaced(before[i:j], after[k:m], moved)


def _numbered(blocks: Sequence[Block]) -> list[_Numbered]:
    return [(n, plain(block.text)) for n, block in enumerate(blocks, 1) if plain(block.text)]


def _replaced(
    old: Sequence[_Numbered], new: Sequence[_Numbered], moved: Counter[str]
) -> Iterator[Change]:
    partners = dict(_pairs([t for _, t in old], [t for _, t in new], moved))
    at = 0
    for n, (position, text) in enumerate(new):
        partner = partners.get(n)
        if partner is None:
            yield _one_sided(position, "", text, moved)
            continue
        yield from (_one_sided(p, t, "", moved) for p, t in old[at:partner])
        yield Change(ArticlePart.TEXT, compare(old[partner][1], text), position)
        at = partner + 1
    yield from (_one_sided(p, t, "", moved) for p, t in old[at:])


def _one_sided(position: int, removed: str, added: str, moved: Counter[str]) -> Change:
    """A whole block that is in one version alone, or that stands elsewhere in the other."""
    if moved[removed or added]:
        return Change(ArticlePart.ORDER, (Piece(removed, added),), position)
    return Change(ArticlePart.TEXT, (Piece(removed, added, (WordKind.WORDING,)),), position)


def _pairs(
    old: Sequence[str], new: Sequence[str], moved: Counter[str]
) -> Iterator[tuple[int, int]]:
    """Which new block was made from which old one: the pairs, in order, most alike in sum."""
    if len(old) * len(new) > _MAX_PAIRS:
        yield from ((n, n) for n in range(min(len(old), len(new))))
        return
    before = [Counter(w.text for w in words_of(text)) for text in old]
    after = [Counter(w.text for w in words_of(text)) for text in new]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        for n in range(len(new) - 1, -1, -1):
            pair = 0.0 if moved[old[i]] or moved[new[n]] else _likeness(before[i], after[n])
            together = pair + best[i + 1][n + 1] if pair else 0.0
            best[i][n] = max(best[i + 1][n], best[i][n + 1], together)
    i = n = 0
    while i < len(old) and n < len(new):
        if best[i][n] == best[i + 1][n]:
            i += 1
        elif best[i][n] == best[i][n + 1]:
            n += 1
        else:
            yield n, i
            i, n = i + 1, n + 1


def _likeness(old: Counter[str], new: Counter[str]) -> float:
    """The share of words in common, 0 where that is too little to be one and the same block."""
    shared = 2 * (old & new).total() / (old.total() + new.total())
    short = max(old.total(), new.total()) <= _SHORT_BLOCK
    return shared + 0.01 if shared >= _ALIKE or short else 0.0


def _pieces(before: Sequence[Word], after: Sequence[Word]) -> Iterator[Piece]:
    matcher = SequenceMatcher(
        None,
        [word.text for word in before],
        [word.text for word in after],
        autojunk=len(before) > _LONG_TEXT,
    )
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            yield from _equal(before[i:j], after[k:m])
        else:
            kinds = kinds_of(before[i:j], after[k:m])
            yield Piece(join(before[i:j]), join(after[k:m]), kinds)


def _equal(before: Sequence[Word], after: Sequence[Word]) -> Iterator[Piece]:
    """Words that are in both; one that lost or got the space before it is a change.

    The first one's space belongs to what stands before it, which has changed or is nothing.
    """
    start = 0
    for n in range(1, len(before)):
        if before[n].spaced != after[n].spaced:
            if start < n:
                yield Piece(join(before[start:n]), join(after[start:n]))
            yield Piece(join(before[n : n + 1]), join(after[n : n + 1]), (WordKind.WORDING,))
            start = n + 1
    if start < len(before):
        yield Piece(join(before[start:]), join(after[start:]))


def _published(article: Article) -> str:
    return article.published_at.isoformat() if article.published_at else ""


def _images(article: Article) -> list[str]:
    return [url for block in article.blocks for url in block.images]


def _links(article: Article) -> list[str]:
    return [url for block in article.blocks for url in block.links]


def _attachments(article: Article) -> list[str]:
    return [f"{plain(a.name)} <{a.url}>" for a in article.attachments]


def _layout(article: Article) -> list[object]:
    return [(plain(b.text), b.images, b.links) for b in article.blocks]
