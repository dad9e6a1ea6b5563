"""From what a person typed to a query tree. No input raises, no word is dropped in silence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from archive.ground.message import Message
from indexer.language.analysis import priced
from indexer.language.dates import WrittenDate
from indexer.language.numerals import FRACTIONS, PRICED, SPACED
from indexer.language.spelled_numbers import SpelledNumber
from indexer.language.text import normalise, plain_signs
from indexer.named_tuple import NamedTuple
from indexer.query.abbreviations import EMPTY, Table, table
from indexer.query.bounds import bounded
from indexer.query.fields import FIELDS, OF_FACTS, Scope, dated, field_node, scope_of
from indexer.query.pieces import QueryPiece, pieces_of
from indexer.query.query_tokens import (
    QueryToken,
    exactly,
    loose_query_tokens,
    query_tokens,
    things,
    with_joined,
)
from indexer.query.token_graph import TokenGraph, apart, clusters
from indexer.query.tree import (
    And,
    Atom,
    Dated,
    Edge,
    Node,
    Not,
    Or,
    TermOrPhrase,
    Within,
    Zone,
    describe,
)

if TYPE_CHECKING:
    from indexer.query.vocabulary import IndexWords

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂″〝〞❝❞", '"'))
_SIGNS_OF_VALUES = (*FRACTIONS, "℃")
_SIGNS_OF_VALUES_PLAIN = str.maketrans(
    {sign: f" {plain} " for sign, plain in FRACTIONS.items()} | {"℃": "°C"}
)
_USUAL = frozenset(".,;:!?&/()'-")
_SHOWN = 40
_MAY_ASK = frozenset(
    {"ai", "chua", "dau", "gi", "gio", "khong", "lau", "may", "nao", "nhieu", "sao"}
)
_MAY_ASK |= {"biet", "phai", "sai", "xa", "a"}
"""The last words of what asks, or the only ones."""

_LONGEST_WORD = 2
"""Syllables: so few, without a question mark, are a word (nào là, gì đó) and ask nothing."""

_COLON_APART = rf"(?<!\S)((?i:{'|'.join({*FIELDS, *OF_FACTS} - {'in'})}))\s+:\s*(?=\S)"
_NO_VALUE = rf"(?<![\w:\"-])-?((?i:{'|'.join((*FIELDS, *OF_FACTS))}):)\s*$"
_AFTER_WORD = r"(?<=\w)([~^][\d.]*)(?=\s|$)"
_ZERO_WIDTH = r"[\w\u0300-\u036f]+(?:\u200b[\w\u0300-\u036f]+)+"
_DOUBLED = r"(?<![^\s(:-])(=[=-]+)(?=[^\W_]|[\"*])"
_OPERATORS = "AND", "OR", "HOẶC", "NOT"
_DANGLING = r"^\s*(?:AND|OR|HOẶC)\s|(?:^|\s)(?:AND|OR|HOẶC|NOT)\s*$"
_NOTHING_BEFORE = r"^\s*(AND|OR|HOẶC)(?=\s)(?!\s+(?:AND|OR|HOẶC|NOT)(?!\w))"
_NOTHING_AFTER = r"(?:^|(?<=\s))(AND|OR|HOẶC|NOT)\s*$"
_NO_VALUE_TOLD = ("indexer.nothing-after",) * 2
_AFTER_WORD_TOLD = "indexer.means-nothing", "indexer.means-nothing-word"
_DOUBLED_TOLD = ("indexer.means-nothing-before",) * 2
_DANGLING_TOLD = "indexer.joins-nothing", "indexer.joins-nothing-word"
_MOST_WAYS = 4
"""In so many ways words near one another are taken together, beside each for itself."""

_A_YEAR = r"(?:199|20[0-4])\d"
_ROMANS = ("I", "II", "III", "IV")
_A_QUARTER = (
    r"(?<!\w)qu[ýyíi]\s+(I{1,3}|IV|[1-4])(?:\s*[/.\-]\s*|\s+n[ăa]m\s+|\s+)"
    r"((?:19|20)\d\d)(?![\w/\-])"
)
_STAR_ALONE = r"^\*+[^\W\d_]\**$"
_VIQR = r"[AEOUaeou][\^(+][.'`?~]?[a-zA-Z]"
_LEFT_OUT_TOLD = {
    "indexer.no-field-since": "indexer.no-field-since-left-out",
    "indexer.no-field-until": "indexer.no-field-until-left-out",
}
_LIKE_A_DATE = r"(?:after|before|since|until):\d"
_LIKE_A_FIELD = (
    "after|author|before|body|day|filetype|from|intitle|inurl|lang|month|since|source|tag"
    "|text|to|type|until|url|year|id|cat|label|topic|ngày|tháng|năm|nguồn|mục|thẻ"
)


_KNOWN = (*FIELDS, *OF_FACTS)
_ALIKE = 0.7
"""How alike a name must be to a field to be a slip of it, as difflib counts."""


class Query(NamedTuple):
    """A query as it was read. `node` is None if there is nothing to look for.

    `plain` says that it was words and nothing else; `notes` how it was read where it was not.
    `scope` is where all of it is to be looked for, by `in:`; empty for anywhere. `asks` are words
    that only ask: they are no part of `node`. `keys` is the text as typing keys, where its signs
    say that it is one (ho^.i).
    """

    text: str
    node: Node | None
    plain: bool = True
    notes: tuple[Message, ...] = ()
    scope: Scope = ""
    asks: tuple[str, ...] = ()
    keys: str | None = None


def parse(
    text: str,
    abbreviations: Table | None = None,
    *,
    exact: bool = False,
    words: IndexWords | None = None,
) -> Query:
    """Read a query; with `exact` every word of it is to be spelled as it was typed.

    `words` are those of the index: by them a word without marks only asks, or two are one word.
    Of a long text the beginning is read, and that is said.
    """
    kept, said = bounded(text)
    query = _Parser(abbreviations or table(), exact, words).parse(kept)
    return query._replace(notes=(*query.notes, said)) if said else query


class _Parser:
    def __init__(self, abbreviations: Table, exact: bool, words: IndexWords | None) -> None:
        self._table = abbreviations
        self._exact = exact
        self._words = words
        self._notes: list[Message] = []
        self._zone: Zone = ""
        self._signs = False
        self._operators = True

    def parse(self, text: str) -> Query:
        clean = plain_signs(normalise(_parted(text))).translate(_QUOTES)
        clean = self._tidied(clean)
        scopes, pieces = _scoped(pieces_of(clean, self._notes))
        scope = scopes[-1] if scopes else ""
        self._zone = "title" if scope == "title" else "body" if scope else ""
        self._operators = not all(piece.operator for piece in pieces)
        node = self._node(pieces)
        if node is None:
            self._notes.append(Message("indexer.no-word"))
            return Query(clean, None, False, tuple(self._notes), scope)
        plain = all(piece.plain for piece in pieces) and not (self._signs or "*" in clean or scope)
        asks: tuple[str, ...] = ()
        if plain and not self._exact:
            node, asks = _without_asking(node, "?" in clean, self._words)
        if asks:
            self._notes.append(Message("indexer.only-asks", words=" ".join(asks)))
        if not plain or self._exact:
            query = f"in:{scope} {describe(node)}" if scope else describe(node)
            self._notes.insert(0, Message("indexer.read-as", query=query))
        return Query(clean, node, plain, tuple(self._notes), scope, asks, _keys(clean))

    def _tidied(self, text: str) -> str:
        """The text without signs that can mean nothing where they stand; each is told."""
        if ":" in text:
            text = re.sub(_COLON_APART, self._closed_up, text)
            text = re.sub(_NO_VALUE, self._without(*_NO_VALUE_TOLD), text)
        if "~" in text or "^" in text:
            text = re.sub(_AFTER_WORD, self._without(*_AFTER_WORD_TOLD), text)
        if "==" in text or "=-" in text:
            text = re.sub(_DOUBLED, self._without(*_DOUBLED_TOLD), text)
        if any(map(text.__contains__, _OPERATORS)) and re.search(_DANGLING, text):
            text = re.sub(_NOTHING_BEFORE, self._without(*_DANGLING_TOLD), text)
            text = re.sub(_NOTHING_AFTER, self._without(*_DANGLING_TOLD), text)
        return text

    def _closed_up(self, match: re.Match[str]) -> str:
        self._notes.append(
            Message("indexer.closed-up", typed=match.group().strip(), field=match[1])
        )
        return f"{match[1]}:"

    def _without(self, code: str, as_a_word: str) -> Callable[[re.Match[str]], str]:
        """Leaves a sign out, telling why; one that is all there is stays as a word if that is told
        by another code.
        """

        def left_out(match: re.Match[str]) -> str:
            if code != as_a_word and match.group().strip() == match.string.strip():
                self._notes.append(Message(as_a_word, sign=match[1]))
                return match.group()
            self._notes.append(Message(code, sign=match[1]))
            return ""

        return left_out

    def _node(self, pieces: Iterable[QueryPiece]) -> Node | None:
        """What pieces ask for together; None if nothing."""
        groups = self._alternatives([*pieces])
        self._signs = self._signs or len(groups) > 1
        parts = [all_of(nodes) for nodes in map(self._all, groups) if nodes]
        return (parts[0] if len(parts) == 1 else Or(tuple(parts))) if parts else None

    def _alternatives(self, pieces: list[QueryPiece]) -> list[list[QueryPiece]]:
        """What stands between the ORs; an OR with nothing on one side is left out."""
        groups: list[list[QueryPiece]] = [[]]
        for place, piece in enumerate(pieces):
            after = pieces[place + 1 : place + 2]
            if not (piece.is_or and self._operators):
                groups[-1].append(piece)
            elif groups[-1] and after and not after[0].is_or:
                groups.append([])
            else:
                self._joins_nothing(piece)
        return groups

    def _joins_nothing(self, piece: QueryPiece) -> None:
        self._signs = True
        self._notes.append(Message("indexer.joins-nothing", sign=piece.text))

    def _negated(self, pieces: list[QueryPiece]) -> list[QueryPiece]:
        """The pieces without AND, and without NOT but for what it does to the next."""
        found: list[QueryPiece] = []
        negative = False
        for place, piece in enumerate(pieces):
            after = pieces[place + 1 : place + 2]
            operand = bool(after) and (not after[0].operator or after[0].text == "NOT")
            if not (piece.operator and self._operators):
                found.append(piece._replace(negative=piece.negative != negative))
                negative = False
            elif operand and (piece.text == "NOT" or found):
                negative = negative != (piece.text == "NOT")
                self._signs = True
            else:
                self._joins_nothing(piece)
        return found

    def _all(self, pieces: list[QueryPiece]) -> list[Node]:
        nodes: list[Node] = []
        for field, run in groupby(self._negated(pieces), key=lambda piece: piece.run):
            if field is not None:
                nodes += self._run([piece.text for piece in run], zone=field or self._zone)
            else:
                for piece in run:
                    nodes += self._special(piece)
        return nodes

    def _special(self, piece: QueryPiece) -> list[Node]:
        zone: Zone = "title" if piece.field == "title" else self._zone
        if piece.group:
            self._signs = True
            node = self._node(piece.group)
            nodes = [node] if node is not None else []
        elif piece.field not in ("", "title"):
            nodes = self._field(piece)
        elif piece.quoted:
            nodes = self._phrase(piece, zone)
        else:
            nodes = self._run([piece.text], zone=zone, exact=piece.exact)
        if nodes and piece.negative:
            return [Not(all_of(nodes))]
        return nodes

    def _field(self, piece: QueryPiece) -> list[Node]:
        node = field_node(piece.field, piece.text)
        if isinstance(node, Dated) and node.since and node.until and node.since > node.until:
            since, _, until = piece.text.partition("..")
            self._notes.append(Message("indexer.dates-turned-round", dates=piece.text))
            node = field_node(piece.field, f"{until}..{since}")
        if node is not None:
            return [node]
        self._notes.append(Message("indexer.no-sense", field=piece.field, value=piece.text))
        return self._run([piece.field, piece.text], zone=self._zone)

    def _tokens(self, text: str, exact: bool) -> tuple[list[QueryToken], Table]:
        """The tokens of a text, and the abbreviations that go with them."""
        if exact or self._exact:
            return exactly(query_tokens(text, EMPTY)), EMPTY
        row = query_tokens(text, self._table)
        return with_joined(row, self._words) if self._words else row, self._table

    def _phrase(self, piece: QueryPiece, zone: Zone) -> list[Node]:
        row, abbreviations = self._tokens(_plain_values(piece.text), piece.exact)
        if not row:
            self._left_out([f'"{piece.text}"'])
            return []
        lattice = TokenGraph(row, abbreviations)
        if piece.near is None or len(row) == 1:
            return [lattice.words(0, len(row), zone=zone, quoted=True)]
        ways = [[(place, place + 1) for place in range(len(row))]]
        # The words of what is one thing need not stand as many: QLĐT is quản lý đô thị.
        for whole in apart([*lattice.spans, *self._wholes(row)])[:_MOST_WAYS]:
            covered = {place for first, last in whole for place in range(first, last)}
            lone = [(place, place + 1) for place in range(len(row)) if place not in covered]
            ways.append(sorted([*whole, *lone]))
        nodes: list[Node] = []
        for way in ways:
            words = tuple(lattice.words(*span, zone, quoted=True) for span in way)
            nodes.append(
                And((*words, Within(words, piece.near, piece.ordered)))
                if len(words) > 1
                else words[0]
            )
        return [nodes[0] if len(nodes) == 1 else Or(tuple(nodes), describe(nodes[0]))]

    def _run(self, words: list[str], *, zone: Zone, exact: bool = False) -> list[Node]:
        """The nodes of plain words: each for itself, but for what is one thing."""
        words = self._odd_fields(words)
        if any("*" in word and re.search(_STAR_ALONE, word) for word in words):
            self._notes.append(Message("indexer.star-alone"))
        text = _plain_values(" ".join(words))
        row, abbreviations = self._tokens(text, exact)
        read = {token.text for token in row}
        signs = [word for word in words if not any(map(str.isalnum, word))]
        self._left_out([word for word in signs if word not in read])
        if not row:
            return []
        lattice = TokenGraph(row, abbreviations)
        fixed = list(things(row, text))
        quarters = {} if abbreviations is EMPTY or zone else _quarters(row, text)
        ranges = {} if abbreviations is EMPTY or zone else self._ranges(row, text)
        abbreviated = [span for span in lattice.spans if span not in fixed]
        joined = [*self._wholes(row)]
        nodes: list[Node] = []
        place = 0
        stretches = clusters([*fixed, *abbreviated, *joined, *quarters, *ranges])
        for first, last in [*stretches, (len(row), len(row))]:
            nodes += [self._lone(lattice, row, lone, zone) for lone in range(place, first)]
            if (first, last) in ranges:
                nodes.append(ranges[first, last])
                place = last
                continue
            if (first, last) in quarters:
                nodes.append(self._quarter(lattice, (first, last), quarters[first, last]))
            elif (first, last) in fixed and row[first].date is not None:
                nodes.append(self._date(lattice, row, first, zone))
            elif (first, last) in fixed or last - first == 1:
                nodes.append(lattice.words(first, last, zone))
            elif first < last:
                alone = [lattice.words(lone, lone + 1, zone) for lone in range(first, last)]
                whole = lattice.words(first, last, zone)
                named = (first, last) not in joined or (first, last) in abbreviated
                label = whole.text if named else ""
                nodes.append(Or((whole, all_of(list(alone))), label))
            place = last
        return nodes

    def _ranges(self, row: list[QueryToken], text: str) -> dict[tuple[int, int], Node]:
        """The stretches of tokens that are a span of days or months, where there is any date."""
        if not any(isinstance(token.date, WrittenDate) for token in row):
            return {}
        from indexer.query.spans import spans

        return spans(row, text, self._notes)

    def _lone(self, lattice: TokenGraph, row: list[QueryToken], place: int, zone: Zone) -> Node:
        """A word for itself; a number that may be a year is met by an article's own, too."""
        word = lattice.words(place, place + 1, zone)
        text = row[place].text
        if zone or self._exact or not (text.isdecimal() and re.fullmatch(_A_YEAR, text)):
            return word
        return Or((word, *filter(None, [field_node("date", text)])), text)

    def _quarter(self, lattice: TokenGraph, span: tuple[int, int], quarter: _Quarter) -> Node:
        """A quarter of a year, however it is written, or an article of its months."""
        ways: list[Node] = [lattice.words(*span)]
        for written in (
            f"quý {quarter.roman}/{quarter.year}",
            f"quý {quarter.roman} năm {quarter.year}",
        ):
            row = query_tokens(written, self._table)
            ways.append(TokenGraph(row, self._table).words(0, len(row)))
        last = 3 * quarter.number
        months = field_node("date", f"{quarter.year}-{last - 2}..{quarter.year}-{last}")
        return Or((*ways, *filter(None, [months])), " ".join(quarter.typed.split()))

    def _wholes(self, row: list[QueryToken]) -> Iterator[tuple[int, int]]:
        """The stretches of tokens that may be written as one word."""
        for place, one in enumerate(row):
            if one.hyphenated or one.number:
                yield place, place + one.width

    def _date(self, lattice: TokenGraph, row: list[QueryToken], place: int, zone: Zone) -> Node:
        """A date: as it is written in a text, or the day of the article itself.

        One that says little, or that may be a document's number, may be just its words.
        """
        query_token = row[place]
        date = query_token.date
        ways: list[Node] = [lattice.words(place, place + 1, zone)]
        loose = loose_query_tokens(query_token, self._table)
        plain = TokenGraph(loose, self._table)
        whole = isinstance(date, WrittenDate) and date.whole
        if isinstance(date, SpelledNumber):
            ways.append(plain.words(0, len(loose), zone))
        elif len(loose) > 1 and not whole:
            ways.append(all_of([plain.words(lone, lone + 1, zone) for lone in range(len(loose))]))
        elif len(loose) > 1 and not any(map(str.isalpha, query_token.text)):
            ways.append(plain.words(0, len(loose), zone))
        if isinstance(date, WrittenDate) and not zone:
            ways += dated(date)
        return ways[0] if len(ways) == 1 else Or(tuple(ways), query_token.text)

    def _odd_fields(self, words: list[str]) -> list[str]:
        """Say of words that look like a field of this search that they are none.

        The words without those of a date (after:2019), if any are left.
        """
        if not any(":" in word for word in words):
            return words
        dates = [word for word in words if re.match(_LIKE_A_DATE, word.lower())]
        left = [word for word in words if word not in dates] or words
        for word in words:
            name, colon, value = word.partition(":")
            named = name.lower()
            likely = bool(re.fullmatch(_LIKE_A_FIELD, named))
            if not (colon and (likely or _may_be_a_field(name, value))) or named in _KNOWN:
                continue
            code = "indexer.no-field"
            known = [f"{field}:" for field in FIELDS]
            if likely and value[:1].isdigit():
                before = named in ("before", "until", "to")
                code = "indexer.no-field-until" if before else "indexer.no-field-since"
                if word not in left:
                    code = _LEFT_OUT_TOLD[code]
            elif not likely and (meant := _field_meant(named)):
                message = Message("indexer.no-field-meant", field=name, meant=f"{meant}:")
                self._notes.append(message)
                continue
            self._notes.append(Message(code, field=name, known=known))
        return left

    def _left_out(self, words: list[str]) -> None:
        odd = [word[:_SHOWN] for word in words if not _USUAL.issuperset(word)]
        if odd:
            self._notes.append(Message("indexer.no-letter", words=" ".join(odd)[:_SHOWN]))


