"""`hdnd refresh`, `runs`, `archive` and `schedule` as a person or cron runs them."""

from __future__ import annotations

import json

import pytest

from archive.ground.lock import WriterLock
from crawler.sample_portal import SamplePortal
from hdnd.usecases import refreshing
from portal_visitor import article, path_of, series
from search_cli.main import main
from support.crawling import MOC_SON_TOML, home_in
from support.faulty_portal import FaultyPortal, answer
from support.hdnd import run_hdnd


@pytest.fixture(scope="module")
def refreshed(tmp_path_factory):
    """A first refresh, one after an edit, and one whose portal is not there."""
    home = home_in(tmp_path_factory.mktemp("refresh"))
    told = home.path / "told"
    notify = f'cat > {told}; echo "status $HDND_STATUS" >> {told}'
    ones = [*series(2), article("moi", paragraphs=("Có 25 nghị quyết.",))]
    with SamplePortal(ones) as portal:
        first = run_hdnd("refresh", "thanh-giang", "--host", portal.host, home=home.path)
        bounded = run_hdnd(
            "crawl", "thanh-giang", "--host", portal.host, "--max-requests", "2", home=home.path
        )
        again = run_hdnd("refresh", "thanh-giang", "--host", portal.host, "--json", home=home.path)
        host = portal.host
    down = run_hdnd("refresh", "thanh-giang", "--host", host, "--notify", notify, home=home.path)
    return home, first, bounded, again, down, told


def test_a_refresh_says_what_is_new_and_makes_it_searchable(refreshed):
    home, first, *_ = refreshed

    assert first.status == 0, first.err
    assert "New: 3 articles" in first.out
    assert run_hdnd("search", "nghị quyết", home=home.path).status == 0


def test_a_budget_has_an_exit_status_of_its_own(refreshed):
    _, _, bounded, *_ = refreshed

    assert bounded.status == 22
    assert "2 requests were allowed" in bounded.err


def test_a_refresh_goes_on_with_an_unfinished_crawl_and_tells_a_program(refreshed):
    _, _, _, again, *_ = refreshed

    assert again.status == 0, again.err
    (site,) = again.json["sites"]
    assert site["kind"] == "crawl"
    assert site["finished"]
    assert site["new"] == site["changed"] == site["gone"] == []


def test_a_person_is_called_when_the_site_cannot_be_reached(refreshed):
    *_, down, told = refreshed

    assert down.status == 25
    text = told.read_text(encoding="utf-8")
    assert "cannot be asked" in text
    assert text.endswith("status 25\n")


@pytest.mark.parametrize(
    ("bound", "status", "called"),
    [((), 9, True), (("--max-requests", "1"), 22, False)],
    ids=["one of two sites shows nothing", "the operator had said when"],
)
def test_a_person_is_called_when_any_site_needs_one_and_not_for_a_bound(
    tmp_path, bound, status, called
):
    home = home_in(tmp_path / "home", MOC_SON_TOML)
    told = tmp_path / "told"
    with SamplePortal(series(1)) as portal:
        done = run_hdnd(
            *("refresh", "thanh-giang", "moc-son", "--host", portal.host, *bound),
            *("--notify", f"cat > {told}"),
            home=home.path,
        )

    assert done.status == status, done.err
    assert told.exists() == called
    if called:
        text = told.read_text(encoding="utf-8")
        assert "thanh-giang" in text
        assert "moc-son: not one listing" in text


def test_nobody_is_called_when_all_is_well_and_a_call_that_fails_is_said(tmp_path):
    home = home_in(tmp_path)
    with SamplePortal(series(1)) as portal:
        well = run_hdnd(
            "refresh", "thanh-giang", "--host", portal.host, "--notify", "exit 3", home=home.path
        )
        host = portal.host
    down = run_hdnd("refresh", "thanh-giang", "--host", host, "--notify", "exit 3", home=home.path)

    assert (well.status, down.status) == (0, 25)
    assert "--notify" not in well.err
    assert "the --notify command ended with 3" in down.err


def test_runs_are_listed_and_shown(refreshed):
    home, *_ = refreshed
    listed = run_hdnd("runs", home=home.path)
    shown = run_hdnd("runs", "show", "1", home=home.path)
    as_json = run_hdnd("runs", "show", "1", "--json", home=home.path)

    assert len(listed.lines) == 4
    assert "sweep" in listed.lines[0]
    assert "max-requests" in listed.lines[1]
    assert "New: 3 articles" in shown.out
    assert len(as_json.json["new"]) == 3
    assert run_hdnd("runs", "show", "99", home=home.path).status == 2


def test_single_addresses_are_kept_with_their_files_and_nothing_else(tmp_path):
    home = home_in(tmp_path)
    one, other = series(2)
    url = f"https://thanhgiang.example{path_of(one)}"
    with SamplePortal([one, other]) as portal:
        done = run_hdnd("archive", url, "--host", portal.host, "--json", home=home.path)
        asked = [request.path for request in portal.requests]

    assert done.status == 0, done.err
    assert [new["id"] for new in done.json["sites"][0]["new"]] == [f"thanh-giang-{one.asset_id}"]
    assert asked == ["/robots.txt", path_of(one)]
    elsewhere = run_hdnd("archive", "https://elsewhere.example/a", home=home.path)
    assert elsewhere.status == 3


def test_a_second_refresh_says_who_holds_the_lock(tmp_path):
    home = home_in(tmp_path)
    with SamplePortal(series(1)) as portal, WriterLock(home.lock):
        done = run_hdnd("refresh", "thanh-giang", "--host", portal.host, home=home.path)

    assert done.status == 5
    assert "process" in done.out


