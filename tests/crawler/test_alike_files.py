"""When files that became one and the same are doubted."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from archive.model import Capture, Page, PageKind, Role
from crawler.sessions.alike_files import AlikeFiles

CAPTURE = Capture(
    seq=0,
    record_id="<urn:x>",
    run="r",
    site="mau",
    url="https://mau.example/a",
    role=Role.ATTACHMENT,
    captured_at=datetime(2024, 1, 1, tzinfo=UTC),
    status=200,
    media_type="application/pdf",
    payload_digest="new",
    payload_length=1,
    refers_to=None,
    truncated=None,
    segment="s",
    offset=0,
    length=1,
)


def doubted(
    befores: list[str | None],
    *,
    kind: PageKind = PageKind.FILE,
    role: Role = Role.ATTACHMENT,
    quarantined: tuple[str, ...] = (),
) -> list[int]:
    """The numbers of the captures that are doubted when files became one, one after the other."""
    files = AlikeFiles(
        before=lambda capture, page: befores[capture.seq], is_doubted=quarantined.__contains__
    )
    return [
        one.seq
        for seq in range(len(befores))
        for one in files.saw(
            replace(CAPTURE, seq=seq, role=role), Page(kind, f"https://mau.example/{seq}")
        )
    ]


def test_files_that_were_different_and_are_one_are_doubted_all_of_them_once() -> None:
    assert doubted(list("abcdefg")) == [0, 1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(
    "befores",
    [
        list("abcd"),  # a few
        list("aaaaaaaa"),  # copies of one file, changed together
        ["new"] * 8,  # unchanged
        [None] * 8,  # new: a picture that many articles have
    ],
)
def test_files_that_may_well_be_one_are_not_doubted(befores: list[str | None]) -> None:
    assert doubted(befores) == []


def test_one_more_of_what_was_doubted_before_is_enough() -> None:
    assert doubted(["a"], quarantined=("new",)) == [0]


@pytest.mark.parametrize(
    ("kind", "role"), [(PageKind.SOFT_404, Role.IMAGE), (PageKind.FILE, Role.ARTICLE)]
)
def test_what_is_no_file_says_nothing_of_files(kind: PageKind, role: Role) -> None:
    assert doubted(list("abcdefg"), kind=kind, role=role) == []
