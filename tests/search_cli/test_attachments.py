"""The text of attachments, from the portal to the answer, as a person asks for it."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from archive.attachment_text import How, PageText, ReadingProblem
from archive.catalogue import database
from archive.catalogue.derived_files import file_of
from archive.ground.home import Home
from archive.model import Exchange, Link, Role
from crawler.extraction.attachments.reader import AttachmentReader
from crawler.sample_portal.articles import PORTAL_TIME, SampleArticle, SampleAttachment
from hdnd.usecases.index_places import VERSIONS, opened
from hdnd.usecases.ocr import OcrDone, read_by_ocr
from support import office, papers, scans
from support.chronicle import HOST, Chronicle
from support.hdnd import Done, run_hdnd


def article(name: str, title: str, text: str, *attachments: str, day: int = 1) -> SampleArticle:
    return SampleArticle(
        name,
        title,
        (text,),
        published_at=datetime(2024, 2, day, 9, 0, tzinfo=PORTAL_TIME),
        attachments=tuple(SampleAttachment(one, one) for one in attachments),
    )


MARKET = article(
    "a-cho",
    "Thông qua nghị quyết về chợ",
    "Kỳ họp đã bế mạc.",
    "NQ 15.pdf",
    "bieu.xlsx",
    "quet.pdf",
)
SCHOOL = article("b-truong", "Khảo sát trường học", "Đoàn đi khảo sát.", "NQ 15.pdf", "hong.pdf")
PLAIN = article("c-khong", "Chợ hoa ngày xuân", "Không có tệp nào.", day=3)

ROW = '<row><c t="inlineStr"><is><t>Tiểu học Đồng Quýt</t></is></c><c><v>1250</v></c></row>'
SHEET = office.xlsx({"Kinh phí": ROW})
SWAPPED = papers.made(papers.lines(["Quyết định thay thế về bãi gửi xe Gò Sỏi của phường Bạch Mã"]))


@pytest.fixture(scope="module")
def scanned(paper_fonts: None) -> bytes:
    return scans.as_pdf(scans.scanned(scans.drawn(papers.resolution(), 1, 150)))


@pytest.fixture(scope="module")
def first_night(tmp_path_factory: pytest.TempPathFactory, scanned: bytes) -> Home:
    """An archive of three articles; two of them lead to the same resolution."""
    folder = tmp_path_factory.mktemp("attachments") / "home"
    with Chronicle(folder, [MARKET, SCHOOL, PLAIN]) as told:
        told.swapped = {
            "NQ": papers.resolution(),
            "bieu.xlsx": SHEET,
            "quet.pdf": scanned,
            "hong.pdf": papers.resolution()[:900],
        }
        told.visit()
    return told.home


@pytest.fixture
def home(first_night: Home, tmp_path: Path) -> Path:
    return Path(shutil.copytree(first_night.path, tmp_path / "home"))


@pytest.fixture(scope="module")
def read(first_night: Home, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy whose attachments were read."""
    folder = tmp_path_factory.mktemp("read") / "home"
    shutil.copytree(first_night.path, folder)
    assert run_hdnd("attachments", home=folder).status == 0
    return folder


def search(home: Path, *words: str) -> Done:
    return run_hdnd("search", *words, home=home)


def hits(home: Path, *words: str) -> list[dict[str, object]]:
    return list(search(home, *words, "--json").json["hits"])


def id_of(one: SampleArticle) -> str:
    return f"thanh-giang-{one.asset_id}"


def test_what_is_read_what_waits_and_what_cannot_be_read(home):
    done = run_hdnd("attachments", home=home)
    assert done.status == 0
    assert done.lines[0] == "4 attachments: 2 with text, 4 pages."
    assert "1 page of 1 file wait for OCR:" in done.out
    assert "  quet.pdf: page 1 (no text)" in done.out
    assert "1 attachment could not be read, or not to the end:" in done.out
    assert "  hong.pdf: it is damaged (cut short)" in done.out


