"""Who, what, when: the questions of a journalist, asked as a person types them."""

import csv
import json
import shutil
from datetime import UTC, datetime
from zipfile import ZipFile

import pytest

from archive.ground.home import Home
from archive.history.view_counts import ViewSeries
from council import Cited
from hdnd.usecases.cited_documents import is_numbered
from hdnd.usecases.council_facts import FactArchive
from hdnd.usecases.council_people import who
from search_cli import fact_lines
from support.hdnd import run_hdnd

TEXTS = {
    "ke-hoach": """Triển khai chương trình công tác năm 2024
Ngày đăng 05/02/2024 | 17:00 | Lượt xem: 40

Ngày 30/01/2023, Thường trực HĐND quận tổ chức hội nghị triển khai nhiệm vụ năm 2024. Hội nghị do
ông Lê Văn Tám - Chủ tịch HĐND quận chủ trì.

Dự kiến trong năm 2024, HĐND quận tổ chức 02 kỳ họp thường lệ và 01 kỳ họp chuyên đề.

Ông Lê Văn Tám cam kết trả lời cử tri trước ngày 31/12/2099.
""",
    "ky-hop": """Kỳ họp thứ 9 HĐND quận khóa XX
Ngày đăng 05/07/2024 | 17:00 | Lượt xem: 90

Ngày 04/7/2024, HĐND quận khóa XX khai mạc kỳ họp thứ 9, kỳ họp thường lệ giữa năm. Chủ tịch HĐND
quận Lê Văn Tám chủ tọa.

Ngày 04/7/2024, kỳ họp bầu bà Trần Thị Sáu giữ chức Phó Chủ tịch UBND quận và thông qua Nghị quyết
số 17/NQ-HĐND.

Cử tri Hứa Văn Bảy theo dõi qua loa truyền thanh.
""",
}


@pytest.fixture(scope="module")
def home(articles_of_ones_own):
    return articles_of_ones_own(TEXTS)


@pytest.mark.parametrize("typed", ["Lê Văn Tám", "ong le van tam", "lê van tám", "LE VAN TAM"])
def test_a_person_is_found_with_marks_without_and_with_half_of_them(home, typed):
    ran = run_hdnd("who", typed, "--json", home=home)
    assert ran.status == 0
    (person,) = ran.json
    assert person["name"] == "Lê Văn Tám"
    assert [post["title"] for post in person["posts"]] == ["Chủ tịch HĐND quận"]
    evidence = person["posts"][0]["evidence"][0]
    assert (evidence["class"], evidence["published"]) == ("stated", "2024-02-05")
    assert evidence["quote"] == "Chủ tịch HĐND quận"


@pytest.mark.parametrize("typed", ["pct ubnd", "phó chủ tịch ubnd", "pho chu tich uy ban nhan dan"])
def test_a_post_is_found_by_its_abbreviation_and_written_out(home, typed):
    ran = run_hdnd("who", "--post", typed, "--elected", home=home)
    assert ran.status == 0
    assert "Trần Thị Sáu" in ran.out
    assert "Lê Văn Tám" not in ran.out


def test_the_words_of_a_name_need_no_quotes(home):
    ran = run_hdnd("who", "le", "van", "tam", home=home)
    assert ran.lines[0].startswith("Lê Văn Tám")


def test_a_table_of_people_has_the_key_the_name_the_post_and_how_it_is_held(home):
    ran = run_hdnd("who", "--elected", "--csv", home=home)
    header, row = csv.reader(ran.lines)
    assert header[:4] == ["key", "name", "post", "status"]
    (person,) = run_hdnd("who", "Trần Thị Sáu", "--json", home=home).json
    assert row[:4] == [person["key"], "Trần Thị Sáu", "Phó Chủ tịch UBND quận", "elected"]


@pytest.mark.parametrize(
    ("command", "named"),
    [
        (("facts", "x", "--kind", "foo"), "personnel"),
        (("activities", "--kind", "foo"), "tiếp xúc cử tri"),
        (("cited", "--kind", "foo"), "Nghị quyết"),
        (("promises", "--state", "foo"), "not-due"),
        (("promises", "--due", "foo"), "foo"),
        (("promises", "--due", "2024..2023"), "2024..2023"),
        (("promises", "--due", ".."), "2024-06"),
        (("activities", "--from", "2024", "--to", "2023"), "01/01/2024"),
        (("views", "--site", "nope"), "'nope'"),
        (("search", "activity:xyz"), "tiếp xúc cử tri"),
    ],
)
def test_what_there_is_not_is_an_error_that_names_what_there_is(home, command, named):
    ran = run_hdnd(*command, home=home)
    assert (ran.status, ran.out) == (2, "")
    assert named in ran.err


