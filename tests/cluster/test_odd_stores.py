"""Stores that answer what they should not: told in our words, and nothing is overwritten."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from archive.ground.errors import HdndError, ObjectDiffers, StoreUnreachable, UsageError
from archive.leases import Leases
from archive.objects import ObjectStore
from archive.objects.client import is_out_of_range, named_errors
from archive.objects.facts import parse_address
from archive.storage import push
from archive.warc.stored_segment import store_at
from support.codes import english
from support.keeping import exchange, keep, page, writing
from support.odd_store import OddStore

URL = "s3://bucket/prefix"
ASKED: dict[str, Callable[[ObjectStore], object]] = {
    "head": lambda store: store.head("n"),
    "get": lambda store: store.get("n"),
    "read": lambda store: store.read("n", 0, 3),
    "stream": lambda store: store.digest("n"),
    "list": lambda store: list(store.names("warc")),
    "delete": lambda store: store.delete("n"),
    "put": lambda store: store.put_new("n", b"abc"),
    "replace": lambda store: store.replace("n", b"abc", '"e"'),
}


@pytest.fixture
def odd(monkeypatch: pytest.MonkeyPatch) -> Iterator[OddStore]:
    pytest.importorskip("obstore")
    monkeypatch.setattr("archive.objects.client._RETRIES", 0)
    monkeypatch.setattr("archive.objects.store._PAUSE", 0.01)
    store_at.cache_clear()
    with OddStore() as store:
        store.speak_to(monkeypatch)
        yield store
    store_at.cache_clear()


@pytest.mark.parametrize("status", [304, 400, 405, 409, 412, 501, 503])
@pytest.mark.parametrize("what", ASKED)
def test_whatever_a_store_answers_is_an_error_of_ours(
    odd: OddStore, what: str, status: int
) -> None:
    odd.odd = lambda method, name: (status, "OfItsOwn")
    with pytest.raises(HdndError) as told:
        ASKED[what](ObjectStore.at(URL))
    assert type(told.value) is StoreUnreachable


@pytest.mark.parametrize("code", ["RequestTimeTooSkewed", "RequestExpired"])
def test_a_clock_that_is_wrong_is_called_so(odd: OddStore, code: str) -> None:
    odd.odd = lambda method, name: (403, code)
    for what in ("get", "put", "list"):
        with pytest.raises(StoreUnreachable, match=code) as told:
            ASKED[what](ObjectStore.at(URL))
        assert "NTP" in english(told.value.hint), what
    with pytest.raises(StoreUnreachable) as told:
        ASKED["head"](ObjectStore.at(URL))
    assert "clock" in english(told.value.hint), "an answer to HEAD has no code"


@pytest.mark.parametrize("code", ["ConditionalRequestConflict", "PreconditionFailed"])
@pytest.mark.parametrize("status", [409, 412])
def test_a_conflict_that_passes_is_waited_for(odd: OddStore, status: int, code: str) -> None:
    left = [2]

    def conflict(method: str, name: str) -> tuple[int, str] | None:
        left[0] -= method == "PUT"
        return (status, code) if method == "PUT" and left[0] >= 0 else None

    odd.odd = conflict
    store = ObjectStore.at(URL)
    etag = store.put_new("n", b"1").etag
    left[0] = 2
    assert store.replace("n", b"2", etag).etag != etag
    assert store.get("n")[0] == b"2"
    left[0] = 1000
    for put in (
        lambda: store.put_new("m", b"1"),
        lambda: store.replace("n", b"3", odd_etag(store)),
    ):
        with pytest.raises(StoreUnreachable, match=code):
            put()
    left[0] = 0
    with pytest.raises(ObjectDiffers, match="another-object"):
        store.put_new("n", b"other")


def odd_etag(store: ObjectStore) -> str:
    there = store.head("n")
    assert there is not None
    return there.etag


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1:8333", "s3.example.vn", "//host", "ftp://host", "http://", "http://[::1",
     "http://host:99999", "http://ho st", "http://host\n", "https:host"],
)  # fmt: skip
def test_what_is_no_address_is_refused_before_a_client_sees_it(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    pytest.importorskip("obstore")
    monkeypatch.setenv("AWS_ENDPOINT_URL", address)
    with pytest.raises(UsageError, match="no-endpoint") as told:
        ObjectStore.at(URL).head("n")
    assert "https://" in english(told.value.hint)


def test_a_fault_in_the_client_is_no_fault_of_ours() -> None:
    pytest.importorskip("obstore")
    panic = type("PanicException", (BaseException,), {})
    with pytest.raises(StoreUnreachable), named_errors(parse_address(URL), "n"):
        raise panic("called `Option::unwrap()` on a `None` value")
    with pytest.raises(KeyboardInterrupt), named_errors(parse_address(URL), "n"):
        raise KeyboardInterrupt


@pytest.mark.parametrize(
    "said",
    [
        "Server returned non-2xx status code: 416 Range Not Satisfiable: ",
        "Generic S3 error: Wanted range starting at 5, but object was only 5 bytes long",
    ],
)
def test_a_range_past_the_end_is_known_however_a_store_says_it(said: str) -> None:
    with pytest.raises(StoreUnreachable) as raised, named_errors(parse_address(URL), "n"):
        raise ValueError(said)
    assert is_out_of_range(raised.value)


@pytest.mark.parametrize("fault", ["knows none", "forgets what it looked at"])
def test_a_store_that_keeps_to_no_conditions_is_noticed_at_its_first_use(
    odd: OddStore, tmp_path: Path, fault: str
) -> None:
    with writing(tmp_path) as (archive, run):
        keep(archive, run, exchange("/1", page("Bài", id="1")))
    odd.knows_conditions = fault != "knows none"
    odd.forgets = odd.knows_conditions
    for _ in range(3):  # whoever tries again, as a scheduler does, is refused again
        with pytest.raises(UsageError, match="no-conditions"):
            push(archive.home, URL)
        with pytest.raises(UsageError, match="no-conditions"):
            Leases(ObjectStore.at(URL), "w-1").take("sites/mau")
    odd.knows_conditions, odd.forgets = True, False
    assert push(archive.home, URL).held == 1
    assert Leases(ObjectStore.at(URL), "w-1").take("sites/mau").holder.epoch == 1
