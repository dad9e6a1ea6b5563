"""`hdnd store` as a person runs it: what it says, and how it ends."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from archive.ground.home import Home
from support import seaweed
from support.hdnd import Done, run_hdnd
from support.keeping import exchange, keep, page, writing


@pytest.fixture
def home(tmp_path: Path) -> Path:
    with writing(tmp_path / "home") as (archive, run):
        keep(archive, run, exchange("/1", page("Bài", id="1")))
    return tmp_path / "home"


def store(home: Path, *arguments: str, url: str | None, **more: str) -> Done:
    named = {"HDND_STORE": url} if url else {}
    aws = {name: value for name, value in os.environ.items() if name.startswith("AWS_")}
    return run_hdnd("store", *arguments, home=home, env=aws | named | more)


def test_each_end_of_a_store_command_has_its_status_and_its_way_out(
    home: Path, store_url: str
) -> None:
    unnamed = store(home, "push", url=None)
    assert (unnamed.status, "HDND_STORE=s3://" in unnamed.err) == (2, True)
    assert store(home, "status", url=store_url).lines[-1].endswith("`hdnd store push`.")
    pushed = store(home, "push", url=store_url)
    assert (pushed.status, pushed.lines[0].startswith("1 segment, ")) == (0, True)
    assert store(home, "push", url=store_url).lines == [f"{store_url} lacked nothing."]
    dropped = store(home, "drop", "--json", url=store_url)
    assert (dropped.status, len(dropped.json["segments"])) == (0, 1)
    away = f"http://127.0.0.1:{seaweed.free_ports(1)[0]}"
    down = store(home, "push", url=store_url, AWS_ENDPOINT_URL=away, HDND_LANG="vi")
    assert (down.status, "kho đối tượng" in down.err) == (15, True)
    wrong = store(home, "push", url=store_url, AWS_SECRET_ACCESS_KEY="wrong")
    assert (wrong.status, "AWS_SECRET_ACCESS_KEY" in wrong.err) == (15, True)
    assert "wrong" not in wrong.err


def test_json_is_the_same_bytes_in_both_languages(home: Path, store_url: str) -> None:
    store(home, "push", url=store_url)
    store(home, "drop", url=store_url)
    for action in ("push", "status", "drop"):
        english, vietnamese = (
            store(home, action, "--json", url=store_url, HDND_LANG=language).out
            for language in ("en", "vi")
        )
        assert english == vietnamese != "", action


def test_the_store_may_be_named_in_the_file_of_the_archive(home: Path, store_url: str) -> None:
    (home / "hdnd.toml").write_text(f'[store]\nurl = "{store_url}"\n', encoding="utf-8")
    assert store(home, "push", url=None).status == 0
    assert Home(home).receipts.is_file()
