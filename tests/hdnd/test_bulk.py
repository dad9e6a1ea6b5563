"""Derivations read as tasks, here by this very process: tests/cluster/test_spark.py has Spark."""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from archive.attachment_text import AttachmentText, PaperFact
from archive.catalogue.catch_up import catch_up
from archive.ground.errors import ArchiveDamaged, SparkFailed, UsageError
from archive.ground.home import Home
from archive.ground.message import Message
from archive.model import Article, Block, Page, PageKind
from archive.reading import ArchiveReader
from archive.store import Archive
from crawler import Extractor
from hdnd.bulk import spark
from hdnd.bulk.codec import line_of, value_of
from hdnd.bulk.reading import BulkReading, Tally
from hdnd.bulk.tasks import Task
from hdnd.bulk.worker import Done, Workplace, perform_all
from hdnd.usecases.bulk_derivation import derive_with_spark
from hdnd.usecases.derivations import registry
from hdnd.usecases.removing import remove
from hdnd.usecases.stages import unheard
from hdnd.usecases.withholding import withhold
from support.bulk import derived_alone, many_segments, records_alone, rows_of
from support.codes import english
from support.hdnd import run_hdnd


@dataclass(frozen=True)
class Told:
    """An archive of six closed segments, the rows that one process makes, and results of tasks."""

    home: Home
    rows: list[str]
    results: Path


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    folder = tmp_path_factory.mktemp("bulk")
    home = many_segments(folder / "home", nights=6, articles=4)
    many = records_alone(home, folder / "many")
    assert derive(many).refused == 0
    return Told(home, derived_alone(home, folder / "alone"), many.results)


@pytest.fixture
def again(told: Told, tmp_path: Path) -> Home:
    """The records alone, beside what workers read of them before."""
    home = records_alone(told.home, tmp_path / "again")
    shutil.copytree(told.results, home.results)
    return home


def here(place: Workplace, tasks: Sequence[Task]) -> list[Done]:
    return list(perform_all(place, tasks))


def derive(home: Home, run: Callable[[Workplace, Sequence[Task]], list[Done]] = here) -> Tally:
    place = Workplace(str(home.path), None, registry)
    reading = BulkReading(place, run, lambda name, done: None)
    with Archive(home, Extractor(), read_units=reading):
        pass
    catch_up(home, registry(), read_units=reading)
    return reading.tally


def results_of(home: Home, name: str) -> list[Path]:
    return sorted((home.results / name).rglob("*.jsonl.gz"))


def test_many_make_the_rows_that_one_makes(told: Told, tmp_path: Path) -> None:
    home = records_alone(told.home, tmp_path / "home")
    tally = derive(home)
    assert rows_of(home) == told.rows
    assert any(row.startswith("attachment_page") for row in told.rows)
    assert any(row.startswith("holding") for row in told.rows)
    names = {name: len(results_of(home, name)) for name in ("pages", "attachments", "facts")}
    assert names["pages"] == 6
    assert tally == Tally(read=sum(names.values()))


def test_many_make_of_the_sample_archive_the_rows_that_its_crawl_made(tmp_path: Path) -> None:
    """Papers with number, issuer and signer among them, scans, tables, slides, broken files."""
    sample = tmp_path / "sample"
    assert run_hdnd("demo", home=sample).status == 0
    made = rows_of(Home(sample))
    assert sum(row.startswith("attachment (") for row in made) > 20
    home = records_alone(Home(sample), tmp_path / "home")
    assert derive(home).refused == 0
    assert rows_of(home) == made
    deep = run_hdnd("verify", "--deep", home=home.path)
    assert deep.status == 0, deep.err


def test_a_second_run_reads_nothing_again(told: Told, again: Home) -> None:
    def nobody(place: Workplace, tasks: Sequence[Task]) -> list[Done]:
        raise AssertionError

    assert derive(again, nobody).read == 0
    assert rows_of(again) == told.rows


