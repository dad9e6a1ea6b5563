"""The words of a cluster's documents: a small index of every spelling that any of them ever had.

One search of it tells all spellings of all words of a query. In how many documents a term stands is
told by the index of documents itself, by its own dictionary, in one request for all terms.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice, product
from typing import TYPE_CHECKING, Any, TypeVar

from indexer.engines.opensearch.answers import failure
from indexer.engines.opensearch.parts import hits_of, named, not_as_written, objects_at, value_at
from indexer.engines.opensearch.tokens import pair_token, spelling
from indexer.language.analysis import WORD
from indexer.language.syllables import is_syllable, spell
from indexer.language.vietnamese import analyse_word
from indexer.query.query_tokens import MOST_PARTS

if TYPE_CHECKING:
    from indexer.engines.opensearch.address import ClusterAddress
    from indexer.engines.opensearch.client import Cluster

_AT_ONCE = 10_000
"""So many hits an index gives at once, if nothing else is set."""

_TERMS_AT_ONCE = 20_000

_EXPECTED = 64
"""So many words of a text at most are asked about before it is read."""


_Item = TypeVar("_Item")


def word_id(folded: str, form: str) -> str:
    """The id of a spelling in the vocabulary."""
    return hashlib.sha256(f"{folded} {form}".encode("utf-8", "surrogatepass")).hexdigest()[:40]


class ClusterWords:
    """The spellings that a cluster's documents have, and how many documents have each.

    What was learned is kept: it is asked for anew with another `ClusterWords`.
    """

    def __init__(self, cluster: Cluster, documents: str, words: str, routes: Sequence[str]) -> None:
        self._cluster = cluster
        self._documents, self._words = documents, words
        self._routes = routes
        self._forms: dict[str, tuple[str, ...]] = {}
        self._counts: dict[tuple[str, str], int] = {}
        self._terms: dict[str, list[str]] = {}
        self.documents_with: dict[str, int] = {}
        """In how many documents each field has any term, deleted ones included."""

    @property
    def address(self) -> ClusterAddress:
        """The address of the documents."""
        return self._cluster.address

    def learn(self, folded: Iterable[str]) -> None:
        """Have the spellings of some words at hand, in one request."""
        wanted = sorted({word for word in folded if word not in self._forms})
        for some in batched(wanted, _AT_ONCE // 10):
            found: dict[str, list[str]] = {}
            for word, form in self._search({"terms": {"folded": some}}):
                found.setdefault(word, []).append(form)
            self._forms.update({word: tuple(sorted(found.get(word, ()))) for word in some})

    def expect(self, text: str) -> None:
        """Have at hand, in two requests, what is asked of a text's words one by one when it is
        read: their spellings, those of some as one word, and what of them stands side by side."""
        typed = WORD.findall(text)[:_EXPECTED]
        spans = [typed[at : at + n] for n in range(1, MOST_PARTS + 1) for at in range(len(typed))]
        self.learn(analyse_word("".join(span))[0] for span in spans)
        row = [analyse_word(word)[0] for word in typed]
        self.count({"pairs": chain.from_iterable(map(self.pair_tokens, row, row[1:]))})

    def forms(self, folded: str) -> Sequence[str]:
        """The forms that a folded word has."""
        if folded not in self._forms:
            self.learn([folded])
        return self._forms[folded]

    def terms(self, prefix: str, most: int | None = None) -> Sequence[str]:
        """The terms that begin with `prefix`, in order: all, or the first of them."""
        if prefix not in self._terms:
            asked = {"prefix": {"folded": prefix}} if prefix else {"match_all": {}}
            self._terms[prefix] = [f"{folded} {form}" for folded, form in self._search(asked)]
        return self._terms[prefix][:most]

    def begun(self, prefix: str) -> list[str]:
        """The folded words that begin with `prefix`, in order."""
        return sorted({term.partition(" ")[0] for term in self.terms(prefix)})

    def _search(self, query: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        after: list[str] | None = None
        while True:
            body: dict[str, Any] = {
                "size": _AT_ONCE,
                "query": {"constant_score": {"filter": query}},
                "sort": ["folded", "form"],
                "track_total_hits": False,
            }
            if after is not None:
                body["search_after"] = after
            found = self._cluster.request("POST", f"{self._words}/_search", body)
            hits = hits_of(self.address, found)
            for hit in hits:
                yield self._spelling_of(hit)
            if len(hits) < _AT_ONCE:
                return
            after = value_at(self.address, hits[-1], list, "sort")

    def _spelling_of(self, hit: Mapping[str, Any]) -> tuple[str, str]:
        match hit:
            case {"_id": key, "_source": {"folded": str(folded), "form": str(form)}} if (
                key == word_id(folded, form)
            ):
                return folded, form
        raise not_as_written(self.address, named(hit))

    def count(self, tokens: Mapping[str, Iterable[str]]) -> None:
        """Have at hand in how many documents some terms stand, by field."""
        wanted = {
            field: [one for one in dict.fromkeys(of_field) if (field, one) not in self._counts]
            for field, of_field in tokens.items()
        }
        several = [(field, one) for field, of_field in wanted.items() for one in of_field]
        for some in batched(several, _TERMS_AT_ONCE):
            self._count(some)

    def _count(self, terms: Sequence[tuple[str, str]]) -> None:
        document: dict[str, list[str]] = {}
        for field, term in terms:
            document.setdefault(field, []).append(term)
        asked = {
            "doc": {field: " ".join(some) for field, some in document.items()},
            "fields": sorted(document),
            "term_statistics": True,
            **dict.fromkeys(("positions", "offsets", "payloads"), False),
        }
        body = {"docs": [{**asked, "routing": route} for route in self._routes]}
        answer = self._cluster.request("POST", f"{self._documents}/_mtermvectors", body)
        found = dict.fromkeys(terms, 0)
        sizes = dict.fromkeys(document, 0)
        for shard in objects_at(self.address, answer, "docs"):
            if "error" in shard:
                raise failure(self.address, 0, shard)
            fields = value_at(self.address, shard, dict, "term_vectors")
            for field in fields.keys() & sizes.keys():
                vectors = fields[field]
                sizes[field] += max(
                    value_at(self.address, vectors, int, "field_statistics", "doc_count"), 0
                )
                for term, known in value_at(self.address, vectors, dict, "terms").items():
                    if (field, term) in found and "doc_freq" in known:
                        found[field, term] += value_at(self.address, known, int, "doc_freq")
        self._counts.update(found)
        self.documents_with.update(sizes)

    def number(self, field: str, term: str) -> int:
        """In how many documents a term stands, deleted ones included."""
        if (field, term) not in self._counts:
            self.count({field: [term]})
        return self._counts[field, term]

    def pair_tokens(self, folded: str, other: str) -> Iterator[str]:
        """All that two folded words may be side by side."""
        for form, second in product(self.forms(folded), self.forms(other)):
            yield pair_token(form, second)

    def beside(self, folded: str, other: str) -> dict[str, int]:
        """In how many documents each spelling of two folded words stands side by side."""
        self.count({"pairs": self.pair_tokens(folded, other)})
        found = {
            f"{form} {second}": self.number("pairs", pair_token(form, second))
            for form, second in product(self.forms(folded), self.forms(other))
        }
        return {forms: number for forms, number in found.items() if number}


def batched(several: Iterable[_Item], most: int) -> Iterator[list[_Item]]:
    """Lists of so many of them at most."""
    left = iter(several)
    while some := [*islice(left, most)]:
        yield some


class KnownWords(Mapping[str, int]):
    """All folded words of letters, each with about how many documents have it, when asked."""

    def __init__(self, words: ClusterWords) -> None:
        self._words = words
        self._all = {folded for folded in words.begun("") if folded.isalpha()}

    def __getitem__(self, folded: str) -> int:
        if folded not in self._all:
            raise KeyError(folded)
        forms = [spelling(form) for form in self._words.forms(folded)]
        self._words.count({"words": forms})
        return sum(self._words.number("words", form) for form in forms)

    def __iter__(self) -> Iterator[str]:
        return iter(self._all)

    def __contains__(self, folded: object) -> bool:
        return folded in self._all

    def __len__(self) -> int:
        return len(self._all)


class ClusterVocabulary:
    """The words of a cluster, for those who mend a query (`indexer.query.vocabulary`)."""

    def __init__(self, words: ClusterWords) -> None:
        self._words = words
        self._known: KnownWords | None = None

    @property
    def known(self) -> Mapping[str, int]:
        """Folded word → about how many documents have it."""
        if self._known is None:
            self._known = KnownWords(self._words)
        return self._known

    def written(self, folded: str) -> str:
        """The commonest spelling of a folded word."""
        forms: Collection[str] = self._words.forms(folded)
        self._words.count({"words": map(spelling, forms)})
        best = max(
            forms,
            key=lambda form: self._words.number("words", spelling(form)),
            default=folded + "0",
        )
        return spell(best) if is_syllable(best) else best.rstrip("0123456789")
