"""`python bench/load.py HOME QUERIES`: readers at once on the reader's page of a real archive.

Serves the archive on loopback in this process and asks from threads, a bounded number of requests;
prints what the wall clock and the processor say. QUERIES is a file with a query a line. For figures
that compare, see the case `reader` of run.py.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote

from figures import median, percentile, shown

from archive.ground.home import Home
from web_reader.options import ReaderOptions
from web_reader.serving import ReaderServer, listen

_READERS = 8


def main() -> None:
    home, queries = Home(Path(sys.argv[1]).resolve()), Path(sys.argv[2]).read_text("utf-8")
    paths = [f"/search?q={quote(line)}" for line in queries.splitlines() if line][:1_000]
    with ReaderServer(
        home, ReaderOptions(page_seconds=60), listen("127.0.0.1", 0, public=False)
    ) as server:
        host = server.address.split("/")[2]
        print(f"idle: {_memory('VmRSS'):.0f} MiB")
        for readers in (1, _READERS):
            _tell(f"searches, {readers} at once, new each", host, _new(paths, readers), readers)
        again = [paths[0]] * 1_000
        _tell("the same again", host, again, _READERS)
        _tell("nothing has changed (304)", host, again, _READERS, etag=_etag(host, paths[0]))
        print(f"most memory: {_memory('VmHWM'):.0f} MiB")


def _new(paths: Sequence[str], readers: int) -> list[str]:
    """Addresses that no answer is kept of."""
    return [f"{path}&limit={10 + readers}" for path in paths]


def _tell(what: str, host: str, paths: Sequence[str], readers: int, etag: str = "") -> None:
    cpu, began = time.process_time(), time.monotonic()
    parts = [paths[n::readers] for n in range(readers)]
    with ThreadPoolExecutor(readers) as pool:
        took = [one for part in pool.map(lambda part: list(_asked(host, part, etag)), parts)
                for one in part]  # fmt: skip
    wall, used = time.monotonic() - began, time.process_time() - cpu
    times = ", ".join(f"p{p} {shown(1000 * percentile(took, p))}" for p in (50, 95, 99))
    print(f"{what}: {len(took) / wall:.0f} a second; {times} ms;"
          f" {1000 * used / len(took):.1f} ms of CPU each (asking included)")  # fmt: skip
    assert median(took) > 0


def _asked(host: str, paths: Sequence[str], etag: str) -> Iterator[float]:
    connection = HTTPConnection(host, timeout=60)
    headers = {"If-None-Match": etag} if etag else {}
    for path in paths:
        began = time.monotonic()
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        answer.read()
        assert answer.status == (304 if etag else 200), (path, answer.status)
        yield time.monotonic() - began
    connection.close()


def _etag(host: str, path: str) -> str:
    connection = HTTPConnection(host, timeout=60)
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return str(answer.headers["ETag"])


def _memory(what: str) -> float:
    """MiB of this process, those who ask included: `VmRSS` now, `VmHWM` at most (proc(5))."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition(f"{what}:")[2].split()[0]) / 1024


if __name__ == "__main__":
    main()
