"""How many steps it takes to read the facts of an article, counted in a process of its own.

    python -P tests/support/reading_steps.py < article.json

Not in that of the tests: where an exception was set for a thread that had ended by then, as
the time limit of a server may, CPython 3.11 does not get past the next call that is profiled.
"""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date

from council import Council, VersionPassage, VersionText, facts_of

COUNCIL = Council("quận", "Lam Khê")


def version(*paragraphs: str, lead: str = "") -> VersionText:
    """An article with these paragraphs, and a lead before them."""
    first = [VersionPassage("title", 0, "Tin")]
    if lead:
        first.append(VersionPassage("lead", 0, lead))
    body = (VersionPassage("body", number, text) for number, text in enumerate(paragraphs))
    return VersionText((*first, *body), date(2019, 3, 13), COUNCIL)


def steps(*paragraphs: str, lead: str = "") -> int:
    """How many calls and returns it takes to read them, those of generators and of C among them."""
    line = [sys.executable, "-P", __file__]
    article = json.dumps({"paragraphs": paragraphs, "lead": lead})
    ran = subprocess.run(line, input=article, capture_output=True, check=True, text=True)
    return int(ran.stdout)


def _counted(paragraphs: list[str], lead: str) -> int:
    text, taken = version(*paragraphs, lead=lead), 0

    def count(*_: object) -> None:
        nonlocal taken
        taken += 1

    facts_of(version(paragraphs[0]))
    sys.setprofile(count)
    facts_of(text)
    sys.setprofile(None)
    return taken


if __name__ == "__main__":
    print(_counted(**json.load(sys.stdin)))