class Imported(Chronicle):
    """Its files were taken for something else, as imports took them at times."""

    def _exchange(self, link: Link, path: str, fault: int | str | None) -> Exchange:
        taken = Role.IMAGE if path.endswith("quet.pdf") else Role.OTHER
        exchange = super()._exchange(link, path, fault)
        return replace(exchange, role=taken) if link.role is Role.ATTACHMENT else exchange


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("chợ -phường", [PLAIN]),
        ("phường -chợ", []),
        ("-phường", [PLAIN]),
        ("kỳ -phường", []),
        ('đoàn -"kỳ họp đã"', [SCHOOL]),
        ("xuân (trường OR -phường)", [PLAIN]),
        ("-(khảo OR phường)", [PLAIN]),
        ("-(-phường)", [MARKET, SCHOOL]),
        ("-(trường -phường)", [MARKET, SCHOOL, PLAIN]),
        ("in:body -phường", [MARKET, SCHOOL, PLAIN]),
        ("in:attachment nghị -phường", []),
    ],
)
def test_what_a_minus_takes_out_stands_neither_in_an_article_nor_in_its_files(read, query, found):
    ids = sorted(map(id_of, found))
    assert sorted(str(hit["id"]) for hit in hits(read, "--all", query)) == ids
    for how in ((), ("--history",)):
        counted = search(read, "--count", *how, "--", query)
        assert int(counted.out) == len(ids)


def test_what_an_article_names_as_its_attachment_is_one_whatever_it_was_taken_for(tmp_path):
    with Imported(tmp_path / "home", [MARKET, SCHOOL]) as told:
        told.broken = {"NQ": "/documents/cho-khac/NQ%2015.pdf"}
        told.swapped = {"bieu.xlsx": SHEET, "quet.pdf": SHEET, "hong.pdf": b"<html>404</html>"}
        told.visit()
        told.keep(f"{HOST}/documents/cho-khac/NQ%2015.pdf", papers.resolution(), "application/pdf")
    home = told.home.path
    done = run_hdnd("attachments", home=home)
    assert done.lines[0] == "3 attachments: 2 with text, 3 pages."
    assert "hong.pdf: a web page came instead of a document" in done.out
    shown = run_hdnd("attachments", id_of(MARKET), home=home).out
    assert shown.count("Đồng Quýt") == 2
    assert "Bạch Mã" in shown
    run_hdnd("index", home=home)
    assert hits(home, "in:attachment", "đồng quýt")


def test_files_inside_others_that_are_not_read_are_named(tmp_path):
    inner = office.package({"a.txt": "x"})
    with Chronicle(tmp_path / "home", [MARKET]) as told:
        whole = office.package({"NQ.txt": "Nghị quyết", "trong.zip": inner})
        told.swapped = {"NQ": whole, "bieu.xlsx": SHEET, "quet.pdf": SHEET}
        told.visit()
    done = run_hdnd("attachments", home=told.home.path)
    assert "1 file inside others not read:\n  NQ 15.pdf: trong.zip" in done.out


def test_without_an_archive_there_is_a_way_out(tmp_path):
    for words in ((), ("--ocr",), ("thanh-giang-3123456",)):
        done = run_hdnd("attachments", *words, home=tmp_path / "nowhere")
        assert done.status == 2
        assert "there is no archive" in done.err


def test_a_payload_under_two_links_is_read_once_and_a_failure_not_again(home):
    run_hdnd("attachments", home=home)
    before = dump(home)
    assert sum(line.startswith("attachment ") for line in before) == 4
    done = run_hdnd("attachments", home=home)
    assert "Deriving attachments" not in done.err
    assert dump(home) == before


def test_deleted_and_made_again_the_texts_are_the_same(home):
    run_hdnd("attachments", home=home)
    before = dump(home)
    texts_of(home).unlink()
    run_hdnd("attachments", home=home)
    assert dump(home) == before


def test_texts_that_cannot_be_read_are_made_again(home):
    run_hdnd("attachments", home=home)
    before = dump(home)
    texts_of(home).write_bytes(b"no database at all" * 300)
    assert run_hdnd("attachments", home=home).status == 0
    assert dump(home) == before


def test_a_raised_rule_reads_all_anew(home):
    run_hdnd("attachments", home=home)
    before = dump(home)
    change(home, "UPDATE derivation SET rule = 0", "UPDATE attachment SET kind = 'old'")
    run_hdnd("attachments", home=home)
    assert dump(home) == before


def test_a_run_that_was_cut_short_goes_on_where_it_was(home):
    run_hdnd("attachments", home=home)
    before = dump(home)
    with sqlite3.connect(texts_of(home)) as connection:
        (gone,) = connection.execute("SELECT min(payload_digest) FROM attachment").fetchone()
    change(
        home,
        f"DELETE FROM attachment WHERE payload_digest = '{gone}'",
        f"DELETE FROM attachment_page WHERE payload_digest = '{gone}'",
    )
    assert "Deriving attachments 1/1" in run_hdnd("attachments", home=home).err
    assert dump(home) == before


