"""Pages, packages, files and removals of an archive whose segments lie in object storage alone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.ground.errors import StoreUnreachable
from archive.ground.home import Home
from archive.storage import compare, drop, push
from archive.store import Archive
from archive.warc.stored_segment import store_at
from crawler import Extractor
from hdnd.usecases.withholding import withhold
from support.chronicle import DAY, Chronicle
from support.hdnd import Done, run_hdnd
from support.keeping import dump_of
from support.odd_store import OddStore
from support.reader import Answered, Visited
from support.reader_story import EDITED, FACTS, STYLE, STYLE_URL

URL = "s3://bucket/prefix"


@pytest.fixture
def odd(monkeypatch: pytest.MonkeyPatch) -> Iterator[OddStore]:
    pytest.importorskip("obstore")
    store_at.cache_clear()
    monkeypatch.setattr("archive.objects.client._RETRIES", 0)
    with OddStore() as store:
        store.speak_to(monkeypatch)
        yield store
    store_at.cache_clear()


@pytest.fixture
def chronicle(tmp_path: Path) -> Iterator[Chronicle]:
    with Chronicle(tmp_path / "here", [EDITED, FACTS]) as chronicle:
        chronicle.visit()
        chronicle.visit(after=8 * DAY)
        chronicle.keep(STYLE_URL, STYLE.encode(), "text/css")
        yield chronicle


@pytest.fixture
def there(chronicle: Chronicle, odd: OddStore, tmp_path: Path) -> Home:
    """A copy of the archive that has no segment here."""
    home = Home(tmp_path / "there")
    shutil.copytree(chronicle.home.path, home.path)
    push(home, URL)
    assert drop(home, URL).segments
    return home


def hdnd(home: Home, odd: OddStore, *line: str, named: bool = False) -> Done:
    env = odd.environment | ({"HDND_STORE": URL} if named else {})
    return run_hdnd(*line, home=home.path, env=env)


def visit(home: Home, story: str) -> list[Answered]:
    """A page as it was, in its banner, its style sheet, a package of it, and what is cited."""
    with Visited(home) as reader:
        versions = reader.get(f"/replay/*/{story}")
        banner = reader.get(str(versions.page.select(".days a")[-1]["href"]))
        frame = banner.page.select_one("iframe")
        page = reader.get(str(frame["src"])) if frame else banner
        style = reader.get(f"/replay/2030id_/{STYLE_URL}")
        style = reader.get(str(style.headers["Location"] or f"/replay/2030id_/{STYLE_URL}"))
        return [versions, banner, page, style]


def test_what_is_read_from_there_is_what_is_read_from_files(
    chronicle: Chronicle, there: Home, odd: OddStore, tmp_path: Path
) -> None:
    for home in (chronicle.home, there):
        # The texts of attachments are made here, of files that lie there.
        assert hdnd(home, odd, "index", "--quiet").status == 0
    assert dump_of(there) == dump_of(chronicle.home)
    story = _address_of(chronicle.home, chronicle.id_of(EDITED))
    here, stored = visit(chronicle.home, story), visit(there, story)
    assert [one.status for one in stored] == [200] * 4
    assert [one.body for one in here[2:]] == [one.body for one in stored[2:]]
    packages = []
    for home in (chronicle.home, there):
        package = tmp_path / f"{home.path.name}.wacz"
        done = hdnd(home, odd, "export", "--format", "wacz", "--to", str(package), "--quiet")
        assert done.status == 0, done.err
        packages.append(package.read_bytes())
    assert packages[0] == packages[1]


def test_a_page_says_that_it_is_out_of_reach_and_comes_back_with_the_store(
    chronicle: Chronicle, there: Home, odd: OddStore
) -> None:
    assert hdnd(there, odd, "index", "--quiet").status == 0
    story = _address_of(chronicle.home, chronicle.id_of(EDITED))
    for odd_answer in ((503, "SlowDown"), (404, "NoSuchKey"), (412, "PreconditionFailed")):
        odd.odd = lambda method, name, answer=odd_answer: answer if "/warc/" in name else None
        versions, banner, page, _ = visit(there, story)
        assert (versions.status, {banner.status, page.status} <= {200, 503}) == (200, True)
        assert page.status == 503, odd_answer
        with Visited(there) as reader:
            assert reader.get("/").status == 200
    odd.odd = lambda method, name: None
    assert visit(there, story)[2].status == 200


def test_a_removal_waits_for_the_store_and_names_what_it_could_not_delete(
    chronicle: Chronicle, there: Home, odd: OddStore
) -> None:
    assert hdnd(there, odd, "index", "--quiet").status == 0
    article = chronicle.id_of(EDITED)
    withhold(there, article, reason="Tòa án")
    push(there, URL)
    rows, objects = dump_of(there), dict(odd.objects)
    odd.odd = lambda method, name: (503, "SlowDown")
    away = hdnd(there, odd, "remove", article, "--reason", "Tòa án", "--yes", "--quiet", named=True)
    assert away.status == 15, away.err
    odd.odd = lambda method, name: None
    with Archive(there, Extractor()) as archive:
        assert not archive.recovery.removed
    assert (dump_of(there), odd.objects) == (rows, objects)

    odd.odd = lambda method, name: (403, "AccessDenied") if method == "POST" else None
    kept = hdnd(there, odd, "remove", article, "--reason", "Tòa án", "--yes", "--quiet", named=True)
    assert kept.status == 15, kept.err
    assert "MAY HOLD THE REMOVED RECORDS" in kept.out + kept.err
    state = compare(there, URL)
    assert state.removed
    assert not state.is_sound
    with pytest.raises(StoreUnreachable):
        push(there, URL)
    odd.odd = lambda method, name: None
    assert push(there, URL).deleted == state.removed
    assert compare(there, URL).is_sound
    assert hdnd(there, odd, "verify", "--quiet", named=True).status == 0


def _address_of(home: Home, article: str) -> str:
    shown = run_hdnd("show", article, "--json", home=home.path)
    return str(shown.json["url"])
