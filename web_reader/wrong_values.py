"""A value of an address that cannot be read: told with its name and what it could be."""

from __future__ import annotations

from collections.abc import Sequence

from werkzeug.exceptions import BadRequest


class WrongValue(BadRequest):
    """`expected` says in a word what the value of `parameter` should be: `day`, `number` (from 1 to
    `most`), `one-of` (`known`), `flag`, `term`, `filter`, `time`, `address`.
    """

    def __init__(
        self, parameter: str, expected: str, *, known: Sequence[str] = (), most: int = 0
    ) -> None:
        self.parameter, self.expected, self.known, self.most = (
            parameter,
            expected,
            tuple(known),
            most,
        )
        super().__init__(f"{parameter}: {self._detail()}")

    def _detail(self) -> str:
        """The same for a program."""
        return {
            "day": "a day, month or year, such as 17/8/2020, 8/2020, 2020 or 2020-08-17",
            "number": f"a whole number from 1 to {self.most}",
            "one-of": f"one of {', '.join(self.known)}",
            "flag": "1, or nothing",
            "term": "the number of a term or its years, such as 20, XX or 2021-2026",
            "filter": "FIELD:TEXT, =FIELD:TEXT or ~FIELD:PATTERN (letters, ., .* and |), any with"
            f" a ! before it; FIELD is one of {', '.join(self.known)}",
            "time": "4 to 14 digits of a time, YYYYMMDDhhmmss",
            "address": "a URL",
        }[self.expected]
