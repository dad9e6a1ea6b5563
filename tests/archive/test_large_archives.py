"""However large an archive is, importing, verifying and exporting it take the same memory."""

from __future__ import annotations

import gzip
import re
import subprocess
import tempfile
import time
import uuid
from pathlib import Path

import pytest

from support.crawling import home_in
from support.hdnd import command_line, environment

MOST = 300 << 10
"""Kilobytes of peak memory that no command may pass."""

PAGE = """<html><head><title>{0}</title></head><body>
<div class="asset-full-content-title">Bài số {0} của năm {1}</div>
<div class="assetPublishDate">Ngày đăng 0{2}/03/2019 | 08:00 | Lượt xem: {0}</div>
<div class="asset-full-content"><div class="asset-content" id="_101_{0}">
<div class="journal-content-article"><p>Cử tri số {0} kiến nghị về đường Bờ Đê.</p></div>
</div></div></body></html>"""


def warc_of(path: Path, captures: int) -> None:
    """A WARC of another program: a tenth as many articles as captures, edited now and then."""
    with path.open("wb") as file:
        for number in range(captures):
            asset, turn = divmod(number, 10)
            html = PAGE.format(1_000_000 + asset, turn // 5, 1 + asset % 9).encode()
            http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + html
            head = (
                "WARC/1.1\r\nWARC-Type: response\r\n"
                f"WARC-Record-ID: <urn:uuid:{uuid.UUID(int=number + 1)}>\r\n"
                f"WARC-Date: 2020-01-{1 + turn:02}T00:00:00Z\r\n"
                "WARC-Target-URI: https://thanhgiang.example/hoat-dong-hdnd/-/view_content/"
                f"{1_000_000 + asset}-bai.html\r\n"
                "Content-Type: application/http; msgtype=response\r\n"
                f"Content-Length: {len(http)}\r\n\r\n"
            )
            file.write(gzip.compress(head.encode() + http + b"\r\n\r\n", 1, mtime=0))


def peak_of(home: Path, *arguments: str) -> int:
    """Run a command, which must succeed; the most memory that it took, in kB.

    What `wait4` tells would count the process that starts it as well.
    """
    most = 0
    with tempfile.TemporaryFile() as said:
        ran = subprocess.Popen(
            command_line(*arguments), env=environment(home), stdout=subprocess.DEVNULL, stderr=said
        )
        while ran.poll() is None:
            told = Path(f"/proc/{ran.pid}/status").read_text(encoding="utf-8")
            most = max(most, *map(int, re.findall(r"VmHWM:\s*(\d+)", told)), 0)
            time.sleep(0.01)
        said.seek(0)
        assert ran.returncode == 0, said.read().decode()
    return most


@pytest.mark.parametrize(
    "captures", [200, pytest.param(100_000, marks=pytest.mark.soak)], ids=["small", "large"]
)
def test_memory_does_not_grow_with_the_archive(tmp_path: Path, captures: int) -> None:
    home = home_in(tmp_path / "home").path
    warc_of(tmp_path / "other.warc.gz", captures)
    peaks = {
        name: peak_of(home, *arguments.split())
        for name, arguments in {
            "import": f"import {tmp_path}/other.warc.gz --site thanh-giang",
            "verify": "verify",
            "wacz": f"export --format wacz --to {tmp_path}/all.wacz",
            "bagit": f"export --format bagit --to {tmp_path}/bag",
            "jsonl": f"export --format jsonl --to {tmp_path}/all.jsonl",
            "backup": f"backup {tmp_path}/copy",
        }.items()
    }
    assert max(peaks.values()) < MOST, peaks
    articles = (tmp_path / "all.jsonl").read_text("utf-8").splitlines()
    assert len(articles) == captures // 10
