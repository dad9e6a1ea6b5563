"""`python bench/run.py`: measure, and write RESULTS.md. See README.md beside this file."""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

import corpus
import report
from cases import CASES
from plan import Plan

_HERE = Path(__file__).parent
_SIZES = (2_000, 20_000, 100_000)
_QUICK_SIZES = (2_000,)
_REAL = Path(os.environ.get("HDND_SHARED", _HERE.parent / "../shared"), "corpus/news-vi.jsonl.gz")
"""Real text, which is no part of the project; made text says little of what belongs together."""


def main() -> None:
    """Run the cases that were asked for and write the page anew."""
    asked = _arguments()
    plan = _plan(asked)
    plan.folder.mkdir(parents=True, exist_ok=True)
    kept = plan.folder / "findings"
    for name in asked.only:
        began = time.monotonic()
        print(f"{name} …", file=sys.stderr, flush=True)
        findings = CASES[name](plan)
        report.save(findings, kept / f"{name}.json", time.strftime("%Y-%m-%d %H:%M"))
        print(f"{name}: {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    there = {name: kept / f"{name}.json" for name in CASES}
    found = {name: report.load(path) for name, path in there.items() if path.exists()}
    report.write(asked.output, found)
    print(asked.output)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure hdnd beside others.")
    parser.add_argument("--quick", action="store_true", help="few rounds, few documents")
    parser.add_argument("--sizes", type=_numbers, help="documents: small,full,large")
    parser.add_argument("--corpus", type=Path, metavar="FILE", help="JSON lines to use instead")
    parser.add_argument("--made", action="store_true", help="made text, where real text is there")
    parser.add_argument(
        "--only", type=_cases, default=tuple(CASES), metavar="CASE,…", help=", ".join(CASES)
    )
    parser.add_argument("--work", type=Path, default=_HERE / ".work", help="folder for the data")
    parser.add_argument("--output", type=Path, default=_HERE / "RESULTS.md")
    return parser.parse_args()


def _plan(asked: argparse.Namespace) -> Plan:
    sizes = asked.sizes or (_QUICK_SIZES if asked.quick else _SIZES)
    given = asked.corpus or _REAL
    source = given.resolve() if given.exists() and not asked.made else None
    if asked.corpus and source:
        # One's own corpus is measured as far as it goes.
        held = corpus.held(source)
        sizes = tuple(dict.fromkeys(min(size, held) for size in sizes))
    folder = asked.work.resolve() / (source.name.partition(".")[0] if source else "made")
    if asked.quick:
        return Plan(
            folder=folder,
            sizes=sizes,
            corpus_file=source,
            rounds=2,
            cold_rounds=2,
            nights=3,
            per_kind=3,
            crawl_articles=40,
            crawl_rounds=1,
            long_crawl_articles=0,
        )
    return Plan(
        folder=folder,
        sizes=sizes,
        corpus_file=source,
        rounds=5,
        cold_rounds=15,
        nights=30,
        per_kind=40,
        crawl_articles=800,
        crawl_rounds=5,
        long_crawl_articles=19_500,
    )


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split(","))


def _cases(text: str) -> tuple[str, ...]:
    names = tuple(text.split(","))
    if unknown := [name for name in names if name not in CASES]:
        raise argparse.ArgumentTypeError(f"no case is called {', '.join(unknown)}")
    return names


if __name__ == "__main__":
    main()
