"""Results of tasks in object storage: put once, compared before they are believed, removed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from archive.catalogue.catch_up import catch_up
from archive.ground.home import Home
from archive.objects import ObjectStore
from archive.store import Archive
from crawler import Extractor
from hdnd.bulk.reading import BulkReading, RunTasks, Tally
from hdnd.bulk.tasks import Task
from hdnd.bulk.worker import Done, Workplace, perform_all
from hdnd.usecases.derivations import registry
from hdnd.usecases.stages import unheard
from hdnd.usecases.storing import begin_from_store, push_archive, store_state
from support.bulk import derived_alone, many_segments, records_alone, rows_of


def here(place: Workplace, tasks: Sequence[Task]) -> list[Done]:
    return list(perform_all(place, tasks))


def derive(home: Home, store: str, run: RunTasks = here) -> Tally:
    reading = BulkReading(Workplace(home.folder, store, registry), run, lambda name, done: None)
    with Archive(home, Extractor(), read_units=reading):
        pass
    catch_up(home, registry(), read_units=reading)
    return reading.tally


def test_workers_without_the_folder_read_records_from_the_store(
    store_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = many_segments(tmp_path / "home", nights=5, articles=4)
    rows = derived_alone(records, tmp_path / "alone")
    monkeypatch.setenv("HDND_STORE", store_url)
    push_archive(records, unheard)

    def there(place: Workplace, tasks: Sequence[Task]) -> list[Done]:
        return list(perform_all(replace(place, home=str(tmp_path / "not here")), tasks))

    new = Home(tmp_path / "new")
    assert begin_from_store(new) == 5
    assert derive(new, store_url, there).refused == 0
    assert rows_of(new) == rows
    assert list(new.warc.iterdir()) == []
    assert store_state(new).strange == 0


def test_results_are_objects_that_another_machine_finds(store_url: str, tmp_path: Path) -> None:
    records = many_segments(tmp_path / "home", nights=5, articles=4)
    rows = derived_alone(records, tmp_path / "alone")
    first = records_alone(records, tmp_path / "first")
    tally = derive(first, store_url)
    assert rows_of(first) == rows
    assert not first.results.exists()

    # Of what lies there one was cut, one is of another program, one was deleted.
    store = ObjectStore.at(store_url)
    names = sorted(name for name in store.names("derived") if name.startswith("derived/pages/"))
    whole = store.get(names[0])[0]
    for name, other in ((names[0], whole[:-9]), (names[1], b"<html></html>"), (names[2], None)):
        store.delete(name)
        if other is not None:
            store.put_new(name, other)

    second = records_alone(records, tmp_path / "second")
    again = derive(second, store_url)
    assert again == Tally(read=1, found=tally.read - 1, refused=2)
    assert rows_of(second) == rows
    assert store.get(names[0])[0] == whole

    Workplace(first.folder, store_url, registry).results.discard_all()
    assert list(store.names("derived")) == []