@pytest.mark.parametrize(
    "command",
    [
        ("who", "Lê Vân Tám"),
        ("cited", "18/NQ-HĐND"),
        ("activities", "--kind", "giám sát"),
        ("promises", "--due", "2018"),
    ],
)
def test_none_says_what_was_looked_through(home, command):
    ran = run_hdnd(*command, home=home)
    assert ran.status == 1
    assert "Looked through: " in ran.err
    assert "in 2 articles, published 05/02/2024 to 05/07/2024." in ran.err


def test_an_article_without_facts_of_a_kind_says_which_it_has(home):
    (hit,) = run_hdnd("search", "cam kết", "--json", home=home).json["hits"]
    ran = run_hdnd("facts", hit["id"], "--kind", "money", home=home)
    assert ran.status == 1
    assert "No fact of money was read in this article; its facts: " in ran.err


def test_one_year_is_a_span_of_days(home):
    assert run_hdnd("promises", "--due", "2099", home=home).status == 0


def test_a_part_without_quotes_says_that_it_took_one_word(home):
    ran = run_hdnd("search", "person:le van tam", home=home)
    assert 'person:"le van' in ran.err


def test_wrong_marks_find_nobody(home):
    ran = run_hdnd("who", "Lê Vân Tám", home=home)
    assert (ran.status, ran.out) == (1, "")


def test_a_citizen_is_nobody_in_an_office(home):
    assert run_hdnd("who", "Hứa Văn Bảy", home=home).status == 1


def test_a_citation_is_found_by_number_and_by_words(home):
    for typed in ("17/NQ-HĐND", "17/nqhdnd", "nghi quyet 17", "nq 17", "Nghị quyết số 17"):
        ran = run_hdnd("cited", typed, home=home)
        assert ran.status == 0, typed
        assert "Nghị quyết 17/NQ-HĐND" in ran.lines[0]
    assert run_hdnd("cited", "18/NQ-HĐND", home=home).status == 1


@pytest.mark.parametrize(
    ("typed", "is_it"),
    [
        ("108/2014/NĐ-CP", True),
        ("108/2014", True),
        ("108/2014/NQ-HĐND", False),
        ("108/NĐ-CP", False),
    ],
)
def test_a_citation_without_its_symbol_is_found_by_the_whole_number(typed, is_it):
    assert is_numbered(typed, Cited("Nghị định", 108, 2014)) is is_it


def test_activities_say_that_they_are_not_all(home):
    ran = run_hdnd("activities", "--year", "2024", home=home)
    assert ran.status == 0
    assert ran.lines[0].startswith("kỳ họp, 04/07/2024")
    assert ran.lines[-1] == "(those that were reported and are held, not all)"
    counted = run_hdnd("activities", "--by", "chair", "--json", home=home).json
    assert counted == [{"chair": "Lê Văn Tám", "count": 2}]
    assert run_hdnd("activities", "--kind", "giám sát", home=home).status == 1


def test_a_plan_with_two_articles_held_has_not_enough_to_be_judged(home):
    ran = run_hdnd("promises", "--year", "2024", "--json", home=home)
    assert ran.status == 0
    states = {one["promise"]["fact"]: (one["state"], one["says"]) for one in ran.json}
    state, words = states["2 kỳ họp thường lệ (HĐND quận, 2024, dự kiến)"]
    assert state == "not-enough"
    assert words.startswith("không đủ dữ liệu; kho có 2 bài")
    forbidden = ("thất hứa", "không thực hiện", "vi phạm")
    assert not any(word in ran.out for word in forbidden)


def test_what_is_not_due_yet_is_said_to_be_so(home):
    ran = run_hdnd("promises", "--due", "2099..2099", home=home)
    assert ran.status == 0
    assert ran.lines[-1].strip() == "→ Not due yet"


def test_a_slipped_year_is_pointed_at_and_not_called_wrong(home):
    ran = run_hdnd("--lang", "vi", "anomalies", home=home)
    assert ran.status == 0
    assert ran.lines[0] == "Bài ghi 30/01/2023; đăng 05/02/2024: có thể là 30/01/2024"
    assert "sai" not in ran.out


def test_the_sample_portal_looks_odd_nowhere(demo):
    ran = run_hdnd("anomalies", home=demo.home)
    assert (ran.status, ran.out) == (1, "")


