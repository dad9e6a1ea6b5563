"""What stands side by side is known of each document, in every spelling, wherever its lists lie."""

from __future__ import annotations

import random
from array import array
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer import Document, SearchIndex
from indexer.engines.local.search.budget import STEPS, Budget
from indexer.engines.local.search.matching import Leaf
from indexer.engines.local.search.pair_filter import by_pairs
from indexer.engines.local.search.phrase_matcher import Ways, rows_of
from indexer.engines.local.search.sequences import Sequence, Standing
from indexer.engines.local.storage.bitsets import documents_of
from indexer.engines.local.storage.pairs import (
    Family,
    by_position,
    listed,
    pack_family,
    pairs_of,
    read_family,
)
from indexer.engines.local.storage.posting_pool import PostingPool
from indexer.errors import DamagedPiece
from indexer.language.occurrences import analyse_document
from indexer.query.parsing import parse
from indexer.query.tree import leaves

FAMILY: Family = {
    b"c\xc3\xa2y0 xanh0": (array("I", [3, 70_000]), b"\1\x41"),
    b"cay0 xanh0": (array("I", [0, 1, 2]), b"\1\2\3"),
}


def counted(title: str, lead: str | None, *body: str) -> dict[str, int]:
    pairs = pairs_of(by_position(analyse_document(title, lead, body, first=1000)))
    return {
        f"{one.decode().split()[0]} {other.decode().split()[0]}": count
        for (one, other), count in pairs.items()
    }


def test_pairs_are_counted_in_title_lead_and_body() -> None:
    found = counted("Cây xanh", "Cây xanh, cây xanh", "Cây xanh", "xanh cây")
    assert found["cay xanh"] == 1 << 6 | 2 << 4 | 1
    assert found["xanh cay"] == 1 << 4 | 1


def test_nothing_runs_on_from_line_to_line() -> None:
    assert set(counted("một hai", "ba bốn", "năm sáu", "bảy tám")) == {
        "mot hai", "ba bon", "nam sau", "bay tam",
    }  # fmt: skip


def test_what_shares_a_position_has_the_same_neighbours() -> None:
    found = counted("", None, "khóa XX họp")
    assert {"khoa xx", "khoa 20", "xx hop", "20 hop"} <= set(found)


def test_a_family_is_read_as_it_was_written() -> None:
    assert listed(read_family(b"before" + pack_family(FAMILY) + b"after", 6)) == FAMILY


def test_a_flipped_byte_of_a_family_is_noticed() -> None:
    data = pack_family(FAMILY)
    for place in range(len(data)):
        with pytest.raises(DamagedPiece):
            read_family(data[:place] + bytes([data[place] ^ 8]) + data[place + 1 :], 0)


@pytest.mark.parametrize("limit", [1, 10_000])
def test_families_come_out_whole_however_little_fits_into_memory(
    tmp_path: Path, limit: int
) -> None:
    pool = PostingPool(tmp_path, limit)
    pairs = [(b"cay c\xc3\xa2y0", b"xanh xanh0"), (b"cay cay0", b"xanh xanh0"), (b"a a0", b"b b0")]
    for number in range(6):
        pool.add_document(number, {}, {pairs[number % 3]: number + 1, pairs[2]: 9})
    entries = dict(pool.entries())
    pool.close()
    assert list(entries) == [b"~a b", b"~cay xanh"]
    assert entries[b"~cay xanh"] == {
        b"c\xc3\xa2y0 xanh0": (array("I", [0, 3]), b"\1\4"),
        b"cay0 xanh0": (array("I", [1, 4]), b"\2\5"),
    }


def test_an_index_knows_its_pairs_after_updates_removals_and_merges(tmp_path: Path) -> None:
    texts = ["cây xanh phố", "cấy xanh", "cây xanh cây xanh", "xanh cây", "cây rất xanh"]
    standing: dict[str, str] = {}
    with SearchIndex.open(tmp_path / "index", create=True) as index:
        for night in range(12):
            changed = {f"d{(night + n) % 9}": text for n, text in enumerate(texts[night % 5 :])}
            gone = [f"d{night % 9}"] if night % 4 == 3 else []
            documents = [
                Document(key, "t", None, (text,), None, "s", None, "u")
                for key, text in changed.items()
            ]
            index.update(documents, remove=gone)
            standing = {key: standing[key] for key in standing if key not in gone} | changed
        rows = {key for key, text in standing.items() if "cây xanh" in text}
        assert index.count('"cây xanh"') == len(rows | {"other"}) - 1 + sum(
            "cấy xanh" in text for text in standing.values()
        )
        first = [hit.id for hit in index.search("cây xanh", limit=20).hits]
        assert set(first[: len(rows)]) == rows


