"""Sites parted among workers by a hash of their ids."""

from __future__ import annotations

import pytest

from archive.ground.errors import LeaseHeld, UsageError
from archive.ground.home import Home
from crawler import CrawlEnded
from hdnd.usecases.buckets import Bucket
from hdnd.usecases.known_trouble import weigh_trouble
from hdnd.usecases.worker import worker_named
from support.hdnd import run_hdnd
from support.keeping import NOON


def test_every_site_is_in_one_bucket_and_buckets_are_about_alike():
    sites = [f"xa-{number}" for number in range(1000)]
    buckets = [Bucket(index, 8) for index in range(8)]
    parts = [{site for site in sites if bucket.has(site)} for bucket in buckets]
    assert sum(map(len, parts)) == len(set().union(*parts)) == 1000
    assert min(map(len, parts)) > 90
    assert Bucket(0, 1).has("hai-ba-trung")


def test_which_bucket_a_site_is_in_never_changes():
    assert [Bucket(i, 16).has("hai-ba-trung") for i in range(16)].index(True) == 11


@pytest.mark.parametrize("text", ["", "3", "16/16", "-1/4", "1/0", "a/b", "1/2/3", "٣/٤"])
def test_what_is_no_bucket_is_refused(text):
    with pytest.raises(UsageError, match="no-bucket"):
        Bucket.parse(text)


def test_a_worker_has_a_name_and_a_store(monkeypatch, tmp_path):
    home = Home(tmp_path)
    monkeypatch.delenv("HDND_STORE", raising=False)
    with pytest.raises(UsageError, match="worker-without-store"):
        worker_named(home, "may-3", None, None)
    monkeypatch.setenv("HDND_STORE", "s3://hdnd/kho")
    worker = worker_named(home, "may-3", "3/16", None)
    assert (worker.bucket, worker.store, worker.seconds) == (Bucket(3, 16), "s3://hdnd/kho", 180)
    for name in ("", "Máy", "a_b", "../x", "-a", "a" * 41):
        with pytest.raises(UsageError, match="no-worker-name"):
            worker_named(home, name, None, None)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--bucket", "1/2"], "--bucket and --lease are of a --worker."),
        (["--worker", "may-3"], "A worker needs a store"),
        (["--worker", "may-3", "--anyway"], "visits no site that has ended"),
    ],
)
def test_what_makes_no_sense_is_wrong_use(tmp_path, arguments, said):
    done = run_hdnd("refresh", *arguments, home=tmp_path)
    assert (done.status, said in done.err) == (2, True), done.err


def test_a_site_that_another_worker_has_is_no_trouble(tmp_path):
    held = CrawlEnded("xa-an", None, LeaseHeld("archive.lease-held"))
    assert weigh_trouble(Home(tmp_path), [(held, None)], [], NOON)["xa-an"].new == 0