def test_every_fact_of_an_article_gives_its_words_and_its_reason(home):
    found = run_hdnd("search", "kỳ họp thứ 9", "--json", home=home).json
    article = found["hits"][0]["id"]
    ran = run_hdnd("facts", article, "--why", home=home)
    assert ran.status == 0
    assert any("rule person-title; paragraph 1, characters " in line for line in ran.lines)
    facts = run_hdnd("facts", article, "--json", home=home).json
    assert {"person", "post", "document", "activity", "personnel"} <= {f["kind"] for f in facts}
    header, *rows = run_hdnd("facts", article, "--csv", home=home).lines
    assert header.startswith("kind,fact,class,article")
    assert len(rows) == len(facts)


def test_what_is_withheld_leaves_nothing(home, tmp_path):
    copy = shutil.copytree(home, tmp_path / "home")
    found = run_hdnd("search", "kỳ họp thứ 9", "--json", home=copy).json
    article = found["hits"][0]["id"]
    assert run_hdnd("withhold", article, "--reason", "thử", home=copy).status == 0
    assert run_hdnd("who", "Trần Thị Sáu", home=copy).status == 1
    assert run_hdnd("cited", "17/NQ-HĐND", home=copy).status == 1
    assert run_hdnd("facts", article, home=copy).status == 12


def test_people_tsv_hides_and_says_what_is_wrong_with_a_line(home, tmp_path):
    copy = shutil.copytree(home, tmp_path / "home")
    (person,) = run_hdnd("who", "Lê Văn Tám", "--json", home=copy).json
    (copy / "people.tsv").write_text(f"hide\t{person['key']}\n", encoding="utf-8")
    assert run_hdnd("who", "Lê Văn Tám", home=copy).status == 1
    (copy / "people.tsv").write_text("forget\tx\n", encoding="utf-8")
    ran = run_hdnd("who", "Lê Văn Tám", home=copy)
    assert ran.status == 2
    assert "people.tsv, line 1" in ran.err


def test_who_is_hidden_is_nowhere_among_the_facts(home, tmp_path):
    copy = shutil.copytree(home, tmp_path / "home")
    (person,) = run_hdnd("who", "Lê Văn Tám", "--json", home=copy).json
    assert run_hdnd("activities", "--chair", "Lê Văn Tám", home=copy).status == 0
    (copy / "people.tsv").write_text(f"hide\t{person['key']}\n", encoding="utf-8")
    assert run_hdnd("activities", "--chair", "Lê Văn Tám", home=copy).status == 1
    assert "Lê Văn Tám" not in run_hdnd("activities", "--by", "chair", home=copy).out
    assert run_hdnd("search", 'person:"Lê Văn Tám"', home=copy).status == 1
    assert "hdnd who" not in run_hdnd("search", "Lê Văn Tám", home=copy).out
    facts = [json.loads(line) for line in run_hdnd("export", "--format", "facts", home=copy).lines]
    assert facts
    values = json.dumps([fact["value"] for fact in facts], ensure_ascii=False)
    assert "Lê Văn Tám" not in values
    assert "Lê Văn Tám" not in str(run_hdnd("promises", "--json", home=copy).json)


def test_a_key_that_is_nobody_s_is_named(home, tmp_path):
    copy = shutil.copytree(home, tmp_path / "home")
    (person,) = run_hdnd("who", "Lê Văn Tám", "--json", home=copy).json
    lines = f"hide\tle-van-ta/nope/quan\nsplit\t{person['key']}\tno-such-article\n"
    (copy / "people.tsv").write_text(lines, encoding="utf-8")
    ran = run_hdnd("who", "Lê Văn Tám", home=copy)
    assert ran.status == 0
    assert "people.tsv names what is nobody here: le-van-ta/nope/quan, no-such-article" in ran.err


def test_views_are_listed_with_the_most_read_first(home):
    ran = run_hdnd("views", "--json", home=home)
    assert [row["views"] for row in ran.json] == [90, 40]
    ran = run_hdnd("views", "--since", "2020", home=home)
    assert (ran.status, "No count of views rose" in ran.err) == (1, True)


def test_a_rise_says_from_which_count_to_which(home, tmp_path):
    at = [datetime(2024, 3, day, tzinfo=UTC) for day in (1, 5, 9)]
    series = ViewSeries("a", "s", "T", None, tuple(zip(at, (10, 40, 70), strict=True)))
    assert series.counts_since(at[1]) == ((at[1], 40), (at[2], 70))
    assert series.counts_since(at[2]) is None


def test_a_workbook_has_days_as_days(home, tmp_path):
    target = tmp_path / "facts.xlsx"
    assert run_hdnd("activities", "--excel", str(target), home=home).status == 0
    with ZipFile(target) as package:
        sheet = package.read("xl/worksheets/sheet1.xml").decode()
    assert '<c s="3"><v>45478' in sheet  # 5 July 2024


