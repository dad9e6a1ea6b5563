"""What an editor changed makes a new version; what moved by itself does not."""

import unicodedata
from collections import Counter
from dataclasses import replace
from datetime import datetime

import pytest

from archive.catalogue.version_identity import (
    content_digest,
    from_json,
    plain,
    stored_digest,
    to_json,
)
from crawler.sample_portal import SampleAttachment, SampleImage, SamplePortal
from crawler.sample_portal.articles import PORTAL_TIME
from portal_visitor import article, series
from support.crawling import thanh_giang
from support.extracting import SITE, article_html, article_path, fetch, read

PARAGRAPHS = (
    "Sáng ngày 05/02/2024, Thường trực HĐND quận giám sát 12 công trình.",
    "Bà Lê Thị Mẫu đề nghị các phường báo cáo trước ngày 15/3.",
    "Lượt xem: 407",
    "- Ý kiến của cử tri được ghi nhận.",
)
ONE = article(
    "a",
    title="Giám sát đầu tư công năm 2024",
    paragraphs=PARAGRAPHS,
    lead="Một đoạn dẫn.",
    author="Bích Hạnh",
    images=(SampleImage(1, "Quang cảnh"), SampleImage(2)),
    attachments=(SampleAttachment("nghi-quyet.pdf", "Nghị quyết"),),
)


def digest(one, *, others=(), cookie="", path=None, before=0):
    """The digest of an article as the portal shows it now."""
    with SamplePortal([one, *others]) as portal:
        path = path or article_path(one)
        for _ in range(before):
            portal.answer(path, {})
        page = fetch(portal, path, site=thanh_giang(), cookie=cookie)
    assert page.article, page
    return content_digest(page.article)


def changed(at, old, new):
    text = PARAGRAPHS[at].replace(old, new)
    assert text != PARAGRAPHS[at]
    return replace(ONE, paragraphs=(*PARAGRAPHS[:at], text, *PARAGRAPHS[at + 1 :]))


EDITS = {
    "a digit": changed(0, "12", "13"),
    "a digit of a date": changed(0, "05/02", "06/02"),
    "a mark": changed(1, "Mẫu", "Mấu"),
    "a letter with and without a bar": changed(1, "đề", "dề"),
    "a capital": changed(1, "các phường", "các Phường"),
    "a word": changed(1, "đề nghị", "yêu cầu"),
    "a name": changed(1, "Lê Thị Mẫu", "Lê Thị Mận"),
    "a comma": changed(0, "2024,", "2024"),
    "a count within the body": changed(2, "407", "408"),
    "a title": replace(ONE, title="Giám sát đầu tư công năm 2023"),
    "a lead": replace(ONE, lead="Một đoạn dẫn khác."),
    "the published day": replace(ONE, published_at=datetime(2024, 2, 6, 17, 0, tzinfo=PORTAL_TIME)),
    "the published minute": replace(
        ONE, published_at=datetime(2024, 2, 5, 17, 1, tzinfo=PORTAL_TIME)
    ),
    "a paragraph more": replace(ONE, paragraphs=(*PARAGRAPHS, "Thêm một đoạn.")),
    "a paragraph less": replace(ONE, paragraphs=PARAGRAPHS[:-1]),
    "the order of paragraphs": replace(
        ONE, paragraphs=(PARAGRAPHS[1], PARAGRAPHS[0], *PARAGRAPHS[2:])
    ),
    "an image less": replace(ONE, images=ONE.images[:1]),
    "an image elsewhere": replace(ONE, images=(SampleImage(1, "Quang cảnh"), SampleImage(3))),
    "a caption": replace(ONE, images=(SampleImage(1, "Toàn cảnh"), SampleImage(2))),
    "an attachment more": replace(
        ONE, attachments=(*ONE.attachments, SampleAttachment("bieu.docx", "Biểu"))
    ),
    "an attachment less": replace(ONE, attachments=()),
    "another file behind the same words": replace(
        ONE, attachments=(SampleAttachment("nghi-quyet-2.pdf", "Nghị quyết"),)
    ),
    "the words of an attachment": replace(
        ONE, attachments=(SampleAttachment("nghi-quyet.pdf", "Nghị quyết số 1"),)
    ),
}

