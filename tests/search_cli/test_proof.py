"""`hdnd verify`, `repair`, `backup` and `import`, as they are typed."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from archive.fixity.damage import DamagedPart
from archive.ground.home import Home
from archive.importing import CapturePlace, LeftOut
from archive.model import Role
from hdnd.usecases.verifying import check_index
from support.hdnd import Demo, run_hdnd
from support.warcs import records


def hdnd(home: Path, *arguments: str, status: int = 0) -> str:
    ran = run_hdnd(*arguments, "--home", str(home))
    assert ran.status == status, ran.out + ran.err
    return ran.out


def test_a_sound_archive_gives_the_head_digest_to_deposit(demo: Demo) -> None:
    out = hdnd(demo.home, "verify", "--deep")
    last = (demo.home / "manifest.jsonl").read_bytes().splitlines(keepends=True)[-1]
    head = f"sha256:{hashlib.sha256(last).hexdigest()}"
    assert out.startswith("Sound: ")
    assert head in out
    assert json.loads(hdnd(demo.home, "verify", "--json", "--head", head))["sound"] is True
    other = f"{head[:-1]}{'0' if head[-1] != '0' else '1'}"
    hdnd(demo.home, "verify", "--head", other, status=13)
    told = hdnd(demo.home, "verify", "--head", head)
    assert "covers the first 1 segment, up to hdnd-000001" in told
    assert "whose last record is of 20" in told


def test_a_mistyped_head_accuses_nobody(demo: Demo) -> None:
    for wrong in ("abc", "sha256:" + "g" * 64, "a" * 63, "a" * 65, ""):
        ran = run_hdnd("verify", "--head", wrong, "--home", str(demo.home))
        assert ran.status == 2
        assert "64 hexadecimal digits" in " ".join(ran.err.split())


def test_status_says_when_the_archive_was_checked_last(copy_of_demo: Path) -> None:
    (copy_of_demo / "checks.jsonl").unlink(missing_ok=True)
    assert "Checked   never" in hdnd(copy_of_demo, "status")
    hdnd(copy_of_demo, "verify", "--quiet")
    (line,) = (x for x in hdnd(copy_of_demo, "status").splitlines() if x.startswith("Checked"))
    assert ": sound, 1 segment read" in line
    assert json.loads(hdnd(copy_of_demo, "status", "--json"))["last_check"]["damages"] == 0
    target = copy_of_demo.parent / "copy"
    hdnd(copy_of_demo, "backup", str(target))
    assert (target / "checks.jsonl").exists()


def test_a_flipped_byte_is_named_and_repaired(copy_of_demo: Path) -> None:
    (path,) = (copy_of_demo / "warc").iterdir()
    responses = [r for r in records(path) if r.type == "response"]
    image = next(r for r in responses if b"image/png" in r.head)
    data = bytearray(path.read_bytes())
    data[image.offset + image.length // 2] ^= 8
    path.write_bytes(data)

    found = hdnd(copy_of_demo, "verify", status=13)
    assert f"{path.name}, offset {image.offset:,}: " in found
    assert image.url in found
    assert "hdnd repair" in found

    mended = hdnd(copy_of_demo, "repair", status=13)
    assert "lies in aside/ now" in mended
    assert (copy_of_demo / "aside" / path.name).read_bytes() == data
    sound = hdnd(copy_of_demo, "verify", "--deep")
    assert sound.startswith("Sound: ")
    again = hdnd(copy_of_demo, "repair", status=13)
    assert "nothing was changed" in again
    for told in (sound, again):
        assert "Lost earlier: 1 record" in told
        assert image.url in told


def test_a_flipped_bit_in_any_file_of_the_index_is_found(copy_of_demo: Path) -> None:
    home = Home(copy_of_demo)
    files = [path for path in home.index.iterdir() if path.stat().st_size]
    for path in files:
        whole = path.read_bytes()
        data = bytearray(whole)
        data[len(data) // 2] ^= 1
        path.write_bytes(data)
        (damage,) = check_index(home, deep=False)
        assert damage.part is DamagedPart.INDEX, path.name
        if path == files[-1]:
            hdnd(copy_of_demo, "verify", status=13)
        path.write_bytes(whole)


def test_a_lost_manifest_is_made_anew_loudly(copy_of_demo: Path) -> None:
    (copy_of_demo / "manifest.jsonl").unlink()
    hdnd(copy_of_demo, "verify", status=13)
    assert "THE MANIFEST WAS MADE ANEW" in hdnd(copy_of_demo, "repair")


def test_a_backup_is_an_archive(demo: Demo, tmp_path: Path) -> None:
    target = tmp_path / "copy"
    assert str(target) in hdnd(demo.home, "backup", str(target))
    assert hdnd(target, "verify", "--deep").startswith("Sound: ")
    hdnd(demo.home, "backup", str(target), status=2)


def test_what_was_imported_is_found(demo: Demo, tmp_path: Path) -> None:
    (warc,) = (demo.home / "warc").iterdir()
    host = next(r.url for r in records(warc) if r.type == "response").split("/")[2]
    home = tmp_path / "home"
    (home / "sites").mkdir(parents=True)
    for site in (demo.home / "sites").iterdir():
        (home / "sites" / site.name).write_bytes(site.read_bytes())
    torn = tmp_path / "torn.warc.gz"
    torn.write_bytes(warc.read_bytes()[:200_000])

    ran = run_hdnd("import", "--site", "thanh-giang", "--host", host, str(warc), str(torn),
                   "--home", str(home))  # fmt: skip
    assert ran.status == 14
    assert "torn.warc.gz, offset " in ran.err
    assert "known already" in ran.out
    assert hdnd(home, "verify", "--deep").startswith("Sound: ")
    assert hdnd(home, "search", "--count", "giám sát") == hdnd(
        demo.home, "search", "--count", "giám sát"
    )
    again = hdnd(home, "import", "--site", "thanh-giang", "--host", host, str(warc))
    assert again.startswith("0 captures taken in.")


def test_a_capture_of_a_time_when_the_site_was_not_there_has_no_place() -> None:
    from dataclasses import replace
    from datetime import UTC, date, datetime

    from crawler.import_routing import SiteRouting
    from support.crawling import thanh_giang

    site = replace(thanh_giang(), valid_from=date(2016, 1, 1), valid_until=date(2025, 6, 30))
    choose = SiteRouting([site])
    url = "http://www.thanhgiang.example/hoat-dong-hdnd"
    inside = choose(url, datetime(2024, 1, 1, tzinfo=UTC), "text/html")
    assert isinstance(inside, CapturePlace)
    assert inside.role is Role.LISTING
    for year in (2015, 2026):
        outside = choose(url, datetime(year, 1, 1, tzinfo=UTC), "text/html")
        assert outside is LeftOut.OTHER_DATES
    elsewhere = choose("http://khac.example/", datetime(2024, 1, 1, tzinfo=UTC), None)
    assert elsewhere is LeftOut.OTHER_HOST


def test_verify_says_what_it_did_not_check_and_export_takes_in_what_was_kept(
    copy_of_demo: Path, tmp_path: Path
) -> None:
    assert "verify --deep" in hdnd(copy_of_demo, "verify")
    assert "Not checked" not in hdnd(copy_of_demo, "verify", "--deep")
    told = json.loads(hdnd(copy_of_demo, "verify", "--json"))
    assert told["not_checked"] == ["derived"]
    (copy_of_demo / "catalogue.sqlite").unlink()
    assert run_hdnd("verify", "--home", str(copy_of_demo)).status == 13
    hdnd(copy_of_demo, "backup", str(tmp_path / "copy"))
    assert hdnd(tmp_path / "copy", "verify").startswith("Sound: ")
