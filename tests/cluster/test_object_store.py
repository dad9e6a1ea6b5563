"""The door to object storage, on a real store."""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from archive.ground.errors import (
    ArchiveDamaged,
    HdndError,
    ObjectChanged,
    ObjectDiffers,
    ObjectMissing,
    StoreUnreachable,
)
from archive.objects import ObjectStore
from support import seaweed
from support.altering_proxy import AlteringProxy
from support.codes import english
from support.object_storage import speak_to


@pytest.fixture
def store(store_url: str) -> ObjectStore:
    return ObjectStore.at(store_url)


def test_what_was_put_is_read_back_whole_and_by_ranges(store: ObjectStore, tmp_path: Path) -> None:
    body = os.urandom(3 << 20)
    path = tmp_path / "segment"
    path.write_bytes(body)
    put = store.put_new("warc/a.warc.gz", path)
    head = store.head("warc/a.warc.gz")
    assert head == put
    assert (put.size, put.sha256) == (len(body), hashlib.sha256(body).hexdigest())
    assert store.get("warc/a.warc.gz") == (body, put)
    assert store.read("warc/a.warc.gz", 2 << 20, 1000) == body[2 << 20 : (2 << 20) + 1000]
    assert store.digest("warc/a.warc.gz") == put.sha256


def test_an_object_is_put_once_and_the_same_bytes_again_are_no_error(store: ObjectStore) -> None:
    first = store.put_new("a", b"one")
    assert store.put_new("a", b"one").etag == first.etag
    with pytest.raises(ObjectDiffers, match="another-object"):
        store.put_new("a", b"two")
    assert store.get("a")[0] == b"one"


def test_an_object_of_another_program_is_compared_by_its_bytes(
    store: ObjectStore, store_url: str
) -> None:
    from obstore import put
    from obstore.store import S3Store

    bucket, _, prefix = store_url.removeprefix("s3://").partition("/")
    other = S3Store(bucket, prefix=prefix, client_options={"allow_http": True})
    put(other, "foreign", b"the same")
    assert store.head("foreign").sha256 is None
    assert store.put_new("foreign", b"the same").size == 8
    with pytest.raises(ObjectDiffers):
        store.put_new("foreign", b"others!!")


def test_of_six_that_put_at_once_one_wins(store: ObjectStore) -> None:
    won = _raced(lambda n: store.put_new("raced", f"worker {n}".encode()))
    assert won == [store.get("raced")[0]]


def test_of_six_that_replace_at_once_one_wins(store: ObjectStore) -> None:
    etag = store.put_new("lease", b"nobody").etag
    won = _raced(lambda n: store.replace("lease", f"worker {n}".encode(), etag))
    assert won == [store.get("lease")[0]]


def test_what_another_changed_or_deleted_is_not_replaced(store: ObjectStore) -> None:
    old = store.put_new("head", b"1").etag
    new = store.replace("head", b"2", old).etag
    with pytest.raises(ObjectChanged):
        store.replace("head", b"3", old)
    store.delete("head")
    store.delete("head")
    with pytest.raises(ObjectChanged):
        store.replace("head", b"3", new)
    assert store.head("head") is None


def test_a_replacement_whose_answer_was_lost_may_be_made_again(store: ObjectStore) -> None:
    old = store.put_new("head", b"1").etag
    new = store.replace("head", b"2 by worker a", old)
    assert store.replace("head", b"2 by worker a", old) == new


def test_what_has_not_the_digest_it_should_is_not_put(store: ObjectStore, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"one bit flipped")
    with pytest.raises(ArchiveDamaged):
        store.put_new("a", tmp_path / "a", sha256="0" * 64)
    assert store.head("a") is None


