"""The index as a thing on disk: what an update does, what a reader sees."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from archive.ground.errors import IndexUnusable, LockHeld
from archive.ground.message import Message
from indexer import Document, SearchIndex, highlight

SESSION = Document(
    id="tg-1",
    title="Kỳ họp thứ hai mươi",
    lead=None,
    body=("Hội đồng nhân dân quận xem xét ngân sách.", "Cử tri kiến nghị về chợ."),
    date=date(2020, 8, 17),
    site="thanh-giang",
    category="Hoạt động HĐND",
    url="http://thanhgiang.example/1",
    published_at="2020-08-17T11:32:00+07:00",
)
SURVEY = SESSION._replace(id="tg-2", title="Khảo sát trường học", body=("Bán trú",), date=None)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def index(path: Path) -> SearchIndex:
    index = SearchIndex.open(path, create=True)
    index.update([SESSION, SURVEY], watermark=7)
    return index


def ids(index: SearchIndex, query: str, **filters: object) -> list[str]:
    return [hit.id for hit in index.search(query, **filters).hits]  # type: ignore[arg-type]


def test_importing_the_door_loads_no_engine() -> None:
    code = "import indexer, sys; indexer.highlight('a', 'b'); assert 'whoosh' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_opening_and_searching_load_no_engine(index: SearchIndex, path: Path) -> None:
    code = """
import sys
from indexer import SearchIndex
with SearchIndex.open(sys.argv[1]) as index:
    assert index.search("hội đồng", explain=True, facets=["site"]).total == 1
    assert index.search("hooij dofng").fallback and index.search("khaos").hits
    index.verify()
assert "whoosh" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", code, path], check=True)


def test_an_updated_article_replaces_the_old_one(index: SearchIndex) -> None:
    index.update([SURVEY._replace(body=("Bếp ăn",))])
    assert index.document_count == 2
    assert index.count("bán trú") == 0
    assert ids(index, "bếp") == ["tg-2"]


def test_a_removed_article_is_not_found(index: SearchIndex) -> None:
    index.remove(["tg-2", "unknown"], watermark=8)
    assert index.document_count == 1
    assert index.watermark == 8
    assert ids(index, "khảo sát") == []


def test_the_same_id_twice_in_one_update_leaves_the_last(index: SearchIndex) -> None:
    index.update([SURVEY, SURVEY._replace(title="Lần cuối")])
    assert index.document_count == 2
    assert ids(index, '"lần cuối"') == ["tg-2"]


def test_the_watermark_is_kept_with_the_commit(index: SearchIndex, path: Path) -> None:
    assert SearchIndex.open(path).watermark == 7
    index.update([SURVEY])
    assert SearchIndex.open(path).watermark == 7


def test_an_update_that_fails_changes_nothing(index: SearchIndex) -> None:
    broken = SURVEY._replace(body=(None,))  # type: ignore[arg-type]
    with pytest.raises(AttributeError):
        index.update([SESSION, broken], watermark=9)
    assert index.watermark == 7
    assert ids(index, "bán trú") == ["tg-2"]
    index.update([SURVEY])


def test_a_second_writer_is_told_so(index: SearchIndex, path: Path) -> None:
    def documents() -> object:
        with pytest.raises(LockHeld, match=r"indexer\.locked"):
            SearchIndex.open(path).update([SURVEY])
        yield SURVEY

    index.update(documents())  # type: ignore[arg-type]


def test_a_replaced_index_holds_just_the_new_articles(index: SearchIndex, path: Path) -> None:
    with SearchIndex.replace(path, [SURVEY], watermark=11) as fresh:
        assert (fresh.document_count, fresh.watermark) == (1, 11)
    assert list(path.parent.iterdir()) == [path]


def test_a_reader_goes_on_when_the_index_is_replaced(index: SearchIndex, path: Path) -> None:
    assert ids(index, "bán trú") == ["tg-2"]
    SearchIndex.replace(path, [SESSION]).close()
    assert ids(index, "khảo sát") in ([], ["tg-2"])
    assert ids(index, "cử tri") == ["tg-1"]


