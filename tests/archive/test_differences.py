from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime

import pytest

from archive.catalogue.version_identity import content_digest, plain
from archive.history.differences import ArticlePart, compare, difference
from archive.model import Article, Attachment, Block


def changes_of(old: str, new: str) -> list[tuple[str, str, tuple[str, ...]]]:
    return [
        (piece.removed.strip(), piece.added.strip(), tuple(kind.value for kind in piece.kinds))
        for piece in compare(old, new)
        if piece.kinds
    ]


def story(*texts: str, **more: object) -> Article:
    given: dict[str, object] = {
        "asset_id": "1",
        "title": "Kỳ họp",
        "blocks": tuple(map(Block, texts)),
    }
    return Article(**(given | more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("Có 12 đại biểu dự.", "Có 15 đại biểu dự.", "number"),
        ("kinh phí 1.250 triệu đồng", "kinh phí 1.350 triệu đồng", "number"),
        ("có 15/20 đại biểu tán thành", "có 16/20 đại biểu tán thành", "number"),
        ("đạt 12% kế hoạch", "đạt 12,5% kế hoạch", "number"),
        ("HĐND quận khóa XIX", "HĐND quận khóa XX", "number"),
        ("Sáng 05/02/2024, HĐND họp", "Sáng 06/02/2024, HĐND họp", "date"),
        ("họp ngày 5 tháng 8 năm 2020", "họp ngày 6 tháng 8 năm 2020", "date"),
        ("trong tháng 7/2021 và", "trong tháng 8/2021 và", "date"),
        ("từ 17h30 đến tối", "từ 17h45 đến tối", "date"),
        ("lúc 8 giờ 30 tại", "lúc 9 giờ 30 tại", "date"),
        ("ông Nguyễn Văn An phát biểu", "ông Nguyễn Văn Bình phát biểu", "name"),
        ("Nguyễn Văn An phát biểu", "Trần Văn An phát biểu", "name"),
        ("tại phường Lò Gốm", "tại phường Lò Chum", "name"),
        ("Các đại biểu nhất trí", "Những đại biểu nhất trí", "wording"),
        ("đại biểu nhất trí", "đại biểu không nhất trí", "wording"),
        ("bàn về ma túy", "bàn về mà túy", "wording"),
        ("THÔNG BÁO LẦN MỘT CỦA HĐND", "THÔNG BÁO LẦN HAI CỦA HĐND", "wording"),
        ("họp, bàn", "họp; bàn", "wording"),
        ("họp , bàn", "họp, bàn", "wording"),
    ],
)
def test_a_change_is_sorted_by_what_differs(old: str, new: str, kind: str) -> None:
    ((_, _, kinds),) = changes_of(old, new)
    assert kinds == (kind,)


def test_a_change_of_two_kinds_has_both() -> None:
    assert changes_of("đã tăng 12% so với", "đã giảm 15% so với") == [
        ("tăng 12%", "giảm 15%", ("number", "wording"))
    ]


def test_only_the_words_that_differ_are_shown() -> None:
    old = "Thường trực HĐND quận giám sát tại hai phường."
    new = "Thường trực HĐND quận tái giám sát tại ba phường."
    assert changes_of(old, new) == [("", "tái", ("wording",)), ("hai", "ba", ("wording",))]


def test_the_pieces_are_both_texts() -> None:
    old, new = "Có 12 đại biểu , tại Hà Nội.", "Tại đây, có 13 đại biểu, ở Hà Nội"
    pieces = compare(old, new)
    assert "".join(piece.removed for piece in pieces) == old
    assert "".join(piece.added for piece in pieces) == new


def test_a_word_at_the_beginning_changes_nothing_of_the_rest() -> None:
    assert changes_of("quận họp", "Nay quận họp") == [("", "Nay", ("wording",))]


