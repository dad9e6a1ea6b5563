"""What a store that is full says is told as that."""

from __future__ import annotations

import pytest

from archive.objects.client import does_not_do_it
from archive.objects.facts import parse_address
from support.codes import english


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("<Error><Code>InsufficientStorage</Code></Error>", "make room"),
        ("<Error><Code>XMinioStorageFull</Code></Error>", "make room"),
        ("Server returned non-2xx status code: 507 Insufficient Storage", "make room"),
        ("<Error><Code>InternalError</Code></Error>", "AWS_ENDPOINT_URL"),
        ("<Error><Code>RequestTimeTooSkewed</Code></Error>", "clock"),
    ],
)
def test_the_way_out_is_of_what_the_store_says(said: str, told: str) -> None:
    error = does_not_do_it(parse_address("s3://hdnd/x"), OSError(said))
    assert told in english(error.hint)
