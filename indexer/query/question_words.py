"""The words that only ask: they say what kind of answer is wanted, not what it is about.

An article that answers "… thì bị phạt bao nhiêu?" does not say "bao nhiêu". So these words need not
be there, do not weigh when a sentence is ranked, and are never put right. A word without marks is
one of them only where it is likelier read so (`indexer.query.likely_marks`): `co quan hang khong`
asks nothing. What is hard to tell stays a word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache

from indexer.language.vietnamese import analyse_word, is_bare
from indexer.named_tuple import NamedTuple
from indexer.query.likely_marks import Beside, likely_marks
from indexer.query.tree import COMPATIBLE, TermOrPhrase, tier_of


class TypedWord(NamedTuple):
    """A typed word: its folded letters, its form, and the form that it likely has, if known."""

    folded: str
    form: str
    text: str
    likely: str | None = None


_ANYWHERE = (
    *("đúng hay sai", "hay sai", "có đúng không", "đúng không", "phải không", "hay không"),
    *("được không", "hay chưa", "hãy cho biết", "có phải", "bao nhiêu", "bao lâu", "bao giờ"),
    *("bao xa", "như thế nào", "thế nào", "trường hợp nào", "khi nào", "lúc nào", "hồi nào"),
    *("ngày nào", "tháng nào", "năm nào", "nơi nào", "là gì", "làm gì", "những gì"),
    *("cái gì", "ra sao", "vì sao", "tại sao", "làm sao", "có được không"),
    *("những ai", "là ai", "do ai", "của ai", "ai là", "mấy giờ"),
)
_WITH_THEIR_MARKS = ("nào", "gì", "đâu", "mấy", "chỗ nào", "ở đâu", "từ đâu", "tới đâu", "đi đâu")
"""What asks wherever it stands, if it has its marks or is likely to have them."""

_AT_THE_END = ("ở đâu",)
"""What asks at the end, marks or not."""

_LAST = ("sao", "nào", "gì", "đâu", "không", "chưa", "à", "ai")
"""Words that ask at the end of what has a question mark."""

_FRAMES = (("còn", "không"), ("có", "không"), ("đã", "chưa"), ("có", "chưa"))
"""Words around what is asked; the second ends the question."""

_NO_QUESTION = {
    "khong": ("hang", "phong", "tren", "so", "tay", "bo", "chan", "hu", "doi", "thinh"),
    "sao": ("ngoi", "ban", "chom", "ngan", "anh", "hai", "ba", "bon", "nam", "2", "3", "4", "5"),
}
"""Before which of the last words it belongs to them: hàng không, bản sao, năm sao."""

_NO_WHO = frozenset({"cap", "len", "tao", "trong", "va", "oan"})
"""After ai at the beginning: Ai Cập, AI tạo sinh, AI trong y tế."""

_BEFORE_WHO = frozenset({"boi", "cho", "cua", "do", "gap", "la", "nhung", "thuoc", "ve", "voi"})
"""After which ai at the end asks without a question mark."""


def asking(
    row: Sequence[TermOrPhrase], *, question: bool = False, beside: Beside | None = None
) -> set[int]:
    """Which of some words in a row only ask. Their marks may be missing, but not be others.

    `question` says that it ends in a question mark; `beside` what stands side by side in the index.
    """
    words = [_word(leaf) for leaf in row]
    if beside is not None:
        likely = likely_marks([word and (word.folded, word.form) for word in words], beside)
        words = [
            word and word._replace(likely=form) for word, form in zip(words, likely, strict=True)
        ]
    return _places(words, _is_likely, question=question, beside=beside)


def may_ask(words: Iterable[str], *, question: bool = False) -> set[int]:
    """Which of some words as they are typed may only ask: in doubt they do."""
    row = [TypedWord(*analyse_word(word), word) for word in words]
    return _places(row, lambda word, form, alone: True, question=question)


def asks_alone(word: str) -> bool:
    """Whether a word as it is typed is one that asks, or may be: it is no slip of another."""
    typed = TypedWord(*analyse_word(word), word)
    return any(_fits(typed, one) for one in ("ai", "nào", "gì", "đâu", "mấy", "sao"))


def is_question(text: str, row: Sequence[TermOrPhrase]) -> bool:
    """Whether a query asks something: by a question mark, or by its last word."""
    last = _word(row[-1]) if row else None
    return "?" in text or (last is not None and _fits(last, "không"))


Reading = Callable[[TypedWord, str, bool], bool]
"""Whether a word is to be read as this form; it may be one of several or stand `alone`."""


def _is_likely(word: TypedWord, form: str, alone: bool) -> bool:
    if word.form == form and not is_bare(form):
        return True
    if word.likely is None:
        return not alone
    return word.likely == form


def _places(
    row: Sequence[TypedWord | None],
    read: Reading,
    *,
    question: bool,
    beside: Beside | None = None,
) -> set[int]:
    """The places of the words that ask; None is no single word."""
    phrases = _by_first_word((*_ANYWHERE, *_WITH_THEIR_MARKS))
    found = {
        place
        for start, word in enumerate(row)
        for phrase in phrases.get(word.folded if word else "", ())
        if start + len(phrase) <= len(row)
        and (
            _stand(row[start : start + len(phrase)], phrase, read)
            or _stand_by_themselves(row[start : start + len(phrase)], phrase, beside)
        )
        for place in range(start, start + len(phrase))
    }
    last = len(row) - 1
    for phrase in _phrases(_AT_THE_END):
        if len(row) > len(phrase) and _stand(row[-len(phrase) :], phrase, lambda *_: True):
            found |= {*range(len(row) - len(phrase), len(row))}
    if last > 0:
        found |= _at_the_ends(row, read, question)
    return found


def _at_the_ends(row: Sequence[TypedWord | None], read: Reading, question: bool) -> set[int]:
    """What asks only as the first or the last word: ai, and the frames of yes and no."""
    last = len(row) - 1

    def at(place: int, word: str, alone: bool = True) -> bool:
        typed = row[place]
        form = analyse_word(word)[1]
        return typed is not None and _fits(typed, word) and read(typed, form, alone)

    def folded(place: int) -> str:
        return (row[place] or _NO_WORD).folded

    found = {0} if at(0, "ai", False) and folded(1) not in _NO_WHO else set()
    belongs = folded(last - 1) in _NO_QUESTION.get(folded(last), ())
    if question and not belongs and any(at(last, word) for word in _LAST):
        found.add(last)
    if at(last, "chưa"):
        found.add(last)
    if at(last, "ai", False) and folded(last - 1) in _BEFORE_WHO:
        found.add(last)
    for first, second in _FRAMES:
        opened = [place for place in range(last) if at(place, first)]
        if opened and not belongs and at(last, second, False):
            found |= {opened[-1], last}
            if any(at(opened[-1] + 1, word, False) for word in ("được", "ai")):
                found.add(opened[-1] + 1)
    return found


_NO_WORD = TypedWord("", "", "")


def _word(leaf: TermOrPhrase) -> TypedWord | None:
    """A leaf as a typed word, if it is a single one; AI in capitals is no ai."""
    if not leaf.single or leaf.text == "AI":
        return None
    atom, *others = leaf.edges[0].options[0]
    return (
        None
        if others or atom.prefix or atom.exact
        else TypedWord(atom.folded, atom.form, leaf.text)
    )


@cache
def _phrases(phrases: tuple[str, ...]) -> list[list[str]]:
    return [phrase.split() for phrase in phrases]


@cache
def _by_first_word(phrases: tuple[str, ...]) -> dict[str, list[list[str]]]:
    """The phrases by the folded letters of their first words."""
    found: dict[str, list[list[str]]] = {}
    for phrase in _phrases(phrases):
        found.setdefault(analyse_word(phrase[0])[0], []).append(phrase)
    return found


def _fits(typed: TypedWord, word: str) -> bool:
    folded, form = analyse_word(word)
    return typed.folded == folded and tier_of(form, typed.form) <= COMPATIBLE


def _stand(row: Sequence[TypedWord | None], phrase: list[str], read: Reading) -> bool:
    return all(
        typed is not None
        and _fits(typed, word)
        and read(typed, analyse_word(word)[1], len(phrase) == 1)
        for typed, word in zip(row, phrase, strict=True)
    )


def _stand_by_themselves(
    row: Sequence[TypedWord | None], phrase: list[str], beside: Beside | None
) -> bool:
    """Whether several words are the phrase, whatever their neighbours make likelier.

    They are typed so, with marks, or without marks and likely so: in `bao nhiêu hộ dân` more texts
    have *nhiều hộ* than *nhiêu hộ*.
    """
    forms = [analyse_word(word)[1] for word in phrase]
    typed = [word and (word.folded, word.form) for word in row]
    if len(phrase) == 1 or beside is None or None in typed:
        return False
    if [word.form for word in row if word] == forms and not all(map(is_bare, forms)):
        return True
    return likely_marks(typed, beside) == forms
