"""`hdnd search` as a journalist uses it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from search_cli.terminal import columns
from support.hdnd import run_hdnd, run_hdnd_on_terminal

FOUND, NOT_FOUND, TROUBLE = 0, 1, 2
STAMP = "Ngày đăng {} | 17:00 | Lượt xem: 4"


@pytest.fixture(scope="module")
def own(articles_of_ones_own: Callable[[Mapping[str, str]], Path]) -> Path:
    """Four articles: two dated ones about a river, one of them on covid, one without a date."""
    return articles_of_ones_own(
        {
            "nuoc": f"Nước sông Ngọc rút\n{STAMP.format('05/02/2024')}\n\nĐoàn giám sát đã về bến.",
            "dich": f"Họp bên sông\n{STAMP.format('17/08/2020')}\n\nĐoàn giám sát bàn về covid.",
            "bai": "Bãi sông không ngày tháng\n\nĐoàn giám sát chưa ghi ngày.",
            "tren": f"=1+1 và \u202eđảo\u202c\n{STAMP.format('01/01/2019')}\n\nMột công thức lạ.",
        }
    )


def search(home: Path, *arguments: str) -> Any:
    done = run_hdnd("search", "--json", *arguments, home=home)
    assert done.status in (FOUND, NOT_FOUND), done.err
    return done.json


def titles(home: Path, *arguments: str) -> list[str]:
    return [hit["title"] for hit in search(home, *arguments)["hits"]]


def test_words_without_marks_find_the_article_and_status_0_says_so(own: Path) -> None:
    done = run_hdnd("search", "nuoc", "song", home=own)
    assert done.status == FOUND
    assert "Nước sông Ngọc rút" in done.out
    assert "05/02/2024 17:00 · thanh-giang · Hoạt động HĐND" in done.out


def test_status_1_means_that_nothing_was_found(own: Path) -> None:
    done = run_hdnd("search", "không-có-từ-này-đâu", home=own)
    assert done.status == NOT_FOUND
    assert done.out == "No article found.\n"


def test_a_near_miss_is_labelled_and_is_no_find(own: Path) -> None:
    done = run_hdnd("search", "giamm", "satt", home=own)
    assert done.status == NOT_FOUND
    assert done.lines[0] == "No article found as typed. Near misses:"
    assert "note: " in done.err
    assert run_hdnd("search", "giamm", "satt", "--count", home=own).out == "0\n"
    answer = search(own, "giamm", "satt")
    assert (answer["total"], answer["fallback"]) == (0, "spelling")


def test_json_is_one_object_with_total_and_hits(own: Path) -> None:
    answer = search(own, "nước", "rút")
    (hit,) = answer["hits"]
    assert answer["total"] == 1
    assert {"id", "site", "title", "url", "published_at", "snippet", "score"} <= hit.keys()
    assert hit["site"] == "thanh-giang"
    assert hit["id"].startswith("thanh-giang-3")
    assert hit["url"].startswith("https://thanhgiang.example/")
    assert hit["published_at"] == "2024-02-05T17:00:00+07:00"
    start, end = hit["highlights"]["title"][0]
    assert hit["title"][start:end] == "Nước"


def test_json_of_nothing_found_is_an_object_too(own: Path) -> None:
    done = run_hdnd("search", "--json", "không-có-từ-này-đâu", home=own)
    assert (done.status, done.json["total"], done.json["hits"]) == (NOT_FOUND, 0, [])


def test_a_word_after_a_minus_needs_no_quoting(own: Path) -> None:
    assert len(titles(own, "giám", "sát")) == 3
    assert "Họp bên sông" not in titles(own, "giám", "sát", "-covid")
    assert "Họp bên sông" not in titles(own, "-covid", "giám", "--limit", "5", "sát")


def test_options_may_stand_anywhere(own: Path) -> None:
    before = run_hdnd("search", "--count", "giám", "sát", "--home", str(own))
    after = run_hdnd("--home", str(own), "search", "giám", "sát", "--count")
    assert before.out == after.out == "3\n"


def test_after_two_minus_signs_all_is_query(own: Path) -> None:
    done = run_hdnd("search", "--count", "--", "giám", "--json", home=own)
    assert done.status in (FOUND, NOT_FOUND)
    assert done.out.strip().isdecimal()


def test_an_option_with_a_slip_is_an_error_and_no_word(own: Path) -> None:
    done = run_hdnd("search", "giám", "--jsn", home=own)
    assert done.status == TROUBLE
    assert "--jsn" in done.err
    assert not done.out


def test_from_and_to_take_days_months_and_years(own: Path) -> None:
    assert titles(own, "giám sát", "--from", "2024") == ["Nước sông Ngọc rút"]
    assert titles(own, "giám sát", "--to", "8/2020") == ["Họp bên sông"]
    assert titles(own, "giám sát", "--from", "17/8/2020", "--to", "2020-08-17") == ["Họp bên sông"]
    assert run_hdnd("search", "x", "--from", "31/2/2020", home=own).status == TROUBLE


def test_undated_articles_that_a_date_leaves_out_are_told_of(own: Path) -> None:
    done = run_hdnd("search", "giám sát", "--from", "2019", home=own)
    assert "note: 1 matching article without a date left out by --from/--to" in done.err
    assert search(own, "giám sát", "--from", "2019")["undated"] == 1
    assert search(own, "giám sát")["undated"] == 0


def test_sort_by_date(own: Path) -> None:
    dated = ["Nước sông Ngọc rút", "Họp bên sông"]
    newest, oldest = (titles(own, "giám sát", "--sort", sort) for sort in ("newest", "oldest"))
    assert [title for title in newest if title in dated] == dated
    assert [title for title in oldest if title in dated] == dated[::-1]


def test_pages_hold_all_hits_once(own: Path) -> None:
    pages = [
        titles(own, "giám sát", "--sort", "newest", "--limit", "1", "--page", str(page))
        for page in (1, 2, 3, 4)
    ]
    assert [len(page) for page in pages] == [1, 1, 1, 0]
    assert sorted(title for page in pages for title in page) == sorted(titles(own, "giám sát"))


def test_a_page_past_the_last_is_still_found(own: Path) -> None:
    done = run_hdnd("search", "giám sát", "--page", "9", home=own)
    assert done.status == FOUND
    assert "3 articles found, none of them on this page" in done.out
    assert "There is no page 9; the last one: --page 1" in done.err


def test_count_prints_a_number_alone(own: Path) -> None:
    assert run_hdnd("search", "giám sát", "--count", home=own).out == "3\n"
    nothing = run_hdnd("search", "không-có-từ-này-đâu", "--count", home=own)
    assert (nothing.status, nothing.out) == (NOT_FOUND, "0\n")


def test_only_one_site_is_searched_if_it_is_named(own: Path) -> None:
    assert len(titles(own, "giám sát", "--site", "thanh-giang")) == 3
    assert titles(own, "giám sát", "--site", "moc-son") == []


def test_csv_has_a_header_and_no_formulas(own: Path) -> None:
    done = run_hdnd("search", "--csv", "công thức lạ", home=own)
    header, row = csv.reader(io.StringIO(done.out))
    assert header[:7] == ["id", "site", "title", "url", "published_at", "snippet", "score"]
    assert header[7:] == ["tier", "lacking"]
    assert row[7:] == ["0", ""]
    assert row[2] == "'=1+1 và đảo"


def test_bidirectional_characters_of_a_title_never_reach_the_text(own: Path) -> None:
    done = run_hdnd("search", "công thức lạ", home=own)
    assert "=1+1 và đảo" in done.out
    assert "\u202e" not in done.out


def test_text_in_a_pipe_is_plain_and_unbroken(own: Path) -> None:
    done = run_hdnd("search", "giám sát", home=own)
    assert "\x1b" not in done.out
    assert "[" not in done.out


def test_on_a_terminal_matches_are_coloured_and_lines_fit(own: Path) -> None:
    done = run_hdnd_on_terminal("search", "giam sat", home=own)
    assert "\x1b[33m\x1b[1mgiám sát\x1b[0m" in done.out
    text = [line for line in done.lines if "http" not in line and "\x1b" not in line]
    assert max(map(columns, text)) <= 60


@pytest.mark.parametrize("env", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_on_a_terminal_without_colour_matches_stand_in_brackets(
    own: Path, env: dict[str, str]
) -> None:
    done = run_hdnd_on_terminal("search", "giam sat", home=own, env=env)
    assert "\x1b" not in done.out
    assert "[giám sát]" in done.out


@pytest.mark.parametrize(
    "query", ["*", '"', "(((", "NOT OR", "😀", "x" * 10_000, "\x01\x1b[31m", "-", "--", "- -"]
)
def test_no_query_makes_it_fall_over(own: Path, query: str) -> None:
    done = run_hdnd("search", "--", query, home=own)
    assert done.status in (FOUND, NOT_FOUND), done.err


def test_a_query_in_broken_utf8_is_still_a_query(own: Path) -> None:
    done = run_hdnd("search", "--json", "s\udcf4ng", home=own)
    assert done.status in (FOUND, NOT_FOUND), done.err


def test_text_is_utf8_whatever_the_locale_says(own: Path) -> None:
    odd = {
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONIOENCODING": "ascii",
    }
    done = run_hdnd("search", "giám sát", home=own, env=odd)
    assert (done.status, "Đoàn giám sát" in done.out) == (FOUND, True)


def test_a_search_before_any_crawl_says_what_to_do(tmp_path: Path) -> None:
    done = run_hdnd("search", "giám sát", home=tmp_path / "nowhere")
    assert done.status == TROUBLE
    assert "there is no archive" in done.err
    assert "`hdnd crawl`" in done.err
    assert not (tmp_path / "nowhere").exists()


def test_an_archive_without_an_index_says_how_to_make_it(copy_of_demo: Path) -> None:
    (copy_of_demo / "index").rename(copy_of_demo / "elsewhere")
    done = run_hdnd("search", "giám sát", home=copy_of_demo)
    assert done.status == 8
    assert "`hdnd index`" in done.err


def test_a_search_needs_the_index_alone_and_writes_nothing(copy_of_demo: Path) -> None:
    for path in copy_of_demo.iterdir():
        if path.is_file():
            path.unlink()
    before = {path: path.stat().st_mtime_ns for path in copy_of_demo.rglob("*")}
    assert run_hdnd("search", "giám sát", home=copy_of_demo).status == FOUND
    assert {path: path.stat().st_mtime_ns for path in copy_of_demo.rglob("*")} == before
