"""Who held an office before the one who is given it."""

import pytest

from council import VersionPassage, VersionText, facts_of
from support.scoring import lines as told

REPLACED = "Bà Lộc Thị Thu được bầu làm Chủ tịch UBND tỉnh thay ông Phó Đức Nhuận."


@pytest.mark.parametrize(
    ("text", "posts"),
    [
        (
            "Ông Phó Đức Nhuận được bầu làm Chủ tịch UBND tỉnh thay ông Hà Kiên Định.",
            [
                "Hà Kiên Định: Chủ tịch UBND tỉnh (former)",
                "Phó Đức Nhuận: Chủ tịch UBND tỉnh (elected)",
            ],
        ),
        (
            "Sáng 2/7, Bí thư Tỉnh ủy trao quyết định bổ nhiệm ông Phó Đức Nhuận giữ chức Giám đốc"
            " Sở Nội vụ nhiệm kỳ 2021-2026, thay thế bà Lộc Thị Thu nghỉ hưu theo chế độ.",
            [
                "Lộc Thị Thu: Giám đốc Sở Nội vụ (former)",
                "Phó Đức Nhuận: Giám đốc Sở Nội vụ",
            ],
        ),
        (
            "Ông Phó Đức Nhuận được bổ nhiệm làm Bí thư Tỉnh ủy thay người tiền nhiệm là"
            " ông Hà Kiên Định.",
            [
                "Hà Kiên Định: Bí thư Tỉnh ủy (former)",
                "Phó Đức Nhuận: Bí thư Tỉnh ủy",
            ],
        ),
        (
            "Thiếu tướng Phó Đức Nhuận được bổ nhiệm làm Giám đốc Công an tỉnh thay đại tá Hà Kiên"
            " Định.",
            [
                "Hà Kiên Định: Giám đốc Công an tỉnh (former)",
                "Phó Đức Nhuận: Giám đốc Công an tỉnh",
            ],
        ),
        (
            "Ông Phó Đức Nhuận - tân Bí thư Tỉnh ủy thay thế ông Hà Kiên Định.",
            [
                "Hà Kiên Định: Bí thư Tỉnh ủy (former)",
                "Phó Đức Nhuận: Bí thư Tỉnh ủy",
            ],
        ),
        (
            "HĐND bầu ông Phó Đức Nhuận thay ông Hà Kiên Định giữ chức Chủ tịch UBND tỉnh.",
            [
                "Hà Kiên Định: Chủ tịch UBND tỉnh (former)",
                "Phó Đức Nhuận: Chủ tịch UBND tỉnh (elected)",
            ],
        ),
        (
            "Thành ủy giới thiệu ông Phó Đức Nhuận để bầu giữ chức Chủ tịch UBND tỉnh thay ông Hà"
            " Kiên Định.",
            ["Phó Đức Nhuận: Chủ tịch UBND tỉnh (candidate)"],
        ),
        (
            "Ông Phó Đức Nhuận, Phó Chủ tịch UBND tỉnh, chủ trì hội nghị thay ông Hà Kiên Định.",
            ["Phó Đức Nhuận: Phó Chủ tịch UBND tỉnh"],
        ),
        (
            "Ông Phó Đức Nhuận, Phó Chủ tịch UBND tỉnh, thay ông Hà Kiên Định trả lời cử tri.",
            ["Phó Đức Nhuận: Phó Chủ tịch UBND tỉnh"],
        ),
    ],
)
def test_who_is_replaced_in_an_office_held_it(text, posts):
    assert sorted(told("post", text)) == sorted(posts)


def test_that_somebody_held_it_is_inferred_and_says_by_which_rule():
    facts = facts_of(VersionText((VersionPassage("body", 0, REPLACED),)))
    held = [fact for fact in facts if fact.kind == "post" and fact.value.status == "former"]
    assert [(fact.rule, fact.stated) for fact in held] == [("post-succeeded", False)]


def test_whoever_is_replaced_is_not_dismissed_by_that():
    assert told("personnel", REPLACED) == ["elected Lộc Thị Thu: Chủ tịch UBND tỉnh"]
