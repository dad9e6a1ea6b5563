"""Commands with an index on a cluster: the same bytes as with the index of one machine."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from urllib.parse import urlencode

import pytest

from archive.ground.errors import TooManyUnwanted
from archive.ground.home import Home
from hdnd.usecases.archive_state import ArchiveState
from hdnd.usecases.attachment_search import search_everywhere
from hdnd.usecases.index_places import ATTACHMENTS, STANDING, VERSIONS, is_there, opened
from indexer.engines.opensearch import search
from support.hdnd import run_hdnd
from support.opensearch import Nodes
from support.reader import Visited

LINES = (
    ("search", "hội đồng nhân dân"),
    ("search", "hoi dong", "--lang", "vi"),
    ("search", '"tiếp xúc cử tri"'),
    ("search", "nghị quyết 15", "--json"),
    ("search", "giám sát", "--csv"),
    ("search", "chợ", "--history"),
    ("search", "hội dồng nhan dan"),
    ("search", "in:attachment nghị quyết"),
    ("search", "văn bản nào được ban hành về giám sát chợ năm 2020?"),
    ("search", "họp", "--by", "month"),
    ("search", "họp", "--sort", "oldest"),
    ("verify",),
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with attachments and edited articles, and its index in a folder."""
    folder = tmp_path_factory.mktemp("one") / "home"
    ran = run_hdnd("demo", "--home", str(folder))
    assert ran.status == 0, ran.err
    return folder


@pytest.fixture(scope="module")
def address(three_nodes: Nodes) -> str:
    return f"opensearch://{three_nodes.hosts}/one-home"


@pytest.fixture(scope="module")
def indexed(home: Path, address: str) -> Path:
    ran = run_hdnd("index", home=home, env={"HDND_INDEX": address})
    assert ran.status == 0, ran.err
    return home


@pytest.mark.parametrize("line", LINES, ids=" ".join)
def test_a_command_says_the_same(indexed: Path, address: str, line: tuple[str, ...]) -> None:
    assert run_hdnd(*line, home=indexed, env={"HDND_INDEX": address}) == run_hdnd(
        *line, home=indexed
    )


