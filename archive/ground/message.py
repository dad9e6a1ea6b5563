"""What is to be said to a person, as a value: a code, and the facts that belong into the words.

Only faces speak. Below them a message is told by its code; `hdnd.messages` has the words for each,
in every language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import PurePath
    from typing import TypeAlias

    Value: TypeAlias = "str | int | float | date | PurePath | Message | Sequence[Value]"
    """What a message can hold: text as it is, numbers, days and instants, paths, messages, and
    rows of them."""


class Message:
    """A code such as `archive.file-lost`, and its values by name.

    The code begins with the package whose message it is. A value named `count` chooses between the
    singular and the plural.
    """

    __slots__ = ("code", "values")

    def __init__(self, code: str, /, **values: Value) -> None:
        self.code = code
        self.values = values

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Message) and (self.code, self.values) == (other.code, other.values)

    def __hash__(self) -> int:
        return hash((self.code, tuple(self.values)))

    def __repr__(self) -> str:
        return f"Message({', '.join([repr(self.code), *_named(self.values)])})"

    def __str__(self) -> str:
        """For logs and tracebacks: the code with its values."""
        return " ".join([self.code, *_named(self.values)])


def _named(values: dict[str, Value]) -> list[str]:
    return [f"{name}={value!r}" for name, value in values.items()]
