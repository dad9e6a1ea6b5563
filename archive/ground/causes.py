"""Why something failed, as a message: from the exception that the system, or we, raised."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

from archive.ground.errors import HdndError, StorageFailed
from archive.ground.message import Message

if TYPE_CHECKING:
    from pathlib import Path


def cause_of(error: BaseException) -> Message:
    """What an exception says: an error of ours and a `Message` it was raised with as they are.

    What often comes from the system or from SQLite has a code; all else is told in its own words.
    """
    if isinstance(error, HdndError):
        return error.said
    if error.args and isinstance(error.args[0], Message):
        return error.args[0]
    known = _OF_SQLITE.get(getattr(error, "sqlite_errorname", ""))
    if isinstance(error, OSError):
        known = _OF_SYSTEM.get(error.errno or 0)
    if known:
        return Message(known)
    return Message("archive.in-its-words", words=getattr(error, "strerror", None) or str(error))


def disk_failed(error: Exception, path: Path, hint: Message) -> StorageFailed:
    """What is said where the disk does not do it: the file that failed, else `path`, and why."""
    named = str(getattr(error, "filename", None) or path)
    return StorageFailed("archive.file-failed", path=named, reason=cause_of(error), hint=hint)


_OF_SYSTEM = {
    errno.EADDRINUSE: "archive.address-in-use",
    errno.EADDRNOTAVAIL: "archive.no-address-of-ours",
    errno.ENOENT: "archive.no-such-file",
    errno.EACCES: "archive.permission-denied",
    errno.EPERM: "archive.not-permitted",
    errno.ENOSPC: "archive.disk-full",
    errno.EDQUOT: "archive.quota-exceeded",
    errno.EROFS: "archive.read-only",
    errno.EFBIG: "archive.file-too-large",
    errno.EIO: "archive.input-output-error",
    errno.EISDIR: "archive.is-a-folder",
    errno.ENOTDIR: "archive.not-a-folder",
    errno.EEXIST: "archive.file-exists",
    errno.ENAMETOOLONG: "archive.name-too-long",
    errno.EMFILE: "archive.too-many-open-files",
    errno.ELOOP: "archive.links-in-a-circle",
}
"""What is commonly said of a file or a socket (POSIX.1-2017, errno.h)."""

_OF_SQLITE = {
    "SQLITE_CORRUPT": "archive.database-malformed",
    "SQLITE_NOTADB": "archive.no-database",
    "SQLITE_FULL": "archive.database-disk-full",
    "SQLITE_READONLY": "archive.database-read-only",
    "SQLITE_CANTOPEN": "archive.database-not-opened",
    "SQLITE_BUSY": "archive.database-locked",
}
"""What is commonly said of a database (sqlite.org/rescode.html)."""
