"""A derivation that is registered is caught up, made again, verified and dumped like any other."""

import resource
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from archive.attachment_text import ReadingProblem
from archive.catalogue import second_derivations
from archive.catalogue.catch_up import catch_up, dump, make_anew
from archive.catalogue.derivation import CAPTURES, PAYLOADS, Derivation, Schedule, Step, Work
from archive.catalogue.derived_files import file_being_made, file_of
from archive.catalogue.ocr_texts import OcrTexts
from archive.catalogue.pages import Pages
from archive.catalogue.registry import Registry
from archive.fixity.damage import DamagedPart
from archive.fixity.repair import repair
from archive.fixity.verify import Verification
from archive.ground.errors import LockHeld, StorageFailed
from archive.ground.home import Home
from archive.ground.lock import WriterLock
from archive.model import Role
from archive.reading import ArchiveReader
from archive.store import Archive
from support.codes import english
from support.keeping import SITE, JsonExtract, exchange, keep, page, writing


class Lengths:
    """How long the text of every version is: read from versions, in the order of their digests."""

    name = "lengths"
    reads: tuple[str, ...] = ("pages",)
    schema = """
    CREATE TABLE length (
        article TEXT NOT NULL, version TEXT NOT NULL, letters INTEGER NOT NULL,
        PRIMARY KEY (article, version)) WITHOUT ROWID;
    """

    def __init__(
        self, when: Schedule = Schedule.AFTER_THE_CRAWL, rule: int = 1, dies_after: int = 99
    ):
        self.when = when
        self.rule = rule
        self.dies_after = dies_after
        self.made = 0

    def derive(self, work: Work) -> Iterator[Step]:
        work.connection.execute(
            "DELETE FROM length WHERE NOT EXISTS"
            " (SELECT 1 FROM version v WHERE v.article = length.article AND v.digest = version)"
        )
        missing = work.connection.execute(
            "SELECT article, digest, content FROM version v WHERE NOT EXISTS"
            " (SELECT 1 FROM length l WHERE l.article = v.article AND l.version = v.digest)"
            " ORDER BY article, digest"
        ).fetchall()
        for done, row in enumerate(missing, 1):
            if self.made == self.dies_after:
                raise KeyboardInterrupt
            work.connection.execute(
                "INSERT INTO length VALUES (?, ?, ?)",
                (row["article"], row["digest"], len(row["content"]) * self.rule),
            )
            self.made += 1
            yield Step(done, len(missing), row["article"])


class Sizes:
    """The size of every payload, which outlives the catalogue."""

    name = "sizes"
    rule = 1
    when = Schedule.AFTER_THE_CRAWL
    reads: tuple[str, ...] = (PAYLOADS,)
    schema = "CREATE TABLE size (digest TEXT PRIMARY KEY, bytes INTEGER NOT NULL) WITHOUT ROWID;"

    def __init__(self) -> None:
        self.made = 0

    def derive(self, work: Work) -> Iterator[Step]:
        work.connection.execute(
            "DELETE FROM size WHERE digest NOT IN (SELECT payload_digest FROM capture)"
        )
        rows = work.connection.execute(
            "SELECT min(seq) AS seq, payload_digest FROM capture WHERE seq > ?"
            " AND payload_digest NOT IN (SELECT digest FROM size) GROUP BY payload_digest"
            " ORDER BY seq",
            (work.after,),
        ).fetchall()
        for done, row in enumerate(rows, 1):
            size = len(work.stored(row["seq"]).body)
            work.connection.execute("INSERT INTO size VALUES (?, ?)", (row["payload_digest"], size))
            self.made += 1
            yield Step(done, len(rows), upto=row["seq"])


class Longest:
    """Made of another derivation: the greatest length."""

    name = "longest"
    rule = 1
    when = Schedule.AFTER_THE_CRAWL
    reads: tuple[str, ...] = ("lengths",)
    schema = "CREATE TABLE longest (one INTEGER PRIMARY KEY, letters INTEGER);"

    def derive(self, work: Work) -> Iterator[Step]:
        work.connection.execute("INSERT OR REPLACE INTO longest SELECT 1, max(letters) FROM length")
        yield Step(1, 1)


BOTH = pytest.mark.parametrize("when", list(Schedule))


def registry(*others: Derivation) -> Registry:
    return Registry(Pages(JsonExtract()), *others)


def dump_of(home: Home, *others: Derivation) -> list[str]:
    with ArchiveReader.open(home) as reader:
        return dump(home, registry(*others), reader.catalogue.connection)


def check(home: Home, *others: Derivation) -> list[str]:
    verification = Verification(home, JsonExtract(), others=others)
    return [f"{damage.file}: {english(damage.what)}" for damage in verification.damages()]


