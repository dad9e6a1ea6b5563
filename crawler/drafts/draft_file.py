"""A description as a file: TOML with a comment on every guess."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from archive.ground.message import Message

Line: TypeAlias = "str | Message"
"""A line of a description; a message is a comment."""


@dataclass
class DraftEra:
    """The keys of an era by their tables, each with what was concluded from."""

    tables: dict[str, list[tuple[str, list[str] | str | int, Message | None]]] = field(
        default_factory=dict
    )

    def say(
        self,
        table: str,
        key: str,
        value: Sequence[str] | str | int,
        why: Message | None = None,
    ) -> None:
        """Put a key in, unless there is nothing to say."""
        if value or isinstance(value, int):
            given = value if isinstance(value, (str, int)) else list(value)
            self.tables.setdefault(table, []).append((key, given, why))

    def lines(self) -> list[Line]:
        """The lines of the era."""
        found: list[Line] = ["[[eras]]"]
        for table, keys in self.tables.items():
            found += ["", f"[eras.{table}]"]
            for key, value, why in keys:
                if why:
                    found.append(why)
                found.append(f"{key} = {toml(value)}")
        return found


@dataclass(frozen=True, slots=True)
class Choice:
    """A doubt that a person can settle: a question, and answers with the line that each stands for.

    The first answer is what was taken.
    """

    question: Message
    answers: tuple[tuple[Message, str], ...]

    def settle(self, lines: Sequence[Line], number: int) -> list[Line]:
        """A description's lines with the line of another answer, by its number from 0 on."""
        taken, wanted = self.answers[0][1], self.answers[number][1]
        return [wanted if line == taken else line for line in lines]


def as_text(lines: Iterable[Line], words: Callable[[Message], str]) -> str:
    """A description as a file holds it; `words` puts a comment into the reader's language."""
    written = (line if isinstance(line, str) else f"# {words(line)}" for line in lines)
    return "\n".join(written) + "\n"


def without_comments(lines: Iterable[Line]) -> str:
    """A description as a program reads it."""
    return "\n".join(line for line in lines if isinstance(line, str))


def toml(value: Sequence[str] | str | int) -> str:
    """A text, texts, or a number as TOML has them."""
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if len(value) == 1:
        return toml(value[0])
    return f"[{', '.join(toml(one) for one in value)}]"
