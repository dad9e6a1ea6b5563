"""Archives of many small closed segments, and the same archive derived by one process."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

from archive.catalogue.catch_up import dump
from archive.ground.home import Home
from archive.reading import ArchiveReader
from crawler.sample_portal import SampleArticle
from crawler.sample_portal.articles import PORTAL_TIME, SampleAttachment
from hdnd.usecases.catch_up import catch_up
from hdnd.usecases.derivations import registry
from hdnd.usecases.stages import unheard
from support.chronicle import Chronicle

FILES = ("bao-cao.pdf", "nghi-quyet.docx")


def article(number: int, night: int = 0) -> SampleArticle:
    """An article whose words tell of a person, a day and a document; every night another one."""
    return SampleArticle(
        name=f"bai-{number}",
        title=f"Thường trực HĐND phường giám sát chợ số {number}",
        paragraphs=(
            f"Ngày {1 + number % 28}/2/2024, bà Nguyễn Thị Hòa, Phó Chủ tịch HĐND phường, chủ trì"
            f" buổi giám sát theo Nghị quyết số {number + 1}/NQ-HĐND.",
            f"Đoàn đã làm việc {night + 1} lần với các hộ kinh doanh.",
        ),
        published_at=datetime(2024, 2, 1 + number % 28, 9, 0, tzinfo=PORTAL_TIME),
        views=100 + number,
        attachments=(SampleAttachment(FILES[number % 2], "Toàn văn"),) if number < 4 else (),
    )


def many_segments(folder: Path, *, nights: int, articles: int) -> Home:
    """An archive of so many nights, a closed segment each; every night one article is new, and one
    was changed."""
    with Chronicle(folder, [article(number) for number in range(articles)]) as told:
        for night in range(nights):
            told.publish(article(night % articles, night))
            told.visit()
        return told.home


def records_alone(home: Home, folder: Path) -> Home:
    """A copy of an archive's segments and manifest: all else is to be made of them."""
    folder.mkdir()
    shutil.copytree(home.warc, folder / "warc")
    shutil.copy(home.manifest, folder)
    return Home(folder)


def derived_alone(home: Home, folder: Path) -> list[str]:
    """Every row that one process makes of an archive's records."""
    copy = records_alone(home, folder)
    catch_up(copy, unheard)
    return rows_of(copy)


def rows_of(home: Home) -> list[str]:
    """Every row of every derivation, and of all records."""
    with ArchiveReader.open(home) as reader:
        return dump(home, registry(), reader.catalogue.connection)