def test_the_same_id_far_apart_in_one_update_leaves_the_last(index: SearchIndex) -> None:
    many = [SURVEY._replace(id=f"n-{number}") for number in range(500)]
    index.update([SURVEY, *many, SURVEY._replace(title="Lần cuối")])
    assert index.document_count == 502
    assert ids(index, '"lần cuối"') == ["tg-2"]


def test_a_hit_gives_back_what_was_put_in(index: SearchIndex) -> None:
    (hit,) = index.search("ngan sach").hits
    assert (hit.id, hit.title, hit.url) == (SESSION.id, SESSION.title, SESSION.url)
    assert (hit.published_at, hit.category) == (SESSION.published_at, SESSION.category)
    assert [hit.snippet[start:end] for start, end in hit.snippet_spans] == ["ngân", "sách"]


def test_undated_articles_that_a_date_filter_leaves_out_are_counted(index: SearchIndex) -> None:
    answer = index.search("khảo sát", since=date(2020, 1, 1))
    assert (answer.total, answer.undated) == (0, 1)


def test_filters_narrow_the_answer(index: SearchIndex) -> None:
    assert ids(index, "cử tri", sites=["elsewhere"]) == []
    assert ids(index, "cử tri", categories=["Hoạt động HĐND"]) == ["tg-1"]
    assert ids(index, "cử tri", until=date(2020, 8, 17)) == ["tg-1"]
    assert ids(index, "cử tri", until=date(2020, 8, 16)) == []


def test_a_document_of_two_categories_is_found_by_each_and_counted_under_each(
    tmp_path: Path,
) -> None:
    both = SESSION._replace(id="tg-3", further_categories=("Tiếp xúc cử tri",))
    index = SearchIndex.open(tmp_path / "two", create=True)
    index.update([SESSION, both])
    for name, found in (("hoạt động hđnd", ["tg-1", "tg-3"]), ("tiep xuc cu tri", ["tg-3"])):
        assert sorted(ids(index, "", categories=[name])) == found
        assert sorted(ids(index, f'category:"{name}"')) == found
    answer = index.search("kỳ họp", facets=["category"])
    assert answer.facets["category"] == (("Hoạt động HĐND", 2), ("Tiếp xúc cử tri", 1))
    assert {hit.id: hit.categories for hit in answer.hits} == {
        "tg-1": ("Hoạt động HĐND",),
        "tg-3": ("Hoạt động HĐND", "Tiếp xúc cử tri"),
    }
    assert not index.search('category:"Khác"').hits
    index = SearchIndex.open(tmp_path / "none", create=True)
    index.update([SESSION._replace(category=None)])
    assert index.search('category:"Khác"').notes[-1].code == "indexer.no-such-category-nor-any"


def test_pages_follow_on_one_another_in_each_order(index: SearchIndex) -> None:
    many = [SESSION._replace(id=f"n-{day:02}", date=date(2021, 1, day)) for day in range(1, 26)]
    index.update(many, remove=["tg-1"])
    for sort in ("score", "newest", "oldest"):
        pages = [ids(index, "cử tri", sort=sort, page=page) for page in (1, 2, 3, 4)]
        assert [len(page) for page in pages] == [10, 10, 5, 0]
        assert len({identity for page in pages for identity in page}) == 25
    assert ids(index, "cử tri", sort="oldest", limit=1) == ["n-01"]
    assert ids(index, "cử tri", sort="newest", limit=1) == ["n-25"]


def test_an_open_reader_sees_its_commit_while_writers_merge(index: SearchIndex, path: Path) -> None:
    with SearchIndex.open(path) as reader:
        for turn in range(3):
            index.update([SURVEY._replace(title=f"Lần {turn}"), SESSION])
        assert ids(reader, "ngan sach") == ["tg-1"]
        assert ids(reader, '"khảo sát trường học"') == ["tg-2"]
        reader.refresh()
        assert reader.count('"khảo sát trường học"') == 0
        assert ids(reader, "lan 2") == ["tg-2"]