def write(home: Home, *others: Derivation, nights: int = 3) -> None:
    """Nights with changed articles, new ones and an attachment; caught up after each."""
    for night in range(nights):
        with Archive(home, JsonExtract(), others=others) as archive:
            run = archive.begin_run(SITE)
            for number in range(1 + night):
                body = page(f"Bài {number}", id=str(number), blocks=["Đoạn." * (night + 1)])
                keep(archive, run, exchange(f"/{number}", body, minutes=night * 1440 + number))
            keep(archive, run, exchange("/a.doc", b"a file", role=Role.ATTACHMENT))
            run.end("finished", {})
        catch_up(home, registry(*others))


@BOTH
def test_it_is_caught_up_by_the_crawl_or_after_it(tmp_path, when):
    home, lengths = Home(tmp_path), Lengths(when)
    write(home, lengths)
    assert lengths.made == sum(1 for line in dump_of(home, lengths) if line.startswith("length"))
    assert lengths.made == 6
    catch_up(home, registry(lengths))
    assert lengths.made == 6


@BOTH
def test_made_again_from_nothing_it_has_the_same_rows(tmp_path, when):
    home = Home(tmp_path)
    write(home, Lengths(when))
    before = dump_of(home, Lengths(when))
    lengths = Lengths(when)
    with Archive(home, JsonExtract(), others=[lengths]) as archive:
        archive.rebuild()
    make_anew(home, registry(lengths))
    assert lengths.made == 6
    assert dump_of(home, lengths) == before


@BOTH
def test_verify_finds_a_row_that_nothing_says(tmp_path, when):
    home, lengths = Home(tmp_path), Lengths(when)
    write(home, lengths)
    assert check(home, lengths) == []
    file = home.catalogue if when is Schedule.IN_THE_CRAWL else file_of(home, "lengths")
    connection = sqlite3.connect(file)
    connection.execute("UPDATE length SET letters = letters + 1 WHERE article = 'mau-2'")
    connection.commit()
    connection.close()
    name = file.relative_to(home.path)
    assert check(home, lengths) == [f"{name}: length mau-2: not what the captures say"]


def test_repair_makes_anew_what_verify_found(tmp_path):
    home, lengths = Home(tmp_path), Lengths()
    write(home, lengths)
    before = dump_of(home, lengths)
    file_of(home, "lengths").write_bytes(b"no database " * 400)
    verification = Verification(home, JsonExtract(), others=[lengths])
    assert {damage.part for damage in verification.damages()} == {DamagedPart.DERIVED}
    done = repair(home, JsonExtract(), others=[lengths])
    assert (done.derived_damaged, done.catalogue_rebuilt) == (True, False)
    catch_up(home, registry(lengths))
    assert dump_of(home, lengths) == before
    assert check(home, lengths) == []


@BOTH
def test_a_raised_rule_touches_it_alone(tmp_path, when):
    home = Home(tmp_path)
    write(home, Lengths(when))
    before = dump_of(home)
    raised = Lengths(when, rule=2)
    assert any("lengths follows rule 1" in damage for damage in check(home, Lengths(when, rule=2)))
    with Archive(home, JsonExtract(), others=[raised]) as archive:
        assert archive.recovery.rederived == 0
    catch_up(home, registry(raised))
    assert raised.made == 6
    assert dump_of(home) == before
    assert check(home, raised) == []


@BOTH
def test_a_raised_rule_of_what_it_reads_makes_it_anew(tmp_path, when):
    home = Home(tmp_path)
    write(home, Lengths(when))
    lengths = Lengths(when)
    shouting = JsonExtract(rule=2, shout=True)
    with Archive(home, shouting, others=[lengths]):
        pass
    catch_up(home, Registry(Pages(shouting), lengths))
    assert lengths.made == 6


def test_what_was_interrupted_goes_on_and_is_not_seen_until_it_is_whole(tmp_path):
    home = Home(tmp_path)
    write(home)
    dying = Lengths(dies_after=4)
    with pytest.raises(KeyboardInterrupt):
        catch_up(home, registry(dying))
    assert not file_of(home, "lengths").exists()
    assert file_being_made(home, "lengths").exists()
    going_on = Lengths()
    catch_up(home, registry(going_on))
    assert going_on.made == 2
    assert not file_being_made(home, "lengths").exists()
    assert check(home, going_on) == []


def test_the_old_rows_stand_while_new_ones_are_made_by_another_rule(tmp_path):
    home = Home(tmp_path)
    write(home, Lengths())
    before = dump_of(home, Lengths())
    with pytest.raises(KeyboardInterrupt):
        catch_up(home, registry(Lengths(rule=2, dies_after=4)))
    assert dump_of(home, Lengths()) == before