VIETNAMESE = "GUEST_LANGUAGE_ID=vi_VN"
ENGLISH = "GUEST_LANGUAGE_ID=en_US"
NOISE = {
    "nothing": {},
    "a view count": {"one": replace(ONE, views=9001)},
    "counting views": {"before": 5},
    "the language of the session": {"cookie": ENGLISH},
    "related articles": {"others": series(9)},
    "related articles in the other language": {"others": series(9), "cookie": ENGLISH},
    "the poster": {"one": replace(ONE, author="Minh Anh")},
    "messy markup": {"one": replace(ONE, messy=True)},
    "messy markup in the other language": {"one": replace(ONE, messy=True), "cookie": ENGLISH},
    "a Unicode form": {
        "one": replace(
            ONE,
            title=unicodedata.normalize("NFD", ONE.title),
            paragraphs=tuple(unicodedata.normalize("NFD", text) for text in PARAGRAPHS),
        )
    },
    "no-break and double spaces": {
        "one": replace(ONE, paragraphs=tuple(text.replace(" ", " \u00a0 ") for text in PARAGRAPHS))
    },
    "invisible characters": {
        "one": replace(ONE, paragraphs=tuple(f"\ufeff{t[:4]}\u200b{t[4:]}" for t in PARAGRAPHS))
    },
    "another category": {"path": article_path(ONE).replace("hoat-dong-hdnd", "tiep-xuc-cu-tri")},
    "the print view": {"path": f"{article_path(ONE)}?p_p_state=pop_up"},
    "a session in the address": {"path": f"{article_path(ONE)};jsessionid=0A1B"},
    "the way back in the address": {"path": f"{article_path(ONE)}?redirect=%2Fhoat-dong-hdnd"},
    "a URL form without the id": {
        "path": "/hoat-dong-hdnd/-/asset_publisher/tG4wRb7LxQ2e/content/"
        "giam-sat-au-tu-cong-nam-2024"
    },
}


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_is_a_new_version(name):
    assert digest(EDITS[name], cookie=VIETNAMESE) != digest(ONE, cookie=VIETNAMESE)


def test_every_edit_makes_a_version_of_its_own():
    digests = Counter(digest(one) for one in (ONE, *EDITS.values()))
    assert set(digests.values()) == {1}
    assert len(digests) == len(EDITS) + 1 > 21


@pytest.mark.parametrize("name", NOISE)
def test_noise_is_no_new_version(name):
    how = {"one": ONE, "cookie": VIETNAMESE} | NOISE[name]
    assert digest(how.pop("one"), **how) == digest(ONE, cookie=VIETNAMESE)


def of(body, **more):
    return content_digest(read(article_html(body, **more)).article)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p>Một hai</p>", "<div>Một\n <b>hai</b></div>"),
        ("<p>Một</p><p>Hai</p>", "Một</p><p>&nbsp;</p><div>Hai</div>"),
        ("<p>Một</p>", "<h3 style='color:red'>Một</h3>"),
        ("<ul><li>Một</li></ul>", "<p>Một</p>"),
        ("<p>Một<br>hai</p>", "<p>Một hai</p>"),
        ("<p>Ý</p>", "<p>&Yacute;</p>"),
        (
            "<p><img src='/image/a?img_id=1&t=1'></p>",
            "<p><img src='/image/a?img_id=1&amp;t=2' alt='x'></p>",
        ),
        (
            "<p><a href='/a;jsessionid=1'>x</a></p>",
            "<p><a href='https://quanmau.example/a'>x</a></p>",
        ),
        (
            "<p><a href='/a.pdf'>x</a></p>",
            "<p><a target=_blank href='http://www.quanmau.example/a.pdf'>x</a></p>",
        ),
    ],
)
def test_markup_alone_is_no_new_version(before, after):
    assert of(before) == of(after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p>Một</p><p>Hai</p>", "<p>Một Hai</p>"),
        ("<p><img src='/image/a?img_id=1'></p>", "<p><img src='/image/a?img_id=2'></p>"),
        ("<p><a href='/a'>x</a></p>", "<p><a href='/b'>x</a></p>"),
        ("<p>Một</p>", "<p>Một </p><p>Một</p>"),
        ("<p>1.000 đồng</p>", "<p>1000 đồng</p>"),
        (
            "<table><tr><td>A</td><td>B</td></tr></table>",
            "<table><tr><td>A</td><td>C</td></tr></table>",
        ),
    ],
)
def test_structure_is_content(before, after):
    assert of(before) != of(after)


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        ("Ngày đăng 05/02/2024 | 17:00", "Ngày đăng 05/02/2024 | 05:00 PM", True),
        ("Ngày đăng 05/02/2024 | 17:00", "05/02/2024 | 5:00 CH | View count: 9", True),
        ("Ngày đăng 05/02/2024 | 17:00", "Ngày đăng 05/02/2024 | 05:00", False),
        ("Ngày đăng 05/02/2024 | 17:00", "", False),
    ],
)
def test_a_clock_format_is_noise_and_another_time_an_edit(before, after, same):
    assert (of("<p>x</p>", stamp=before) == of("<p>x</p>", stamp=after)) is same


def test_an_article_comes_back_from_the_catalogue_as_it_was():
    with SamplePortal([ONE]) as portal:
        found = fetch(portal, article_path(ONE), site=thanh_giang()).article
    assert from_json(to_json(found)) == found
    assert content_digest(from_json(to_json(found))) == content_digest(found)
    assert stored_digest(to_json(found)) == content_digest(found)
    assert SITE.id not in to_json(found)


def test_any_white_space_is_one_space_and_what_nobody_sees_is_nothing():
    unseen = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
    for character in map(chr, range(0x10000)):
        for text in (character, f"a{character}b", f" a {character}", f"e{character}\u0301"):
            seen = "".join(c for c in text if c not in unseen)
            expected = " ".join(unicodedata.normalize("NFC", seen).split())
            assert plain(text) == expected, ascii(text)