def test_blocks_are_aligned_before_words() -> None:
    found = difference(
        story("Đoạn mở đầu.", "Có 12 đại biểu dự họp.", "Đoạn kết."),
        story("Đoạn mở đầu.", "Một đoạn hoàn toàn mới.", "Có 15 đại biểu dự họp.", "Đoạn kết."),
    )
    added, changed = found.changes
    assert [(added.position, added.kinds), (changed.position, changed.kinds)] == [
        (2, ("wording",)),
        (3, ("number",)),
    ]


def test_a_block_of_one_number_that_changed_is_no_new_block() -> None:
    (change,) = difference(story("Số liệu", "12"), story("Số liệu", "15")).changes
    assert change.kinds == ("number",)


def test_blocks_in_another_order_are_moved_not_rewritten() -> None:
    found = difference(
        story("Một.", "Hai hai.", "Ba ba ba."), story("Ba ba ba.", "Một.", "Hai hai.")
    )
    assert found.kinds == ("order",)


def test_title_date_lead_and_attachments_are_compared_too() -> None:
    old = story("Một.", published_at=datetime(2024, 2, 5, 17, 0), lead="Mở đầu")
    new = replace(
        old,
        title="Kỳ họp thứ 5",
        published_at=datetime(2024, 2, 6, 17, 0),
        lead="Kết luận",
        attachments=(Attachment("a.pdf", "https://mau.example/a.pdf"),),
    )
    found = [(change.part, change.kinds) for change in difference(old, new).changes]
    assert found == [
        (ArticlePart.TITLE, ("number", "wording")),
        (ArticlePart.PUBLISHED, ("date",)),
        (ArticlePart.LEAD, ("wording",)),
        (ArticlePart.ATTACHMENT, ("attachment",)),
    ]


def test_a_picture_that_was_exchanged_is_one_out_and_one_in() -> None:
    old, new = (story(blocks=(Block("Ảnh", images=(url,)),)) for url in ("a.png", "b.png"))
    assert difference(old, new).kinds == ("image",)
    assert len(difference(old, new).changes) == 2


def test_a_very_long_article_is_compared_in_bounded_work() -> None:
    old = story(*(f"Đoạn cũ {n}." for n in range(1_000)))
    new = story(*(f"Dòng mới {n}!" for n in range(1_000)))
    assert len(difference(old, new).changes) == 1_000


def test_there_is_a_difference_just_where_there_are_two_versions() -> None:
    dice = random.Random(2024)
    for _ in range(3_000):
        old = _any_article(dice)
        blocks = list(old.blocks)
        dice.shuffle(blocks)
        new = dice.choice([_any_article(dice), replace(old, blocks=tuple(blocks))])
        two_versions = content_digest(old) != content_digest(new)
        assert bool(difference(old, new).changes) == two_versions, (old, new)
        for a, b in zip(old.blocks, new.blocks, strict=False):
            pieces = compare(a.text, b.text)
            assert "".join(piece.removed for piece in pieces) == plain(a.text)
            assert "".join(piece.added for piece in pieces) == plain(b.text)


_WORDS = (
    *("Hà", "Nội", "ngày", "5", "tháng", "8", "năm", "2020", ",", ".", "ông", "Nguyễn", "Văn"),
    *("An", "12%", "1.250", "đại", "biểu", "(", ")", "họp"),
)


def _any_article(dice: random.Random) -> Article:
    def block() -> Block:
        words = (dice.choice(["", " "]) + dice.choice(_WORDS) for _ in range(dice.randint(1, 8)))
        images = tuple(dice.sample(["1.png", "2.png"], dice.choice([0, 0, 1, 2])))
        return Block("".join(words).strip(), images=images, links=images[:1])

    attachments = tuple(Attachment(dice.choice("ab"), dice.choice("uv")) for _ in range(1))
    return story(
        title=dice.choice("xy"),
        blocks=tuple(block() for _ in range(dice.randint(0, 4))),
        attachments=attachments[: dice.randint(0, 1)],
    )
