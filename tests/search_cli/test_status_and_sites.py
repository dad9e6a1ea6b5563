"""`hdnd status` and `hdnd sites`: what is held, what is known."""

from __future__ import annotations

from pathlib import Path

from crawler.sample_portal import SamplePortal, bundled_articles
from support.hdnd import Demo, run_hdnd

GOOD = """
id = "moc-son"
name = "Huyện Mộc Sơn"
host = "mocson.example"
platform = "liferay"
valid_from = 2016-07-01

[categories]
"/web/moc-son/hoi-dong-nhan-dan" = "Hội đồng nhân dân huyện"
"""


def test_status_names_what_is_held(demo: Demo) -> None:
    done = run_hdnd("status", home=demo.home)
    table = {line[:10].strip(): line[10:] for line in done.lines}
    assert done.status == 0
    assert table["Archive"] == str(demo.home)
    assert table["Articles"] == "68 articles, published 24/06/2016 to 27/06/2025"
    assert table["Versions"] == "68"
    assert table["Problems"] == "none"
    assert table["Sites"] == "thanh-giang"
    assert table["Last run"].startswith("thanh-giang, ")
    assert table["Index"] == "up to date"
    assert "WARC files" in table["On disk"]


def test_status_as_json(demo: Demo) -> None:
    status = run_hdnd("status", "--json", home=demo.home).json
    assert status["articles"] == 68
    assert status["first_published"].startswith("2016-06-24")
    assert status["last_run"]["site"] == "thanh-giang"
    assert sum(status["last_run"]["counts"].values()) == status["captures"]
    assert status["index"] == {
        "up_to_date": True,
        "behind": 0,
        "rebuild": None,
        "cluster": None,
    }
    assert "problems" not in status


def test_a_run_has_the_same_json_wherever_it_is_told(demo: Demo) -> None:
    (listed,) = run_hdnd("runs", "--json", home=demo.home).json["runs"]
    shown = run_hdnd("runs", "show", "1", "--json", home=demo.home).json
    told = run_hdnd("status", "--json", home=demo.home).json["last_run"]
    assert told.items() <= listed.items()
    assert told.items() <= shown.items()


def test_status_says_that_the_index_is_missing(copy_of_demo: Path) -> None:
    (copy_of_demo / "index").rename(copy_of_demo / "elsewhere")
    done = run_hdnd("status", home=copy_of_demo)
    assert done.status == 0
    assert "must be built (there was none yet): `hdnd index`" in done.out


def test_problems_are_listed_with_url_and_cause(tmp_path: Path) -> None:
    (tmp_path / "sites").mkdir()
    (tmp_path / "sites" / "moc-son.toml").write_text(GOOD, encoding="utf-8")
    with SamplePortal(bundled_articles()[:3]) as portal:
        crawl = run_hdnd("crawl", "moc-son", "--host", portal.host, home=tmp_path)
    assert crawl.status == 9, crawl.err
    listed = run_hdnd("status", "--problems", home=tmp_path)
    assert listed.status == 0
    assert "https://mocson.example/web/moc-son/hoi-dong-nhan-dan" in listed.out
    assert "404" in listed.out
    (problem,) = run_hdnd("status", "--problems", "--json", home=tmp_path).json["problems"]
    assert problem["site"] == "moc-son"


def test_no_problems_are_said_too(demo: Demo) -> None:
    assert run_hdnd("status", "--problems", home=demo.home).out.startswith("No problems")


def test_the_shipped_site_is_known_without_any_archive(tmp_path: Path) -> None:
    done = run_hdnd("sites", home=tmp_path / "nowhere")
    assert done.status == 0
    assert "hai-ba-trung  Quận Hai Bà Trưng, Hà Nội" in done.out
    assert "until 30/06/2025 (ended)" in done.out
    assert not (tmp_path / "nowhere").exists()


def test_sites_of_ones_own_are_known_and_faulty_ones_named(tmp_path: Path) -> None:
    (tmp_path / "sites").mkdir()
    (tmp_path / "sites" / "moc-son.toml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "sites" / "bad.toml").write_text("id = 1", encoding="utf-8")
    done = run_hdnd("sites", home=tmp_path)
    assert "moc-son  Huyện Mộc Sơn" in done.out
    assert "from 01/07/2016" in done.out
    assert "bad.toml is left out" in done.err


def test_a_good_description_passes_the_check(tmp_path: Path) -> None:
    file = tmp_path / "moc-son.toml"
    file.write_text(GOOD, encoding="utf-8")
    done = run_hdnd("sites", "check", str(file))
    assert (done.status, done.out) == (0, f"{file}: can be used\n")


def test_every_fault_of_a_description_is_a_line(tmp_path: Path) -> None:
    file = tmp_path / "bad.toml"
    file.write_text('id = "Mộc Sơn"\nhost = "127.0.0.1"\ncolour = 3\n', encoding="utf-8")
    done = run_hdnd("sites", "check", str(file))
    assert done.status == 3
    assert len(done.lines) >= 5
    assert any("`id`" in line for line in done.lines)
    assert any("`platform` is missing" in line for line in done.lines)


def test_a_description_can_be_checked_by_the_id_of_its_site(tmp_path: Path) -> None:
    (tmp_path / "sites").mkdir()
    (tmp_path / "sites" / "bad.toml").write_text("id = 1", encoding="utf-8")
    shipped = run_hdnd("sites", "check", "hai-ba-trung", home=tmp_path)
    assert shipped.status == 0
    assert shipped.out.endswith("hai-ba-trung.toml: can be used\n")
    assert run_hdnd("sites", "check", "bad", home=tmp_path).status == 3
    neither = run_hdnd("sites", "check", "no-such-site", home=tmp_path)
    assert neither.status == 3
    assert "Known are: hai-ba-trung" in neither.err


def test_times_of_this_computer_say_once_which_clock_that_is(demo: Demo) -> None:
    env = {"TZ": "Asia/Ho_Chi_Minh"}
    status = run_hdnd("status", home=demo.home, env=env)
    shown = run_hdnd("show", "thanh-giang-3147152", home=demo.home, env=env)
    runs = run_hdnd("runs", home=demo.home, env=env)
    (last,) = [line for line in status.lines if line.startswith("Last run")]
    (captured,) = [line for line in shown.lines if line.startswith("Captured")]
    assert last.count("UTC+07:00") == 1
    assert captured.count("UTC+07:00") == 1
    assert "Published 29/03/2019 16:33" in shown.lines
    assert "(UTC+07:00)" in runs.err
    assert " UTC (" in run_hdnd("status", home=demo.home, env={"TZ": "UTC"}).out


def test_captures_of_a_crawl_with_a_stand_in_read_as_they_did(demo: Demo) -> None:
    checked = run_hdnd("sites", "check", "thanh-giang", home=demo.home)
    assert checked.status == 0
    assert checked.lines[-1].startswith("0 of ")
