"""Documents as strings of tokens, which a cluster takes in as they are, and back.

Positions are set apart by blanks. At each stand all of its terms, a term as its folded letters and,
behind a colon, its form: `hoi|:hôi5 dong|:đông2`. A position without any, as after each line, is
`~`; one in the title has a `^` as well. So a query for letters and one for a spelling are each one
term of the cluster.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from indexer.documents import Document
from indexer.engines.local.storage.pairs import by_position, pairs_of
from indexer.language.occurrences import analyse_document

GAP = "~"
IN_TITLE = "^"
NOT_BEHIND_IT = "!"
"""Before a pair of words that a document has in its title alone."""

_LONGEST = 500
"""What has more letters is no word here: a cluster takes no term of more than 32 KB."""


class TokenStrings(NamedTuple):
    """What a cluster is given of a document's text.

    `words` are all positions, `title` and `lead` those of these zones; `pairs` what stands side by
    side. `zones` are where title, lead and body end, `terms` all terms (folded letters, form).
    """

    words: str
    title: str
    lead: str
    pairs: str
    zones: tuple[int, int, int]
    terms: list[tuple[str, str]]


def token_strings(document: Document) -> TokenStrings:
    """The tokens of a document whose text is in one form (`stored_documents.normalised`)."""
    found = analyse_document(document.title, document.lead, document.body)
    _, lead, body, end = found.zones
    positions: list[list[str]] = [[] for _ in range(end)]
    terms = []
    for key, (_, places) in found.terms.items():
        folded, _, form = key.decode().partition(" ")
        if len(folded) > _LONGEST:
            continue
        terms.append((folded, form))
        token = f"{folded}|{spelling(form)}"
        for place in places:
            positions[place].append(token)
    joined = ["|".join(here) or GAP for here in positions]
    pairs: list[str] = []
    for pair, counts in pairs_of(by_position(found)).items():
        (folded, _, form), (beside, _, other) = (term.decode().partition(" ") for term in pair)
        if max(len(folded), len(beside)) > _LONGEST:
            continue
        token = pair_token(form, other)
        pairs.append(token)
        if counts >> 6:
            pairs.append(IN_TITLE + token)
            if not counts & 0b00_11_1111:
                pairs.append(NOT_BEHIND_IT + token)
    title = " ".join(joined[:lead])
    words = " ".join(
        [*(f"{IN_TITLE}|{here}" if here != GAP else GAP for here in joined[:lead]), *joined[lead:]]
    )
    return TokenStrings(
        words, title, " ".join(joined[lead:body]), " ".join(pairs), (lead, body, end), terms
    )


def spelling(form: str) -> str:
    """The token of a form."""
    return f":{form}"


def pair_token(form: str, other: str) -> str:
    """The token of two spellings side by side."""
    return f"{spelling(form)}{spelling(other)}"


def terms_at(token: str) -> Iterator[tuple[str, str]]:
    """The terms (folded letters, form) of one position. Raises `ValueError` for what is none."""
    parts = token.removeprefix(f"{IN_TITLE}|").split("|")
    for folded, form in zip(parts[::2], parts[1::2], strict=True):
        if not form.startswith(":"):
            raise ValueError(token)
        yield folded, form[1:]


def as_position(tokens: Iterable[str]) -> str:
    """Tokens any of which may stand at one position, as a query has them."""
    return "|".join(tokens)