def test_facts_are_broken_at_the_width_of_a_terminal(monkeypatch, capsys):
    monkeypatch.setattr(fact_lines, "width_of_stdout", lambda: 60)
    fact_lines.print_line("Hội đồng nhân dân quận Lam Khê khóa XX " * 4, 2)
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) > 2
    assert all(len(line) <= 60 for line in lines)
    assert lines[0].startswith("  Hội")
    assert lines[1].startswith("    ")


def test_namesakes_of_one_body_are_split_by_articles(home, tmp_path):
    copy = shutil.copytree(home, tmp_path / "home")
    (person,) = run_hdnd("who", "Lê Văn Tám", "--json", home=copy).json
    article = person["posts"][0]["evidence"][0]["article"]
    (copy / "people.tsv").write_text(f"split\t{person['key']}\t{article}\n", encoding="utf-8")
    found = run_hdnd("who", "Lê Văn Tám", "--json", home=copy).json
    assert [one["key"] for one in found] == [person["key"], f"{person['key']}/2"]


def test_json_is_one_document_on_one_line(home):
    for command in (["who"], ["cited"], ["activities"], ["promises"], ["anomalies"]):
        ran = run_hdnd(*command, "--json", home=home)
        assert len(ran.lines) == 1
        assert isinstance(json.loads(ran.out), list)


def test_facts_leave_as_lines_without_private_people(home):
    ran = run_hdnd("export", "--format", "facts", home=home)
    facts = [json.loads(line) for line in ran.lines]
    people = {fact["value"]["name"] for fact in facts if fact["kind"] == "person"}
    assert people == {"Lê Văn Tám", "Trần Thị Sáu"}
    assert all(fact["quote"] and fact["rule"] and fact["url"] for fact in facts)


def test_facts_leave_as_tables(home, tmp_path):
    folder = tmp_path / "tables"
    assert run_hdnd("export", "--format", "facts-csv", "--to", str(folder), home=home).status == 0
    header, *rows = (folder / "citation.csv").read_text(encoding="utf-8").splitlines()
    assert header.startswith("id,article,published,version")
    assert len(rows) == 1
    assert "Hứa Văn Bảy" not in (folder / "mention.csv").read_text(encoding="utf-8")
    assert (folder / "person_holding.csv").exists()
    assert run_hdnd("export", "--format", "facts-csv", "--to", str(folder), home=home).status == 2


def test_people_leave_as_popolo_and_as_follow_the_money(home, tmp_path):
    popolo = run_hdnd("export", "--format", "popolo", home=home).json
    assert {person["name"] for person in popolo["persons"]} == {"Lê Văn Tám", "Trần Thị Sáu"}
    (elected,) = (one for one in popolo["memberships"] if one["status"] == "elected")
    assert elected["start_date"] == "2024-07-04"
    target = tmp_path / "ftm.jsonl"
    assert run_hdnd("export", "--format", "ftm", "--to", str(target), home=home).status == 0
    lines = target.read_text(encoding="utf-8").splitlines()
    assert {json.loads(line)["schema"] for line in lines} >= {"Person", "Occupancy", "Event"}


def ids(ran):
    return {hit["title"] for hit in ran.json["hits"]}


PLAN, SESSION = "Triển khai chương trình công tác năm 2024", "Kỳ họp thứ 9 HĐND quận khóa XX"


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ('person:"le van tam"', {PLAN, SESSION}),
        ('person:"trần thị sáu"', {SESSION}),
        ("document:17/NQ-HĐND", {SESSION}),
        ('activity:"kỳ họp"', {SESSION}),
        ('activity:"hoi nghi" cam kết', {PLAN}),
        ('person:tám -activity:"kỳ họp"', {PLAN}),
        ("document:18/NQ-HĐND", set()),
        ('person:"Hứa Văn Bảy"', set()),
    ],
)
def test_a_search_understands_people_documents_and_activities(home, query, titles):
    ran = run_hdnd("search", "--json", "--", query, home=home)
    assert ids(ran) == titles
    assert ran.status == (0 if titles else 1)


def test_a_search_understands_the_key_of_a_person(home):
    (person,) = run_hdnd("who", "trần thị sáu", "--json", home=home).json
    assert ids(run_hdnd("search", "--json", f"person:{person['key']}", home=home)) == {SESSION}
    assert run_hdnd("search", f"person:{person['key']}n", home=home).status == 1


