"""A portal that is redesigned: noticed in the same run, one alarm, no version, nobody gone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from archive.reading import ArchiveReader
from crawler.sessions.layout_watch import REASON
from crawler.sessions.stop_policy import StopReason
from crawler.sites.known_sites import read_site
from hdnd.usecases.trying_descriptions import read_again
from support.codes import english
from support.crawling import home_in
from support.hdnd import run_hdnd
from support.offline import crawl_offline
from support.small_portals import PIECES, NukeViet, Piece, esc, paragraphs
from support.walking import HOST

TOML = f"""
id = "lam-thao"
name = "Xã Lâm Thao"
host = "{HOST}"
platform = "nukeviet"
[categories]
"/vi/news/hoi-dong-nhan-dan/" = "HĐND xã"
[politeness]
delay_seconds = 0
autothrottle = false
retry_seconds = 0.05
"""
MANY = tuple(
    replace(
        piece, number=piece.number + 1000 * turn, slug=f"{piece.slug}-{turn}",
        title=f"{piece.title} (lần {turn})", at=piece.at - timedelta(days=300 * turn),
        files=(), caption="", paragraphs=(*piece.paragraphs, f"Lần thứ {turn} trong năm."),
    )
    for turn in range(2)
    for piece in PIECES
)  # fmt: skip


@dataclass
class Redesigned(NukeViet):
    """Its pages look otherwise after some articles have been shown."""

    after: int | None = None
    shown: int = 0

    @property
    def is_new(self) -> bool:
        return self.after is not None and self.shown >= self.after

    def article_html(self, piece: Piece) -> str:
        is_new = self.is_new
        self.shown += 1
        if not is_new:
            return super().article_html(piece)
        return f"""<section class="post"><h1 class="post-name">{esc(piece.title)}</h1>
<p class="when">{piece.at:%H:%M %d/%m/%Y}</p><div class="post-text">{paragraphs(piece)}</div>
</section>"""


def nights(home, portal, *days):
    return [crawl_offline(home, portal, site="lam-thao", kind="refresh", days=day) for day in days]


def held(home):
    with ArchiveReader.open(home) as reader:
        status = reader.status()
        return status.articles, status.versions, status.gone


@pytest.fixture
def portal():
    return Redesigned(pieces=MANY, size=6)


def test_in_mid_run_what_is_not_read_any_more_ends_the_run_and_counts_for_nothing(
    tmp_path: Path, portal: Redesigned
) -> None:
    portal.after = 7
    home = home_in(tmp_path, TOML)
    done = crawl_offline(home, portal, site="lam-thao")
    assert done.stop == StopReason.LAYOUT
    assert "pages one after the other are not as its description says" in english(done.detail)
    assert held(home) == (7, 7, 0)
    with ArchiveReader.open(home) as reader:
        problems = [one.detail for one in reader.problems() if one.site == "lam-thao"]
    assert problems.count(REASON) == 5
    assert len(problems) == 5

    era = """
[[eras]]
[eras.addresses]
article = ["/vi/news/{path}-{id}.html"]
[eras.listing]
link = ".news_column h3 a"
next = "ul.pagination a"
[eras.article]
title = "h1.post-name"
stamp = ".when"
body = ".post-text"
"""
    (home.sites / "site-0.toml").write_text(TOML + era, encoding="utf-8")
    assert read_site(home.sites / "site-0.toml").eras
    done = crawl_offline(home, portal, site="lam-thao", days=1)
    assert (done.stop, done.finished) == (None, True)
    assert held(home)[0] == len(MANY)
    again = read_again(home, home.sites / "site-0.toml")
    assert [english(one.now) for one in again.otherwise if english(one.before) == "article"] == [
        "unreadable (the site's description does not fit the page: no title, no body)"
    ] * 7


def test_for_weeks_of_nights_there_is_one_alarm_no_version_and_nobody_gone(
    tmp_path: Path, portal: Redesigned
) -> None:
    home = home_in(tmp_path, TOML)
    assert crawl_offline(home, portal, site="lam-thao").stop is None
    before = held(home)
    portal.after = 0
    for night in nights(home, portal, 200, 208, 216):
        assert night.stop == StopReason.LAYOUT, night
    assert held(home) == before == (len(MANY), len(MANY), 0)


def test_a_frame_that_gets_into_every_text_makes_no_version(
    tmp_path: Path, portal: Redesigned
) -> None:
    home = home_in(tmp_path, TOML)
    portal.pieces = MANY[:8]
    crawl_offline(home, portal, site="lam-thao")
    own = portal.article_html
    banner = "<p>Tải ứng dụng của xã để nhận thông báo</p></div>\n<p class="
    portal.article_html = lambda piece: own(piece).replace("</div>\n<p class=", banner)
    (night,) = nights(home, portal, 200)
    assert night.stop == StopReason.LAYOUT
    assert held(home) == (8, 8, 0)


def test_a_person_is_told_of_it_once_with_the_day_since_when(
    tmp_path: Path, portal: Redesigned
) -> None:
    portal.after = 2
    home_in(tmp_path, TOML)
    told = tmp_path / "told"
    with portal:
        how = ("refresh", "lam-thao", "--host", portal.host, "--notify", f"cat >> {told}")
        first = run_hdnd(*how, home=tmp_path)
    assert first.status == 26, first.err
    said = told.read_text(encoding="utf-8")
    assert said.count("its description does not read its pages") == 1
    assert REASON not in said
    assert " since 20" in said
