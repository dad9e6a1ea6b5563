"""Every spelling that folds alike: which comes first, and that none is lost."""

from __future__ import annotations

import random
from collections import defaultdict
from pathlib import Path

import pytest

from indexer import Document, SearchIndex
from indexer.language.syllables import _ONSETS, _RHYMES, is_syllable, spell
from indexer.language.vietnamese import analyse_word, fold


def all_groups() -> list[list[str]]:
    """All possible syllables, as forms, in groups that fold alike."""
    groups: dict[str, set[str]] = defaultdict(set)
    for onset in _ONSETS:
        for rhyme in _RHYMES:
            for tone in "012345":
                form = onset + rhyme + tone
                if is_syllable(form) and analyse_word(spell(form))[1] == form:
                    groups[fold(onset + rhyme)].add(form)
    return [sorted(forms) for _, forms in sorted(groups.items()) if len(forms) > 1]


def tier(form: str, typed: str) -> int:
    """By the definition: as typed; every mark typed is there; the same letters."""
    if form == typed:
        return 0
    letters = zip(form[:-1], typed[:-1], strict=True)
    same = all(mine == theirs or fold(mine) == theirs for mine, theirs in letters)
    return 1 if same and typed[-1] in ("0", form[-1]) else 2


def check(groups: list[list[str]], path: Path) -> None:
    """For each spelling as a query: the others in the order of their tiers, none missing.

    The worse a spelling's place should be, the better its document is by every other measure.
    """
    documents = [
        Document(form, spell(form), None, (spell(form) + " ",) * 3, None, "s", None, "u")
        for forms in groups
        for form in forms
    ]
    with SearchIndex.replace(path, documents) as index:
        for forms in groups:
            for typed in forms:
                hits = index.search(spell(typed), limit=100).hits
                found = [hit.id for hit in hits if fold(hit.id[:-1]) == fold(typed[:-1])]
                assert sorted(found) == forms, typed
                tiers = [tier(form, typed) for form in found]
                assert tiers == sorted(tiers), (typed, found)
                assert found[0] == typed


def test_exact_first_then_compatible_then_folded_for_a_sample_of_syllables(tmp_path: Path) -> None:
    groups = random.Random(1945).sample(all_groups(), 60)
    check(groups, tmp_path / "index")


@pytest.mark.soak
def test_exact_first_then_compatible_then_folded_for_all_syllables(tmp_path: Path) -> None:
    check(all_groups(), tmp_path / "index")
