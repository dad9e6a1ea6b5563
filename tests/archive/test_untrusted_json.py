"""JSON of strangers: what is none, or too deep to be read, is a `ValueError`."""

from __future__ import annotations

import pytest

from archive.ground.untrusted_json import parsed_json


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, '{"a":' * 100_000, b"\xff"])
def test_what_cannot_be_read_is_a_value_error(text: str | bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        parsed_json(text)


def test_what_can_be_read_is_its_value() -> None:
    assert parsed_json('{"a": [1]}') == {"a": [1]}
