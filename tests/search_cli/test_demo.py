"""`hdnd demo`: from a portal to an answer in one command."""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from crawler.sample_portal import bundled_articles
from support.hdnd import Demo, command_line, environment, run_hdnd


def test_it_ends_with_three_searches_and_their_marked_answers(demo: Demo) -> None:
    out = demo.first_run.out
    commands = [line for line in out.splitlines() if line.startswith("$ ")]
    assert len(commands) == 3
    assert " search giam sat " in commands[0]
    assert len(re.findall(r"\[[^\]]+\]", out)) >= 3
    assert "Now ask with words of your own" in out


def test_each_search_answers_the_same_when_it_is_typed(demo: Demo) -> None:
    blocks = demo.first_run.out.split("\n$ ")[1:]
    for block in blocks:
        command, answer = block.split("\n", 1)
        arguments = shlex.split(command)
        typed = run_hdnd(*arguments[arguments.index("search") :])
        assert typed.status == 0
        assert " ".join(answer.split()).startswith(typed.lines[0])


def test_progress_is_on_stderr(demo: Demo) -> None:
    assert re.search(r"^Crawling \d+/\d+: \d+ new", demo.first_run.err, re.MULTILINE)
    assert re.search(r"^Indexing \d+/\d+$", demo.first_run.err, re.MULTILINE)


def test_what_to_type_next_works(demo: Demo) -> None:
    *_, show, search, _, _, serve = demo.first_run.out.splitlines()
    assert shlex.split(serve)[1:2] == ["serve"]
    for line in (show, search):
        arguments = shlex.split(line)
        at = next(i for i, word in enumerate(arguments) if word in ("show", "search"))
        assert run_hdnd(*arguments[at:]).status == 0


def test_a_second_run_adds_nothing_and_says_so(copy_of_demo: Path) -> None:
    before = run_hdnd("status", "--json", home=copy_of_demo).json
    again = run_hdnd("demo", home=copy_of_demo)
    after = run_hdnd("status", "--json", home=copy_of_demo).json
    assert again.status == 0, again.err
    assert "Nothing new: no article and no version was added" in again.out
    assert "Search index: up to date, nothing to do." in again.out
    assert (after["articles"], after["versions"]) == (before["articles"], before["versions"])
    assert after["captures"] > before["captures"]


def test_all_articles_of_the_councils_categories_are_found(demo: Demo) -> None:
    status = run_hdnd("status", "--json", home=demo.home).json
    news = [article for article in bundled_articles() if article.categories == ("tin-tuc",)]
    assert status["articles"] == len(bundled_articles()) - len(news)
    assert status["problem_count"] == 0
    assert status["index"]["up_to_date"]


def test_without_a_home_it_has_a_folder_of_its_own_beside_the_usual_one(tmp_path: Path) -> None:
    text = tmp_path / "texts" / "a.txt"
    text.parent.mkdir()
    text.write_text("Một bài viết ngắn\n\nĐoạn văn.", encoding="utf-8")
    env = {"XDG_DATA_HOME": str(tmp_path / "data"), "HOME": str(tmp_path)}
    done = run_hdnd("demo", "--articles", str(text.parent), env=env)
    assert done.status == 0, done.err
    assert (tmp_path / "data" / "hdnd-demo" / "warc").is_dir()
    assert not (tmp_path / "data" / "hdnd").exists()
    assert "search mot bai viet --limit 2 --home ~/data/hdnd-demo" in done.out


def test_the_home_of_the_environment_need_not_be_typed(tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_text("Một bài viết ngắn\n\nĐoạn văn.", encoding="utf-8")
    done = run_hdnd("demo", "--articles", str(tmp_path), home=tmp_path / "home")
    assert done.status == 0, done.err
    assert "--home" not in done.out


def test_an_article_text_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("", encoding="utf-8")
    done = run_hdnd("demo", "--articles", str(tmp_path), "--home", str(tmp_path / "home"))
    assert done.status == 2
    assert "a.txt" in done.err


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`hdnd demo --serve` under way, with what it says until it is ready."""
    process = subprocess.Popen(
        command_line("demo", "--serve", "--home", str(tmp_path / "home")),
        env=environment(),
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert process.stdout
    said = ""
    while "Ctrl-C" not in said:
        line = process.stdout.readline()
        assert line, "it ended early"
        said += line
    yield process, said
    if process.poll() is None:
        process.kill()
    process.wait()
    process.stdout.close()


def test_serve_only_serves_and_says_how_to_crawl(
    serving: tuple[subprocess.Popen[str], str], tmp_path: Path
) -> None:
    _, said = serving
    url = re.search(r"http://\S+", said)
    assert url
    with urlopen(f"{url[0]}hoat-dong-hdnd") as page:
        assert page.status == 200
    typed = shlex.split(next(line for line in said.splitlines() if " crawl " in line))
    assert typed[-2:] == ["--home", "home"]
    crawled = run_hdnd(*typed[typed.index("crawl") : -2], home=tmp_path / "home")
    assert crawled.status == 0, crawled.err


def test_ctrl_c_ends_serving_without_a_fault(serving: tuple[subprocess.Popen[str], str]) -> None:
    process, _ = serving
    os.kill(process.pid, signal.SIGINT)
    assert process.wait(timeout=20) == 0


def test_two_real_articles_come_out_character_for_character(
    shared: Callable[[str], Path], tmp_path: Path
) -> None:
    folder = shared("articles")
    home = tmp_path / "home"
    demo = run_hdnd("demo", "--articles", str(folder), "--home", str(home))
    assert demo.status == 0, demo.err
    assert run_hdnd("search", "giam sat", "--count", home=home).out == "2\n"
    assert run_hdnd("search", "Đinh Thị Lan Duyên", "--count", home=home).out == "1\n"
    hits = run_hdnd("search", "giam sat", "--json", home=home).json["hits"]
    texts = {normal(path.read_text("utf-8").splitlines()[0]): path for path in folder.glob("*.txt")}
    for hit in hits:
        title, stamp, *rest = normal(texts[hit["title"]].read_text("utf-8")).splitlines()
        shown = run_hdnd("show", hit["id"], home=home).out
        article = run_hdnd("show", hit["id"], "--json", home=home).json
        paragraphs = [line.strip() for line in rest if line.strip()]
        date, time, views = re.findall(r"\d\d/\d\d/\d{4}|\d\d:\d\d|\d+$", stamp)
        assert shown.splitlines()[0] == article["title"] == title
        assert f"Published {date} {time}" in shown
        assert article["views"] == int(views)
        assert [normal(block["text"]) for block in article["blocks"] if block["text"]] == paragraphs
        assert [line for line in normal(shown).splitlines() if line in paragraphs] == paragraphs


def normal(text: str) -> str:
    return unicodedata.normalize("NFC", text).replace("\u00a0", " ")
