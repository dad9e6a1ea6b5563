import os
import unicodedata
from datetime import datetime
from pathlib import Path
from zlib import crc32

import pytest

from archive.ground.errors import HdndError
from crawler.sample_portal import (
    THANH_GIANG,
    SampleAttachment,
    SampleImage,
    SamplePortal,
    bundled_articles,
    load_articles,
)
from crawler.sample_portal.articles import PORTAL_TIME
from support.codes import english

WHOLE = """\
Kỳ họp thứ nhất
Ngày đăng 05/02/2024 | 17:00 \u00a0|\u00a0Lượt xem: 407

Đoạn một.

Đoạn hai,
viết trên hai dòng.

+++
categories = ["hoat-dong-hdnd", "tin-tuc"]
lead = "Một câu."
author = "Bích Hạnh"
markup = "messy"
[[images]]
after = 1
caption = "Chú thích"
[[attachments]]
name = "Nghi quyet 12.pdf"
text = "Nghị quyết số 12"
"""


def load(folder: Path, text: str, name: str = "mot.txt"):
    (folder / name).write_text(text, encoding="utf-8")
    return load_articles(folder)


def test_a_file_says_all_that_an_article_is(tmp_path):
    (article,) = load(tmp_path, WHOLE)

    assert article.name == "mot"
    assert article.title == "Kỳ họp thứ nhất"
    assert article.published_at == datetime(2024, 2, 5, 17, 0, tzinfo=PORTAL_TIME)
    assert article.views == 407
    assert article.paragraphs == ("Đoạn một.", "Đoạn hai, viết trên hai dòng.")
    assert article.categories == ("hoat-dong-hdnd", "tin-tuc")
    assert (article.lead, article.author, article.messy) == ("Một câu.", "Bích Hạnh", True)
    assert article.images == (SampleImage(1, "Chú thích"),)
    assert article.attachments == (SampleAttachment("Nghi quyet 12.pdf", "Nghị quyết số 12"),)


def test_a_reader_needs_only_a_title_and_paragraphs(tmp_path):
    (article,) = load(tmp_path, "Tiêu đề\n\nĐoạn một.\n\nĐoạn hai.\n")

    assert article.published_at is None
    assert article.paragraphs == ("Đoạn một.", "Đoạn hai.")
    assert THANH_GIANG.slugs(article) == ("hoat-dong-hdnd",)


def test_a_migrated_stamp_has_no_count(tmp_path):
    (article,) = load(tmp_path, "Tiêu đề\n21/12/2012 | 12:00 AM\n\nĐoạn.\n")

    assert article.published_at == datetime(2012, 12, 21, tzinfo=PORTAL_TIME)
    assert article.views is None


@pytest.mark.parametrize(
    ("stamp", "hour"), [("03:06 PM", 15), ("3:06 CH", 15), ("12:06 SA", 0), ("15:06", 15)]
)
def test_both_clocks_are_read(tmp_path, stamp, hour):
    (article,) = load(tmp_path, f"A\nNgày đăng 18/03/2019 | {stamp} | View count: 7\n\nĐoạn.")

    assert article.published_at == datetime(2019, 3, 18, hour, 6, tzinfo=PORTAL_TIME)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("\nNgày đăng 05/02/2024 | 17:00\n\nĐoạn.", 1),
        ("A\nNgày đăng hôm qua\n\nĐoạn.", 2),
        ("A\nNgày đăng 31/02/2024 | 17:00\n\nĐoạn.", 2),
        ("A\nNgày đăng 05/02/2024 | 17:00 PM\n\nĐoạn.", 2),
        ("A\nNgày đăng 05/02/2024 | 17:00\n\n", 3),
        ("A\n\nĐoạn.\n\n+++\nlead = \n", 6),
        ('A\n\nĐoạn.\n\n+++\nlead = "x"\nleed = "y"\n', 7),
        ("A\n\nĐoạn.\n\n+++\nauthor = 5\n", 6),
        ('A\n\nĐoạn.\n\n+++\nmarkup = "wild"\n', 6),
        ("A\n\nĐoạn.\n\n+++\n[[images]]\nafter = 2\n", 6),
        ('A\n\nĐoạn.\n\n+++\n[[attachments]]\nname = "a.exe"\ntext = "b"\n', 6),
        ("A\n\nĐoạn.\n\n+++\ncategories = 1\n", 6),
    ],
)
def test_a_mistake_is_reported_with_its_file_and_line(tmp_path, text, line):
    with pytest.raises(HdndError) as caught:
        load(tmp_path, text)
    assert f"mot.txt, line {line}: " in english(caught.value.said)


def test_other_encodings_are_reported_with_the_line(tmp_path):
    (tmp_path / "cu.txt").write_bytes("Tiêu đề\n\n".encode() + "cũ".encode("utf-16"))

    with pytest.raises(HdndError, match=r"cu\.txt") as caught:
        load_articles(tmp_path)
    assert "line 3: not UTF-8" in english(caught.value.said)


def test_a_folder_without_texts_is_an_error(tmp_path):
    with pytest.raises(HdndError, match="no-article-texts"):
        load_articles(tmp_path / "nowhere")


def test_the_asset_id_depends_on_the_file_name_alone(tmp_path):
    first = load(tmp_path, "A\n\nĐoạn.")[0]
    second = load(tmp_path, "B\n\nĐoạn khác.")[0]

    assert first.asset_id == second.asset_id
    assert 3_000_000 <= first.asset_id < 4_000_000


def test_two_names_with_one_asset_id_are_an_error(tmp_path):
    first, second = names_with_one_id()
    load(tmp_path, "A\n\nĐoạn.", f"{first}.txt")

    with pytest.raises(HdndError) as caught:
        load(tmp_path, "A\n\nĐoạn.", f"{second}.txt")
    assert f"{first} and {second} both get the asset id" in english(caught.value.said)


def names_with_one_id():
    seen = {}
    for number in range(1_000_000, 2_000_000):
        other = seen.setdefault(crc32(f"{number}".encode()) % 1_000_000, number)
        if other != number:
            return other, number
    raise AssertionError("no two names share an id")


def test_an_unknown_category_is_an_error(tmp_path):
    articles = load(tmp_path, 'A\n\nĐoạn.\n\n+++\ncategories = ["the-thao"]\n')

    with pytest.raises(HdndError, match="the-thao"):
        SamplePortal(articles)


def test_the_bundled_articles_fill_three_pages_of_each_council_category():
    articles = bundled_articles()

    assert len(articles) >= 40
    for category in ("hoat-dong-hdnd", "tiep-xuc-cu-tri"):
        assert sum(category in one.categories for one in articles) > 40
    assert any(one.categories == ("tin-tuc",) for one in articles)
    dated = {one.published_at.year for one in articles if one.published_at}
    assert dated >= set(range(2016, 2026))


def test_the_bundled_articles_are_in_nfc():
    for one in bundled_articles():
        text = "\n".join((one.title, one.lead, *one.paragraphs))
        assert unicodedata.is_normalized("NFC", text), one.name


def test_the_real_articles_load():
    beside = Path(__file__).parents[3] / "shared"
    folder = Path(os.environ.get("HDND_SHARED", beside)) / "articles"
    if not folder.is_dir():
        pytest.skip("the real articles are not at hand")

    first, second = load_articles(folder)

    assert (first.views, second.views) == (407, 607)
    assert second.published_at == datetime(2020, 8, 17, 11, 32, tzinfo=PORTAL_TIME)
    assert all(len(one.paragraphs) >= 4 for one in (first, second))
