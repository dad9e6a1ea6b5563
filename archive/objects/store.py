"""`ObjectStore`: the door to object storage."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING, Self

from archive.ground.causes import disk_failed
from archive.ground.errors import (
    ArchiveDamaged,
    ObjectChanged,
    ObjectDiffers,
    ObjectMissing,
    StoreUnreachable,
    UsageError,
)
from archive.ground.message import Message
from archive.objects.client import (
    does_not_do_it,
    is_out_of_range,
    is_unreadable_name,
    named_errors,
    open_client,
)
from archive.objects.facts import ObjectFacts, StoreAddress, parse_address
from archive.objects.interruptible import at_once, interruptible

if TYPE_CHECKING:
    from obstore import GetResult
    from obstore.store import S3Store

_SHA256 = "sha256"
"""The name under which a store keeps an object's digest, as metadata of the user's."""

_SMALL = 1 << 20
_SECONDS = 20
_SECONDS_FOR_LARGE = 1800
_ATTEMPTS = 4
_PAUSE = 0.2
"""Seconds before the second attempt; twice as many before each further one."""
_RIVALS = 6
"""How many try at once to put an object, of whom one may win."""
_NO_STATE = '"no-state-of-it"'
MOST = 256 << 20
"""Bytes that `get` reads at most."""


class ObjectStore:
    """The objects of one bucket whose names begin with a prefix; the names here are without it.

    Every call may raise `StoreUnreachable`: the store does not answer, or refuses the credentials.
    """

    def __init__(self, address: StoreAddress) -> None:
        self.address = address

    @classmethod
    def at(cls, url: str) -> Self:
        """The store at `s3://bucket/prefix`, which is not asked anything yet.

        Raises `UsageError` for another address, and without the extra `s3` at the first call.
        """
        return cls(parse_address(url))

    def put_new(self, name: str, data: bytes | Path, *, sha256: str | None = None) -> ObjectFacts:
        """Put an object that is not there yet (`If-None-Match: *`), with its digest.

        One that is there already with the same bytes is as good: the call may be made again after
        a failure. Raises `ObjectDiffers` if another one is there, `ArchiveDamaged` if what is to be
        put has not the digest `sha256`. All of `data` is held in memory.
        """
        body = _bytes_of(data)
        digest = hashlib.sha256(body).hexdigest()
        if sha256 not in (None, digest):
            what = Message("archive.not-what-the-manifest-says")
            hint = Message("archive.repair-first")
            raise ArchiveDamaged("archive.path-says", path=str(data), what=what, hint=hint)
        done = self._put_if(name, body, digest, etag=None)
        if isinstance(done, ObjectFacts):
            return done
        there = self.head(name)
        if there and (there.sha256 or self.digest(name)) == digest:
            return there
        raise ObjectDiffers(
            "archive.another-object",
            store=str(self.address),
            name=name,
            hint=Message("archive.nothing-was-overwritten"),
        ) from done

    def replace(self, name: str, data: bytes, etag: str) -> ObjectFacts:
        """Put an object in the place of the one whose state `etag` names (`If-Match`).

        Raises `ObjectChanged` if it is in another state, or gone. If it has these very bytes
        already, that is no error: an answer may have been lost. So who competes for an object
        writes what no other would.
        """
        digest = hashlib.sha256(data).hexdigest()
        done = self._put_if(name, data, digest, etag=etag)
        if isinstance(done, ObjectFacts):
            return done
        there = self.head(name)
        if there and there.sha256 == digest:
            return there
        raise ObjectChanged(
            "archive.object-changed",
            store=str(self.address),
            name=name,
            hint=Message("archive.another-writes-there"),
        ) from done

    def put_first(self, name: str, data: bytes) -> ObjectFacts:
        """Put an object that is not there yet, as `put_new`, if the store keeps to conditions.

        Raises `UsageError` if it does not: of several that put these bytes under the name at once
        one alone may have done it, and two further puts must fail, one because the object is there,
        one because it is in another state. What was put is deleted then.
        """
        digest = hashlib.sha256(data).hexdigest()
        rivals = at_once(_RIVALS, self._put_or_refused, name, data, digest, None)
        taken = [facts for facts in rivals if facts]
        first = taken[0] if taken else self.put_new(name, data)
        for etag in (None, _NO_STATE):
            taken += filter(None, [self._put_or_refused(name, data, digest, etag)])
        if len(taken) > 1:
            self.delete(name)  # or the next attempt would find it there, and try nothing
            hint = Message("archive.choose-a-store-with-conditions")
            raise UsageError("archive.no-conditions", store=str(self.address), hint=hint)
        return first

    def head(self, name: str) -> ObjectFacts | None:
        """What the store says of an object; None if there is none."""
        from obstore import get

        try:
            with named_errors(self.address, name):
                return _facts(name, interruptible(get, self._client, name, options={"head": True}))
        except ObjectMissing:
            return None

    def get(self, name: str, *, most: int = MOST) -> tuple[bytes, ObjectFacts]:
        """A whole object, compared with the digest that the store keeps of it.

        Raises `ObjectMissing`, and `ObjectDiffers` if it has more than `most` bytes, fewer than the
        store says, or others than its digest is of.
        """
        from obstore import get

        with named_errors(self.address, name):
            answer = interruptible(get, self._client, name)
            facts = _facts(name, answer)
            if facts.size > most:
                raise self._differs("archive.object-too-large", name, size=facts.size)
            data = interruptible(answer.bytes).to_bytes()
        if len(data) != facts.size:
            raise self._differs("archive.object-cut-short", name)
        if facts.sha256 not in (None, hashlib.sha256(data).hexdigest()):
            raise self._differs("archive.object-altered", name)
        return data, facts

    def read(self, name: str, offset: int, length: int) -> bytes:
        """So many bytes of an object from an offset on.

        Raises `ObjectMissing`, and `ObjectDiffers` if it has fewer. Nothing vouches for them:
        compare the digest of the record they hold.
        """
        from obstore import get_range

        if length == 0:
            return b""
        try:
            with named_errors(self.address, name):
                answer = interruptible(get_range, self._client, name, start=offset, length=length)
                data = answer.to_bytes()
        except StoreUnreachable as error:
            if is_out_of_range(error):
                raise self._differs("archive.object-cut-short", name) from error
            raise
        if len(data) != length:
            raise self._differs("archive.object-cut-short", name)
        return data

    def stream(self, name: str) -> Iterator[bytes]:
        """An object from its beginning to its end, in pieces of about a mebibyte, unchecked."""
        from obstore import get

        with named_errors(self.address, name):
            answer = interruptible(get, self._client_for_large, name)
            pieces = iter(answer.stream(min_chunk_size=1 << 20))
            while (piece := interruptible(next, pieces, None)) is not None:
                yield bytes(piece)

    def digest(self, name: str) -> str:
        """The SHA-256 of an object, all of whose bytes are read for it."""
        sha256 = hashlib.sha256()
        for piece in self.stream(name):
            sha256.update(piece)
        return sha256.hexdigest()

    def names(self, prefix: str = "") -> Iterator[str]:
        """The names of the objects in a folder, as the store lists them; of all without one.

        Raises `ObjectDiffers` at a name that no client can read, as one with a tab in it.
        """
        from obstore import list as list_objects

        try:
            with named_errors(self.address, prefix):
                for some in list_objects(self._client, prefix=prefix or None, chunk_size=1000):
                    for one in some:
                        yield str(one["path"])
        except StoreUnreachable as error:
            if is_unreadable_name(error):
                raise self._differs("archive.names-unreadable", prefix) from error
            raise

    def delete(self, name: str) -> None:
        """Delete an object; one that is not there is as good. Where a bucket keeps versions, the
        earlier ones stay (Amazon S3 User Guide, "Deleting object versions")."""
        from obstore import delete

        try:
            with named_errors(self.address, name):
                interruptible(delete, self._client, name)
        except ObjectMissing:
            return

    def _put_if(
        self, name: str, data: bytes, digest: str, *, etag: str | None
    ) -> ObjectFacts | Exception:
        """Put an object; what the store said where the condition does not hold.

        It says so, too, while somebody else puts or deletes the object, though the condition does
        hold: then it is asked again (Amazon S3 API, "ConditionalRequestConflict").
        """
        for attempt in range(_ATTEMPTS):
            try:
                return self._put(name, data, digest, etag=etag)
            except _refusals() as error:
                there = self.head(name)
                if (there and there.etag) != etag:
                    return error
                if attempt == _ATTEMPTS - 1:
                    raise does_not_do_it(self.address, error.__cause__ or error) from error
                sleep(_PAUSE * 2**attempt)
        raise AssertionError("unreachable")

    def _put_or_refused(
        self, name: str, data: bytes, digest: str, etag: str | None
    ) -> ObjectFacts | None:
        """Put an object on a condition; None where it does not hold."""
        try:
            return self._put(name, data, digest, etag=etag)
        except _refusals():
            return None

    def _put(self, name: str, data: bytes, digest: str, *, etag: str | None) -> ObjectFacts:
        from obstore import put

        client = self._client if len(data) <= _SMALL else self._client_for_large
        with named_errors(self.address, name, conditional=True):
            answer = interruptible(
                put,
                client,
                name,
                data,
                attributes={_SHA256: digest, "Content-Type": "application/octet-stream"},
                mode={"e_tag": etag} if etag is not None else "create",
                use_multipart=False,
            )
        return ObjectFacts(name, len(data), answer["e_tag"] or "", digest)

    def _differs(self, code: str, name: str, **values: int) -> ObjectDiffers:
        said = Message(code, store=str(self.address), name=name, **values)
        return ObjectDiffers(said, hint=Message("archive.store-status-tells"))

    @cached_property
    def _client(self) -> S3Store:
        return open_client(self.address, seconds=_SECONDS)

    @cached_property
    def _client_for_large(self) -> S3Store:
        return open_client(self.address, seconds=_SECONDS_FOR_LARGE)


def _refusals() -> tuple[type[Exception], ...]:
    """What a put on a condition raises that does not hold."""
    from obstore import exceptions

    return (ObjectMissing, exceptions.AlreadyExistsError, exceptions.PreconditionError)


def _facts(name: str, answer: GetResult) -> ObjectFacts:
    meta = answer.meta
    stated = answer.attributes.get(_SHA256)
    return ObjectFacts(name, meta["size"], meta["e_tag"] or "", stated)


def _bytes_of(data: bytes | Path) -> bytes:
    if isinstance(data, bytes):
        return data
    try:
        return data.read_bytes()
    except OSError as error:
        raise disk_failed(error, data, Message("archive.mend-the-disk")) from error