def test_what_goes_by_payloads_alone_outlives_the_catalogue(tmp_path):
    home, sizes, lengths = Home(tmp_path), Sizes(), Lengths()
    write(home, sizes, lengths)
    before = dump_of(home, sizes, lengths)
    assert (sizes.made, lengths.made) == (7, 6)
    with Archive(home, JsonExtract()) as archive:
        archive.rebuild()
    catch_up(home, registry(sizes, lengths))
    assert (sizes.made, lengths.made) == (7, 12)
    assert dump_of(home, sizes, lengths) == before
    assert check(home, sizes, lengths) == []


def test_one_is_made_of_another(tmp_path):
    home, both = Home(tmp_path), (Lengths(), Longest())
    write(home, *both)
    assert check(home, *both) == []
    raised = (Lengths(rule=2), Longest())
    catch_up(home, registry(*raised))
    longest = [line for line in dump_of(home, *raised) if line.startswith("longest")]
    lengths = [line for line in dump_of(home, *raised) if line.startswith("length ")]
    assert longest[0].split()[-1] in " ".join(lengths)
    assert check(home, *raised) == []


def test_it_follows_the_catalogue_beside_a_crawl_and_one_at_a_time(tmp_path):
    home, lengths = Home(tmp_path), Lengths()
    with writing(home) as (archive, run):
        keep(archive, run, exchange("/a", page("Một", id="1")))
        catch_up(home, registry(lengths))
        assert lengths.made == 1
        keep(archive, run, exchange("/b", page("Hai", id="2")))
        assert check(home, lengths) == []
        with WriterLock(home.derived / "lengths.lock"), pytest.raises(LockHeld):
            catch_up(home, registry(lengths))


@contextmanager
def files_no_longer_than(size: int) -> Iterator[None]:
    before, handler = resource.getrlimit(resource.RLIMIT_FSIZE), signal.getsignal(signal.SIGXFSZ)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


@pytest.mark.parametrize("size", [0, 1000, 4096, 9000])
@pytest.mark.parametrize("begun", [False, True])
def test_a_full_disk_is_called_one_and_costs_nothing_that_was_made(tmp_path, size, begun):
    home, both = Home(tmp_path), (Lengths(), Sizes())
    write(home)
    if begun:
        catch_up(home, registry(*both))
        with writing(home) as (archive, run):
            keep(archive, run, exchange("/new", page("Một bài mới", id="77")))
    with files_no_longer_than(size), pytest.raises(StorageFailed) as failed:
        catch_up(home, registry(*both))
    assert "room" in english(failed.value.hint) or "safe" in english(failed.value.hint)
    assert file_of(home, "lengths").exists() == begun
    catch_up(home, registry(*both))
    assert check(home, *both) == []


def test_a_full_disk_throws_no_reading_of_ocr_away(tmp_path):
    home = Home(tmp_path)
    readings = OcrTexts.open(home, 1)
    readings.put("sha256:a", 0, 1, ReadingProblem("limit", "time"))
    readings.close()
    with files_no_longer_than(0), pytest.raises(sqlite3.OperationalError):
        OcrTexts.open(home, 2)
    again = OcrTexts.open(home, 1)
    assert again.problems() == {"sha256:a": {0: "limit: time"}}
    again.close()


def test_a_full_disk_for_the_second_derivation_is_no_damage(tmp_path, monkeypatch):
    home, lengths = Home(tmp_path), Lengths()
    write(home, lengths)
    full = sqlite3.OperationalError("database or disk is full")
    full.sqlite_errorcode = sqlite3.SQLITE_FULL

    def fails(*_: object) -> None:
        raise full

    for step in ("_copy", "compare_tables"):
        with monkeypatch.context() as patched:
            patched.setattr(second_derivations, step, fails)
            with pytest.raises(sqlite3.OperationalError):
                check(home, lengths)


def test_progress_is_told_by_name(tmp_path):
    home, told = Home(tmp_path), []
    write(home)
    catch_up(home, registry(Lengths()), on_step=lambda name, step: told.append((name, step.done)))
    assert told == [("lengths", number) for number in range(1, 7)]


class _Named(Lengths):
    def __init__(
        self, name: str, *reads: str, when: Schedule = Schedule.AFTER_THE_CRAWL, table: str = ""
    ):
        super().__init__(when)
        self.name = name
        self.reads = reads
        self.schema = f"CREATE TABLE {table or name} (one INTEGER PRIMARY KEY);"


@pytest.mark.parametrize(
    "others",
    [
        (_Named("pages"),),
        (_Named("captures"),),
        (_Named("A b", table="ab"),),
        (_Named("one"), _Named("one")),
        (_Named("one", table="article"),),
        (_Named("one", "two"), _Named("two")),
        (_Named("one", CAPTURES), _Named("two", "one", when=Schedule.IN_THE_CRAWL)),
    ],
)
def test_a_registry_that_cannot_be_served_is_refused(others):
    with pytest.raises(ValueError, match=r"name|has|reads"):
        registry(*others)
