"""A catalogue is only a cache: one that is not this release's own is made again, never believed."""

import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest

from archive.backup import back_up
from archive.catalogue.derived_files import file_of, read_beside
from archive.catalogue.facts import Facts
from archive.catalogue.format_check import CatalogueOutdated
from archive.catalogue.queries.runs import fetching
from archive.catalogue.schema import CATALOGUE, tables_in
from archive.export import Selection, selected
from archive.fixity.damage import DamagedPart
from archive.fixity.verify import Verification
from archive.ground.errors import ArchiveDamaged, HdndError
from archive.ground.home import Home
from archive.model import Outcome, Role
from archive.reading import ArchiveReader
from archive.store import Archive
from crawler.frontier.entries import EntryKind
from crawler.frontier.frontier import Frontier
from crawler.web_archives.memento_frontier import MementoFrontier
from hdnd.usecases.catch_up import catch_up
from support.codes import english
from support.dying import dies_at_statement
from support.keeping import JsonExtract, dump_of, exchange, keep, page, writing

TABLES = tables_in(CATALOGUE)


def an_archive(folder: Path) -> Home:
    home = Home(folder)
    for night in range(2):
        with writing(home) as (archive, run):
            body = page("Một", id="1", blocks=[f"Đêm {night}."])
            keep(archive, run, exchange("/a", body, minutes=night * 1440))
            keep(archive, run, exchange("/a.doc", b"a file", role=Role.ATTACHMENT))
            run.note("https://mau.example/x", Role.ARTICLE, Outcome.FAILED, "timeout", None)
    return home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return an_archive(tmp_path / "home")


def change(home: Home, *statements: str) -> None:
    connection = sqlite3.connect(home.catalogue, isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.close()


def is_made_again(home: Home, before: list[str]) -> bool:
    """Readers refuse it with the way out, and the next writer makes it again and says so."""
    with pytest.raises(CatalogueOutdated) as caught:
        ArchiveReader.open(home)
    assert "hdnd rebuild" in english(caught.value.hint)
    with Archive(home, JsonExtract()) as archive:
        assert str(home.catalogue) in english(archive.recovery.outdated)
        assert archive.recovery.taken_in == 6
    return dump_of(home) == before


def columns(home: Home, table: str) -> list[str]:
    connection = sqlite3.connect(home.catalogue)
    rows = connection.execute(f"PRAGMA table_info({table})").fetchall()
    connection.close()
    return [row[1] for row in rows]


@pytest.mark.parametrize("table", TABLES)
def test_one_that_lacks_a_table_is_made_again(home, table):
    before = dump_of(home)
    change(home, f"DROP TABLE {table}")
    assert is_made_again(home, before)


@pytest.mark.parametrize("table", TABLES)
def test_one_that_lacks_a_column_is_made_again(home, table):
    before = dump_of(home)
    for view in ("withheld", "shown_article"):
        change(home, f"DROP VIEW {view}")
    last = columns(home, table)[-1]
    change(home, f"CREATE TABLE copy AS SELECT * FROM {table}", f"DROP TABLE {table}")
    change(home, f"ALTER TABLE copy DROP COLUMN {last}", f"ALTER TABLE copy RENAME TO {table}")
    assert is_made_again(home, before)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE meta SET value = '1' WHERE name = 'format'",
        "UPDATE meta SET value = 'two' WHERE name = 'format'",
        "UPDATE meta SET value = x'00' WHERE name = 'format'",
        "DELETE FROM meta",
        "CREATE TRIGGER t AFTER INSERT ON capture BEGIN DELETE FROM article; END",
        "CREATE VIEW captures AS SELECT * FROM capture",
        "ALTER TABLE capture ADD COLUMN twice INTEGER AS (2 * seq)",
        "CREATE TABLE more (one INTEGER, twice INTEGER AS (2 * one))",
        "CREATE VIRTUAL TABLE words USING fts5(word)",
        "CREATE INDEX mine ON capture (length)",
        "UPDATE segment SET name = '../../payload.sh' WHERE number = 1",
        "UPDATE segment SET name = '/etc/passwd' WHERE number = 1",
        "UPDATE segment SET name = name || char(0) WHERE number = 1",
        "UPDATE segment SET name = x'ff' WHERE number = 1",
        "UPDATE segment SET committed = -1",
        "UPDATE segment SET committed = 'all'",
    ],
)
def test_one_that_is_not_ours_is_made_again(home, statement):
    before = dump_of(home)
    change(home, statement)
    assert is_made_again(home, before)


