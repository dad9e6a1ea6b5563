"""From captures to articles: identity, versions, observations."""

from archive.catalogue.queries.articles import article_count
from archive.ground.home import Home
from archive.reading import ArchiveReader
from support.keeping import dump_of, exchange, keep, page, writing


def held(folder):
    return ArchiveReader.open(Home(folder))


def test_an_article_is_known_by_site_and_asset_id(tmp_path):
    with writing(tmp_path) as (archive, run):
        keep(archive, run, exchange("/a", page("Một", id="7", views=3)))

    with held(tmp_path) as reader:
        record = reader.article("mau-7")
    assert record.article.title == "Một"
    assert (record.site, record.url, record.views) == ("mau", "https://mau.example/a", 3)
    assert (record.versions, record.captures) == (1, 1)


def test_one_asset_under_two_addresses_is_one_article_with_both(tmp_path):
    with writing(tmp_path) as (archive, run):
        keep(
            archive,
            run,
            exchange("/tin/a", page("Một", id="7")),
            exchange("/khac/a", page("Một", id="7", views=1), minutes=1),
        )

    with held(tmp_path) as reader:
        assert reader.article_count() == 1
        record = reader.article("mau-7")
    assert record.urls == ("https://mau.example/tin/a", "https://mau.example/khac/a")
    assert (record.versions, record.captures) == (1, 2)


def test_an_address_that_a_listing_shows_with_its_id_is_known_before_it_is_fetched(tmp_path):
    link = ("https://mau.example/khac/a", "7")
    with writing(tmp_path) as (archive, run):
        keep(archive, run, exchange("/tin/a", page("Một", id="7")))
        keep(archive, run, exchange("/danh-sach", page("Danh sách", id="8", links=[link])))

    with held(tmp_path) as reader:
        assert link[0] in reader.article("mau-7").urls


def test_a_page_without_an_id_is_known_by_its_address(tmp_path):
    with writing(tmp_path) as (archive, run):
        keep(archive, run, exchange("/a", page("Một")), exchange("/b", page("Hai")))
        keep(archive, run, exchange("/a?x=1", page("Một", views=2)))

    with held(tmp_path) as reader:
        ids = [id_ for id_, _, _ in reader.changes(0)]
        assert len(ids) == 2
        assert all(id_.startswith("mau-u") for id_ in ids)
        assert {reader.article(id_).captures for id_ in ids} == {1, 2}


def test_two_articles_become_one_when_the_id_turns_up(tmp_path):
    with writing(tmp_path) as (archive, run):
        keep(archive, run, exchange("/a", page("Một")))
        (old,) = [row[0] for row in archive.catalogue.connection.execute("SELECT id FROM article")]
        keep(archive, run, exchange("/b", page("Một sửa", id="7"), minutes=1))
        keep(archive, run, exchange("/a", page("Một", id="7", views=9), minutes=2))

    with held(tmp_path) as reader:
        assert reader.article_count() == 1
        record = reader.article("mau-7")
        assert reader.article(old) == record
        assert record.urls == ("https://mau.example/b", "https://mau.example/a")[::-1]
        assert (record.captures, record.versions, record.views) == (3, 2, 9)
        gone = {id_: found for id_, _, found in reader.changes(1)}
        assert gone[old] is None
        assert gone["mau-7"] == record


def test_a_later_page_without_the_id_still_belongs_to_the_article(tmp_path):
    with writing(tmp_path) as (archive, run):
        keep(archive, run, exchange("/a", page("Một", id="7")))
        keep(archive, run, exchange("/a", page("Một", views=5), minutes=1))

    with held(tmp_path) as reader:
        assert reader.article_count() == 1
        assert reader.article("mau-7").views == 5


def test_a_view_count_is_an_observation_and_an_edit_a_version(tmp_path):
    with writing(tmp_path) as (archive, run):
        for minutes, (title, views) in enumerate([("Một", 1), ("Một", 5), ("Hai", 6)]):
            body = page(title, id="7", views=views)
            keep(archive, run, exchange("/a", body, minutes=minutes))

    with held(tmp_path) as reader:
        record = reader.article("mau-7")
        (seq,) = [seq for _, seq, _ in reader.changes(0)]
    assert (record.versions, record.captures, record.views) == (2, 3, 6)
    assert record.article.title == "Hai"
    assert (seq, record.change_seq) == (3, 3)


def test_a_mere_observation_is_no_change(tmp_path):
    with writing(tmp_path) as (archive, run):
        keep(archive, run, exchange("/a", page("Một", id="7", views=1)))
        keep(archive, run, exchange("/a", page("Một", id="7", views=2), minutes=1))

    with held(tmp_path) as reader:
        assert reader.last_change() == 1
        assert list(reader.changes(1)) == []
        assert reader.change_count(1) == 0


def test_there_and_back_again_is_two_versions_and_three_states(tmp_path):
    with writing(tmp_path) as (archive, run):
        for minutes, title in enumerate(["A", "B", "A"]):
            body = page(title, id="7", views=minutes)
            keep(archive, run, exchange("/a", body, minutes=minutes))

    with held(tmp_path) as reader:
        record = reader.article("mau-7")
        states = reader.catalogue.connection.execute(
            "SELECT version FROM observation ORDER BY captured_at"
        ).fetchall()
    assert record.versions == 2
    assert [row[0] == record.version for row in states] == [True, False, True]
    assert record.article.title == "A"


def test_an_older_capture_that_comes_later_changes_neither_text_nor_names(tmp_path):
    with writing(tmp_path) as (archive, run):
        keep(archive, run, exchange("/a", page("Mới", id="7", views=9), minutes=10))
        before = archive.catalogue.connection.execute("SELECT version FROM article").fetchone()[0]
        keep(archive, run, exchange("/a", page("Cũ", id="7", views=2), minutes=0))

    with held(tmp_path) as reader:
        record = reader.article("mau-7")
    assert (record.article.title, record.views, record.version) == ("Mới", 9, before)
    assert record.versions == 2
    assert record.first_captured_at < record.last_captured_at


def test_a_cut_page_never_stands_before_a_whole_one_but_an_only_copy_counts(tmp_path):
    with writing(tmp_path) as (archive, run):
        cut = {"truncated": "disconnect"}
        keep(archive, run, exchange("/a", page("Nửa", id="7"), **cut))
        assert article_count(archive.catalogue) == 1
        keep(archive, run, exchange("/a", page("Cả", id="7"), minutes=1))
        keep(archive, run, exchange("/a", page("Nửa nữa", id="7"), minutes=2, **cut))

    with held(tmp_path) as reader:
        assert reader.article("mau-7").article.title == "Cả"


def test_two_sites_never_share_an_article(tmp_path):
    for site in ("mau", "khac"):
        with writing(tmp_path, site={"id": site}) as (archive, run):
            keep(archive, run, exchange("/a", page("Một", id="7")))

    with held(tmp_path) as reader:
        assert {id_ for id_, _, _ in reader.changes(0)} == {"mau-7", "khac-7"}


def test_an_article_that_nobody_knows_is_none(tmp_path):
    with writing(tmp_path):
        pass

    with held(tmp_path) as reader:
        assert reader.article("mau-7") is None
    assert dump_of(Home(tmp_path))
