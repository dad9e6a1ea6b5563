"""A description as a file: TOML with a comment on every guess."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass
class DraftEra:
    """The keys of an era by their tables, each with what was concluded from."""

    tables: dict[str, list[tuple[str, list[str] | str | int, str]]] = field(default_factory=dict)

    def say(self, table: str, key: str, value: Sequence[str] | str | int, why: str = "") -> None:
        """Put a key in, unless there is nothing to say."""
        if value or isinstance(value, int):
            given = value if isinstance(value, (str, int)) else list(value)
            self.tables.setdefault(table, []).append((key, given, why))

    def lines(self) -> list[str]:
        """The lines of the era."""
        found = ["[[eras]]"]
        for table, keys in self.tables.items():
            found += ["", f"[eras.{table}]"]
            for key, value, why in keys:
                if why:
                    found.append(f"# {why}")
                found.append(f"{key} = {toml(value)}")
        return found


@dataclass(frozen=True, slots=True)
class Choice:
    """A doubt that a person can settle: a question, and answers with the line that each stands for.

    The first answer is what was taken.
    """

    question: str
    answers: tuple[tuple[str, str], ...]

    def settle(self, text: str, number: int) -> str:
        """A description's text with the line of another answer, by its number from 0 on."""
        return text.replace(f"\n{self.answers[0][1]}\n", f"\n{self.answers[number][1]}\n", 1)


def toml(value: Sequence[str] | str | int) -> str:
    """A text, texts, or a number as TOML has them."""
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if len(value) == 1:
        return toml(value[0])
    return f"[{', '.join(toml(one) for one in value)}]"