def test_a_view_in_the_place_of_a_table_is_made_again(home):
    before = dump_of(home)
    change(home, "ALTER TABLE capture RENAME TO old", "CREATE VIEW capture AS SELECT * FROM old")
    assert is_made_again(home, before)


ASKED: list[Callable[[ArchiveReader], object]] = [
    lambda reader: reader.status(),
    lambda reader: reader.article("mau-1"),
    lambda reader: list(reader.changes(0)),
    lambda reader: [reader.stored(reader.capture(seq)) for seq in (1, 2)],
    lambda reader: reader.runs(),
]


@pytest.mark.parametrize(
    "value", ["'x'", "x'00ff'", "-1", "1e300", "'[[[['", "9223372036854775807"]
)
@pytest.mark.parametrize("table", TABLES)
def test_no_value_in_it_is_a_fault_of_the_program(home, table, value):
    whole = home.catalogue.read_bytes()
    hints = set()
    for column in columns(home, table):
        with suppress(sqlite3.IntegrityError):
            change(home, f"UPDATE OR REPLACE {table} SET {column} = {value}")
        for ask in ASKED:
            try:
                with ArchiveReader.open(home) as reader:
                    ask(reader)
            except HdndError as error:
                hints.add(bool(error.hint))
        home.catalogue.write_bytes(whole)
    assert hints <= {True}


def test_an_interrupted_rebuild_leaves_the_catalogue_as_it_was(home):
    before = dump_of(home)
    statement, died = 0, True
    while died:
        statement += 7

        def rebuild() -> None:
            with Archive(home, JsonExtract(), make_anew=True):
                pass

        died = dies_at_statement(statement, rebuild)
        assert dump_of(home) == before
    assert statement > 100
    with Archive(home, JsonExtract()) as archive:
        assert archive.recovery.taken_in == 0
    assert [path.name for path in home.path.glob("*.new*")] == []


def test_a_rebuild_takes_nothing_from_who_reads_meanwhile(home):
    with ArchiveReader.open(home) as reader:
        before = reader.status()
        with Archive(home, JsonExtract()) as archive:
            archive.rebuild()
            assert reader.status().captures == before.captures
    with ArchiveReader.open(home) as reader:
        assert reader.status() == before


BROKEN = [
    "DELETE FROM capture",
    "DELETE FROM capture WHERE seq = 2",
    "DELETE FROM run",
    "UPDATE capture SET run = 'no such run'",
    "UPDATE capture SET segment = 99",
    "UPDATE capture SET offset = 1 << 40",
    "UPDATE capture SET seq = seq + 1000",
    "UPDATE capture SET url = x'00ff'",
    "UPDATE run SET description = x'00'",
    "DELETE FROM segment",
    "DELETE FROM page",
    "DELETE FROM version",
    "DELETE FROM article",
    "UPDATE derivation SET upto = 99",
]
"""What leaves the tables as they were made, and rows that cannot be what the records say."""