def test_what_was_not_looked_through_is_told_as_at_least(
    indexed: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HDND_INDEX", address)
    own = Home(indexed)
    with opened(own, STANDING) as index:
        assert not search_everywhere(own, index, "giám sát").at_least
        monkeypatch.setattr(search, "_MOST_OF_PARTS", 0)
        assert search_everywhere(own, index, "giám sát").at_least


def test_what_a_minus_cannot_take_out_whole_is_not_shown(
    indexed: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An article without a word has it in no file either; a bound says how many can be told."""
    query = "hội đồng -quyết"
    own = Home(indexed)
    with opened(own, STANDING) as index:
        right = search_everywhere(own, index, query, limit=100)
    monkeypatch.setenv("HDND_INDEX", address)
    with opened(own, STANDING) as index:
        found = search_everywhere(own, index, query, limit=100)
        assert [hit.id for hit in found.hits] == [hit.id for hit in right.hits]
        assert (found.total, found.at_least) == (right.total, False)
        monkeypatch.setattr(search, "_MOST_OF_PARTS", 0)
        for asked in (query, f"in:attachment {query}"):
            with pytest.raises(TooManyUnwanted):
                search_everywhere(own, index, asked)
        assert search_everywhere(own, index, f"in:body {query}").total
    with Visited(own) as reader:
        told = reader.get(f"/search?{urlencode({'q': query, 'lang': 'en'})}")
    assert (told.status, "after the minus" in told.text) == (400, True)


def test_an_index_that_is_up_to_date_is_left_alone(indexed: Path, address: str) -> None:
    ran = run_hdnd("index", home=indexed, env={"HDND_INDEX": address})
    assert ran.status == 0
    assert "68" not in ran.out


def test_the_file_of_the_home_names_the_cluster_as_well(
    indexed: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HDND_INDEX", raising=False)
    settings = indexed / "hdnd.toml"
    settings.write_text(f'[index]\nurl = "{address}"\n', encoding="utf-8")
    try:
        own = Home(indexed)
        assert all(is_there(own, which) for which in (STANDING, VERSIONS, ATTACHMENTS))
        with opened(own, STANDING) as index:
            assert not index.capabilities.bytes_checked
    finally:
        settings.unlink()


def test_the_page_knows_when_the_index_on_a_cluster_is_another(
    indexed: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HDND_INDEX", address)
    state = ArchiveState(Home(indexed), searches_at_once=1)
    before = state.searched_name()
    with state.searching() as index:
        assert index.search("họp").total
        watermark = index.watermark or 0
        index.update((), watermark=watermark + 1)
    assert state.searched_name() != before
    with state.searching() as index:
        index.update((), watermark=watermark)
    assert state.searched_name() == before


def test_what_is_withheld_or_removed_is_found_no_more(
    home: Path, three_nodes: Nodes, tmp_path: Path
) -> None:
    own = Path(shutil.copytree(home, tmp_path / "home"))
    cluster = {"HDND_INDEX": f"opensearch://{three_nodes.hosts}/acts"}

    def run(*line: str, **env: str) -> str:
        ran = run_hdnd(*line, home=own, env=cluster | env)
        assert ran.status == 0, ran.err
        return ran.out

    def found() -> list[str]:
        return [hit["id"] for hit in json.loads(run("search", "họp", "--json"))["hits"]]

    run("index")
    run("watch", "add", "họp")
    gone, *_ = found()
    run("withhold", gone, "--reason", "án")
    assert gone not in found()
    run("release", gone, "--reason", "án")
    assert gone in found()
    run("withhold", gone, "--reason", "án")
    run("remove", gone, "--reason", "án", "--yes")
    assert gone not in found()
    run("index", HDND_INDEX="")
    assert run("search", "họp", "--json") == run("search", "họp", "--json", HDND_INDEX="")
    looked = run_hdnd("watch", "look", home=own, env=cluster)
    assert (looked.status, looked.err) == (1, "")
    run("verify")


def test_an_act_that_did_not_come_to_the_cluster_is_recorded_and_holds_there_all_the_same(
    home: Path, three_nodes: Nodes, tmp_path: Path
) -> None:
    own = Path(shutil.copytree(home, tmp_path / "home"))
    cluster = {"HDND_INDEX": f"opensearch://{three_nodes.hosts}/missed"}
    assert run_hdnd("index", home=own, env=cluster).status == 0

    def told(*query: str, env: dict[str, str]) -> tuple[int, list[str], dict[str, int]]:
        """What does not hang on how many documents there are, as scores do."""
        answer = json.loads(run_hdnd("search", *query, "--json", home=own, env=env).out)
        ids = [hit["id"] for hit in answer["hits"]]
        return answer["total"], ids, answer["facets"]

    gone, *_ = told("in:attachment nghị quyết", env=cluster)[1]
    line = ("withhold", gone, "--reason", "án", "--lang", "en")
    ran = run_hdnd(*line, home=own, env={"HDND_INDEX": "opensearch://127.0.0.1:9/nowhere"})
    assert ran.status == 17
    assert "`hdnd index`" in ran.err
    assert gone in run_hdnd("withhold", "--list", home=own).out
    asked = (
        ("họp",),
        ("nghị quyết", "--sort", "newest"),
        ("in:attachment nghị quyết",),
        ("nghị quyết giám sát", "--by", "year"),
        ("nghị quyết", "--history"),
    )
    on_cluster = [told(*query, env=cluster) for query in asked]
    assert not any(gone in ids for _, ids, _ in on_cluster)
    run_hdnd("index", home=own)
    assert on_cluster == [told(*query, env={}) for query in asked]