def test_a_changed_text_is_damage_that_verify_names(home):
    run_hdnd("attachments", home=home)
    assert run_hdnd("verify", "--deep", home=home).status == 0
    change(home, "UPDATE attachment SET kind = 'old' WHERE kind = 'xlsx'")
    done = run_hdnd("verify", "--deep", home=home)
    assert done.status == 13
    assert "derived/attachments.sqlite" in done.out + done.err


def test_what_cannot_be_read_is_left_out_of_nothing_unsaid(read, tmp_path):
    home = Path(shutil.copytree(read, tmp_path / "home"))
    data = bytearray(texts_of(home).read_bytes())
    data[100:110] = bytes(10)
    texts_of(home).write_bytes(data)
    for command in (["export", "--format", "jsonl"], ["verify"], ["verify", "--deep"]):
        done = run_hdnd(*command, home=home)
        assert done.status in (6, 13), done
        assert "derived/attachments.sqlite" in done.out + done.err
    assert run_hdnd("repair", home=home).status == 0
    assert run_hdnd("verify", home=home).status == 0


def test_a_flipped_bit_in_any_index_is_found_and_mended(read, tmp_path):
    home = Path(shutil.copytree(read, tmp_path / "home"))
    assert run_hdnd("index", home=home).status == 0
    indexes = ("index-attachments", "index-versions")
    for mend in ("index", "repair"):
        for index in indexes:
            path = max((home / index).iterdir(), key=lambda file: file.stat().st_size)
            data = bytearray(path.read_bytes())
            data[len(data) // 2] ^= 4
            path.write_bytes(data)
        done = run_hdnd("verify", home=home)
        assert done.status == 13, done
        assert all(index in done.out for index in indexes)
        mended = run_hdnd(mend, home=home)
        assert (mended.status, "nothing to do" in mended.out) == (0, False)
        assert run_hdnd("verify", home=home).status == 0


def test_a_search_says_which_indexes_it_would_look_into_are_not_there(read, tmp_path):
    home = Path(shutil.copytree(read, tmp_path / "home"))
    assert run_hdnd("index", home=home).status == 0
    whole = run_hdnd("search", "chợ", "--history", home=home)
    assert "not searched" not in whole.err
    shutil.rmtree(home / "index-attachments")
    for query in ("giám sát việc thực hiện Nghị quyết", "in:attachment chợ"):
        asked = run_hdnd("search", query, home=home)
        assert "attachments are not searched" in asked.err
        told = json.loads(run_hdnd("search", query, "--json", home=home).out)
        assert any("attachments are not searched" in note for note in told["notes"])
    asked = run_hdnd("search", "chợ", "--count", "--lang", "vi", home=home)
    assert "chưa tìm trong tệp đính kèm" in asked.err
    shutil.rmtree(home / "index-versions")
    asked = run_hdnd("search", "chợ", "--history", home=home)
    assert "attachments are not searched" in asked.err
    assert "earlier versions are not searched" in asked.err
    assert run_hdnd("index", home=home).status == 0
    assert run_hdnd("search", "chợ", "--history", home=home) == whole


def test_history_says_where_earlier_versions_are_behind(read, tmp_path):
    home = Path(shutil.copytree(read, tmp_path / "home"))
    assert run_hdnd("index", home=home).status == 0
    with opened(Home(home), VERSIONS) as versions:
        versions.update((), watermark=(versions.watermark or 1) - 1)
    asked = run_hdnd("search", "chợ", "--history", home=home)
    assert "earlier versions is not up to date" in asked.err
    assert run_hdnd("index", home=home).status == 0
    assert "not up to date" not in run_hdnd("search", "chợ", "--history", home=home).err


def texts_of(home: Path) -> Path:
    return file_of(Home(home), "attachments")


def change(home: Path, *statements: str) -> None:
    connection = sqlite3.connect(texts_of(home))
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def dump(home: Path) -> list[str]:
    connection = sqlite3.connect(texts_of(home))
    connection.row_factory = sqlite3.Row
    rows = database.dump(connection, ("attachment", "attachment_page"))
    connection.close()
    return rows


def test_a_hit_says_in_which_file_on_which_page_with_a_passage_from_there(read):
    done = search(read, "giám sát việc thực hiện Nghị quyết")
    assert "in the file NQ 15.pdf, page 2" in done.out
    assert "giám sát việc thực hiện Nghị quyết" in done.out


def test_it_is_the_articles_hit_and_each_article_has_one(read):
    found = hits(read, '"cải tạo chợ Bến Lau"')
    assert {hit["id"] for hit in found} == {id_of(MARKET), id_of(SCHOOL)}
    for hit in found:
        assert hit["attachment"]["name"] == "NQ 15.pdf"
        assert hit["attachment"]["page"] == 1
        assert "chợ Bến Lau" in hit["snippet"]


def test_an_article_that_says_it_itself_is_shown_as_such(read):
    by_id = {hit["id"]: hit for hit in hits(read, "chợ")}
    assert set(by_id) == {id_of(MARKET), id_of(SCHOOL), id_of(PLAIN)}
    assert by_id[id_of(MARKET)]["attachment"] is None
    assert by_id[id_of(SCHOOL)]["attachment"]["name"] == "NQ 15.pdf"
    assert search(read, "chợ", "--count").out == "3\n"


def test_words_of_the_title_and_of_the_file_are_found_together(read):
    assert [hit["id"] for hit in hits(read, "khảo sát trường học Bến Lau")] == [id_of(SCHOOL)]


def test_words_of_the_text_and_of_the_file_are_found_together(read):
    """*bế mạc* stands in the article alone, *Bến Lau* in its file."""
    (hit,) = hits(read, "bế mạc Bến Lau")
    assert (hit["id"], hit["partial"], hit["tier"]) == (id_of(MARKET), False, 0)
    assert {one["attachment"] and one["attachment"]["name"] for one in hit["passages"]} >= {
        None,
        "NQ 15.pdf",
    }
    assert search(read, "bế mạc Bến Lau", "--count").out == "1\n"
    assert search(read, "bế mạc Bến Lau", "--by", "year").lines[0].split()[:2] == ["2024", "1"]
    assert search(read, "bế mạc đồng quýt bến lau", "--count").out == "1\n"
    assert search(read, "bế mạc Bến Lau", "--from", "2025", "--count").out == "0\n"
    assert search(read, '"bế mạc Bến Lau"', "--count").out == "0\n"


def test_all_passages_are_those_of_files_too(read):
    (hit,) = hits(read, "khảo sát trường học Bến Lau", "--passages")
    places = [one["attachment"] for one in hit["passages"]]
    assert places[0] is None
    assert ("NQ 15.pdf", 1) in [(one["name"], one["page"]) for one in places if one]
    assert "in the file NQ 15.pdf, page 1" in search(read, "Bến Lau", "--passages").out
    rows = search(read, "Bến Lau", "--passages", "--csv").out.splitlines()
    assert rows[0].endswith("line,passage,file,page")
    assert rows[1].endswith("NQ 15.pdf,1")


def test_phrases_do_not_cross_from_the_article_to_the_file_nor_from_page_to_page(read):
    assert hits(read, '"học HỘI ĐỒNG"') == []
    assert search(read, '"ba mươi ngày 2"').status == 1


def test_where_to_look_can_be_said(read):
    assert {hit["id"] for hit in hits(read, "in:attachment chợ")} == {id_of(MARKET), id_of(SCHOOL)}
    assert {hit["id"] for hit in hits(read, "in:title chợ")} == {id_of(MARKET), id_of(PLAIN)}
    assert hits(read, "in:body chợ") == []
    assert [hit["id"] for hit in hits(read, "in:body tệp")] == [id_of(PLAIN)]
    assert search(read, "in:attachment khảo sát trường học").status == 1


def test_a_sheet_is_named(read):
    (hit,) = hits(read, "Tiểu học Đồng Quýt")
    assert hit["attachment"]["part"] == "Kinh phí"
    assert "in the file bieu.xlsx, Kinh phí, page 1" in search(read, "Đồng Quýt").out


def test_counts_by_year_and_pages_of_answers_know_of_files(read):
    assert search(read, "chợ", "--by", "year").lines[0].split()[:2] == ["2024", "3"]
    pages = [hits(read, "chợ", "--limit", "1", "--page", str(n))[0]["id"] for n in (1, 2, 3)]
    assert sorted(pages) == sorted([id_of(MARKET), id_of(SCHOOL), id_of(PLAIN)])
    assert hits(read, "chợ", "--sort", "newest")[0]["id"] == id_of(PLAIN)


def test_the_text_of_one_file_or_of_an_articles_files_goes_to_stdout(read):
    of_article = run_hdnd("attachments", id_of(MARKET), home=read).out
    assert "# NQ 15.pdf" in of_article
    assert "Tiểu học Đồng Quýt" in of_article
    listed = run_hdnd("attachments", "--json", home=read).json["attachments"]
    digest = next(one["payload_digest"] for one in listed if one["name"] == "bieu.xlsx")
    alone = run_hdnd("attachments", digest.partition(":")[2][:12], home=read)
    assert alone.out == "Tiểu học Đồng Quýt 1250\n"
    assert run_hdnd("attachments", "khong-co", home=read).status == 2


def test_show_tells_the_attachments_and_what_a_paper_says_of_itself(read):
    shown = run_hdnd("show", id_of(MARKET), "--attachments", home=read).out
    assert "giám sát việc thực hiện Nghị quyết." in shown
    told = run_hdnd("show", id_of(MARKET), "--json", home=read).json
    (paper,) = [one for one in told["attachments"] if one["name"] == "NQ 15.pdf"]
    assert paper["text"]["facts"]["number"]["value"] == "15/NQ-HĐND"
    assert paper["text"]["pages"][1]["text"].startswith("2\nĐiều 3.")


def test_exports_carry_the_text(read):
    lines = run_hdnd("export", "--format", "jsonl", home=read).out.splitlines()
    told = {one["id"]: one for one in map(json.loads, lines)}
    texts = {one["name"]: one["text"] for one in told[id_of(MARKET)]["attachments"]}
    assert "chợ Bến Lau" in texts["NQ 15.pdf"]["pages"][0]["text"]
    assert texts["quet.pdf"]["pages"][0]["want"] == "absent"
    table = run_hdnd("export", "--format", "csv", home=read).out
    assert "attachment_text" in table.splitlines()[0]
    assert "Tiểu học Đồng Quýt" in table


@pytest.mark.usefixtures("tesseract")
def test_pages_that_wait_are_read_by_ocr_and_hits_say_so(home):
    done = run_hdnd("attachments", "--ocr", home=home)
    assert "wait for OCR" not in done.out
    (hit,) = [
        one for one in hits(home, "in:attachment", '"Thường trực Đảng ủy"')
        if one["id"] == id_of(MARKET)
    ]  # fmt: skip
    found = [
        one["attachment"]
        for one in hits(home, "in:attachment", "Lê Thị Hoài Phương")
        if one["id"] == id_of(MARKET)
    ]
    assert hit["attachment"]["page"] in (1, 2)
    assert found
    only = run_hdnd("attachments", id_of(MARKET), home=home).out
    assert "[page 1: ocr]" in only


def test_a_page_that_ocr_fails_on_is_named_and_not_tried_again(home, tmp_path):
    run_hdnd("attachments", home=home)
    program = tmp_path / "tesseract"
    program.write_text("#!/bin/sh\n[ $1 = --list-langs ] && echo vie || exit 3\n")
    program.chmod(0o755)
    env = {"PATH": f"{tmp_path}:{os.environ['PATH']}"}
    done = run_hdnd("attachments", "--ocr", home=home, env=env)
    assert "1 page could not be read by OCR:\n  quet.pdf: 1 (killed: tesseract: 3)" in done.out
    again = run_hdnd("attachments", "--ocr", home=home, env=env)
    assert "Reading by OCR" not in again.err
    assert again.out == done.out


class Slow:
    """What takes the place of a reader whose time runs out."""

    def __init__(self, *found: PageText | ReadingProblem) -> None:
        self.found = list(found)

    def ocr(self, *_: object) -> PageText | ReadingProblem:
        return self.found.pop(0)


@pytest.mark.usefixtures("tesseract")
def test_a_page_that_failed_for_want_of_time_is_tried_again_three_times_in_all(home, monkeypatch):
    run_hdnd("attachments", home=home)
    slow = Slow(*[ReadingProblem("limit", "time")] * 3)
    monkeypatch.setattr(AttachmentReader, "ocr", slow.ocr)
    for told in ("limit: time", "limit: time, twice", "limit: time, three times"):
        read_by_ocr(Home(home))
        out = run_hdnd("attachments", home=home).out
        again = "" if "three" in told else ", 1 to be tried again with `--ocr`"
        assert f"1 page could not be read by OCR{again}:\n  quet.pdf: 1 ({told})" in out
    assert read_by_ocr(Home(home)) == OcrDone()


@pytest.mark.usefixtures("tesseract")
def test_a_page_read_at_the_second_trial_is_read(home, monkeypatch):
    run_hdnd("attachments", home=home)
    page = PageText(1, "Nghị quyết về chợ Bến Lau của phường", How.OCR)
    monkeypatch.setattr(AttachmentReader, "ocr", Slow(ReadingProblem("limit", "time"), page).ocr)
    assert read_by_ocr(Home(home)) == OcrDone(failed=1)
    assert read_by_ocr(Home(home)) == OcrDone(pages=1)
    listed = run_hdnd("attachments", "--json", home=home).json["attachments"]
    (scan,) = [one for one in listed if one["name"] == "quet.pdf"]
    assert (scan["by_ocr"], scan["ocr_problems"], scan["ocr_again"]) == (1, {}, 0)
    alone = run_hdnd("attachments", scan["payload_digest"], home=home).out
    assert alone == "[page 1: ocr]\nNghị quyết về chợ Bến Lau của phường\n"
    table = run_hdnd("export", "--format", "csv", home=home).out
    assert "[page 1: ocr]\nNghị quyết về chợ Bến Lau" in table


@pytest.mark.usefixtures("tesseract")
@pytest.mark.parametrize(
    ("found", "told", "shown"),
    [
        (PageText(1, "", How.OCR), "  quet.pdf: nothing was read", "[nothing was read]"),
        (
            ReadingProblem("limit", "300 megapixels"),
            "  quet.pdf: 1 (limit: 300 megapixels)",
            "[it asks for more than a file is given (300 megapixels)]",
        ),
    ],
)
def test_a_file_in_which_ocr_finds_no_text_is_not_with_text_and_says_why(
    home, monkeypatch, found, told, shown
):
    run_hdnd("attachments", home=home)
    monkeypatch.setattr(AttachmentReader, "ocr", Slow(found).ocr)
    read_by_ocr(Home(home))
    done = run_hdnd("attachments", home=home)
    assert done.lines[0].startswith("4 attachments: 2 with text")
    assert done.out.count("  quet.pdf: ") == 1
    assert told in done.out
    assert shown in run_hdnd("attachments", id_of(MARKET), home=home).out


def test_without_tesseract_one_sentence_says_what_waits_and_what_to_install(home):
    env = {"PATH": "/nonexistent"}
    done = run_hdnd("attachments", home=home, env=env)
    assert "They can't be read yet: there is no tesseract on the path" in done.out
    assert "Install tesseract-ocr and tesseract-ocr-vie" in done.out
    refused = run_hdnd("attachments", "--ocr", home=home, env=env)
    assert refused.status == 2
    assert "tesseract" in refused.err


def test_what_is_withheld_is_found_in_no_file(home):
    run_hdnd("attachments", home=home)
    ran = run_hdnd("withhold", id_of(MARKET), "--reason", "Quyết định của tòa án", home=home)
    assert ran.status == 0
    assert {hit["id"] for hit in hits(home, "Bến Lau")} == {id_of(SCHOOL)}
    assert hits(home, "Đồng Quýt") == []
    assert run_hdnd("attachments", id_of(MARKET), home=home).status == 12
    listed = run_hdnd("attachments", "--json", home=home).json["attachments"]
    assert {one["article"] for one in listed} == {id_of(SCHOOL)}


def test_a_swapped_files_old_text_is_found_as_what_stood_once(tmp_path):
    with Chronicle(tmp_path / "home", [MARKET]) as told:
        told.swapped = {"NQ": papers.resolution(), "bieu.xlsx": SHEET, "quet.pdf": SHEET}
        told.visit()
        told.swapped["NQ"] = SWAPPED
        told.visit()
    run_hdnd("attachments", home=told.home.path)
    assert hits(told.home.path, "Bến Lau") == []
    assert [hit["id"] for hit in hits(told.home.path, "Gò Sỏi")] == [id_of(MARKET)]
    (once,) = hits(told.home.path, "--history", "Bến Lau")
    assert once["attachment"]["stands"] is False
    assert "the file was swapped between" in once["fate"]
    (now,) = hits(told.home.path, "--history", "Gò Sỏi")
    assert now["attachment"]["stands"] is True


def test_rebuilding_everything_changes_no_answer(home):
    run_hdnd("attachments", home=home)
    before = hits(home, "Bến Lau")
    assert run_hdnd("rebuild", home=home).status == 0
    assert hits(home, "Bến Lau") == before


def test_a_crawl_reads_attachments_at_its_end(tmp_path):
    ran = run_hdnd("demo", "--home", str(tmp_path / "demo"))
    assert ran.status == 0
    assert texts_of(tmp_path / "demo").exists()