@pytest.mark.parametrize("statement", BROKEN)
def test_rows_that_cannot_be_are_no_empty_export_and_made_again(home, tmp_path, statement):
    before = dump_of(home)
    change(home, statement)
    with (
        pytest.raises(ArchiveDamaged) as caught,
        ArchiveReader.open(home) as reader,
        selected(reader, Selection()),
    ):
        pass
    assert "`hdnd" in english(caught.value.hint)
    assert {damage.part for damage in Verification(home).damages()} == {DamagedPart.CATALOGUE}
    done = back_up(home, tmp_path / "copy")
    assert "a new one" in english(done.notes[0])
    assert list(Verification(Home(tmp_path / "copy")).damages()) == []
    with Archive(home, JsonExtract(), thorough=True) as archive:
        assert "the catalogue cannot be read" in english(archive.recovery.outdated)
    assert dump_of(home) == before


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER t AFTER INSERT ON fact BEGIN DELETE FROM fact; END",
        "CREATE VIEW v AS SELECT * FROM fact",
        "ALTER TABLE fact ADD COLUMN twice AS (2 * number)",
        "DROP TABLE fact",
        "INSERT INTO award VALUES (x'00ff', 'x')",
        "UPDATE derivation SET rule = 'x'",
    ],
)
def test_a_derived_file_that_is_not_ours_is_not_read_and_made_again(home, statement):
    catch_up(home, lambda progress: None)
    file = file_of(home, "facts")
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute(statement)
    connection.close()
    strange = file.read_bytes()
    with ArchiveReader.open(home) as reader, pytest.raises(ArchiveDamaged) as caught:
        read_beside(reader.catalogue, "facts", Facts.schema)
    assert "hdnd index" in english(caught.value.hint)
    catch_up(home, lambda progress: None)
    assert file.read_bytes() != strange
    with ArchiveReader.open(home) as reader:
        assert read_beside(reader.catalogue, "facts", Facts.schema)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER t AFTER INSERT ON entry BEGIN DELETE FROM entry; END",
        "CREATE VIEW v AS SELECT * FROM entry",
        "DROP TABLE listed; CREATE VIEW listed AS SELECT 1 AS crawl, 2 AS category, 3 AS key",
        "ALTER TABLE entry ADD COLUMN twice AS (2 * hops)",
        "INSERT INTO pause VALUES (x'00', 1)",
        "INSERT INTO crawl VALUES ('1', 's', NULL, 'no such kind', 1, 0)",
    ],
)
def test_a_frontier_that_is_not_ours_is_thrown_away(tmp_path, statement):
    path = tmp_path / "frontier.sqlite"
    Frontier(path).close()
    connection = sqlite3.connect(path, isolation_level=None)
    connection.executescript(statement)
    connection.close()
    frontier = Frontier(path)
    frontier.start("1", "s", None, kind=EntryKind.CRAWL, now=1.0)
    frontier.close()
    connection = sqlite3.connect(path)
    (rows,) = connection.execute(
        "SELECT count(*) FROM sqlite_master WHERE type IN ('view', 'trigger')"
    ).fetchone()
    assert (rows, connection.execute("SELECT kind FROM crawl").fetchall()) == (0, [("crawl",)])
    connection.close()


LINE = (
    "INSERT INTO recovery_line (recovery, url, captured_at, media_type, digest, fetch_url,"
    " identity_url, role, hops, priority, state)"
    " VALUES ('r', 'u', ?, 'text/html', 'd', 'f', 'i', 'article', 1, 1, 'todo')"
)


@pytest.mark.parametrize(
    ("moment", "held"),
    [
        ("2021-02-03T04:05:06.000007Z", 1),
        ("2024-02-29T23:59:59.999999Z", 1),
        ("", 0),
        ("soon", 0),
        ("2021-02-31T04:05:06.000007Z", 0),
        ("0000-02-03T04:05:06.000007Z", 0),
        ("2021-02-03T24:05:06.000007Z", 0),
        ("2021-02-03T04:05:06Z", 0),
        ("2021-02-03T04:05:06.000007+99:00", 0),
        ("2021-02-03T04:05:06.\u0661\u0661\u0661\u0661\u0661\u0661Z", 0),
    ],
)
def test_a_line_of_a_recovery_whose_date_is_none_has_the_frontier_thrown_away(
    tmp_path, moment, held
):
    path = tmp_path / "frontier.sqlite"
    MementoFrontier(path).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(LINE, (moment,))

    frontier = MementoFrontier(path)
    frontier.recovery = "r"
    assert (frontier.lease_line() is not None) == bool(held)
    frontier.close()


@pytest.mark.parametrize("moment", ["20240101T000000", "9999-12-31T23:59:59-14:00", "2024-W01"])
def test_a_date_in_the_catalogue_that_we_do_not_write_is_damage(tmp_path, moment):
    """Python reads more forms than the archive writes, and some that UTC has no year for."""
    home = Home(tmp_path)
    with writing(home) as (archive, run):
        keep(archive, run, exchange("/1", page("Tin", id="1")))
    with closing(sqlite3.connect(home.catalogue, isolation_level=None)) as connection:
        connection.execute("UPDATE run SET started_at = ?", (moment,))
    with ArchiveReader.open(home) as reader, pytest.raises(ArchiveDamaged) as caught:
        fetching(reader.catalogue)
    assert "hdnd rebuild" in english(caught.value.hint)
