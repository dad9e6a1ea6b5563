"""Writes the table of rules into docs/facts.md: `python -P tests/support/rules_table.py`."""

from __future__ import annotations

import re
from pathlib import Path

from council.rules import RULES

PAGE = Path(__file__).parents[2] / "docs" / "facts.md"
_TABLE = re.compile(r"(?s)(?<=## Rules\n\n).*?(?=\n## |\Z)")


def table() -> str:
    """The table, a row a rule."""
    rows = "".join(f"| `{name}` | {reads} |\n" for name, reads in RULES.items())
    return f"| rule | reads |\n|---|---|\n{rows}"


def page() -> str:
    """The whole page with the table of now."""
    return _TABLE.sub(lambda _: table(), PAGE.read_text(encoding="utf-8"))


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
