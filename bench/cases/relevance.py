"""What the first ten answers hold: words of two syllables, with their marks and without."""

from __future__ import annotations

import json

import engines
import relevance
from figures import Findings, Line, Table, shown
from plan import SEED, Plan
from process import work
from tokens import bare

_WORDS = 100
_FIRST = 10


def measure(plan: Plan) -> Findings:
    """The share of the first ten that have the syllables side by side, beside SQLite's bm25."""
    drawn = relevance.words(plan.corpus(plan.full), _WORDS, SEED)
    lines, rows = [], []
    for engine in ("ours", "sqlite"):
        for marked in (True, False):
            asked = [word.written if marked else bare(word.written) for word in drawn]
            index = plan.index(engine, plan.full)
            found = work("first", engine, index, json.dumps(asked), str(marked)).answer()
            good = [
                len((word.meant if marked else word.alike).intersection(ids)) / _FIRST
                for word, ids in zip(drawn, found, strict=True)
            ]
            meant = [
                len(word.meant.intersection(ids)) / _FIRST
                for word, ids in zip(drawn, found, strict=True)
            ]
            share = sum(good) / len(good)
            how = "with marks" if marked else "without marks"
            if engine == "ours":
                what = f"first ten of {_WORDS} words {how}, {plan.full:,} documents, side by side"
                limit = 0.98 if marked else 0.97
                key = f"first-ten-{'marked' if marked else 'unmarked'}"
                line = Line(key, what, f"≥ {limit}", limit, [share], at_least=True, unit="")
                lines.append(line)
            row = (
                engines.NAMES[engine],
                how,
                shown(share),
                str(good.count(0)),
                shown(sum(meant) / len(meant)),
            )
            rows.append(row)
    header = ("first ten", "asked", "side by side", "words with none", "the word meant")
    return Findings(lines, [Table(f"Relevance, {plan.full:,} documents", header, rows)], [])
