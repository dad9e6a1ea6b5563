"""Every error that a person can meet, with the exit status that a shell sees.

The exit statuses are a promise to scripts (docs/exit-status.md); a class keeps its number for good.
"""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

from archive.ground.message import Message

if TYPE_CHECKING:
    from archive.ground.message import Value


class HdndError(Exception):
    """Something a person can act on.

    `said` is what went wrong and where, `hint` what to do next; both by code, and `hdnd.messages`
    has the words.
    """

    exit_code = 2

    def __init__(
        self, code: str | Message, /, *, hint: Message | None = None, **values: Value
    ) -> None:
        self.said = code if isinstance(code, Message) else Message(code, **values)
        self.hint = hint
        super().__init__(str(self.said))


class UsageError(HdndError):
    """The command was asked for something that does not exist or makes no sense."""


class SiteError(HdndError):
    """A site description is missing or wrong."""

    exit_code = 3


class SiteEnded(HdndError):
    """The site no longer exists under its host, by its own description."""

    exit_code = 4


class LockHeld(HdndError):
    """Another process is writing to this archive."""

    exit_code = 5


class LeaseHeld(HdndError):
    """Another worker has the lease."""

    exit_code = 5


class ArchiveDamaged(HdndError):
    """A file of the archive does not hold what it must."""

    exit_code = 6


class PayloadLost(ArchiveDamaged):
    """A revisit refers to a response that this archive does not hold."""


class ArchiveTooNew(HdndError):
    """The archive was written by a newer release than this one."""

    exit_code = 7


class IndexUnusable(HdndError):
    """The search index is missing, damaged, foreign or of another release; it can be rebuilt."""

    exit_code = 8


class IndexOfAnother(UsageError):
    """The index under this name is of another archive; nothing of it is read or replaced."""


class TooManyUnwanted(UsageError):
    """So many documents have what stands after a minus that they can't be told from all others."""


class IndexTooNew(IndexOfAnother):
    """The index under this name was written by a newer release; nothing of it is replaced."""

    exit_code = 7


class NothingFetched(HdndError):
    """A crawl ended without a page where pages were expected."""

    exit_code = 9


class StorageFailed(HdndError):
    """The disk is full, read-only or broken; what was acknowledged before is safe."""

    exit_code = 10


class Withheld(HdndError):
    """The article is withheld: kept, but not to be shown."""

    exit_code = 12


class VerificationFailed(HdndError):
    """The archive was checked, and something in it is not as it was written."""

    exit_code = 13


class ImportIncomplete(HdndError):
    """Some of what was to be imported could not be read; all the rest was taken in."""

    exit_code = 14


class StoreUnreachable(HdndError):
    """Object storage does not answer, or refuses the credentials; what is kept here is safe."""

    exit_code = 15


class ObjectMissing(HdndError):
    """Object storage does not hold an object that it should."""

    exit_code = 16


class ObjectDiffers(HdndError):
    """An object in storage is another than it should be; nothing was overwritten."""

    exit_code = 16


class ObjectChanged(HdndError):
    """Another process changed an object in storage meanwhile."""

    exit_code = 16


class ClusterUnavailable(HdndError):
    """The cluster that holds the search index can't answer; nothing of the archive is lost."""

    exit_code = 17


class SparkFailed(HdndError):
    """Spark does not start, or its workers cannot do what they were given; it can go on later."""

    exit_code = 19


class WithProblems(HdndError):
    """A crawl did its work, but some pages could not be fetched or read."""

    exit_code = 20


class RateLimited(HdndError):
    """The site asked to be left alone for longer than a run waits; going on later is possible."""

    exit_code = 21


class Unfinished(HdndError):
    """A crawl came to the number of requests or the hour that it was given; it can go on."""

    exit_code = 22


class DiskNearlyFull(HdndError):
    """Too little room is left on the disk to begin, or to go on."""

    exit_code = 23


class SuspectAnswers(HdndError):
    """Different addresses gave the same answer, as in maintenance; it counts for nothing."""

    exit_code = 24


class LayoutChanged(HdndError):
    """The pages of a site are not as its description says any more; they count for nothing."""

    exit_code = 26


class LeaseLost(HdndError):
    """The lease of a site could not be renewed in time, so that its crawl was ended."""

    exit_code = 27


class SiteUnreachable(HdndError):
    """The site did not answer, or failed too often in a row."""

    exit_code = 25


_OF_STORAGE = (8, 10, 13, 14)
"""SQLITE_READONLY, SQLITE_IOERR, SQLITE_FULL, SQLITE_CANTOPEN (sqlite.org/rescode.html)."""


def is_of_storage(error: BaseException) -> bool:
    """Whether a database failed because of the disk, and not because of what is in it."""
    code = getattr(error, "sqlite_errorcode", None)
    return code is not None and code & 0xFF in _OF_STORAGE


_FULL_OR_BARRED = {"ENOSPC", "EDQUOT", "EFBIG", "EROFS", "EACCES", "EPERM"}
_BROKEN = {"EIO", "ENODEV", "ENXIO", "EUCLEAN", "EBADMSG"}
_OUT_OF_REACH = {"ESTALE", "ENOTCONN", "EREMOTEIO", "ENOLCK"}


def is_of_disk(error: OSError) -> bool:
    """Whether the disk, or the file system of a network, is full, barred, broken or out of reach
    (Linux, errno(3))."""
    name = errno.errorcode.get(error.errno or 0)
    return name in _FULL_OR_BARRED | _BROKEN | _OUT_OF_REACH