def test_progress_can_be_lines_of_json(tmp_path):
    home = home_in(tmp_path)
    with SamplePortal(series(2)) as portal:
        done = run_hdnd(
            "refresh", "thanh-giang", "--host", portal.host, "--progress", "json", home=home.path
        )

    told = [json.loads(line) for line in done.err.splitlines()]
    assert {"Refreshing", "Indexing"} <= {line["what"] for line in told}
    last = [line for line in told if line["what"] == "Refreshing"][-1]
    assert last["new"] == 2
    assert last["done"] == last["total"]


def test_one_problem_calls_a_person_once_and_is_a_line_from_then_on(tmp_path):
    home = home_in(tmp_path / "home")
    ones = series(2)
    missing = path_of(ones[1]).replace("x.html", "bai-viet-bai-001.html")
    calls, nights = [], []
    with FaultyPortal(ones, {missing: answer(404)}) as portal:
        for night in range(3):
            told = tmp_path / f"told-{night}"
            nights.append(
                run_hdnd(
                    *("refresh", "thanh-giang", "--host", portal.host),
                    *("--notify", f"cat > {told}"),
                    home=home.path,
                )
            )
            calls.append(told.exists())

    assert calls == [True, False, False]
    assert [night.status for night in nights] == [20, 20, 20]
    assert "Problems: 1 page\n" in nights[0].out
    assert "Known problems: 1 page, since " in nights[1].out
    assert missing not in nights[1].out


def test_a_site_that_stays_away_calls_a_person_once(tmp_path):
    home = home_in(tmp_path / "home")
    with SamplePortal(series(1)) as portal:
        host = portal.host
    told = tmp_path / "told"
    refresh = ("refresh", "thanh-giang", "--host", host, "--notify", f"echo . >> {told}")
    nights = [run_hdnd(*refresh, home=home.path) for _ in range(2)]
    with SamplePortal(series(1), port=int(host.rpartition(":")[2])):
        nights.append(run_hdnd(*refresh, home=home.path))
    nights.append(run_hdnd(*refresh, home=home.path))

    assert [night.status for night in nights] == [25, 25, 0, 25]
    assert told.read_text("utf-8").split() == [".", "."]
    assert "(so since " in nights[1].out
    assert "(so since " not in nights[3].out


def test_without_names_every_known_site_that_has_not_ended_has_its_turn(tmp_path):
    description = MOC_SON_TOML.replace("mocson.example", "mocson.invalid")
    home = home_in(tmp_path / "home", description)
    (home.sites / "thanh-giang.toml").unlink()
    done = run_hdnd("refresh", home=home.path)
    named = run_hdnd("refresh", "moc-son", "hai-ba-trung", "--json", home=home.path)

    assert done.status == 25
    assert "moc-son: the site cannot be asked" in done.out
    assert "hai-ba-trung has ended and is skipped.\n" in done.out
    assert [site["site"] for site in named.json["sites"]] == ["moc-son"]
    assert named.json["skipped"] == ["hai-ba-trung"]


def test_a_site_that_is_down_is_told_in_one_line_a_night(tmp_path):
    description = MOC_SON_TOML.replace("mocson.example", "mocson.invalid")
    home = home_in(tmp_path / "home", description)
    (home.sites / "thanh-giang.toml").unlink()
    first, second = (run_hdnd("refresh", "--quiet", home=home.path) for _ in range(2))

    line = "moc-son: the site cannot be asked what it allows: "
    assert first.lines[0].startswith(line)
    assert first.lines[0].endswith(", asked 3 times")
    assert first.lines[1].startswith("  Without its robots.txt nothing is fetched")
    assert [text.startswith(line) for text in second.lines] == [True, False, False]
    assert "(so since " in second.lines[0]


def test_with_a_stand_in_and_no_name_the_only_site_that_goes_on_is_meant(tmp_path):
    home = home_in(tmp_path / "home", MOC_SON_TOML)
    (home.sites / "thanh-giang.toml").unlink()
    done = run_hdnd("refresh", "--host", "127.0.0.1:9", "--quiet", home=home.path)
    assert done.lines[0].startswith("moc-son: the site cannot be asked")


def test_a_description_that_is_wrong_keeps_no_other_site_from_its_turn(tmp_path):
    home = home_in(tmp_path / "home", MOC_SON_TOML.replace("mocson.example", "mocson.invalid"))
    (home.sites / "thanh-giang.toml").write_text("id = 1", encoding="utf-8")
    done = run_hdnd("refresh", home=home.path)
    named = run_hdnd("refresh", "moc-son", "no-such-site", home=home.path)

    assert done.status == 3
    assert "thanh-giang.toml: " in done.out
    assert "moc-son: the site cannot be asked" in done.out
    assert named.status == 3
    assert "no site is known as 'no-such-site'" in named.out
    assert "moc-son: the site cannot be asked" in named.out


def test_where_no_site_has_a_turn_it_is_said_why(tmp_path):
    told = tmp_path / "told"
    done = run_hdnd("refresh", "--notify", f"cat > {told}", home=tmp_path / "home")

    assert done.status == 4
    assert "ended on 30/06/2025" in done.err
    assert "ended on 30/06/2025" in told.read_text("utf-8")


def test_a_fault_of_the_program_calls_a_person_too(tmp_path, monkeypatch):
    def fail(*_, **__):
        raise ValueError("no such thing")

    told = tmp_path / "told"
    monkeypatch.setattr(refreshing, "refresh_and_index", fail)
    line = ["--home", str(tmp_path / "home"), "refresh", "--notify"]
    assert main([*line, f'echo "$HDND_STATUS" > {told}; cat >> {told}']) == 70
    assert told.read_text("utf-8") == "70\nValueError: no such thing"