def test_what_a_killed_run_has_read_is_not_read_again(told: Told, again: Home) -> None:
    gone = results_of(again, "pages")[2]
    gone.unlink()
    assert derive(again).read == 1
    assert gone.exists()
    assert rows_of(again) == told.rows


def altered(data: bytes) -> bytes:
    lines = bytearray(gzip.decompress(data))
    lines[len(lines) // 2] ^= 1
    return gzip.compress(lines)


def cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


def of_another_rule(data: bytes) -> bytes:
    header, _, rest = gzip.decompress(data).partition(b"\n")
    told = json.loads(header) | {"rule": 1}
    return gzip.compress(json.dumps(told, sort_keys=True).encode() + b"\n" + rest)


def without_a_line(data: bytes) -> bytes:
    lines = gzip.decompress(data).splitlines(keepends=True)
    return gzip.compress(b"".join([lines[0], *lines[2:]]))


def of_another_shape(data: bytes) -> bytes:
    """A line that is no result, in a file whose digest was made to fit."""
    lines = gzip.decompress(data).splitlines(keepends=True)
    lines[1] = b'{"kind":"article","links":"all of them"}\n'
    digest = hashlib.sha256(b"".join(lines[:-1])).hexdigest()
    lines[-1] = json.dumps({"sha256": digest}).encode() + b"\n"
    return gzip.compress(b"".join(lines))


def no_gzip(data: bytes) -> bytes:
    return b"<html>404</html>"


FAULTS = (altered, cut, of_another_rule, without_a_line, of_another_shape, no_gzip)


@pytest.mark.parametrize("name", ["pages", "facts"])
def test_results_that_are_not_what_they_should_be_are_not_believed(
    told: Told, again: Home, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    files = results_of(again, name)
    for path, fault in zip(files, FAULTS, strict=True):
        path.write_bytes(fault(path.read_bytes()))
    assert derive(again).refused == len(FAULTS)
    assert rows_of(again) == told.rows
    assert caplog.messages.count("a result was not believed") == len(FAULTS)
    assert derive(records_again(again), here).refused == 0


def records_again(home: Home) -> Home:
    """The same archive, of which nothing is derived, with the results that lie there now."""
    copy = records_alone(home, home.path / "copy")
    shutil.copytree(home.results, copy.results)
    return copy


def test_a_result_of_another_worker_is_not_overwritten(told: Told, again: Home) -> None:
    results = Workplace(str(again.path), None, registry).results
    path = results_of(again, "pages")[0]
    name, held = str(path.relative_to(again.results)), path.read_bytes()
    results.put(name, b"another")
    assert results.get(name) == held


def test_a_removal_takes_results_with_it(again: Home) -> None:
    derive(again)
    with ArchiveReader.open(again) as reader:
        article = next(record.id for _, _, record in reader.changes(0) if record)
    withhold(again, article, reason="Theo yêu cầu của công dân")
    remove(again, article, reason="Theo yêu cầu của công dân", on_progress=unheard)
    assert not again.results.exists()


def test_a_worker_of_another_release_is_an_error_that_says_so(told: Told, tmp_path: Path) -> None:
    home = records_alone(told.home, tmp_path / "home")

    def there(place: Workplace, tasks: Sequence[Task]) -> list[Done]:
        return list(perform_all(place, [replace(task, rule=task.rule + 1) for task in tasks]))

    with pytest.raises(SparkFailed) as failed:
        derive(home, there)
    assert "of another release" in english(failed.value.said)
    assert "HDND_STORE" in english(failed.value.hint)


def test_a_damaged_segment_is_named(told: Told, tmp_path: Path) -> None:
    home = records_alone(told.home, tmp_path / "home")

    def there(place: Workplace, tasks: Sequence[Task]) -> list[Done]:
        path = home.warc / tasks[0].segment
        whole = path.read_bytes()
        path.write_bytes(whole[: len(whole) // 3])
        return list(perform_all(place, tasks))

    with pytest.raises(ArchiveDamaged, match=r"hdnd-000001-.*\.warc\.gz"):
        derive(home, there)


def test_a_folder_that_a_worker_does_not_reach_is_an_error_that_says_so(
    told: Told, tmp_path: Path
) -> None:
    home = records_alone(told.home, tmp_path / "home")

    def there(place: Workplace, tasks: Sequence[Task]) -> list[Done]:
        return list(perform_all(replace(place, home=str(tmp_path / "elsewhere")), tasks))

    with pytest.raises(SparkFailed) as failed:
        derive(home, there)
    assert failed.value.exit_code == 19
    assert "under the same path" in english(failed.value.hint)


def test_what_one_worker_could_not_read_another_does(told: Told, tmp_path: Path) -> None:
    home, asked = records_alone(told.home, tmp_path / "home"), list[int]()

    def there(place: Workplace, tasks: Sequence[Task]) -> list[Done]:
        asked.append(len(tasks))
        ended = here(place, tasks)
        if len(asked) > 1:
            return ended
        (home.results / tasks[1].name).unlink()
        return [ended[0], Done(tasks[1].name, read=False, failure=Message("cut.off")), *ended[2:]]

    assert derive(home, there).refused == 0
    assert asked[:2] == [asked[0], 1]
    assert rows_of(home) == told.rows


def test_a_missing_spark_is_told_with_the_way_to_install_it(
    told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spark, "find_spec", lambda name: None)
    with pytest.raises(UsageError) as missing:
        derive_with_spark(told.home, "local[2]", unheard)
    assert "hdnd-archive[spark]" in english(missing.value.hint)


def test_a_derivation_that_is_none_is_told_with_those_there_are(told: Told) -> None:
    with pytest.raises(UsageError) as unknown:
        derive_with_spark(told.home, "local[2]", unheard, name="sentiment")
    assert "attachments" in english(unknown.value.hint)


@pytest.mark.parametrize(
    "line",
    [
        b'{"kind":"novel","identity_url":"/","article":null,"links":[],"total":null,"problem":null}\n',
        b'{"kind":"file","identity_url":7,"article":null,"links":[],"total":null,"problem":null}\n',
        b'{"kind":"file","identity_url":"/","article":null,"links":[],"total":true,"problem":null}\n',
        b'{"kind":"file","identity_url":"/","article":null,"links":[],"total":null}\n',
        b'{"article":null,"identity_url":"/","kind":"file","links":[],"problem":null,"total":null}\n',
        b"[" * 100_000 + b"\n",
        b"\xff\n",
        b"\n",
    ],
)
def test_a_line_that_no_value_is_written_as_is_refused(line: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        value_of(line, Page)


def test_a_line_that_a_value_is_written_as_is_taken() -> None:
    rest = b'"article":null,"links":[],"total":null,"problem":null}\n'
    assert value_of(b'{"kind":"file","identity_url":"/",' + rest, Page) == Page(PageKind.FILE, "/")


def test_what_is_in_no_order_of_the_alphabet_comes_back_in_its_own() -> None:
    facts = {name: PaperFact("15/NQ-HĐND", 0, 3, 13) for name in ("number", "issuer", "date")}
    text = AttachmentText("pdf", facts=facts, tools={"pdfium": "5", "hdnd": "12"})
    came = value_of(line_of(text), AttachmentText)
    assert came == text
    assert [*came.facts, *came.tools] == [*text.facts, *text.tools]


def test_a_value_comes_back_from_its_line_as_it_was() -> None:
    odd = 'chữ "lạ" \ud800 \u2028 \x00'
    page = Page(
        PageKind.ARTICLE, odd, Article(None, odd, blocks=(Block(odd, images=(odd,)),)), problem=odd
    )
    assert value_of(line_of(page), Page) == page


def test_an_error_of_java_that_says_nothing_is_told_by_its_kind() -> None:
    error = Exception("An error occurred while calling o1.x")
    error.java_exception = SimpleNamespace(getMessage=lambda: None)  # type: ignore[attr-defined]
    assert spark._reason(error).values["words"] == "Exception"
