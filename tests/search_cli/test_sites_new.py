"""`hdnd sites new`, `try` and `check`: from an address to a description, over the wire."""

from __future__ import annotations

from pathlib import Path

from support.hdnd import run_hdnd
from support.small_portals import PIECES, NukeViet


def test_a_site_is_described_tried_and_checked(tmp_path: Path) -> None:
    with NukeViet() as portal:
        new = run_hdnd(
            "sites", "new", "https://lamthao.example/", "--host", portal.host, home=tmp_path
        )
    assert new.status == 0, new.err
    assert "Platform: nukeviet" in new.out
    assert f"link says  {PIECES[0].title}" in new.out
    assert f"title      {PIECES[0].title}" in new.out
    assert "time       09/12/2025 08:05" in new.out
    assert "Nobody has yet tried" in new.out
    text = (tmp_path / "sites" / "lamthao.toml").read_text(encoding="utf-8")
    assert 'name = "Xã Lâm Thao"' in text
    assert portal.robots is None
    assert "/robots.txt" in [request.path for request in portal.requests]

    tried = run_hdnd("sites", "try", "lamthao", home=tmp_path)
    assert tried.status == 0, tried.err
    assert f"title      {PIECES[1].title}" in tried.out
    assert "left over  Bản quyền của xã Lâm Thao" in tried.out

    again = run_hdnd("sites", "new", "https://lamthao.example/", home=tmp_path)
    assert again.status != 0
    assert "a site is known as lamthao" in again.err

    checked = run_hdnd("sites", "check", "lamthao", home=tmp_path)
    assert (checked.status, checked.lines[0][-11:]) == (0, "can be used")


def test_what_is_no_address_is_told_what_to_give(tmp_path: Path) -> None:
    for given in ("lamthao", "http://192.0.2.7:8000/", "ftp://lamthao.example/"):
        done = run_hdnd("sites", "new", given, home=tmp_path)
        assert done.status == 2, done.err
        assert "--host HOST:PORT" in done.err


def test_a_portal_of_this_computer_is_described_under_a_made_up_host(tmp_path: Path) -> None:
    with NukeViet() as portal:
        new = run_hdnd(
            "sites", "new", f"http://{portal.host}/", "--id", "thu", "--print", home=tmp_path
        )
    assert new.status == 0, new.err
    assert 'host = "thu.example"' in new.out
    assert f"crawl it with --host {portal.host}" in new.out
    assert not (tmp_path / "sites").exists()


def test_what_is_read_is_shown_in_vietnamese_with_its_values_below_one_another(
    tmp_path: Path,
) -> None:
    with NukeViet() as portal:
        address = f"http://{portal.host}/"
        new = run_hdnd("sites", "new", address, "--id", "thu", "--lang", "vi", home=tmp_path)
    assert f"\nĐã ghi: {tmp_path / 'sites' / 'thu.toml'}\n" in new.out
    assert f"  tiêu đề    {PIECES[0].title}\n" in new.out
    assert "  nội dung   3 đoạn, " in new.out