def _parted(text: str) -> str:
    """The text with a space for a zero-width one between what are syllables on both sides."""
    if "\u200b" not in text:
        return text
    from indexer.language.syllables import is_spelled

    def spaced(match: re.Match[str]) -> str:
        parts = normalise(match.group().replace("\u200b", " ")).split()
        return " ".join(parts) if all(map(is_spelled, parts)) else match.group()

    return re.sub(_ZERO_WIDTH, spaced, text)


def _plain_values(text: str) -> str:
    """The text with values as they are mostly written: 5 USD for US$5, 20.000 for 20 000."""
    if any(map(text.__contains__, "$€£")):
        text = re.sub(PRICED, priced, text)
    if any(map(text.__contains__, _SIGNS_OF_VALUES)):
        text = text.translate(_SIGNS_OF_VALUES_PLAIN)
    if " " in text and any(map(str.isdecimal, text)):
        text = re.sub(SPACED, lambda match: match.group().replace(" ", "."), text)
    return text


def _may_be_a_field(name: str, value: str) -> bool:
    """Whether a word with a colon within may be meant as a field: no time, no address."""
    address = value.startswith("/") or "@" in value
    return name.isalpha() and not address and any(map(str.isalnum, value))


def _field_meant(name: str) -> str | None:
    """The field that a name is likely a slip of."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(name, _KNOWN, 1, _ALIKE)), None)


def _scoped(pieces: Iterable[QueryPiece]) -> tuple[list[Scope], list[QueryPiece]]:
    """The scopes that pieces name, and the pieces that name none."""
    scopes: list[Scope] = []
    others: list[QueryPiece] = []
    for piece in pieces:
        scope = scope_of(piece.text) if piece.field == "in" and not piece.negative else None
        if scope is None:
            others.append(piece)
        else:
            scopes.append(scope)
    return scopes, others


class _Quarter(NamedTuple):
    typed: str
    number: int
    year: str

    @property
    def roman(self) -> str:
        return _ROMANS[self.number - 1]


def _quarters(row: list[QueryToken], text: str) -> dict[tuple[int, int], _Quarter]:
    """The stretches of tokens that name a quarter of a year: quý III/2020, quý 3 năm 2020."""
    found = {}
    may_be = "qu" in text.lower() and any(map(str.isdecimal, text))
    for match in re.finditer(_A_QUARTER, text, re.IGNORECASE) if may_be else ():
        inside = [
            place
            for place, token in enumerate(row)
            if match.start() <= token.start and token.end <= match.end()
        ]
        number = int(match[1]) if match[1].isdecimal() else _ROMANS.index(match[1].upper()) + 1
        if inside:
            found[inside[0], inside[-1] + 1] = _Quarter(match[0], number, match[2])
    return found


def _without_asking(
    node: Node, question: bool, known: IndexWords | None
) -> tuple[Node, tuple[str, ...]]:
    """What is asked about, and the words that only ask; all of it if it is nothing else."""
    nodes = node.nodes if isinstance(node, And) else (node,)
    words = [
        child.edges[0].options[0][0].folded if isinstance(child, TermOrPhrase) else ""
        for child in nodes
    ]
    if (len(nodes) <= _LONGEST_WORD and not question) or _MAY_ASK.isdisjoint(words):
        return node, ()
    from indexer.query.question_words import asking

    none = TermOrPhrase("", 1, (Edge(0, 1, ((Atom("", ""),),)),))
    row = [child if isinstance(child, TermOrPhrase) else none for child in nodes]
    places = asking(row, question=question, beside=None if known is None else known.beside)
    left = [child for place, child in enumerate(nodes) if place not in places]
    if not places or not left:
        return node, ()
    doubtful = not question and all(row[place].text.isascii() for place in places)
    if doubtful and len(left) == 1:
        # Of *mua bao gio* little would be left, and it may be *mưa bão gió*.
        return node, ()
    return all_of(left), tuple(row[place].text for place in sorted(places))


def _keys(text: str) -> str | None:
    """The text as VIQR keys, if it has their signs between letters."""
    if not any(map(text.__contains__, "^+(")) or not re.search(_VIQR, text):
        return None
    from indexer.query.keyboards import converted

    return converted(text)


def all_of(nodes: list[Node]) -> Node:
    """One node that asks for all of these."""
    return nodes[0] if len(nodes) == 1 else And(tuple(nodes))
