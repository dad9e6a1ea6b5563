"""The bench runs, so that its claims can be checked; what it measures is of no concern here."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

BENCH = Path(__file__).parents[1] / "bench"


def run(folder: Path, *options: str | Path) -> str:
    """The page that a quick run of the bench writes."""
    page = folder / "RESULTS.md"
    command = [sys.executable, BENCH / "run.py", "--quick", "--work", folder, "--output", page]
    subprocess.run([*command, *options], check=True, cwd=folder)
    return page.read_text(encoding="utf-8")


def test_the_smallest_bench_writes_a_page_of_results(tmp_path: Path) -> None:
    text = run(tmp_path, "--sizes", "60", "--only", "indexing,pages,cold")
    assert "faster than stock Whoosh by" in text
    assert "× SQLite FTS5" in text
    assert "ten highlighted answers" in text


def test_a_corpus_of_ones_own_is_measured_as_far_as_it_goes(tmp_path: Path) -> None:
    file = tmp_path / "mine.jsonl"
    article = {"title": "Họp tổ", "body": "Tổ họp.\nHai tổ.", "date": "2024-02-05T08:00:00+07:00"}
    file.write_text("\n".join([json.dumps(article)] * 30), encoding="utf-8")
    text = run(tmp_path, "--corpus", file, "--sizes", "20,100", "--only", "indexing")
    assert "indexing 20 documents" in text
    assert "indexing 30 documents" in text
