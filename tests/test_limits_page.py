"""The page of limits says what the program does: each number is the one in the code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[1] / "docs" / "limits.md"
UNITS = {"KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30, "s": 1, "h": 3600}
ROW = re.compile(r"\| (?P<what>.+?) \| (?P<limit>[\d,]+) ?(?P<unit>\w*) \| .+ \| `(?P<name>.+)` \|")


def rows() -> Iterator[tuple[str, str, str, str]]:
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if found := ROW.fullmatch(line):
            yield found["name"], found["limit"], found["unit"], found["what"]


@pytest.mark.parametrize(("name", "limit", "unit", "what"), list(rows()))
def test_a_limit_is_the_one_in_the_code(name: str, limit: str, unit: str, what: str) -> None:
    module, _, constant = name.rpartition(".")
    value = getattr(import_module(module), constant)
    assert value == int(limit.replace(",", "")) * UNITS.get(unit, 1), what


def test_every_row_is_compared() -> None:
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    told = [line for line in lines if line.startswith("| ") and not line.startswith("| **")]
    assert len(told) - 1 == len(list(rows()))
