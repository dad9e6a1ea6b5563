"""One file, read to its end or to where it can't be read any further. Runs in a child alone."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace

from archive.attachment_text import PageText, ReadingProblem, Want
from crawler.extraction.attachments import problems
from crawler.extraction.attachments.findings import Embedded, UnreadableFile
from crawler.extraction.attachments.kinds import (
    PICTURES,
    kind_of,
    kind_of_ole,
    kind_of_zip,
    open_zip,
)
from crawler.extraction.attachments.limits import MAX_FILE, MAX_MEMBERS, MAX_PART, PastLimit
from crawler.extraction.attachments.package_pictures import pictures_of
from crawler.extraction.attachments.xml_parts import Package

Found = PageText | Embedded | ReadingProblem


def read_file(data: bytes, say_kind: Callable[[str], None]) -> Iterator[Found]:
    """The pages of a file, then what else there is to say of it. Raises nothing but MemoryError."""
    try:
        if len(data) > MAX_FILE:
            raise PastLimit(f"{MAX_FILE >> 20} MiB")
        yield from _read(data, say_kind)
    except UnreadableFile as error:
        yield ReadingProblem(error.code, error.detail)
    except PastLimit as error:
        yield ReadingProblem(problems.LIMIT, str(error))
    except (zipfile.BadZipFile, zlib.error, EOFError, struct.error, OSError, RecursionError):
        yield ReadingProblem(problems.DAMAGED)
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, ArithmeticError) as error:
        yield ReadingProblem(problems.DAMAGED, type(error).__name__)


def _read(data: bytes, say_kind: Callable[[str], None]) -> Iterator[Found]:
    kind = kind_of(data)
    if kind == "zip":
        archive = open_zip(data)
        kind = kind_of_zip(archive)
        say_kind(kind)
        yield from _read_zip(archive, kind)
        return
    if kind == "ole":
        yield from _read_ole(data, say_kind)
        return
    say_kind(kind)
    if kind == "pdf":
        from crawler.extraction.attachments.pdf import read_pdf

        yield from read_pdf(data)
    elif kind == "rtf":
        from crawler.extraction.attachments.rtf import read_rtf

        yield from read_rtf(data)
    elif kind in ("html", "text"):
        from crawler.extraction.attachments.plain import read_html, read_text

        yield from read_html(data) if kind == "html" else read_text(data)
    elif kind in PICTURES:
        yield PageText(1, "", want=Want.ABSENT)
    else:
        codes = {"empty": problems.EMPTY, "unknown": problems.UNKNOWN}
        raise UnreadableFile(codes.get(kind, problems.UNSUPPORTED), "" if kind in codes else kind)


def _read_zip(archive: zipfile.ZipFile, kind: str) -> Iterator[Found]:
    if kind == "zip":
        yield from _read_members(archive)
        return
    package = Package(archive)
    if kind == "docx":
        from crawler.extraction.attachments.docx import read_docx

        yield from read_docx(package)
    elif kind == "xlsx":
        from crawler.extraction.attachments.xlsx import read_xlsx

        yield from read_xlsx(package)
    elif kind == "pptx":
        from crawler.extraction.attachments.pptx import read_pptx

        yield from read_pptx(package)
    else:
        from crawler.extraction.attachments.odf import read_odf

        yield from read_odf(package, kind)
    yield from pictures_of(package, kind)
    if package.has_entities:
        raise PastLimit("entities of its own")


def _read_members(archive: zipfile.ZipFile) -> Iterator[Found]:
    """The members of a zip file, each read as a file; one that fails costs itself alone."""
    Package(archive)
    members = [entry for entry in archive.infolist() if not entry.is_dir()]
    left = MAX_PART
    unread: list[str] = []
    for entry in members[:MAX_MEMBERS]:
        name = member_name(entry)
        try:
            with archive.open(entry) as stream:
                data = stream.read(left + 1)
        except RuntimeError:
            raise UnreadableFile(problems.ENCRYPTED, name) from None
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError):
            unread.append(name)
            continue
        if len(data) > left:
            raise PastLimit(f"{MAX_PART >> 20} MiB unpacked")
        left -= len(data)
        if kind_of(data) == "zip" and kind_of_zip(open_zip(data)) == "zip":
            unread.append(name)
            continue
        for found in read_file(data, lambda _: None):
            if isinstance(found, PageText):
                yield replace(found, part=f"{name}/{found.part}" if found.part else name)
            elif isinstance(found, ReadingProblem):
                unread.append(name)
    if unread:
        yield Embedded(tuple(unread))
    if len(members) > MAX_MEMBERS:
        raise PastLimit(f"{MAX_MEMBERS} members")


def member_name(entry: zipfile.ZipInfo) -> str:
    """The name of a member; the UTF-8 of programs that do not flag it is read as such."""
    if entry.flag_bits & 0x800:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return entry.filename


def _read_ole(data: bytes, say_kind: Callable[[str], None]) -> Iterator[Found]:
    import olefile

    with olefile.OleFileIO(io.BytesIO(data)) as ole:
        kind = kind_of_ole({path[-1] for path in ole.listdir()})
        say_kind(kind)
        if kind == "doc":
            from crawler.extraction.attachments.doc import read_doc

            yield from read_doc(ole)
        elif kind == "ppt":
            from crawler.extraction.attachments.ppt import read_ppt

            yield from read_ppt(ole)
    if kind == "xls":
        from crawler.extraction.attachments.xls import read_xls

        yield from read_xls(data)
    elif kind == "encrypted":
        raise UnreadableFile(problems.ENCRYPTED)
    elif kind == "unknown":
        raise UnreadableFile(problems.UNKNOWN)
