"""The bench runs, so that its claims can be checked; what it measures is of no concern here."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

BENCH = Path(__file__).parents[1] / "bench"


def test_the_smallest_bench_writes_a_page_of_results(tmp_path: Path) -> None:
    page = tmp_path / "RESULTS.md"
    command = [sys.executable, BENCH / "run.py", "--quick", "--sizes", "60"]
    subprocess.run(
        [*command, "--only", "indexing,pages,cold", "--work", tmp_path, "--output", page],
        check=True,
        cwd=tmp_path,
    )
    text = page.read_text(encoding="utf-8")
    assert "faster than stock Whoosh by" in text
    assert "× SQLite FTS5" in text
    assert "ten highlighted answers" in text
