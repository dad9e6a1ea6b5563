"""Notices in the place of articles: whatever they look like, they are no history of anything."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import count as counter

import pytest

from archive.history.article_history import history
from crawler.sample_portal import SampleAttachment, ServerResponse
from portal_visitor import article, series
from support.crawling import Crawled, crawl_in_process, home_in
from support.hostile_portal import Fault, Guest, HostilePortal, response, says

LISTING = r"^/hoat-dong-hdnd(\?|$)"
ARTICLE = r"/-/view_content/\d"
WORDS = (
    "Sáng nay, Thường trực HĐND quận họp phiên thường kỳ, cho ý kiến về báo cáo kinh tế.",
    "Các đại biểu đề nghị bổ sung kinh phí sửa chữa trường học và trạm y tế của các phường.",
)
SORRY = "Cổng thông tin tạm ngừng phục vụ để nâng cấp hệ thống, xin quý vị vui lòng quay lại sau"
LOGIN = {"vi": "Đăng nhập để xem nội dung", "en": "Please sign in to see this page"}


def portal_of(number: int) -> HostilePortal:
    return HostilePortal(series(number, paragraphs=WORDS))


def as_article(guest: Guest, title: str, body: str) -> bytes:
    asset = guest.asked.path.partition("view_content/")[2].partition("-")[0]
    html = (
        f'<html><div class="asset-full-content"><div class="asset-full-content-title">{title}</div>'
        f'<div class="asset-content" id="_101_{asset}"><div class="journal-content-article">'
        f"<p>{body}</p></div></div></div></html>"
    )
    return response(ServerResponse(200, html.encode(), ()), Content_Type="text/html;charset=UTF-8")


def numbered() -> Fault:
    turn = counter(17)
    return lambda guest: as_article(guest, "Bảo trì", f"{SORRY} {next(turn)} phút.")


def with_a_clock() -> Fault:
    turn = counter()
    return lambda guest: as_article(guest, "Bảo trì", f"{SORRY}. Bây giờ là 17:{next(turn):02d}.")


def under_the_title() -> Fault:
    return lambda guest: as_article(guest, f"Bài {guest.asked.path[-12:]}", f"{SORRY} ít phút.")


def naming_the_address() -> Fault:
    return lambda guest: as_article(guest, "Bảo trì", f"{SORRY} ({guest.asked.path}).")


def without_a_body() -> Fault:
    return lambda guest: as_article(guest, f"Bài {guest.asked.path[-12:]}", "")


def two_in_turn() -> Fault:
    turn = counter()
    return lambda guest: as_article(
        guest, "Bảo trì", SORRY if next(turn) % 2 else "Máy chủ đang sao lưu dữ liệu hằng tuần."
    )


def every_other_one() -> Fault:
    turn = counter()
    sorry = numbered()
    return lambda guest: sorry(guest) if next(turn) % 2 else response(guest.answer)


def articles_and_pages() -> Fault:
    turn = counter()
    page = says(200, f"<html><h1>Bảo trì</h1><p>{SORRY}</p></html>".encode())
    sorry = numbered()
    return lambda guest: sorry(guest) if next(turn) % 3 else page(guest)


NOTICES: list[Callable[[], Fault]] = [
    numbered,
    with_a_clock,
    under_the_title,
    naming_the_address,
    without_a_body,
    two_in_turn,
    every_other_one,
    articles_and_pages,
]


def versions_of(crawled: Crawled) -> set[int]:
    with crawled.reader() as reader:
        return {record.versions for _, _, record in reader.changes(0) if record}


def quarantined_in(crawled: Crawled) -> int:
    with crawled.reader() as reader:
        row = reader.catalogue.connection.execute("SELECT count(*) FROM quarantined").fetchone()
    return int(row[0])


@pytest.mark.parametrize(
    ("notice", "number"),
    [*((notice, 30) for notice in NOTICES), (numbered, 4), (under_the_title, 2)],
)
def test_a_notice_over_known_articles_makes_no_version(tmp_path, notice, number):
    home = home_in(tmp_path)
    with portal_of(number) as portal:
        crawl_in_process(home, portal)
        portal.on(ARTICLE, notice())
        during = crawl_in_process(home, portal, kind="refresh", days=100)
        portal.off()
        asked = len(portal.paths(ARTICLE))
        after = crawl_in_process(home, portal, kind="refresh", days=100.1)

    assert during.summary["stop"] == "suspect"
    assert not during.summary["finished"]
    assert versions_of(after) == {1}
    assert len(portal.paths(ARTICLE)) - asked >= quarantined_in(during)
    assert after.summary["finished"]


def test_every_answer_that_was_doubted_is_asked_for_again_and_what_is_new_is_there(tmp_path):
    home = home_in(tmp_path)
    with portal_of(12) as portal:
        crawl_in_process(home, portal)
        new = article("moi", paragraphs=WORDS)
        portal.portal.articles[new.asset_id] = new
        portal.on(ARTICLE, two_in_turn())
        during = crawl_in_process(home, portal, kind="refresh", days=100)
        portal.off()
        after = crawl_in_process(home, portal, kind="refresh", days=100.1)

    assert during.summary["stop"] == "suspect"
    assert during.summary["articles"] == 12
    assert after.summary["finished"]
    assert after.summary["articles"] == 13
    assert versions_of(after) == {1}


def test_a_login_page_in_two_languages_is_one(tmp_path):
    turn = counter()

    def asks_to_log_in(guest: Guest) -> bytes:
        words = LOGIN["en" if next(turn) % 2 else "vi"]
        page = f"<html><h1>{words}</h1><form>{guest.asked.path}</form></html>"
        return says(200, page.encode())(guest) or b""

    home = home_in(tmp_path)
    with portal_of(40) as portal:
        crawl_in_process(home, portal)
        new = article("moi", paragraphs=WORDS)
        portal.portal.articles[new.asset_id] = new
        asked = len(portal.paths(ARTICLE))
        portal.on(ARTICLE, asks_to_log_in).on(LISTING, asks_to_log_in)
        during = crawl_in_process(home, portal, kind="refresh", days=100)
        asked = len(portal.paths(ARTICLE)) - asked
        portal.off()
        after = crawl_in_process(home, portal, kind="refresh", days=100.1)

    assert during.summary["stop"] == "suspect"
    assert asked <= 12
    assert after.summary["finished"]
    assert after.summary["articles"] == 41
    assert versions_of(after) == {1}


def test_one_more_of_what_was_doubted_the_night_before_is_enough(tmp_path):
    home = home_in(tmp_path)
    with portal_of(9) as portal:
        crawl_in_process(home, portal)
        portal.on(ARTICLE, numbered())
        crawl_in_process(home, portal, kind="refresh", days=100)
        portal.off()
        portal.on(r"view_content/\d*1-", numbered())
        crawled = crawl_in_process(home, portal, kind="refresh", days=130)

    assert crawled.summary["stop"] == "suspect"
    assert versions_of(crawled) == {1}


def test_edits_of_many_articles_in_one_night_are_history(tmp_path):
    """The same sentence is added to all of them."""
    added = "Cập nhật: quận đã ban hành văn bản chỉ đạo về việc này."
    home = home_in(tmp_path)
    with portal_of(20) as portal:
        crawl_in_process(home, portal)
        for one in series(20, paragraphs=(*WORDS, added)):
            portal.portal.articles[one.asset_id] = one
        crawled = crawl_in_process(home, portal, kind="refresh", days=100)

    assert crawled.summary["stop"] is None
    assert versions_of(crawled) == {2}


def test_a_few_articles_that_were_taken_off_in_one_night_are_history(tmp_path):
    home = home_in(tmp_path)
    with portal_of(20) as portal:
        crawl_in_process(home, portal)
        gone = "Bài viết đã được gỡ bỏ theo yêu cầu của cơ quan cung cấp."
        for one in series(2, paragraphs=(gone,)):
            portal.portal.articles[one.asset_id] = one
        crawled = crawl_in_process(home, portal, kind="refresh", days=100)

    assert crawled.summary["stop"] is None
    assert versions_of(crawled) == {1, 2}


def swapped_in(crawled: Crawled) -> int:
    """Files of which the archive says that they were another one before."""
    with crawled.reader() as reader:
        records = [record for _, _, record in reader.changes(0) if record]
        return sum(
            len(file.states) > 1
            for record in records
            for file in history(reader.catalogue, record.id).files
        )


def with_files(number: int) -> HostilePortal:
    return HostilePortal(
        [
            replace(one, attachments=(SampleAttachment(f"van-ban-{n}.pdf", f"Văn bản {n}"),))
            for n, one in enumerate(series(number, paragraphs=WORDS))
        ]
    )


def test_a_picture_of_a_notice_in_the_place_of_files_is_no_swap(tmp_path):
    picture = says(200, b"\x89PNG\r\n\x1a\n" + bytes(900), Content_Type="image/png")
    home = home_in(tmp_path)
    with with_files(8) as portal:
        crawl_in_process(home, portal)
        portal.on(r"\.pdf", picture)
        during = crawl_in_process(home, portal, kind="refresh", days=100)
        portal.off()
        after = crawl_in_process(home, portal, kind="refresh", days=200)

    assert during.summary["finished"]
    assert during.summary["problems"] == 8
    assert after.summary["problems"] == 0
    assert swapped_in(after) == 0
