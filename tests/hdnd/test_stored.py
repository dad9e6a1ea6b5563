"""Words that an archive has stored in English are read in Vietnamese."""

from __future__ import annotations

import pytest

from archive.model import CHALLENGED, CUT_SHORT, Outcome, PageKind
from crawler.frontier.entries import EntryKind
from crawler.sessions.stop_policy import StopReason
from crawler.sites.platforms import described_platform, platform_names
from hdnd.messages.stored import FORMS, stored_words
from support.codes import values_of, words


def test_every_form_has_its_words_and_no_words_are_without_a_form() -> None:
    known = words("vi", "stored")
    assert set(known) == set(FORMS)
    assert len(set(FORMS)) == len(FORMS)
    assert {form: values_of(form) for form in FORMS} == {
        form: values_of(said) for form, (said,) in known.items()
    }


@pytest.mark.parametrize("kind", [Outcome, PageKind, StopReason, EntryKind])
def test_the_closed_words_of_the_format_are_known(kind: type) -> None:
    assert [word for word in kind if word.value not in FORMS] == []


def test_what_is_untried_of_a_platform_is_known() -> None:
    untried = [one for name in platform_names() for one in described_platform(name).untried]
    assert [one for one in untried if one not in FORMS] == []


@pytest.mark.parametrize(
    ("stored", "read"),
    [
        ("wording, number: added “error”", "câu chữ, con số: thêm “error”"),
        ("name: “An” → “date”", "tên: “An” → “date”"),
        ("the server answered 404", "máy chủ trả lời 404"),
        (CHALLENGED, "nhận được trang đòi kiểm tra trình duyệt trước"),
        (f"{CUT_SHORT} (time)", "phản hồi bị cắt cụt (quá lâu)"),
        (f"{CUT_SHORT} (1,204 of 88,000 bytes)", "phản hồi bị cắt cụt (1.204 trên 88.000 byte)"),
        ("TooMuch: a letter of the page has more than 40 marks", "có chữ cái mang hơn 40 dấu"),
        (
            "the site's description does not fit the page: no title, no body",
            "mô tả cổng thông tin không khớp với trang: không thấy tên bài, nội dung",
        ),
        ("3 of 10 pages", "3 trên 10 trang"),
        ("KeyError: what nobody foresaw", "KeyError: what nobody foresaw"),
    ],
)
def test_stored_words_are_read_with_their_values(stored: str, read: str) -> None:
    assert stored_words(stored, "vi") == read
    assert stored_words(stored, "en") == stored
