"""Where a cluster should have the index and can't be reached, every command says so and ends 17."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.hdnd import Demo, run_hdnd

NOWHERE = {"HDND_INDEX": "opensearch://127.0.0.1:9/articles"}


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "the cluster can't be reached"), ("vi", "không liên lạc được với cụm")],
)
def test_a_search_says_what_is_out_of_reach_and_the_way_out(
    demo: Demo, language: str, said: str
) -> None:
    ran = run_hdnd("search", "giám", "sát", home=demo.home, env={**NOWHERE, "HDND_LANG": language})
    assert (ran.status, ran.out) == (17, "")
    assert said in ran.err
    assert "opensearch://127.0.0.1:9/articles" in ran.err
    assert "HDND_INDEX" in ran.err.splitlines()[-1]


def test_an_empty_variable_is_the_index_of_this_computer(demo: Demo) -> None:
    ran = run_hdnd("search", "giám", "sát", home=demo.home, env={"HDND_INDEX": ""})
    assert ran.status == 0


def test_what_is_no_address_or_has_a_password_is_refused_without_repeating_it(demo: Demo) -> None:
    ran = run_hdnd("search", "sát", home=demo.home, env={"HDND_INDEX": "https://host/articles"})
    assert ran.status == 2
    assert "`opensearch://HOST:9200/NAME`" in ran.err
    ran = run_hdnd(
        "search", "sát", home=demo.home, env={"HDND_INDEX": "opensearch://an:s3cret@host/a"}
    )
    assert ran.status == 2
    assert "s3cret" not in ran.err


@pytest.mark.parametrize("setting", ["USER", "PASSWORD", "API_KEY"])
def test_a_secret_with_a_line_break_is_refused_and_stands_nowhere(
    demo: Demo, setting: str, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    env = {**NOWHERE, f"HDND_INDEX_{setting}": "s3cret\r"}
    for line in (("search", "sát"), ("index",)):
        ran = run_hdnd(*line, "--log", str(log), home=demo.home, env=env)
        assert (ran.status, ran.out) == (2, "")
        assert f"HDND_INDEX_{setting}" in ran.err
        assert "s3cret" not in ran.err
    assert "s3cret" not in log.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["ACCESS_KEY_ID", "SECRET_ACCESS_KEY", "SESSION_TOKEN"])
def test_so_is_one_of_the_store(demo: Demo, name: str) -> None:
    pytest.importorskip("obstore")
    known = dict.fromkeys(("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"), "x")
    env = {"HDND_STORE": "s3://bucket/x", "AWS_REGION": "x", **known, f"AWS_{name}": "s3cret\r"}
    env["AWS_ENDPOINT_URL"] = "http://127.0.0.1:9"
    ran = run_hdnd("store", "status", home=demo.home, env=env)
    assert ran.status == 2
    assert f"AWS_{name}" in ran.err
    assert "s3cret" not in ran.out + ran.err


def test_a_slip_in_the_configuration_file_is_told(demo: Demo, tmp_path: Path) -> None:
    file = tmp_path / "hdnd.toml"
    file.write_text('[index]\nadress = "opensearch://host/a"\n')
    ran = run_hdnd("search", "sát", home=demo.home, env={"HDND_CONFIG": str(file)})
    assert ran.status == 2
    assert "[index] adress" in ran.err
    assert "[index] url, ca, user, password, api_key" in ran.err


def test_the_state_of_the_archive_is_told_all_the_same(demo: Demo) -> None:
    ran = run_hdnd("status", home=demo.home, env=NOWHERE)
    assert ran.status == 0
    assert "68 articles" in ran.out
    assert "not known (opensearch://127.0.0.1:9/articles: the cluster can't be reached" in ran.out
    told = run_hdnd("status", "--json", home=demo.home, env=NOWHERE).json
    assert (told["articles"], told["index"]["up_to_date"], told["index"]["behind"]) == (
        68,
        None,
        None,
    )


def test_the_archive_is_checked_all_the_same_and_the_index_named_as_unchecked(demo: Demo) -> None:
    ran = run_hdnd("verify", home=demo.home, env=NOWHERE)
    assert ran.status == 17
    assert "Not checked: the search index, whose cluster cannot answer." in ran.out + ran.err
    assert "the cluster can't be reached" in ran.err
    assert "index" in run_hdnd("verify", "--json", home=demo.home, env=NOWHERE).json["not_checked"]
