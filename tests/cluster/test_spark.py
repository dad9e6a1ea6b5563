"""`hdnd derive --spark` on a real cluster: a master and two workers on this machine."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import search_cli.__main__
from archive.ground.home import Home
from support import spark
from support.bulk import derived_alone, many_segments, records_alone, rows_of
from support.hdnd import command_line, environment, run_hdnd

NIGHTS = 24


@pytest.fixture(scope="module")
def spark_cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[spark.StandaloneSpark]:
    if reason := spark.why_not():
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with spark.running(tmp_path_factory.mktemp("spark")) as service:
        yield service


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """An archive of 24 closed segments."""
    home = many_segments(tmp_path_factory.mktemp("bulk") / "home", nights=NIGHTS, articles=4)
    assert len(list(home.warc.glob("*.warc.gz"))) == NIGHTS
    return home


def start(*arguments: str, home: Home, program: list[str] | None = None) -> subprocess.Popen[str]:
    line = [*(program or command_line()), "--lang", "en", *arguments, "--quiet"]
    env = environment(home.path, **{k: v for k, v in spark.environment().items() if "SPARK" in k})
    return subprocess.Popen(
        line, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    )


def results_in(home: Home) -> dict[str, bytes]:
    """The bytes of every result by its name."""
    files = sorted(home.results.rglob("*.jsonl.gz"))
    return {str(path.relative_to(home.results)): path.read_bytes() for path in files}


def test_a_worker_is_killed_and_the_rows_are_those_of_one_machine(
    spark_cluster: spark.StandaloneSpark, records: Home, tmp_path: Path
) -> None:
    rows = derived_alone(records, tmp_path / "alone")
    home = records_alone(records, tmp_path / "many")

    # A worker dies when the first results are there and most are not.
    running = start("derive", "--spark", spark_cluster.master, home=home)
    while running.poll() is None and len(results_in(home)) < 3:
        time.sleep(0.01)
    spark_cluster.kill_worker()
    done_before = len(results_in(home))
    out, err = running.communicate(timeout=300)
    assert running.returncode == 0, err
    assert done_before < NIGHTS
    assert "tasks read" in out
    assert rows_of(home) == rows
    results = results_in(home)
    assert sum(name.startswith("pages/") for name in results) == NIGHTS

    # The same job again, given to Spark by spark-submit, from the records and the results: one of
    # them was altered, another one is lost.
    again = records_alone(records, tmp_path / "again")
    shutil.copytree(home.results, again.results)
    altered, lost = [again.results / name for name in list(results)[-2:]]
    altered.write_bytes(altered.read_bytes()[:-9])
    lost.unlink()
    submit = [sys.executable, "-m", "pyspark.find_spark_home"]
    spark_home = Path(subprocess.check_output(submit, encoding="utf-8").strip())
    program = [str(spark_home / "bin" / "spark-submit"), "--master", spark_cluster.master]
    program.append(str(search_cli.__main__.__file__))
    submitted = start("derive", "--spark", spark_cluster.master, home=again, program=program)
    out, err = submitted.communicate(timeout=300)
    assert submitted.returncode == 0, err
    assert f"Spark: 1 task read, {len(results) - 1} read before." in out
    assert "1 result was not what it should be" in out
    assert rows_of(again) == rows
    assert results_in(again) == results


def test_the_sample_archive_by_spark_has_the_rows_of_its_crawl_and_is_sound(
    spark_cluster: spark.StandaloneSpark, tmp_path: Path
) -> None:
    sample = tmp_path / "sample"
    assert run_hdnd("demo", home=sample).status == 0
    home = records_alone(Home(sample), tmp_path / "home")
    running = start("derive", "--spark", spark_cluster.master, home=home)
    _, err = running.communicate(timeout=300)
    assert running.returncode == 0, err
    assert rows_of(home) == rows_of(Home(sample))
    deep = run_hdnd("verify", "--deep", home=home.path)
    assert deep.status == 0, deep.err


def test_a_master_that_is_not_there_is_told_in_our_words(records: Home, tmp_path: Path) -> None:
    home = records_alone(records, tmp_path / "home")
    running = start("derive", "--spark", "sparkle://nowhere", home=home)
    _, err = running.communicate(timeout=120)
    assert running.returncode == 19
    assert "hdnd: Spark at sparkle://nowhere:" in err
    assert "Java 17" in err


def test_a_java_that_is_not_there_is_told_in_our_words(
    records: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "no-java"))
    home = records_alone(records, tmp_path / "home")
    running = start("derive", "--spark", "local[1]", home=home)
    _, err = running.communicate(timeout=120)
    assert running.returncode == 19
    assert "hdnd: Spark at local[1]:" in err
    assert "JAVA_HOME" in err
