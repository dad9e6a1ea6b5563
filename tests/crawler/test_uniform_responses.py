"""What known articles became: one text in the place of their own is a notice, an edit is none."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import partial

import pytest

from archive.model import Article, Block, Capture, Page, PageKind, Role
from crawler.extraction.uniform_responses import UniformResponses, Verdict

WORDS = re.findall(
    r"\w+",
    "cử tri kiến nghị sửa đường cầu kênh mương trường trạm điện nước sạch giám sát ngân sách nghị"
    " quyết đại biểu hội đồng phường xã thôn tổ dân phố kỳ họp báo cáo thẩm tra chất vấn trả lời"
    " giải trình tái định cư đền bù đất đai quy hoạch chợ rác thải môi trường",
)
SORRY = "Nội dung chi tiết đang được cập nhật, hệ thống bảo trì."
PICTURE = Block("", "image", ("https://hd.example/image/journal/article?img_id=1",))


def sentence(chance: random.Random, words: int = 30) -> Block:
    return Block(" ".join(chance.choice(WORDS) for _ in range(words)))


def article(number: int, paragraphs: int = 6) -> Article:
    chance = random.Random(number)
    blocks = tuple(sentence(chance) for _ in range(paragraphs))
    lead = " ".join(chance.sample(WORDS, 14))
    return Article(str(number), f"Tin số {number} của quận", lead, blocks=blocks)


def with_body(one: Article, *blocks: Block) -> Article:
    return Article(one.asset_id, one.title, one.lead, blocks=blocks)


def capture(number: int) -> Capture:
    return Capture(
        number, f"<urn:uuid:{number}>", "run", "hd", f"https://hd.example/{number}", Role.ARTICLE,
        datetime(2026, 1, 1, tzinfo=UTC), 200, "text/html", "", 0, None, None, "", 0, 0,
    )  # fmt: skip


def _same(one: Article | None) -> Article | None:
    return one


def weighed(pairs: Iterable[tuple[Article | None, Article]]) -> tuple[Verdict, int]:
    """What is thought of a run in the end in which articles became others; how many are suspect."""
    alike, verdict = UniformResponses(), Verdict.FINE
    for number, (before, after) in enumerate(pairs):
        page = Page(PageKind.ARTICLE, f"https://hd.example/{number}", article=after)
        verdict = alike.saw(capture(number), page, before=partial(_same, before), text=str)
        if verdict is Verdict.SUSPECT:
            break
    verdict = alike.at_end() if verdict is Verdict.FINE else verdict
    return verdict, len(alike.suspects())


def emptied(one: Article) -> Article:
    return with_body(one)


def a_picture(one: Article) -> Article:
    return with_body(one, PICTURE)


def beginning_and_notice(one: Article) -> Article:
    return with_body(one, one.blocks[0], Block(SORRY))


def chance_words_and_notice(one: Article) -> Article:
    chance = random.Random(one.title)
    return with_body(one, sentence(chance, 12), Block("Cổng đang nâng cấp, xin quay lại sau."))


@pytest.mark.parametrize(
    "became", [emptied, a_picture, beginning_and_notice, chance_words_and_notice]
)
@pytest.mark.parametrize("number", [3, 14])
def test_what_takes_the_place_of_the_bodies_is_suspect(
    became: Callable[[Article], Article], number: int
) -> None:
    known = [article(n) for n in range(number)]
    verdict, suspects = weighed([(one, became(one)) for one in known])
    assert verdict is Verdict.SUSPECT
    assert suspects == min(number, 5)


def test_a_new_article_that_holds_the_notice_is_suspect_with_the_others() -> None:
    known = [(article(n), beginning_and_notice(article(n))) for n in range(5)]
    assert weighed([(None, beginning_and_notice(article(99))), *known]) == (Verdict.SUSPECT, 6)
    assert weighed([(None, article(99)), *known]) == (Verdict.SUSPECT, 5)


def a_line_more(one: Article) -> Article:
    return with_body(one, *one.blocks, Block(SORRY))


def a_line_less(one: Article) -> Article:
    return with_body(one, *one.blocks[:-1])


def signed(one: Article) -> Article:
    return with_body(one, *one.blocks[:-1], Block("Nguồn: Văn phòng HĐND quận Hải Trung."))


def cut_short(one: Article) -> Article:
    return with_body(one, one.blocks[0])


def with_a_lead(one: Article) -> Article:
    return Article(one.asset_id, one.title, SORRY, blocks=one.blocks)


def rewritten(one: Article) -> Article:
    return article(1000 + int(one.asset_id or 0))


@pytest.mark.parametrize(
    "became", [a_line_more, a_line_less, signed, cut_short, with_a_lead, rewritten]
)
def test_the_same_edit_of_every_article_is_history(became: Callable[[Article], Article]) -> None:
    known = [article(n) for n in range(14)]
    assert weighed([(one, became(one)) for one in known]) == (Verdict.FINE, 0)


def test_another_foot_below_short_texts_is_history() -> None:
    foot, other = (tuple(sentence(random.Random(seed)) for _ in range(4)) for seed in ("a", "b"))
    pairs = []
    for number in range(14):
        one = article(number, paragraphs=1)
        pairs.append((with_body(one, *one.blocks, *foot), with_body(one, *one.blocks, *other)))
    assert weighed(pairs) == (Verdict.FINE, 0)


@pytest.mark.parametrize("became", [emptied, beginning_and_notice])
def test_one_article_that_is_emptied_among_others_is_history(
    became: Callable[[Article], Article],
) -> None:
    known = [article(n) for n in range(14)]
    pairs = [(one, became(one) if n == 3 else one) for n, one in enumerate(known)]
    assert weighed(pairs) == (Verdict.FINE, 0)


def test_the_lead_counts_where_an_article_has_no_other_text() -> None:
    known = [emptied(article(n)) for n in range(14)]
    notices = [Article(one.asset_id, one.title, SORRY) for one in known]
    assert weighed(zip(known, notices, strict=True)) == (Verdict.SUSPECT, 5)
    edited = [Article(one.asset_id, one.title, f"{one.lead} nhé") for one in known]
    assert weighed(zip(known, edited, strict=True)) == (Verdict.FINE, 0)