def test_a_writer_with_little_memory_makes_the_same_index(path: Path, tmp_path: Path) -> None:
    many = [SESSION._replace(id=f"n-{n}", title=f"Kỳ họp thứ {n}") for n in range(40)]
    with SearchIndex.open(path, create=True) as index:
        index.update(many)
    with SearchIndex.open(tmp_path / "other", create=True) as other:
        other.update(many, postings_in_memory=60)
    for words in (path, tmp_path / "other"):
        assert len(list(words.glob("*.words"))) == 1
    contents = [next(at.glob("*.words")).read_bytes() for at in (path, tmp_path / "other")]
    assert contents[0] == contents[1]


def test_an_index_of_another_release_is_named_so(index: SearchIndex, path: Path) -> None:
    index.close()
    (manifest,) = path.glob("manifest_*.json")
    for member in ("format", "analysis"):
        content = json.loads(manifest.read_text())
        manifest.write_text(json.dumps({**content, member: content[member] - 1}))
        with pytest.raises(IndexUnusable, match=r"indexer\.other-release") as caught:
            SearchIndex.open(path)
        assert caught.value.hint == Message("indexer.rebuild")


def test_damage_that_an_update_meets_is_named_and_leaves_no_lock(
    index: SearchIndex, path: Path
) -> None:
    index.close()
    (file,) = path.glob("*.documents")
    file.write_bytes(file.read_bytes().replace(b'"tg-1"', b'"tg-3"'))
    for _ in range(2):
        with SearchIndex.open(path) as damaged, pytest.raises(IndexUnusable, match="damaged"):
            damaged.update([SURVEY])
        assert SearchIndex.open(path).watermark == 7


@pytest.mark.parametrize("name", ["missing", "file", "empty", "foreign"])
def test_what_is_no_index_is_refused_with_a_way_out(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if name == "file":
        path.write_text("")
    elif name != "missing":
        path.mkdir()
    if name == "foreign":
        (path / "_hdnd_1.toc").write_bytes(b"cos\nsystem\n(S'false'\ntR.")
    with pytest.raises(IndexUnusable, match=name) as caught:
        SearchIndex.open(path)
    assert caught.value.hint == Message("indexer.rebuild")


def test_a_flipped_or_missing_byte_in_any_file_is_noticed(index: SearchIndex, path: Path) -> None:
    index.close()
    for file in sorted(path.iterdir()):
        content = file.read_bytes()
        if not content:
            continue
        middle = len(content) // 2
        flipped = content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]
        for content_now in (flipped, content[:-1], b""):
            file.write_bytes(content_now)
            with pytest.raises(IndexUnusable, match="index"), SearchIndex.open(path) as damaged:
                damaged.verify()
        file.write_bytes(content)
    SearchIndex.open(path).close()


@pytest.mark.parametrize("ending", [".words", ".documents"])
def test_a_flipped_byte_in_what_a_search_reads_is_noticed(
    index: SearchIndex, path: Path, ending: str
) -> None:
    index.close()
    (file,) = (file for file in path.iterdir() if file.name.endswith(ending))
    content = file.read_bytes()
    words = [
        "kỳ",
        "họp",
        "thứ",
        "hai",
        "mươi",
        "hội",
        "đồng",
        "nhân",
        "dân",
        "quận",
        "xem",
        "xét",
        "ngân",
        "sách",
    ]
    noticed = 0
    for place in range(0, len(content), 7):
        file.write_bytes(content[:place] + bytes([content[place] ^ 16]) + content[place + 1 :])
        try:
            with SearchIndex.open(path) as damaged:
                for word in words:
                    assert [hit.id for hit in damaged.search(word).hits] == ["tg-1"]
        except IndexUnusable:
            noticed += 1
    assert noticed > 10


def test_highlights_mark_a_text_as_it_is_written() -> None:
    text = "Ho\u0323\u0302i đo\u0302\u0300ng\u00a0nhân\u200b dân"
    spans = highlight(text, "hoi dong dan")
    assert [text[start:end] for start, end in spans] == [
        "Ho\u0323\u0302i",
        "đo\u0302\u0300ng",
        "dân",
    ]