@pytest.mark.parametrize("size", [1000, 2 << 20], ids=["small", "large"])
def test_bytes_that_change_on_their_way_are_refused_by_the_store(
    object_storage: seaweed.Seaweed, store_url: str, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    body = b"\x00" * size
    with AlteringProxy(object_storage.endpoint, flip=body[:64]) as proxy:
        monkeypatch.setenv("AWS_ENDPOINT_URL", proxy.endpoint)
        with pytest.raises(StoreUnreachable, match=r"(?i)sha256|digest|checksum|hash"):
            ObjectStore.at(store_url).put_new("a", body)
        assert proxy.flipped
    monkeypatch.setenv("AWS_ENDPOINT_URL", object_storage.endpoint)
    assert ObjectStore.at(store_url).head("a") is None


def test_bytes_that_change_on_their_way_back_are_noticed(
    object_storage: seaweed.Seaweed, store_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ObjectStore.at(store_url).put_new("a", b"\x00" * 1000)
    with AlteringProxy(object_storage.endpoint, flip=b"\x00" * 64, answers=True) as proxy:
        monkeypatch.setenv("AWS_ENDPOINT_URL", proxy.endpoint)
        with pytest.raises(ObjectDiffers, match="altered"):
            ObjectStore.at(store_url).get("a")


@pytest.mark.parametrize(("offset", "length"), [(3, 3), (5, 1), (100, 2)])
def test_a_range_past_the_end_is_an_object_cut_short(
    store: ObjectStore, offset: int, length: int
) -> None:
    store.put_new("a", b"12345")
    with pytest.raises(ObjectDiffers, match="cut-short"):
        store.read("a", offset, length)


def test_an_object_larger_than_it_may_be_is_not_read(store: ObjectStore) -> None:
    store.put_new("a", b"12345")
    with pytest.raises(ObjectDiffers, match="too-large"):
        store.get("a", most=4)


def test_a_missing_object_is_named(store: ObjectStore) -> None:
    assert store.head("nothing") is None
    for asked in (store.get, store.digest, lambda name: store.read(name, 0, 1)):
        with pytest.raises(ObjectMissing, match="nothing"):
            asked("nothing")


def test_the_names_of_a_folder_are_listed_without_those_beside_it(store: ObjectStore) -> None:
    for name in ("warc/b", "warc/a", "warcs/c", "manifest.jsonl"):
        store.put_new(name, b"x")
    assert sorted(store.names("warc")) == ["warc/a", "warc/b"]
    assert len(list(store.names())) == 4


def test_wrong_credentials_no_bucket_and_no_right_to_write_are_told_apart_from_absence(
    store_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ObjectMissing, match="NoSuchBucket"):
        ObjectStore.at("s3://no-such-bucket/x").get("a")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", seaweed.READER_SECRET)
    with pytest.raises(StoreUnreachable, match="SignatureDoesNotMatch"):
        ObjectStore.at(store_url).get("a")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", seaweed.READER_KEY)
    assert ObjectStore.at(store_url).head("a") is None
    with pytest.raises(StoreUnreachable, match="AccessDenied") as refused:
        ObjectStore.at(store_url).put_new("a", b"x")
    assert "AWS_ACCESS_KEY_ID" in english(refused.value.hint)
    assert seaweed.READER_SECRET not in str(refused.value)


def test_a_store_that_was_killed_has_every_object_that_it_acknowledged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with seaweed.running(tmp_path) as service:
        speak_to(service, monkeypatch)
        store, kept, failed = ObjectStore.at(f"s3://{seaweed.BUCKET}/x"), [], []
        killer = threading.Timer(0.5, service.kill)
        killer.start()
        for number in range(10_000):
            body = f"object {number} ".encode() * 5000
            try:
                kept.append(store.put_new(f"o{number}", body))
            except HdndError as error:
                failed.append(error)
                break
        killer.join()
        assert kept
        assert [type(one) for one in failed] == [StoreUnreachable]
        assert "AWS_ENDPOINT_URL" in english(failed[0].hint)
        service.start()
        for facts in kept:
            assert store.get(facts.name)[1] == facts
        store.put_new(f"o{len(kept)}", f"object {len(kept)} ".encode() * 5000)


def _raced(put: Callable[[int], object]) -> list[bytes]:
    """What those wrote whose call did not fail, of six that called at once."""
    together, won = threading.Barrier(6), []

    def race(number: int) -> None:
        together.wait()
        try:
            put(number)
        except (ObjectDiffers, ObjectChanged):
            return
        won.append(f"worker {number}".encode())

    threads = [threading.Thread(target=race, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return won