def test_answers_are_counted_by_people(home):
    ran = run_hdnd("search", "quận", "--by", "person", "--csv", home=home)
    assert ran.lines == ["person,count,as_typed", "Lê Văn Tám,2,2", "Trần Thị Sáu,1,1"]


def test_what_has_the_letters_alone_is_counted_apart(home):
    ran = run_hdnd("search", "quán", "--by", "person", "--csv", home=home)
    assert ran.lines == ["person,count,as_typed", "Lê Văn Tám,2,0", "Trần Thị Sáu,1,0"]


@pytest.mark.parametrize(
    ("query", "command"),
    [
        ("le van tam", "hdnd who"), ("Văn Tám", "hdnd who"), ("17/NQ-HĐND", "hdnd cited"),
        ("nghi quyet 17", "hdnd cited"), ("nghị quyết số 17", "hdnd cited"),
        ("NQ 17", "hdnd cited"),
    ],
)  # fmt: skip
def test_a_search_for_a_name_or_a_number_points_to_its_facts(home, query, command):
    ran = run_hdnd("search", query, home=home)
    assert f"note: facts with their words: {command} '{query}'" in ran.err
    assert "facts with their words" not in run_hdnd("search", "trần nhà", home=home).err


@pytest.mark.parametrize("typed", ["XIX", "19", "khóa XIX", "2016-2021", "2016 – 2021"])
def test_a_term_ends_when_the_next_one_opens(demo, typed):
    ran = run_hdnd("who", "--post", "chủ tịch hđnd", "--term", typed, "--json", home=demo.home)
    assert [person["name"] for person in ran.json] == ["Vũ Thị Hồng Thắm"]


@pytest.mark.parametrize("typed", ["tổ 6", "to so 6", "tổ đại biểu số 6"])
def test_a_team_is_found_by_its_number(demo, typed):
    found = run_hdnd("activities", "--body", typed, "--json", home=demo.home).json
    assert {one["value"]["body"] for one in found} == {"Tổ đại biểu số 6"}


@pytest.mark.parametrize(("typed", "found"), [("XX", []), ("2021-2026", ["Lê Văn Tám"])])
def test_a_site_without_a_described_council_has_years_and_no_numbered_terms(
    home, monkeypatch, typed, found
):
    monkeypatch.setattr(FactArchive, "councils", {})
    holders = who(Home(home), "tám", post="chủ tịch", term=typed)
    assert [holder.known.name for holder in holders] == found


def test_a_term_that_is_none_is_named(home):
    ran = run_hdnd("who", "--term", "abc", home=home)
    assert (ran.status, ran.out) == (2, "")
    assert "'abc' is no term" in ran.err


def test_committees_of_society_are_no_ward_s(demo):
    (person,) = run_hdnd("who", "Kiều Minh Tuệ", "--json", home=demo.home).json
    assert person["key"] == "kieu-minh-tue/thanh-giang/quan"


def test_a_document_that_only_a_paper_names_is_cited_with_its_page(demo):
    (document,) = run_hdnd("cited", "22/NQ-HĐND", "--json", home=demo.home).json
    places = {(one["field"], one["source"] is not None) for one in document["citations"]}
    assert ("attachment", True) in places
    assert ("body", False) in places


def test_a_fact_of_a_file_names_the_file_the_page_and_the_digest(demo):
    (document,) = run_hdnd("cited", "22/NQ-HĐND", "--json", home=demo.home).json
    of_file = next(one for one in document["citations"] if one["field"] == "attachment")
    file, page, digest = of_file["file"], of_file["page"], of_file["digest"]
    assert file.endswith((".pdf", ".docx", ".doc"))
    assert page == of_file["number"] + 1
    ran = run_hdnd("facts", of_file["article"], "--why", home=demo.home)
    assert any(f"{file}, page {page}" in line for line in ran.lines)
    assert any(f"file {digest}" in line for line in ran.lines)
    header, *rows = csv.reader(run_hdnd("facts", of_file["article"], "--csv", home=demo.home).lines)
    places = [header.index(name) for name in ("file", "page", "digest")]
    assert [file, str(page), digest] in [[row[place] for place in places] for row in rows]


def test_a_search_by_facts_goes_on_where_papers_have_the_words_too(demo):
    ran = run_hdnd("search", "giám sát activity:giám", "--by", "person", home=demo.home)
    assert ran.status == 0, ran.err
    assert "Lương Quốc Đạt" in ran.out
    found = run_hdnd("search", "quyết document:22/NQ-HĐND", "--json", home=demo.home).json
    assert [hit["title"][:9] for hit in found["hits"]] == ["Thông qua"]
