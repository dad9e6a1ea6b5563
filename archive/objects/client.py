"""The client of S3: how it is made from the environment, and what its errors mean."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

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
_OF_THE_CLOCK = ("RequestTimeTooSkewed", "RequestExpired")
"""What a store says to a signature whose time is not its own (Amazon S3 API, "Error responses")."""

_OF_ROOM = (
    "InsufficientStorage",
    "InsufficientCapacity",
    "QuotaExceeded",
    "StorageFull",
    "XMinioStorageFull",
    "XMinioAdminBucketQuotaExceeded",
)
"""What stores say that are full (SeaweedFS, versitygw, Ceph, MinIO); as a status 507 (RFC 4918)."""


def open_client(address: StoreAddress, *, seconds: int) -> S3Store:
    """A client whose requests last so many seconds at most, and are tried again a few times.

    Address, region and credentials come from the environment, by the names that all clients of S3
    know (`AWS_ENDPOINT_URL`, `AWS_ACCESS_KEY_ID` …), and so does `AWS_CA_BUNDLE`. Each request is
    signed with the SHA-256 of its body, which the store compares. Raises `UsageError` without the
    extra `s3`, for credentials that no header can carry and for an address of no use.
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
        _require_address(endpoint)
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
        raise does_not_do_it(address, error) from error


@contextmanager
def named_errors(address: StoreAddress, name: str, *, conditional: bool = False) -> Iterator[None]:
    """Turn what the client raises into errors of ours that name the store and the object.

    That a condition failed is left to a caller who has set one: he knows what it was for.
    """
    from obstore import exceptions

    conditions = (exceptions.AlreadyExistsError, exceptions.PreconditionError)
    refusals = (exceptions.PermissionDeniedError, exceptions.UnauthenticatedError)
    try:
        yield
    except refusals as error:
        raise StoreUnreachable(
            "archive.store-refuses",
            store=str(address),
            name=name,
            reason=_reason(error),
            hint=_hint(error, "archive.check-the-credentials"),
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
        if conditional and isinstance(error, conditions):
            raise
        raise does_not_do_it(address, error) from error
    except BaseException as error:
        # A fault in the client itself, which is no `Exception` (PyO3, "PanicException").
        if type(error).__name__ != "PanicException":
            raise
        raise does_not_do_it(address, error) from error


def does_not_do_it(address: StoreAddress, error: BaseException) -> StoreUnreachable:
    """What is said of a store that answers what it should not."""
    return StoreUnreachable(
        "archive.store-unreachable",
        store=str(address),
        reason=_reason(error),
        hint=_hint(error, "archive.check-the-store"),
    )


def is_out_of_range(error: StoreUnreachable) -> bool:
    """Whether a store said that an object ends before what was asked of it (RFC 9110 § 15.5.17)."""
    said = str(error.__cause__)
    return " 416 " in said or "Wanted range" in said  # as the client says to an empty answer


def is_unreadable_name(error: StoreUnreachable) -> bool:
    """Whether what was listed has a name that the client cannot have as one."""
    return "invalid path" in str(error.__cause__)


def _require_address(endpoint: str) -> None:
    """The client ends the whole process at an address without a scheme."""
    try:
        parts = urlsplit(endpoint)
        is_one = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        is_one = False
    if not is_one or not endpoint.isprintable() or " " in endpoint:
        hint = Message("archive.endpoint-form")
        raise UsageError("archive.no-endpoint", text=endpoint, hint=hint)


def _hint(error: BaseException, usual: str) -> Message:
    found = _CODE.search(str(error))
    code = found[1] if found else ""
    if code in _OF_THE_CLOCK:
        return Message("archive.set-the-clock")
    if code in _OF_ROOM or " 507 " in str(error):
        return Message("archive.make-room-in-the-store")
    return Message(usual)


def _reason(error: BaseException) -> Message:
    """The store's own code or the status of its answer, else what the client says."""
    text = str(error)
    found = _CODE.search(text) or _STATUS.search(text)
    words = found[1] if found else _WORDS.sub("", text).rpartition(" - ")[2]
    return Message("archive.in-its-words", words=" ".join(words.split())[:_LONGEST])
