"""A crawl at full speed into WARC and catalogue, against fetching the same pages."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from figures import Findings, Line, Table, median, ratios, shown, spread
from plan import Plan
from process import WORKER, Cost, run, work

HOME = "crawled"
Portal = subprocess.Popen[str]
_NAMES = {"ours": "hdnd", "bare": "bare Scrapy", "wget": "wget --warc-file"}


def measure(plan: Plan) -> Findings:
    """A sample portal of many articles on loopback, asked by each in turn for the same pages."""
    names = [name for name in _NAMES if name != "wget" or shutil.which("wget")]
    costs: dict[str, list[Cost]] = {name: [] for name in names}
    with _portal(plan.crawl_articles) as (host, server):
        listed = _listed(plan, host, server)
        for _ in range(plan.crawl_rounds):
            for name in names:
                costs[name].append(_fetch(plan, name, host, listed))
        count = len(listed.read_text(encoding="utf-8").split("\n"))
    cpu = {name: [cost.cpu for cost in found] for name, found in costs.items()}
    lines = [
        Line(
            "crawl",
            f"crawl of {count:,} pages, concurrency 16, WARC and catalogue, × speed of bare Scrapy",
            "≥ 0.6 ×",
            0.6,
            ratios(cpu["bare"], cpu["ours"]),
            at_least=True,
            note=f"clock: {shown(_wall(costs, 'bare') / _wall(costs, 'ours'))} ×",
        ),
        Line(
            "crawl-memory",
            f"crawl of {count:,} pages, peak memory × bare Scrapy",
            "≤ 1.25 ×",
            1.25,
            ratios(*([cost.peak for cost in costs[name]] for name in ("ours", "bare"))),
        ),
    ]
    rows: list[tuple[str, ...]] = [
        (
            _NAMES[name],
            spread([1000 * one / count for one in cpu[name]]),
            shown(count / _wall(costs, name)),
            shown(median(cost.peak for cost in found)),
        )
        for name, found in costs.items()
    ]
    if plan.long_crawl_articles:
        lines.append(_long(plan, costs["ours"], rows))
    header = ("", "CPU ms a page", "pages a second", "peak MiB")
    return Findings(lines, [Table(f"Crawling {count:,} pages", header, rows)])


def _long(plan: Plan, short: list[Cost], rows: list[tuple[str, ...]]) -> Line:
    with _portal(plan.long_crawl_articles) as (host, _):
        cost = work("crawl", plan.fresh_folder(HOME), host)
    count = cost.answer()["pages"]
    speed = (shown(1000 * cost.cpu / count), shown(count / cost.wall), shown(cost.peak))
    rows.append((f"hdnd, {count:,} pages", *speed))
    before = median(one.peak for one in short)
    what = f"crawl of {count:,} pages, peak memory × that of the short crawl"
    return Line("crawl-flat", what, "flat: ≤ 1.2 ×", 1.2, [cost.peak / before])


@contextmanager
def _portal(articles: int) -> Iterator[tuple[str, Portal]]:
    """A portal in a process of its own, and its host."""
    command = [sys.executable, str(WORKER), "serve", str(articles)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdin
        assert server.stdout
        yield server.stdout.readline().strip(), server
        server.stdin.close()
        server.stdout.read()


def _listed(plan: Plan, host: str, server: Portal) -> Path:
    """The file that lists a portal's pages: what a first crawl, not measured, asks it for."""
    assert server.stdin
    assert server.stdout
    listed = plan.folder / f"paths-{plan.crawl_articles}"
    if not listed.exists():
        work("crawl", plan.fresh_folder(HOME), host)
        print(listed, file=server.stdin, flush=True)
        server.stdout.readline()
    return listed


def _fetch(plan: Plan, name: str, host: str, listed: Path) -> Cost:
    if name == "ours":
        return work("crawl", plan.fresh_folder(HOME), host)
    if name == "bare":
        return work("bare_scrapy", host, listed)
    folder = plan.fresh_folder("wget")
    folder.mkdir()
    urls = folder / "urls"
    paths = listed.read_text(encoding="utf-8").split("\n")
    urls.write_text("\n".join(f"http://{host}{path}" for path in paths), encoding="utf-8")
    options = ("--delete-after", "--no-directories", "--warc-file=pages", "--no-warc-keep-log")
    return run(["wget", "-q", "-i", urls, *options], cwd=folder)


def _wall(costs: dict[str, list[Cost]], name: str) -> float:
    return median(cost.wall for cost in costs[name])