def test_words_of_a_title_are_a_row_there(tmp_path: Path) -> None:
    titles = ["Xanh tươi, cây cao", "Cây xanh đô thị", "Xanh, cây", "Cây cao xanh"]
    with SearchIndex.replace(
        tmp_path / "index",
        (
            Document(str(n), title, None, ("Cây xanh " * (4 * (n != 1)),), None, "s", None, "u")
            for n, title in enumerate(titles)
        ),
    ) as index:
        for query in (
            "in:title cây xan*",
            "in:title câ* xanh",
            "in:title cây xanh",
            "in:title cay xanh",
            "title:cây title:xanh",
        ):
            assert index.search(query).hits[0].id == "1", query


@pytest.mark.parametrize("query", ['"cây xanh"', '"cay xanh"', 'in:title "cây xanh"'])
def test_two_words_in_quotation_marks_stand_where_the_index_has_the_pair(
    tmp_path: Path, query: str
) -> None:
    texts = ["cây xanh", "cây, cây xanh", "cay xanh cây xanh", "xanh cây", "cây cao xanh"]
    with SearchIndex.replace(
        tmp_path / "index",
        (
            Document(str(n), text, None, (text,), None, "s", None, "u")
            for n, text in enumerate(texts)
        ),
    ) as index:
        answer = index.search(query)
        assert sorted(hit.id for hit in answer.hits) == ["0", "1", "2"]
        near = index.search(f"{query.removeprefix('in:title ')}~0")
        assert sorted(hit.id for hit in near.hits) == ["0", "1", "2", "3"]


SAID = (
    "5 triệu", "năm triệu", "nam trieu", "5 tr", "5.000 nghìn", "5.000.000", "khóa XX",
    "khoá 20", "khóa hai mươi", "quận 7", "quận bảy", "Quận VII", "quan bay", "trung ương",
    "TƯ", "T.Ư", "TW", "tỉnh uỷ", "Tỉnh ủy", "thành uỷ", "20 nghìn", "hai mươi nghìn", "7",
    "đề án nâng", "đà nẵng", "da nang", "ủy ban nhân dân", "UBND", "uỷ bản nhân dân", "bí thư",
    "BT", "UBND TP", "ủy ban nhân dân thành phố", "bị thu", "U.B.N.D", "UB nhân dân", "ủy ban ND",
    "uy ban nhan dan", "Bộ Công an", "bộ công, an", "BỘ CA", "bo cong an", "BCA",
    "hạ tầng kỹ thuật", "hạ tầng kĩ thuật", "ha tang ki thuat", "HTKT", "Ban Thường vụ Quận ủy",
    "ban thường vụ Q.U", "BTV Q. uỷ", "bộ kế hoạch và đầu tư", "Bộ KH và đầu tư", "phó chủ tịch",
    "ngày 3/4/2020", "ngày 3-5/4/2020", "3, 4/5/2020", "tháng 4/2020", "tháng 3-5/2020", "năm 2020",
    "từ 3/4 đến 5/6/2020", "30/4", "30.4.2020", "2019-2020", "tháng 12/2019", "6 tháng 5 năm 2020",
    "Bộ kế hoạch và đầu TW", "PCT", "Phó CT", "P. chủ tịch", "phó chủ tích", "ủy ban thường vụ",
)  # fmt: skip

ROWS = (
    "5 triệu", "quận bảy", "trung ương", "tu", "tỉnh uỷ", "da nang", "UBND TP", "bi thu",
    'in:title "quận 7"', "ủy ban nhân dân", "uy ban nhan dan", "uy bản nhan dan", "UBND",
    '="ủy ban nhân dân"', "bộ công an", "bo cong an", "BCA", 'in:title "BCA"',
    "hạ tầng kỹ thuật", "hạ tầng kĩ thuật", "ban thường vụ quận ủy", "bộ kế hoạch và đầu tư",
    "phó chủ tịch", "pho chu tich", 'in:title "phó chủ tịch"', "PCT", "ủy ban nhân dân thành phố",
    "ban thường vụ q. uỷ", "ban thường vụ Q uỷ", "từ 2/4/2020 đến 20/5/2020", "ngày 3/4/2020",
    "30/4", "từ tháng 11/2018 đến tháng 4/2020", "tháng 4/2020", "từ 4/4/2020 đến 6/4/2020",
    "từ 3/4 đến 5/5/2020", 'in:title "ngày 3/4/2020"', "từ tháng 12/2018 đến tháng 5/2020",
)  # fmt: skip


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchIndex]:
    """What is said in many ways, several of them in a text, some of them in a row."""
    chance = random.Random(5)
    texts = [
        "".join(
            one + chance.choice((", ", ". ", " "))
            for one in chance.choices(SAID, k=chance.randrange(1, 12))
        )
        for _ in range(300)
    ]
    documents = [
        Document(str(number), text, None, (text, *texts[number : number + 3]), None, "s", None, "u")
        for number, text in enumerate(texts)
    ]
    folder = tmp_path_factory.mktemp("spoken") / "index"
    with SearchIndex.replace(folder, documents) as index:
        yield index


