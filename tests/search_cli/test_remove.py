"""`hdnd remove` asks once more, and a mistyped answer removes nothing."""

import sys
from io import StringIO
from pathlib import Path

import click
import pytest

from search_cli.commands import remove
from support.hdnd import run_hdnd


def test_where_nobody_can_be_asked_it_needs_to_be_told(tmp_path: Path) -> None:
    done = run_hdnd("remove", "mau-1", "--reason", "x", home=tmp_path)
    assert (done.status, done.out) == (2, "")
    assert "--yes" in done.err


@pytest.mark.parametrize("typed", ["mau-2", "", "yes"])
def test_another_id_than_the_one_named_removes_nothing(
    typed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal(StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stdin", Terminal(f"{typed}\n"))
    with pytest.raises(click.UsageError, match="Nothing was removed"):
        remove._ask("mau-1")
    monkeypatch.setattr(sys, "stdin", Terminal(" mau-1 \n"))
    remove._ask("mau-1")
