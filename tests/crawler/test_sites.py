"""A site is a description: what is read of it, and what is said of a faulty one."""

import json
import os
from datetime import date, timedelta

import pytest

from archive.ground.errors import SiteEnded, SiteError, UsageError
from archive.ground.home import Home
from crawler.sites.description import Site
from crawler.sites.known_sites import check_site_file, load_sites, read_site
from crawler.sites.revisit_schedule import RevisitSchedule
from crawler.sites.site_selection import choose_site
from support.codes import english
from support.crawling import MOC_SON_TOML, THANH_GIANG_FILE, home_in


def faults_of(tmp_path, text):
    path = tmp_path / "site.toml"
    path.write_text(text, encoding="utf-8")
    return told_faults(path)


def told_faults(path):
    return [english(fault) for fault in check_site_file(path)]


def test_the_shipped_descriptions_are_right_and_hai_ba_trung_has_ended(tmp_path):
    sites = load_sites(Home(tmp_path))
    site = sites["hai-ba-trung"]
    assert (site.host, site.platform) == ("haibatrung.hanoi.gov.vn", "liferay")
    assert site.valid_until == date(2025, 6, 30)
    assert site.ended
    assert "/hoat-dong-hdnd" in site.categories


def test_an_operators_own_description_stands_over_a_shipped_one(tmp_path):
    text = THANH_GIANG_FILE.read_text(encoding="utf-8").replace('"thanh-giang"', '"hai-ba-trung"')
    home = home_in(tmp_path, text)
    assert load_sites(home)["hai-ba-trung"].host == "thanhgiang.example"
    assert set(load_sites(home)) == {"hai-ba-trung", "thanh-giang"}


def test_a_description_survives_the_warcinfo_record():
    for site in (read_site(THANH_GIANG_FILE), *load_sites(Home(THANH_GIANG_FILE)).values()):
        told = json.loads(json.dumps(site.describe()))
        assert Site.from_description(told) == site


def test_a_right_description_has_no_faults(tmp_path):
    assert faults_of(tmp_path, MOC_SON_TOML) == []
    assert check_site_file(THANH_GIANG_FILE) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('id = "moc-son"', 'id = "Mộc Sơn"', "`id`"),
        ('id = "moc-son"', "id = 7", "`id`"),
        ('id = "moc-son"', "", "`id` is missing"),
        ('host = "mocson.example"', 'host = "https://mocson.example/"', "host name"),
        ('host = "mocson.example"', 'host = "127.0.0.1"', "host name"),
        ('host = "mocson.example"', 'host = "mocson.example:80"', "host name"),
        ('platform = "liferay"', 'platform = "joomla"', "`platform`"),
        ('platform = "liferay"', 'platform = "liferay"\nmau = 1', "`mau` is no key"),
        ('"/web/moc-son/hoi-dong-nhan-dan"', '"web/x"', "begins with /"),
        ('"Hội đồng nhân dân huyện"', '""', "needs a label"),
        ("delay_seconds = 0", "delay_seconds = -1", "too small"),
        ("concurrency = 4", "concurrency = 0", "too small"),
        ("concurrency = 4", 'concurrency = "4"', "wrong kind"),
        ("concurrency = 4", "threads = 4", "not known"),
        (
            'platform = "liferay"',
            'platform = "liferay"\nvalid_until = "30/06/2025"',
            "`valid_until`",
        ),
        ('name = "Huyện Mộc Sơn"', "name = ", "TOML"),
    ],
)
def test_each_fault_of_a_description_is_said_in_a_sentence(tmp_path, old, new, said):
    assert old in MOC_SON_TOML
    found = faults_of(tmp_path, MOC_SON_TOML.replace(old, new))
    assert any(said in fault for fault in found), found


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("nightly = 1", "`refresh.nightly` is not known"),
        ("daily_days = 0", "`refresh.daily_days` must be more than no days"),
        ("sweep_days = -7", "`refresh.sweep_days` must be more than no days"),
        ('longest_days = "90"', "`refresh.longest_days` must be a number of days"),
        ("files_days = true", "`refresh.files_days` must be a number of days"),
    ],
)
def test_each_fault_of_the_refresh_table_is_said_in_a_sentence(tmp_path, line, said):
    assert faults_of(tmp_path, f"{MOC_SON_TOML}\n[refresh]\n{line}\n") == [said]


def test_the_refresh_table_says_how_often_to_look_again(tmp_path):
    path = tmp_path / "moc-son.toml"
    path.write_text(f"{MOC_SON_TOML}\n[refresh]\ndaily_days = 2\nlongest_days = 5.5\n", "utf-8")
    refresh = read_site(path).refresh

    assert [
        refresh.interval(timedelta(days=days)).total_seconds() / 86400 for days in (1, 6, 99)
    ] == [
        1,
        3,
        5.5,
    ]
    assert refresh.sweep_days == RevisitSchedule().sweep_days


