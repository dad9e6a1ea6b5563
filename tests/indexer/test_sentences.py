"""Whole questions typed as sentences: how high the article that answers stands, what is told."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from archive.ground.message import Message
from indexer import Answer, Document, SearchIndex

# A title, a text, and a question that the article answers, in other words than its own.
ARTICLES = [
    (
        "Phí vệ sinh ở chợ dân sinh",
        "Hộ kinh doanh ở chợ nộp phí vệ sinh 30.000 đồng mỗi tháng. Ban quản lý chợ thu phí trước "
        "ngày 10, ghi biên lai và niêm yết mức thu tại cổng chợ.",
        "Người bán hàng ở chợ mỗi tháng phải nộp bao nhiêu tiền phí vệ sinh?",
    ),
    (
        "Phí trông giữ xe ở chợ dân sinh",
        "Bãi xe của chợ thu 3.000 đồng một lượt xe máy, 5.000 đồng một lượt buổi tối. Ban quản lý "
        "chợ kiểm tra vé và xử lý người thu quá mức niêm yết.",
        "Gửi xe máy ở chợ buổi tối hết mấy nghìn một lượt, thu quá mức thì ai xử lý?",
    ),
    (
        "Thời hạn trả lời kiến nghị của cử tri",
        "Ủy ban nhân dân phường trả lời kiến nghị của cử tri bằng văn bản trong 20 ngày kể từ ngày "
        "nhận. Việc phức tạp được kéo dài thêm 10 ngày và phải báo cho cử tri biết lý do.",
        "Phường phải trả lời kiến nghị của cử tri trong thời hạn bao nhiêu ngày?",
    ),
    (
        "Thời hạn giải quyết khiếu nại của công dân",
        "Người có thẩm quyền giải quyết khiếu nại lần đầu trong 30 ngày kể từ ngày thụ lý. Vùng đi "
        "lại khó khăn thì không quá 45 ngày.",
        "Khiếu nại lần đầu của công dân được giải quyết trong bao lâu kể từ ngày thụ lý?",
    ),
    (
        "Tiếp xúc cử tri trước kỳ họp",
        "Trước kỳ họp thường lệ 20 ngày, đại biểu tiếp xúc cử tri nơi ứng cử, báo cáo dự kiến nội "
        "dung kỳ họp và nghe ý kiến. Mặt trận Tổ quốc phường chủ trì hội nghị.",
        "Hội nghị tiếp xúc cử tri trước kỳ họp do cơ quan nào chủ trì, có đúng là Mặt trận không?",
    ),
    (
        "Tiếp xúc cử tri sau kỳ họp",
        "Sau kỳ họp, đại biểu báo cáo với cử tri kết quả kỳ họp và các nghị quyết vừa thông qua, "
        "chậm nhất 15 ngày sau khi bế mạc.",
        "Đại biểu báo cáo kết quả kỳ họp với cử tri chậm nhất bao nhiêu ngày sau khi bế mạc?",
    ),
    (
        "Chất vấn và trả lời chất vấn",
        "Người bị chất vấn trả lời trực tiếp tại phiên họp. Khi cần xác minh, Hội đồng cho trả lời "
        "bằng văn bản sau kỳ họp. Chủ tọa mời người chất vấn hỏi lại, mỗi lần không quá 3 phút.",
        "Người bị chất vấn có được trả lời bằng văn bản sau kỳ họp hay không?",
    ),
    (
        "Đăng ký chất vấn",
        "Đại biểu ghi câu hỏi vào phiếu, gửi Thường trực trước phiên họp 5 ngày. Thường trực tổng "
        "hợp và chuyển cho người phải trả lời.",
        "Phiếu ghi câu hỏi chất vấn phải gửi cho Thường trực trước phiên họp mấy ngày?",
    ),
    (
        "Cấp nước sạch cho tổ dân phố số 7",
        "Xí nghiệp nước thay 400 mét ống ở ngõ Giếng Đá, tăng áp lực vào giờ cao điểm. Hộ ở cuối "
        "ngõ được lắp đồng hồ mới không mất tiền.",
        "Các hộ cuối ngõ Giếng Đá lắp đồng hồ nước mới có mất tiền không?",
    ),
    (
        "Cải tạo thoát nước đường Vành Khuyên",
        "Đường Vành Khuyên ngập khi mưa quá 50 mm. Quận đặt cống hộp mới dài 600 mét, xong trước "
        "mùa mưa. Người dân đi vòng qua phố Lò Gốm khi đào đường.",
        "Khi đào đường Vành Khuyên để đặt cống thì người dân phải đi vòng qua phố nào?",
    ),
    (
        "Xây thêm lớp học ở trường mầm non Tân Thịnh",
        "Trường xây 6 phòng học, một bếp ăn, vốn 12 tỷ đồng từ ngân sách quận. Trẻ ba tuổi của "
        "phường được nhận trước.",
        "Trường mầm non Tân Thịnh xây thêm mấy phòng học và lấy vốn từ đâu?",
    ),
    (
        "Sửa mái trường tiểu học Lò Gốm",
        "Mái dột ở dãy nhà B được lợp lại trong hè bằng tiền bảo trì. Học sinh hai lớp học nhờ nhà "
        "văn hóa phường đến hết tháng 9.",
        "Trong khi sửa mái dột, học sinh trường tiểu học Lò Gốm học nhờ ở chỗ nào?",
    ),
    (
        "Giám sát việc cấp phép xây dựng",
        "Đoàn giám sát xem 120 hồ sơ cấp phép, thấy 14 hồ sơ quá hạn, 3 công trình xây sai phép. "
        "Đoàn đề nghị quận kiểm điểm người làm chậm.",
        "Đoàn giám sát cấp phép xây dựng thấy mấy công trình xây sai phép và đề nghị xử lý ai?",
    ),
    (
        "Giám sát an toàn thực phẩm",
        "Đoàn giám sát đến 9 bếp ăn tập thể, lấy 27 mẫu, 2 mẫu rau còn dư lượng thuốc. Đoàn đề "
        "nghị công khai tên cơ sở vi phạm.",
        "Giám sát bếp ăn tập thể thấy mấy mẫu rau còn dư lượng thuốc, cơ sở vi phạm bị xử lý sao?",
    ),
    (
        "Nghị quyết về dự toán ngân sách",
        "Hội đồng quyết định thu 900 tỷ đồng, chi 870 tỷ đồng, để lại 30 tỷ đồng dự phòng. Giao Ủy "
        "ban tổ chức thực hiện và báo cáo sáu tháng một lần.",
        "Ủy ban phải báo cáo việc thực hiện dự toán ngân sách bao lâu một lần theo nghị quyết?",
    ),
    (
        "Bầu bổ sung Phó Chủ tịch Ủy ban",
        "Ông Lê Văn Mẫn được bầu với 31 phiếu trên 33 phiếu. Ông cam kết giữ lời hứa về nhà văn "
        "hóa và cây xanh. Kết quả bầu có hiệu lực ngay.",
        "Người được bầu bổ sung làm Phó Chủ tịch Ủy ban được bao nhiêu phiếu?",
    ),
]


def bare(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text).replace("đ", "d").replace("Đ", "D")
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def half_marked(text: str) -> str:
    chance = random.Random(text)
    kept = [
        {"đ": "d", "Đ": "D"}.get(letter, "" if unicodedata.combining(letter) else letter)
        if chance.random() < 0.5
        else letter
        for letter in unicodedata.normalize("NFD", text)
    ]
    return unicodedata.normalize("NFC", "".join(kept))


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchIndex]:
    documents = [
        Document(f"d{number}", title, None, (text,), None, "thanh-giang", None, "u")
        for number, (title, text, _) in enumerate(ARTICLES)
    ]
    # All of a report that gathers everything has any words, and is rarely what is asked for.
    gathered = tuple(text for _, text, _ in ARTICLES)
    documents.append(Document("all", "Báo cáo năm", None, gathered, None, "s", None, "u"))
    with SearchIndex.replace(tmp_path_factory.mktemp("sentences") / "index", documents) as opened:
        yield opened


@pytest.mark.parametrize("typed", [str, bare, half_marked])
def test_the_article_that_answers_a_question_is_first(
    index: SearchIndex, typed: Callable[[str], str]
) -> None:
    places = []
    for number, (*_, question) in enumerate(ARTICLES):
        hits = [hit.id for hit in index.search(typed(question)).hits]
        places.append(hits.index(f"d{number}") + 1 if f"d{number}" in hits else 99)
    assert max(places) <= 3
    assert sum(1 / place for place in places) / len(places) >= 0.95


def test_words_that_only_ask_do_not_weigh(index: SearchIndex) -> None:
    asked = index.search("Ông Lê Văn Mẫn được bao nhiêu phiếu bầu, đúng hay sai?").hits
    said = index.search("Ông Lê Văn Mẫn được phiếu bầu").hits
    assert asked[0].id == said[0].id
    assert asked[0].score == pytest.approx(
        index.search("Ông Lê Văn Mẫn được phiếu bầu hay không, như thế nào?").hits[0].score, rel=0.1
    )


def test_what_lacks_words_is_marked_and_does_not_count(index: SearchIndex) -> None:
    answer = index.search(ARTICLES[0][2])
    assert (answer.total, answer.fallback) == (0, "partial")
    assert all(hit.partial for hit in answer.hits)


def test_a_row_of_words_has_what_has_them_all_first_and_then_the_rest(index: SearchIndex) -> None:
    answer = index.search("mái dột ở dãy nhà được lợp lại", limit=4)
    whole = [hit.id for hit in answer.hits if not hit.partial]
    assert sorted(whole) == ["all", "d11"]
    assert answer.total == 2
    assert [hit.partial for hit in answer.hits] == [False, False, True, True]
    assert Message("indexer.read-as-sentence") in answer.notes


def test_pages_of_a_sentence_never_overlap(index: SearchIndex) -> None:
    for sentence in (ARTICLES[3][2], "mái dột ở dãy nhà được lợp lại trong hè bằng tiền"):
        pages = [index.search(sentence, limit=3, page=page).hits for page in range(1, 9)]
        ids = [hit.id for page in pages for hit in page]
        assert ids == [hit.id for hit in index.search(sentence, limit=24).hits]
        assert len(ids) == len(set(ids))


def test_a_short_query_that_half_matches_is_still_nothing(index: SearchIndex) -> None:
    for query in ("zzz chợ", "bao nhiêu zzz", "khi nào zzz?", "zzz qqq chợ xyz"):
        answer: Answer = index.search(query)
        assert (answer.total, answer.hits) == (0, ()), query


@pytest.mark.parametrize(
    "query",
    [
        "Theo khoản 2, Điều 5 thì người bán hàng ở chợ nộp phí vệ sinh/tháng: đúng hay sai?",
        "“Hộ kinh doanh” ở chợ — nộp phí vệ sinh 30.000 đồng (mỗi tháng) - có đúng không ?",
        "Hộ kinh doanh ở chợ nộp phí vệ sinh 30.000 đ/tháng; NĐ 15/2021/NĐ-CP quy định ra sao?",
    ],
)
def test_signs_in_a_sentence_are_no_operators(index: SearchIndex, query: str) -> None:
    assert index.search(query).hits[0].id in ("d0", "all")


def test_of_articles_that_cover_it_as_well_the_later_are_chosen_then_the_lower_ids(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.engines.local.search.query_coverage.CHOSEN", 3)
    days = {"f": 3, "e": 9, "d": 5, "c": 5, "b": 5, "a": 1}
    text = "hộ kinh doanh ở chợ nộp phí vệ sinh"
    documents = [
        Document(id, "t", None, (text,), date(2026, 11, day), "s", None, "u")
        for id, day in days.items()
    ]
    with SearchIndex.replace(tmp_path / "index", documents) as index:
        hits = index.search(f"{text} mỗi tháng trước ngày mười").hits
    assert [hit.id for hit in hits] == ["e", "b", "c"]


def test_words_are_as_rare_whatever_a_filter_leaves(tmp_path: Path) -> None:
    """A phrase is looked for where it may be shown; how rare it is depends on all articles."""
    documents = [
        Document(f"d{n:02}", "t", None, (text,), None, site, None, "u")
        for n in range(60)
        for site, text in [("b" if n < 3 else "a", "tổ rau quả ở chợ họp" if n % 2 else "chợ họp")]
    ]
    query = '"tổ rau quả" sạp chợ họp'
    with SearchIndex.replace(tmp_path / "index", documents) as index:
        of_one_site = {hit.id: hit.score for hit in index.search(query, sites=["b"]).hits}
        everywhere = {hit.id: hit.score for hit in index.search(query, limit=60).hits}
    assert of_one_site == {"d01": everywhere["d01"]}
