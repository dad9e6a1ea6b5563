"""Lists of names, passages, exact spelling, whole exports, and a word on what is not there."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from support.hdnd import run_hdnd

FOUND, NOT_FOUND, TROUBLE = 0, 1, 2
STAMP = "Ngày đăng {} | 17:00 | Lượt xem: 4"


@pytest.fixture(scope="module")
def own(articles_of_ones_own: Callable[[Mapping[str, str]], Path]) -> Path:
    """Fourteen articles: twelve on a market, two that are told apart by their marks."""
    texts = {
        f"cho{n:02}": f"Tin chợ số {n}\n{STAMP.format(f'{n:02}/02/2021')}\n\nGiám sát chợ {n}."
        for n in range(1, 13)
    }
    texts["ban"] = (
        f"Bán đấu giá\n{STAMP.format('05/03/2019')}\n\nÔng Lê Văn Mẫn nói quận bán đất công.\n\n"
        "Cử tri hỏi về chợ và cầu.\n\nÔng Mẫn trả lời: đất ấy chưa bán."
    )
    texts["nguoiban"] = f"Bạn đọc\n{STAMP.format('06/03/2019')}\n\nBạn đọc hỏi về đất nông nghiệp."
    return articles_of_ones_own(texts)


def test_a_list_has_a_line_for_each_query(own: Path, tmp_path: Path) -> None:
    names = tmp_path / "names.txt"
    names.write_text("\ufeffLê Văn Mẫn\n\n  chợ\nkhông-có-ai-tên-thế\n", "utf-8")
    done = run_hdnd("search", "--list", str(names), home=own)
    assert done.status == FOUND
    assert [line.split("  ")[0].strip() for line in done.lines] != []
    first, second, third = done.lines
    assert first.split()[0] == "1"
    assert "Lê Văn Mẫn" in first
    assert "Bán đấu giá" in first
    assert second.split()[0] == "13"
    assert second.count(" | ") == 2
    assert third.split()[0] == "0"
    # What a line says is not said again in a note.
    assert done.err == ""


def test_a_list_goes_to_csv_and_json(own: Path, tmp_path: Path) -> None:
    names = tmp_path / "names.txt"
    names.write_text("Lê Văn Mẫn\nchợ\n", "utf-8")
    done = run_hdnd("search", "--list", str(names), "--csv", home=own)
    rows = list(csv.DictReader(io.StringIO(done.out)))
    assert [(row["query"], row["total"]) for row in rows] == [("Lê Văn Mẫn", "1"), ("chợ", "13")]
    assert rows[0]["title"] == "Bán đấu giá"
    assert len(rows[1]["best"].split()) == 3
    asked = run_hdnd("search", "--list", str(names), "--json", "--limit", "1", home=own).json
    assert [one["query"] for one in asked["queries"]] == ["Lê Văn Mẫn", "chợ"]
    assert [len(one["hits"]) for one in asked["queries"]] == [1, 1]


def test_a_list_is_narrowed_as_a_search_is(own: Path, tmp_path: Path) -> None:
    names = tmp_path / "names.txt"
    names.write_text("chợ\n", "utf-8")
    done = run_hdnd("search", "--list", str(names), "--to", "2019", home=own)
    assert done.lines[0].split()[0] == "1"


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"ch\xff\xfe", "can't be read"), (b"a" * 2000, "more than 1,000 characters")],
)
def test_a_list_that_is_none_is_named(own: Path, tmp_path: Path, content: bytes, said: str) -> None:
    names = tmp_path / "names.txt"
    names.write_bytes(content)
    done = run_hdnd("search", "--list", str(names), home=own)
    assert (done.status, said in done.err, "names.txt" in done.err) == (TROUBLE, True, True)


def test_a_list_takes_no_words_beside_it(own: Path, tmp_path: Path) -> None:
    names = tmp_path / "names.txt"
    names.write_text("chợ\n", "utf-8")
    assert run_hdnd("search", "chợ", "--list", str(names), home=own).status == TROUBLE
    assert run_hdnd("search", "--list", str(tmp_path / "none"), home=own).status == TROUBLE


def test_all_is_the_whole_and_a_part_of_a_table_is_said_to_be_one(own: Path) -> None:
    part = run_hdnd("search", "chợ", "--csv", "--limit", "10", home=own)
    assert len(part.out.splitlines()) == 11
    assert "Page 1 of 2" in part.err
    assert len(run_hdnd("search", "chợ", "--csv", "--all", home=own).out.splitlines()) == 14
    whole = run_hdnd("search", "chợ", "--json", "--all", home=own).json
    assert len(whole["hits"]) == whole["total"] == 13


def test_exactly_this_spelling(own: Path) -> None:
    assert run_hdnd("search", "bán đất", "--count", home=own).out == "2\n"
    assert run_hdnd("search", "bán đất", "--exact", "--count", home=own).out == "1\n"
    assert run_hdnd("search", "=bán đất", "--count", home=own).out == "1\n"
    assert run_hdnd("search", "ban dat", "--exact", home=own).status == NOT_FOUND


def test_all_passages_of_an_article(own: Path) -> None:
    done = run_hdnd("search", "mẫn bán", "--passages", home=own)
    assert "Ông Lê Văn Mẫn nói quận bán đất công." in done.out
    assert "Ông Mẫn trả lời: đất ấy chưa bán." in done.out
    assert "Cử tri hỏi" not in done.out
    (hit,) = run_hdnd("search", "mẫn bán", "--passages", "--json", home=own).json["hits"]
    assert len(hit["passages"]) == 2
    rows = run_hdnd("search", "mẫn bán", "--passages", "--csv", home=own).out.splitlines()
    assert len(rows) == 3


def test_an_excerpt_shows_every_word(own: Path) -> None:
    (hit,) = run_hdnd("search", "nói cầu", "--json", home=own).json["hits"]
    assert "nói" in hit["snippet"]
    assert "cầu" in hit["snippet"]
    assert [hit["snippet"][a:b] for a, b in hit["highlights"]["snippet"]] == ["nói", "cầu"]


def test_options_alone_list_all_that_fits_them(own: Path) -> None:
    assert run_hdnd("search", "--from", "2021", "--count", home=own).out == "12\n"
    done = run_hdnd("search", "--to", "2019", home=own)
    assert done.status == FOUND
    assert done.lines[0] == "2 articles found."
    assert "2021  12" in run_hdnd("search", "--by", "year", home=own).out
    assert run_hdnd("search", home=own).status == TROUBLE


def test_a_site_and_a_category_that_are_not_there_are_named(own: Path) -> None:
    done = run_hdnd("search", "chợ", "--site", "thanh-gianh", home=own)
    assert done.status == NOT_FOUND
    assert "no article is of the site 'thanh-gianh'; there are: thanh-giang" in done.err
    done = run_hdnd("search", "chợ", "--category", "hoat dong", home=own)
    assert "no article is of the category 'hoat dong'; there are: Hoạt động HĐND" in done.err
    assert "thanh-giang" in run_hdnd("search", "chợ", "site:xyz", home=own).err


def test_from_after_to_is_said_and_read_the_other_way_round(own: Path) -> None:
    done = run_hdnd("search", "chợ", "--from", "2021", "--to", "2019", "--count", home=own)
    assert done.out == "13\n"
    assert "--from 2021 is after --to 2019: read the other way round" in done.err


def test_a_good_answer_to_a_question_is_no_failure(own: Path) -> None:
    done = run_hdnd("search", "ai nói quận bán đất công?", home=own)
    assert done.status == FOUND
    assert done.lines[0] == "1 article found."
    asked = run_hdnd("search", "ông mẫn trả lời cử tri phường nào hôm qua về đất", home=own)
    assert "No article found" not in asked.out


def test_a_list_says_what_is_to_be_known_of_a_query_once(own: Path, tmp_path: Path) -> None:
    names = tmp_path / "names.txt"
    names.write_text("after:2019\nchợ\nca\n", "utf-8")
    done = run_hdnd("search", "--list", str(names), "--site", "nowhere", home=own)
    assert "after:2019: after: is no field" in done.err
    assert done.err.count("no article is of the site 'nowhere'") == 1


def test_a_list_tells_what_is_as_typed(own: Path, tmp_path: Path) -> None:
    names = tmp_path / "names.txt"
    names.write_text("bạn\n", "utf-8")
    done = run_hdnd("search", "--list", str(names), home=own)
    assert "bạn (1 as typed)" in done.lines[0]
    done = run_hdnd("search", "--list", str(names), "--csv", home=own)
    (row,) = csv.DictReader(io.StringIO(done.out))
    assert (row["total"], row["as_typed"], row["exact"]) == ("2", "1", "1")


def test_no_file_that_was_read_has_words_where_none_was(own: Path) -> None:
    asked = run_hdnd("search", "in:attachment chợ", home=own)
    assert (asked.status, asked.lines) == (1, ["No article found."])
    assert "no file has been read" in asked.err


@pytest.mark.parametrize("content", ["", "\n  \n"])
def test_an_empty_list_is_told(own: Path, tmp_path: Path, content: str) -> None:
    names = tmp_path / "names.txt"
    names.write_text(content, "utf-8")
    done = run_hdnd("search", "--list", str(names), home=own)
    assert (done.status, "names.txt is empty" in done.err) == (TROUBLE, True)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--count", "--csv"), "--count goes without --csv"),
        (("--json", "--csv"), "--json goes without --csv"),
        (("--csv", "--all", "--limit", "5"), "--all shows every article"),
    ],
)
def test_options_that_contradict_one_another_are_told(
    own: Path, options: tuple[str, ...], said: str
) -> None:
    done = run_hdnd("search", "chợ", *options, home=own)
    assert (done.status, said in done.err) == (TROUBLE, True)


def test_a_site_and_a_category_may_be_in_other_letters(own: Path) -> None:
    row = run_hdnd("search", "chợ", "--limit", "1", "--json", home=own).json["hits"][0]
    for part in (f"site:{row['site'].upper()}", f'category:"{row["category"].upper()}"'):
        assert run_hdnd("search", "chợ", part, "--count", home=own).out.strip() == "13"
    for option in (("--site", row["site"].upper()), ("--category", row["category"].lower())):
        assert run_hdnd("search", "chợ", *option, "--count", home=own).out.strip() == "13"


def test_what_is_as_typed_is_told_of_every_value(own: Path) -> None:
    found = run_hdnd("search", "giám", "--by", "year", "--json", home=own).json
    other = run_hdnd("search", "gian", "--by", "year", "--json", home=own).json
    for answer in (found, other):
        assert answer["facets_as_typed"].keys() == answer["facets"].keys()
    asked = run_hdnd("search", "ban OR giám", "--by", "month", "--json", home=own).json
    assert asked["facets_as_typed"]["month"].keys() == asked["facets"]["month"].keys()