def test_a_date_or_number_in_quotes_is_told_to_lose_them(tmp_path):
    quoted = MOC_SON_TOML.replace("concurrency = 4", 'concurrency = "4"')
    (fault,) = faults_of(tmp_path, quoted)
    assert fault.endswith("it must be a whole number, without quotes")
    (fault,) = faults_of(tmp_path, 'valid_until = "2025-06-30"\n' + MOC_SON_TOML)
    assert fault == "`valid_until` must be a date such as 2025-06-30, without quotes"


def test_a_byte_order_mark_before_a_description_does_no_harm(tmp_path):
    assert faults_of(tmp_path, "\ufeff" + MOC_SON_TOML) == []


def test_what_a_crawl_alone_says_is_no_key_of_a_file(tmp_path):
    (fault,) = faults_of(tmp_path, 'reached_at = "127.0.0.1:80"\n' + MOC_SON_TOML)
    assert "`--host`" in fault


def test_a_description_by_a_later_program_is_read_without_its_new_keys():
    later = {**read_site(THANH_GIANG_FILE).describe(), "feeds": ["/rss"]}
    assert Site.from_description(later) == read_site(THANH_GIANG_FILE)


def test_all_faults_are_said_at_once(tmp_path):
    assert len(faults_of(tmp_path, 'id = "A"\nhost = "x"\nplatform = "y"\n')) >= 4


def test_dates_in_the_wrong_order_are_a_fault(tmp_path):
    dates = "valid_from = 2025-01-01\nvalid_until = 2024-01-01\n"
    assert any("before" in fault for fault in faults_of(tmp_path, dates + MOC_SON_TOML))


def test_a_file_that_is_not_there_or_not_utf8_is_said(tmp_path):
    assert "cannot be read" in told_faults(tmp_path / "none.toml")[0]
    (tmp_path / "x.toml").write_bytes("name = 'Hà Nội'".encode("utf-16"))
    assert "UTF-8" in told_faults(tmp_path / "x.toml")[0]
    with pytest.raises(SiteError) as caught:
        read_site(tmp_path / "x.toml")
    assert "x.toml" in english(caught.value.said)


def test_a_pipe_in_place_of_a_description_is_not_opened(tmp_path):
    os.mkfifo(tmp_path / "pipe.toml")
    assert told_faults(tmp_path / "pipe.toml") == ["it is no plain file"]
    assert told_faults(tmp_path) == ["it is no plain file"]


def test_a_site_that_nobody_described_is_refused_with_the_known_ones(tmp_path):
    with pytest.raises(SiteError) as caught:
        choose_site(home_in(tmp_path / "a"), "dong-da")
    assert "thanh-giang" in english(caught.value.hint)
    with pytest.raises(UsageError):
        choose_site(home_in(tmp_path / "b", MOC_SON_TOML), None)


def test_an_ended_site_needs_a_stand_in_or_insistence(tmp_path):
    home = home_in(tmp_path)
    with pytest.raises(SiteEnded):
        choose_site(home, "hai-ba-trung")
    assert choose_site(home, "hai-ba-trung", anyway=True).base_url.startswith("https://haibatrung")
    stood_in = choose_site(home, "hai-ba-trung", host="127.0.0.1:8000")
    assert stood_in.base_url == "http://127.0.0.1:8000"
    assert "127.0.0.1:8000" in stood_in.hosts
    assert "haibatrung.hanoi.gov.vn" not in stood_in.hosts


@pytest.mark.parametrize("host", ["", "a b", "http://x/y", "x:port", "ftp://x", "x:123456"])
def test_a_stand_in_that_is_no_host_is_refused(tmp_path, host):
    with pytest.raises(UsageError):
        choose_site(home_in(tmp_path), "hai-ba-trung", host=host)


@pytest.mark.parametrize(
    "terms", ["{ xx = [2021, 2026] }", "{ 20 = [2026, 2021] }", "{ 20 = 2021 }"]
)
def test_the_terms_of_a_council_are_numbers_with_two_years(tmp_path, terms):
    file = tmp_path / "moc-son.toml"
    file.write_text(
        THANH_GIANG_FILE.read_text(encoding="utf-8").replace(
            "{ 19 = [2016, 2021], 20 = [2021, 2026] }", terms
        ),
        encoding="utf-8",
    )
    (fault,) = told_faults(file)
    assert "terms" in fault
