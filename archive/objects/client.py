"""The client of S3: how it is made from the environment, and what its errors mean."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from archive.ground.causes import disk_failed
from archive.ground.credentials import demand_sendable
from archive.ground.errors import ObjectMissing, StoreUnreachable, UsageError
from archive.ground.message import Message

if TYPE_CHECKING:
    from obstore.store import ClientConfig, S3Config, S3Store

    from archive.objects.facts import StoreAddress

_RETRIES = 6
_CODE = re.compile(r"<Code>(\w{1,80})</Code>")
_STATUS = re.compile(r"status code: (\d{3}[A-Za-z ]{0,40})")
_WORDS = re.compile(r"\s+Debug source:.*", re.DOTALL)
_LONGEST = 200


def open_client(address: StoreAddress, *, seconds: int) -> S3Store:
    """A client whose requests last so many seconds at most, and are tried again a few times.

    Address, region and credentials come from the environment, by the names that all clients of S3
    know (`AWS_ENDPOINT_URL`, `AWS_ACCESS_KEY_ID` …), and so does `AWS_CA_BUNDLE`. Each request is
    signed with the SHA-256 of its body, which the store compares. Raises `UsageError` without the
    extra `s3`, and for credentials that no header can carry.
    """
    try:
        from obstore.store import S3Store
    except ImportError:
        hint = Message("archive.install-s3")
        raise UsageError("archive.s3-is-missing", store=str(address), hint=hint) from None
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
        demand_sendable(name, os.environ.get(name, ""), as_it_is=True)
    config: S3Config = {"checksum_algorithm": "SHA256", "unsigned_payload": False}
    endpoint = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL")
    options: ClientConfig = {"timeout": f"{seconds}s", "connect_timeout": "5s"}
    if endpoint:
        config["endpoint"] = endpoint
        options["allow_http"] = endpoint.startswith("http://")
    if bundle := os.environ.get("AWS_CA_BUNDLE"):
        try:
            options["root_certificate"] = Path(bundle).read_bytes()
        except OSError as error:
            hint = Message("archive.check-ca-bundle")
            raise disk_failed(error, Path(bundle), hint) from error
    try:
        return S3Store(
            address.bucket,
            prefix=address.prefix or None,
            config=config,
            client_options=options,
            retry_config={
                "max_retries": _RETRIES,
                "retry_timeout": timedelta(seconds=seconds),
                "backoff": {
                    "init_backoff": timedelta(milliseconds=200),
                    "max_backoff": timedelta(seconds=2),
                },
            },
        )
    except Exception as error:  # what a client says of values that it cannot use has no one class
        raise StoreUnreachable(
            "archive.store-unreachable",
            store=str(address),
            reason=_reason(error),
            hint=Message("archive.check-the-store"),
        ) from error


@contextmanager
def named_errors(address: StoreAddress, name: str) -> Iterator[None]:
    """Turn what the client raises into errors of ours that name the store and the object.

    A failed condition is left to the caller, who knows what it was for.
    """
    from obstore import exceptions

    conditions = (exceptions.AlreadyExistsError, exceptions.PreconditionError)
    refusals = (exceptions.PermissionDeniedError, exceptions.UnauthenticatedError)
    try:
        yield
    except conditions:
        raise
    except refusals as error:
        raise StoreUnreachable(
            "archive.store-refuses",
            store=str(address),
            name=name,
            reason=_reason(error),
            hint=Message("archive.check-the-credentials"),
        ) from error
    except FileNotFoundError as error:
        raise ObjectMissing(
            "archive.object-missing",
            store=str(address),
            name=name,
            reason=_reason(error),
            hint=Message("archive.store-status-tells"),
        ) from error
    except (exceptions.BaseError, OSError, ValueError) as error:
        raise StoreUnreachable(
            "archive.store-unreachable",
            store=str(address),
            reason=_reason(error),
            hint=Message("archive.check-the-store"),
        ) from error


def is_out_of_range(error: StoreUnreachable) -> bool:
    """Whether a store said that an object ends before what was asked of it (RFC 9110 § 15.5.17)."""
    return " 416 " in str(error.__cause__)


def is_unreadable_name(error: StoreUnreachable) -> bool:
    """Whether what was listed has a name that the client cannot have as one."""
    return "invalid path" in str(error.__cause__)


def _reason(error: BaseException) -> Message:
    """The store's own code or the status of its answer, else what the client says."""
    text = str(error)
    found = _CODE.search(text) or _STATUS.search(text)
    words = found[1] if found else _WORDS.sub("", text).rpartition(" - ")[2]
    return Message("archive.in-its-words", words=" ".join(words.split())[:_LONGEST])