@pytest.mark.parametrize("query", ROWS)
def test_rows_of_words_are_told_by_the_index_as_positions_tell_them(
    spoken: SearchIndex, query: str
) -> None:
    """Also where a number and its word are in one place, and where several rows are in one text."""
    snapshot = spoken._snapshot
    node = parse(query, words=snapshot).node
    assert node is not None
    compared = 0
    for leaf in leaves(node):
        sequence = Leaf(snapshot, leaf, Budget(STEPS)).sequence
        if sequence is not None:
            walked, _ = sequence.standing(-1, Budget(STEPS))
            found, _ = sequence.walked(sequence.walk(-1), Budget(STEPS))
            assert by_document(found) == by_document(walked)
            assert ordinals(found) == ordinals(walked)
            if sequence.told is not None:
                assert by_document(sequence.told) == by_document(walked)
            compared += any(walked)
    assert compared


@pytest.mark.parametrize("query", ["ủy ban nhân dân", "bo cong an", "hạ tầng kĩ thuật", "BCA"])
def test_no_position_is_read_for_rows_that_the_table_names(
    spoken: SearchIndex, query: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Sequence, "standing", None)
    node = parse(query, words=spoken._snapshot).node
    assert node is not None
    sequences = [Leaf(spoken._snapshot, leaf, Budget(STEPS)).sequence for leaf in leaves(node)]
    assert all(one.told for one in sequences if one)


@pytest.mark.parametrize(
    "query", ["ngày 3/4/2020", "từ 2/4/2019 đến 20/5/2021", "tháng 4/2020", "30/4"]
)
def test_dates_are_told_but_where_a_text_has_several_at_once(
    spoken: SearchIndex, query: str
) -> None:
    node = parse(query, words=spoken._snapshot).node
    assert node is not None
    sequences = [Leaf(spoken._snapshot, leaf, Budget(STEPS)).sequence for leaf in leaves(node)]
    assert any(sequences)
    for one in sequences:
        assert one is None or one.told
        assert one is None or one._doubtful.bit_count() < spoken._snapshot.size / 2


def ordinals(found: Standing) -> list[dict[int, list[int]]]:
    """Where matches begin, by tier and number of steps."""
    by_tier: list[dict[int, list[int]]] = []
    for of_tier in found:
        begins: dict[int, list[int]] = {}
        for steps, postings in of_tier:
            begins.setdefault(steps, []).extend(postings.ordinals)
        by_tier.append({steps: sorted(here) for steps, here in begins.items()})
    return by_tier


def by_document(found: Standing) -> list[dict[tuple[int, int], int]]:
    """The packed counts of each document, by tier and number of steps; each stands once."""
    rows = [
        [
            ((steps, document), packed)
            for steps, postings in of_tier
            for document, packed in zip(*postings.listed(), strict=True)
        ]
        for of_tier in found
    ]
    assert all(len(dict(of_tier)) == len(of_tier) for of_tier in rows)
    return [*map(dict, rows)]


@pytest.mark.parametrize(
    ("query", "row", "apart"),
    [
        ("các tuyến đường", "Sửa các tuyến đường.", "Các tuyến xe. Dọn tuyến đường cũ."),
        ("nhiều năm nay", "Từ nhiều năm nay.", "Nhiều năm mưa to. Năm nay nắng."),
    ],
)
def test_three_in_a_row_come_first_where_most_documents_have_them_in_two_pairs(
    tmp_path: Path, query: str, row: str, apart: str
) -> None:
    long = row * 2 + " Mưa to, gió lớn, xe cũ, nắng gắt." * 20
    documents = [
        Document(f"d{n:03}", "Tin", None, (long if n > 150 else apart,), None, "s", None, "u")
        for n in range(160)
    ]
    with SearchIndex.replace(tmp_path / "index", documents) as index:
        found = [hit.id for hit in index.search(query, limit=9).hits]
    assert sorted(found) == [f"d{n:03}" for n in range(151, 160)]


def test_a_row_is_looked_for_in_the_spellings_that_its_documents_have_on_both_sides(
    tmp_path: Path,
) -> None:
    texts = ["hội đồng nhân dân", "hỏi động", "động nhân", "hội đồng", "đồng nhạn", "HĐ nhà dân"]
    documents = [
        Document(str(number), "", None, (text,), None, "s", None, "u")
        for number, text in enumerate(texts)
    ]
    with SearchIndex.replace(tmp_path / "index", documents) as index:
        snapshot = index._snapshot
        leaf = next(leaves(parse("hội đồng nhân dân").node))
        edges = [edge for edge in leaf.edges if edge.end - edge.start < leaf.length]
        rows = Ways(leaf.length, rows_of(edges), {}, 0).apart().rows
        assert len(rows) > 2
        having, walked, terms = by_pairs(snapshot, rows, snapshot.live)
        assert [snapshot.id(one) for one in documents_of(having)] == ["0"]
    assert [[step[0].options[0][0].folded for step in row] for row in walked] == [
        ["hoi", "dong", "nhan", "dan"]
    ]
    assert {term for found in terms.values() for term in found} == {
        "hoi hôi5", "dong đông2", "nhan nhân0", "dan dân0",
    }  # fmt: skip
