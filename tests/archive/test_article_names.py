"""An article is known by whatever a person may call it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.catalogue.queries.article_names import named
from archive.ground.errors import UsageError
from archive.ground.home import Home
from archive.ground.urls import in_one_form
from archive.reading import ArchiveReader
from support.keeping import exchange, keep, page, writing

PLAIN = "https://mau.example/tin/-/7-h%E1%BB%8Dp.html"
BY_QUERY = "https://mau.example/tin?_101_action=view&_101_urlTitle=hop"
BY_ID = "https://mau.example/tin?_101_action=view&_101_assetEntryId=6&_101_type=content"
OTHER = "https://mau.example/tin?_101_action=view&_101_urlTitle=khac"


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ArchiveReader]:
    home = Home(tmp_path_factory.mktemp("home"))
    links = [[PLAIN, "7"], [BY_QUERY, "8"], [OTHER, "9"], [BY_ID, "6"]]
    with writing(home) as (archive, run):
        keep(archive, run, exchange("/dau", page("Đầu", id="1", links=links)))
        for number, path in ((7, "/tin/-/7-h%E1%BB%8Dp.html"), (8, "/8"), (9, "/9"), (6, "/6")):
            keep(archive, run, exchange(path, page(f"Bài {number}", id=str(number))))
    with ArchiveReader.open(home) as reader:
        yield reader


@pytest.mark.parametrize(
    "written",
    [
        PLAIN,
        "HTTPS://Mau.Example:443/tin/-/7-h%E1%BB%8Dp.html#x",
        "https://mau.example./tin/-/7-h%e1%bb%8dp.html",
        "http://mau.example:80/tin/-/7-họp.html",
        "https://www.mau.example/tin/./-/x/../7-h%E1%BB%8D%70.html",
        "https://mau.example/tin/-/7-ho\u0323p.html",
        "//mau.example/tin/-/7-họp.html",
        "mau.example/tin/-/7-họp.html",
        "www.mau.example/tin/-/7-họp.html",
        f"{PLAIN};jsessionid=0F?redirect=%2F&utm_source=zalo&fbclid=1",
        f"“{PLAIN}”.".replace("“", ""),
        f"<{PLAIN}>",
        f"{PLAIN}).",
        f"https://web.archive.org/web/20210304050607/{PLAIN}",
        f"http://localhost:8080/hdnd/20210304050607mp_/{PLAIN}",
        f"{PLAIN}/en",
        f"{PLAIN}/vi/vi_VN/",
        "https://mau.example/tin/-/7-ten-khac-2024.html",
        "https://mau.example/tin/-/7-ten-khac.html/en",
        "http://127.0.0.1:8017/tin/-/7-họp.html",
        "http://localhost/tin/-/7-h%E1%BB%8Dp.html?redirect=%2F",
        "http://[::1]:8017/tin/-/7-họp.html/vi",
        "archive.lan:8017/tin/-/7-họp.html",
        "#7",
        "mau-7",
    ],
)
def test_an_address_in_any_of_its_spellings_is_that_of_the_article(
    reader: ArchiveReader, written: str
) -> None:
    assert named(reader.catalogue, written) == "mau-7"


@pytest.mark.parametrize("added", ["", "&utm_source=zalo", "&redirect=%2Fx&p_p_id=101", "#x"])
def test_an_article_that_a_query_names_is_found_whatever_else_the_query_says(
    reader: ArchiveReader, added: str
) -> None:
    assert named(reader.catalogue, BY_QUERY + added) == "mau-8"
    turned = "https://MAU.example./tin?_101_urlTitle=hop&_101_action=view"
    assert named(reader.catalogue, turned + added) == "mau-8"


@pytest.mark.parametrize("gone", ["&_101_type=content", "_101_action=view&"])
def test_an_article_that_a_query_names_by_number_is_found_by_less_of_it(
    reader: ArchiveReader, gone: str
) -> None:
    assert named(reader.catalogue, BY_ID.replace(gone, "")) == "mau-6"


@pytest.mark.parametrize(
    "written",
    [
        "https://khac.example/x",
        "http://[x",
        "https://mau.example/tin?_101_action=view",
        "https://mau.example/tin?_101_groupId=6",
        "https://mau.example/tin/-/17-ten-khac.html",
        "https://mau.example/tin/-/ten-khac-7.html",
        "https://mau.example/khac/-/7-ten-khac.html",
        "https://khac.example/tin/-/7-h%E1%BB%8Dp.html",
        "http://127.0.0.1:8017/-/7-h%E1%BB%8Dp.html",
        "http://127.0.0.1:8017/",
        "https://mau.example/en",
        "x/y",
        "#",
    ],
)
def test_what_names_nothing_stays_as_it_is(reader: ArchiveReader, written: str) -> None:
    assert named(reader.catalogue, written) == written


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("HTTP://A.example.:80", "http://a.example/"),
        ("https://a.example:8443/%7Ex/%c3%a1?q=%2f#y", "https://a.example:8443/~x/%C3%A1?q=%2F"),
        ("https://hộp.example/", "https://xn--hp-79s.example/"),
        ("https://[2001:DB8::1]:443/", "https://[2001:db8::1]/"),
        ("ftp://a.example/", None),
        ("https://", None),
        ("https://a.example:99999/", None),
    ],
)
def test_one_address_has_one_form(written: str, form: str | None) -> None:
    assert in_one_form(written) == form
    assert form is None or in_one_form(form) == form


def test_a_path_that_two_sites_have_is_asked_back(tmp_path: Path) -> None:
    home = Home(tmp_path)
    for number, site in enumerate(("mot", "hai")):
        about = {"id": site, "name": site, "host": f"{site}.example"}
        with writing(home, site=about) as (archive, run):
            url = f"https://{site}.example/a"
            keep(archive, run, exchange("/a", page("Một", id=str(number)), url=url))
    with (
        ArchiveReader.open(home) as reader,
        pytest.raises(UsageError, match="names-several-articles"),
    ):
        named(reader.catalogue, "http://127.0.0.1:8017/a")


def test_a_number_that_two_articles_have_is_asked_back(tmp_path: Path) -> None:
    home = Home(tmp_path)
    for site in ("mot", "hai"):
        about = {"id": site, "name": site, "host": f"{site}.example"}
        with writing(home, site=about) as (archive, run):
            url = f"https://{site}.example/a"
            keep(archive, run, exchange("/a", page("Một", id="5"), url=url))
    with (
        ArchiveReader.open(home) as reader,
        pytest.raises(UsageError, match="names-several-articles"),
    ):
        named(reader.catalogue, "5")
