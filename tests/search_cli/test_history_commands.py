"""`history`, `diff`, `changes`, `cite`, `withhold`, `release` and `export`, by real runs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest

from portal_visitor import article
from search_cli.history_view import plot
from support.chronicle import DAY, Chronicle
from support.hdnd import Done, run_hdnd, run_hdnd_on_terminal

STORY = article("ky-hop", title="Kỳ họp", paragraphs=("Có 12 đại biểu dự họp.",))
OTHER = article("tin-khac", title="Một tin khác")


@pytest.fixture(scope="module")
def chronicle(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chronicle]:
    """An article that was edited, and one that is gone."""
    with Chronicle(tmp_path_factory.mktemp("history") / "home", [STORY, OTHER]) as chronicle:
        chronicle.visit()
        chronicle.publish(replace(STORY, paragraphs=("Có 15 đại biểu dự họp.",)))
        del chronicle.portal.articles[OTHER.asset_id]
        for _ in range(3):
            chronicle.visit(after=8 * DAY)
        assert run_hdnd("index", home=chronicle.home.path).status == 0
        yield chronicle


def run(chronicle: Chronicle, *arguments: str) -> Done:
    return run_hdnd(*arguments, home=chronicle.home.path)


def test_history_shows_versions_changes_views_and_captures(chronicle: Chronicle) -> None:
    ran = run(chronicle, "history", chronicle.id_of(STORY))
    assert ran.status == 0
    assert ran.lines[0] == "Kỳ họp"
    headings = [line for line in ran.lines if line in ("Versions", "Changes", "Views", "Captures")]
    assert headings == ["Versions", "Changes", "Views", "Captures"]
    assert any("after 2024-03-02 02:00 UTC, no later than 2024-03-10" in x for x in ran.lines)
    (views,) = (line for line in ran.lines if "▁" in line)
    assert views.startswith("  407 ▁")
    assert "█ 4" in views


def test_history_states_an_absence_with_its_evidence(chronicle: Chronicle) -> None:
    ran = run(chronicle, "history", chronicle.id_of(OTHER))
    assert "Gone from the site: checked 3 times since it was last seen on" in ran.out
    assert ran.out.count("404 Not Found  https://") == 3


def test_history_in_json_has_all_of_it(chronicle: Chronicle) -> None:
    told = run(chronicle, "history", chronicle.id_of(OTHER), "--json").json
    (stone,) = told["tombstones"]
    assert [check["status"] for check in stone["failed"]] == [404] * 3
    assert stone["back_at"] is None
    assert told["captures"][0]["views"] == 407


def test_diff_shows_words_in_marks_or_in_colour(chronicle: Chronicle) -> None:
    story = chronicle.id_of(STORY)
    plain = run(chronicle, "diff", story)
    assert plain.status == 0
    assert plain.lines[-2:] == ["text 1: number", "Có [-12-]{+15+} đại biểu dự họp."]
    coloured = run_hdnd_on_terminal("diff", story, home=chronicle.home.path)
    assert "\x1b[31m[-12-]\x1b[0m\x1b[32m{+15+}\x1b[0m" in coloured.out


def test_diff_in_json_and_html_says_the_same(chronicle: Chronicle) -> None:
    story = chronicle.id_of(STORY)
    told = run(chronicle, "diff", story, "--json").json
    (change,) = told["changes"]
    assert change["words"] == [{"removed": "12", "added": "15", "kinds": ["number"]}]
    page = run(chronicle, "diff", story, "--html").out
    assert "Có <del>12</del><ins>15</ins> đại biểu dự họp." in page


def test_diff_takes_versions_by_how_they_begin(chronicle: Chronicle) -> None:
    story = chronicle.id_of(STORY)
    versions = [v["short"] for v in run(chronicle, "history", story, "--json").json["versions"]]
    back = run(chronicle, "diff", story, *reversed(versions))
    assert "Có [-15-]{+12+} đại biểu" in back.out
    same = run(chronicle, "diff", story, versions[0], versions[0])
    assert (same.status, same.lines[-1]) == (1, "The same.")


def test_diff_of_what_never_changed_says_so(chronicle: Chronicle) -> None:
    ran = run(chronicle, "diff", chronicle.id_of(OTHER))
    assert (ran.status, ran.out) == (1, "")
    assert "has never changed" in ran.err


def test_changes_lists_silent_edits(chronicle: Chronicle) -> None:
    ran = run(chronicle, "changes", "--since", "2024-03")
    assert ran.status == 0
    line, gone = ran.lines
    assert line.startswith(f"2024-03-10  {chronicle.id_of(STORY)}  number  ")
    assert gone.startswith(f"2024-03-26  {chronicle.id_of(OTHER)}  gone  ")
    edit, _ = run(chronicle, "changes", "--since", "2024", "--json").json
    assert edit["kinds"] == ["number"]
    assert run(chronicle, "changes", "--since", "2025").status == 1


def test_changes_of_the_last_month_are_those_of_no_date(chronicle: Chronicle) -> None:
    ran = run(chronicle, "changes")
    assert (ran.status, ran.out) == (1, "")
    assert re.fullmatch(r"No change was found since \d{4}-\d\d-\d\d\.\n", ran.err)


def test_what_vanished_is_a_list(chronicle: Chronicle) -> None:
    ran = run(chronicle, "changes", "--gone")
    assert (ran.status, ran.lines) == (
        0,
        [
            f"2024-03-26  {chronicle.id_of(OTHER)}  gone  after 2024-03-02, by 2024-03-10"
            "  Một tin khác"
        ],
    )
    (gone,) = run(chronicle, "changes", "--gone", "--json").json
    assert gone["event"] == "gone"
    assert gone["gone_since"].startswith("2024-03-10")
    assert run(chronicle, "changes", "--gone", "--since", "2024-04").status == 1
    assert run(chronicle, "changes", "--gone", "--site", "moc-son").status == 1


def test_cite_prints_what_is_needed_to_check_it(chronicle: Chronicle) -> None:
    story = chronicle.id_of(STORY)
    at = ("--prefix", "https://luu-tru.example/hdnd")
    told = run(chronicle, "cite", story, "--format", "json", *at).json
    text = run(chronicle, "cite", story, *at).out
    bibtex = run(chronicle, "cite", story, "--format", "bibtex", *at).out
    for form in (text, bibtex):
        assert told["archived_url"] in form
        assert told["version"] in form
        assert told["payload_digest"] in form
    assert bibtex.startswith(f"@online{{{story}-{told['version'][:8]},")


def test_a_citation_names_no_address_that_nobody_gave(chronicle: Chronicle) -> None:
    story = chronicle.id_of(STORY)
    forms = [run(chronicle, "cite", story, "--format", form) for form in ("text", "bibtex", "json")]
    assert not any("localhost" in form.out for form in forms)
    assert forms[2].json["archived_url"] is None
    assert f"url = {{{forms[2].json['url']}}}" in forms[1].out
    env = {"HDND_PREFIX": "https://luu-tru.example/hdnd"}
    given = run_hdnd("cite", story, home=chronicle.home.path, env=env)
    assert "Archived: https://luu-tru.example/hdnd/2024" in given.out


def test_a_citation_names_the_council_in_either_language(chronicle: Chronicle) -> None:
    story = chronicle.id_of(STORY)
    english = run(chronicle, "cite", story).lines
    vietnamese = run(chronicle, "cite", story, "--lang", "vi").lines
    assert english[0].startswith(
        "“Kỳ họp”. People’s Council of Thanh Giang District, published 2024-02-05 17:00 (UTC"
    )
    assert vietnamese[0].startswith(
        "“Kỳ họp”. Hội đồng nhân dân quận Thanh Giang, đăng 05/02/2024 17:00 (UTC+07:00). https://"
    )
    assert vietnamese[1].startswith("Bản chụp lúc ")
    bibtex = run(chronicle, "cite", story, "--lang", "vi", "--format", "bibtex").out
    assert "organization = {{Hội đồng nhân dân quận Thanh Giang}}," in bibtex


def test_search_marks_what_is_gone(chronicle: Chronicle) -> None:
    (hit,) = run(chronicle, "search", "--json", "một tin khác").json["hits"]
    assert hit["gone"] is True


def test_an_old_version_is_read_whole(chronicle: Chronicle, tmp_path: Path) -> None:
    article = chronicle.id_of(STORY)
    versions = run(chronicle, "history", article, "--json").json["versions"]
    old, new = (version["version"] for version in versions)
    assert "Có 12 đại biểu dự họp." in run(chronicle, "show", article, "--version", old[:8]).out
    told = run(chronicle, "show", article, "--version", old, "--json").json
    assert told["version"] == old
    assert told["blocks"][0]["text"] == "Có 12 đại biểu dự họp."
    page = run(chronicle, "show", article, "--version", old[:8], "--html")
    assert "12 đại biểu" in page.out
    assert "15 đại biểu" in run(chronicle, "show", article, "--html").out
    lines = run(chronicle, "export", "--format", "jsonl", "--versions", article).out.splitlines()
    assert [json.loads(line)["version"] for line in lines] == [old, new]
    refused = run(chronicle, "show", article, "--version", "0000")
    assert refused.status == 2
    assert old[:8] in refused.err
    target = str(tmp_path / "x.wacz")
    assert run(chronicle, "export", "--format", "wacz", "--versions", "--to", target).status == 2


def test_export_of_a_search_holds_its_answers_alone(chronicle: Chronicle, tmp_path: Path) -> None:
    target = tmp_path / "a.wacz"
    ran = run(chronicle, "export", "--format", "wacz", "--to", str(target), "--query", "kỳ họp")
    assert ran.status == 0, ran.err
    with ZipFile(target) as archive:
        _, *pages = archive.read("pages/pages.jsonl").decode().splitlines()
    assert {json.loads(page)["title"] for page in pages} == {"Kỳ họp"}
    again = run(chronicle, "export", "--format", "wacz", "--to", str(target))
    assert again.status == 2
    assert "exists already" in again.err


def test_export_of_text_goes_to_a_pipe_or_a_file(chronicle: Chronicle, tmp_path: Path) -> None:
    piped = run(chronicle, "export", "--format", "jsonl")
    for form in ("jsonl", "csv", "jsonld"):
        target = tmp_path / f"a.{form}"
        said = run(chronicle, "export", "--format", form, "--to", str(target)).err
        assert said == f"{target}: 2 articles\n"
    assert len(piped.lines) == 2
    assert (tmp_path / "a.jsonl").read_text(encoding="utf-8") == piped.out


@pytest.mark.parametrize(
    "arguments",
    [
        ("export", "--format", "wacz"),
        ("export", "--format", "csv", "x-1", "--query", "họp"),
        ("export", "--format", "csv", "--query", "zzzz"),
        ("diff", "thanh-giang-1", "a"),
        ("withhold", "thanh-giang-1"),
        ("withhold", "--list", "thanh-giang-1"),
        ("cite", "thanh-giang-1"),
    ],
)
def test_a_wrong_call_ends_with_two_and_a_hint(
    chronicle: Chronicle, arguments: tuple[str, ...]
) -> None:
    ran = run(chronicle, *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err


def test_what_is_withheld_is_not_found_not_shown_and_comes_back(tmp_path: Path) -> None:
    with Chronicle(tmp_path / "home", [STORY, OTHER]) as chronicle:
        chronicle.visit()
        assert run(chronicle, "index").status == 0
        story = chronicle.id_of(STORY)
        why = "Quyết định của tòa án"
        assert run(chronicle, "withhold", story, "--reason", why, "--by", "Thủ thư").status == 0
        assert run(chronicle, "search", "kỳ họp đại biểu").status == 1
        for command in ("show", "history", "diff", "cite"):
            ran = run(chronicle, command, story)
            assert (ran.status, ran.out) == (12, "")
            assert why in ran.err
        assert story not in run(chronicle, "export", "--format", "csv").out
        assert run(chronicle, "status", "--json").json["withheld"] == 1
        assert run(chronicle, "rebuild").status == 0
        assert run(chronicle, "search", "kỳ họp đại biểu").status == 1
        assert run(chronicle, "release", story, "--reason", "Bản án bị hủy").status == 0
        assert run(chronicle, "search", "kỳ họp đại biểu").status == 0
        assert run(chronicle, "show", story).status == 0
        logged = run(chronicle, "withhold", "--list").lines
        assert [line.split()[3] for line in logged] == ["withhold", "release"]


def test_a_plot_goes_from_the_least_to_the_greatest() -> None:
    assert plot([]) == ""
    assert plot([5, 5, 5]) == "▁▁▁"
    assert plot([0, 7]) == "▁█"
    assert len(plot(list(range(1_000)))) == 60
    assert plot(list(range(1_000)))[-1] == "█"


def test_nothing_of_an_export_is_live_on_a_terminal(chronicle: Chronicle) -> None:
    """A title may hold escape codes; `export` writes what articles say."""
    wild = "\x1b]52;c;aGE=\x07\x9b2J\u202eđảo"
    chronicle.publish(replace(STORY, title=f"Kỳ họp {wild}"))
    chronicle.visit(after=8 * DAY)
    for form in ("csv", "jsonl", "jsonld", "cdxj"):
        piped = run(chronicle, "export", "--format", form)
        shown = run_hdnd_on_terminal("export", "--format", form, home=chronicle.home.path)
        assert piped.status == shown.status == 0
        assert not set(shown.out) & set("\x1b\x07\x9b\u202e")
        if form != "cdxj":
            assert "đảo" in shown.out
