"""The words that an index has, for those who mend a query."""

from __future__ import annotations

from functools import cached_property

from indexer.engines.local.storage.segments import Segment


class LocalVocabulary:
    """The words that an index has."""

    def __init__(self, segments: list[Segment]) -> None:
        self._segments = segments

    @cached_property
    def known(self) -> dict[str, int]:
        """Folded word → about how many documents have it."""
        counts: dict[str, int] = {}
        for segment in self._segments:
            for key, documents in segment.vocabulary():
                folded = key.partition(" ")[0]
                if folded.isalpha():
                    counts[folded] = counts.get(folded, 0) + documents
        return counts

    def written(self, folded: str) -> str:
        """The commonest spelling of a folded word."""
        from indexer.language.syllables import is_syllable, spell

        forms: dict[str, int] = {}
        for segment in self._segments:
            for form in segment.forms(folded):
                count = segment.postings(f"{folded} {form}").number
                forms[form] = forms.get(form, 0) + count
        best = max(forms, key=lambda form: forms[form], default=folded + "0")
        return spell(best) if is_syllable(best) else best.rstrip("0123456789")
