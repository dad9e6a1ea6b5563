"""A removal: no byte of an article is left, all else is as it was, and what went is on record."""

import gzip
import hashlib
import json
import os
import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from archive.backup import back_up
from archive.catalogue import remaking
from archive.catalogue.queries.withholding import Act, removed, withheld
from archive.catalogue.removing import finish_removal
from archive.export.selection import Selection, selected
from archive.fixity.repair import repair
from archive.fixity.verify import Verification
from archive.ground.errors import ArchiveDamaged, StorageFailed, UsageError, Withheld
from archive.ground.home import Home
from archive.model import Link, PageKind, Role
from archive.reading import ArchiveReader
from archive.removal import Removal, decide_removal
from archive.store import Archive
from archive.warc import manifest, removal
from archive.warc.replacing import replacements
from archive.warc.segments import walk
from archive.withholding import record_act
from search_cli.damages import lost_lines
from support.codes import english
from support.dying import Steps
from support.keeping import JsonExtract, dump_of, exchange, keep, page, writing

SECRET, ARTICLE, REASON = "điều phải quên", "mau-1", "Quyết định 12/2026"
HOST = "https://mau.example"
RECORDS = 3 * (3 + 3 + 2)
"""Of three captures of its page, three of its file, and two of its failures."""


class WithFiles(JsonExtract):
    """An article names its files; what is no success is an error."""

    def __call__(self, description, stored):
        if stored.status >= 400:
            return replace(super().__call__(description, stored), kind=PageKind.ERROR, article=None)
        found = super().__call__(description, stored)
        told = json.loads(stored.body).get("files", ()) if found.article else ()
        files = tuple(Link(HOST + path, Role.ATTACHMENT, HOST + path) for path in told)
        return replace(found, links=(*found.links, *files))


EXTRACT = WithFiles()


def attachment(path: str, text: str, minutes: float):
    return exchange(path, text.encode(), minutes=minutes, role=Role.ATTACHMENT)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three nights of four articles; one has a file of its own, one that another has, one alike."""
    home = Home(tmp_path_factory.mktemp("built") / "home")
    gone = b"HTTP/1.1 404 Not Found\r\nContent-Length: 9\r\n\r\n"
    for night in range(3):
        with writing(home, EXTRACT) as (archive, run):
            at = night * 1440
            for number in range(4):
                secret = SECRET if number == 1 else "tin thường"
                said = f"{secret}, đêm {night}." if number < 3 else "Như cũ."
                files = {1: ["/own.doc", "/both.doc", "/alike-1.doc"], 2: ["/both.doc", "/a2.doc"]}
                body = page(
                    f"Bài {number}", id=str(number), blocks=[said], files=files.get(number, [])
                )
                keep(archive, run, exchange(f"/{number}", body, minutes=at + number))
            keep(archive, run, attachment("/own.doc", f"{SECRET} trong tệp", at + 5))
            keep(archive, run, attachment("/both.doc", "tệp của hai bài", at + 6))
            keep(archive, run, attachment("/alike-1.doc", "như nhau", at + 7))
            keep(archive, run, attachment("/a2.doc", "như nhau", at + 8))
            for number in (1, 2):
                more = {"response_head": gone, "minutes": at + 9 + number}
                keep(archive, run, exchange(f"/{number}?again", b"Not found", **more))
    with Archive(home, EXTRACT) as archive:
        record_act(archive, ARTICLE, Act.WITHHOLD, reason=REASON)
    return home.path


@pytest.fixture
def home(built: Path, tmp_path: Path) -> Home:
    return Home(shutil.copytree(built, tmp_path / "home"))


def decide(home: Home, reason: str = REASON) -> Removal:
    with Archive(home, EXTRACT) as archive:
        return decide_removal(archive, ARTICLE, reason=reason)


def carry_out(home: Home) -> None:
    with Archive(home, EXTRACT):
        pass


def remove(home: Home) -> Removal:
    done = decide(home)
    carry_out(home)
    return done


def found(home: Home, **asked) -> list[str]:
    return [f"{d.file}: {english(d.what)}" for d in Verification(home, EXTRACT, **asked).damages()]


def raw_records(home: Home) -> list[bytes]:
    return [m.data for path in sorted(home.warc.iterdir()) for m in walk(path)]


def holds_secret(folder: Path) -> list[str]:
    """The files of a folder in which the text can be read, compressed or not."""
    names = []
    for path in filter(Path.is_file, folder.rglob("*")):
        data = path.read_bytes()
        if path.name.split(".")[-1] in ("gz", "open", "removal", "new") and data[:2] == b"\x1f\x8b":
            data += gzip.decompress(data)
        if any(form in data for form in (SECRET.encode(), json.dumps(SECRET)[1:-1].encode())):
            names.append(str(path.relative_to(folder)))
    return names


@dataclass(frozen=True)
class Gone:
    """An archive after the removal; its records and the head of its manifest before it."""

    home: Home
    done: Removal
    before: list[bytes]
    head: str | None

    @property
    def records(self) -> list[bytes]:
        after = set(raw_records(self.home))
        return [data for data in self.before if data not in after]


@pytest.fixture(scope="module")
def gone(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Gone:
    home = Home(shutil.copytree(built, tmp_path_factory.mktemp("gone") / "home"))
    before, head = raw_records(home), manifest.head(home)
    assert holds_secret(home.path)
    return Gone(home, remove(home), before, head)


def test_no_byte_of_it_is_left_and_every_other_record_is_as_it_was(gone: Gone) -> None:
    assert holds_secret(gone.home.path) == []
    assert gone.done.records == len(gone.records) == RECORDS
    after, went = raw_records(gone.home), set(gone.records)
    new = [data for data in after if data not in gone.before]
    assert len(new) == len(gone.done.segments) == 3
    assert [data for data in after if data not in new] == [
        data for data in gone.before if data not in went
    ]


def test_files_of_other_articles_and_failures_that_others_refer_to_stay(gone: Gone) -> None:
    with ArchiveReader.open(gone.home) as reader:
        rows = reader.catalogue.connection.execute("SELECT DISTINCT url FROM capture ORDER BY url")
        kept = [str(row["url"]).removeprefix(HOST) for row in rows]
    assert kept == [
        "/0",
        "/1?again",
        "/2",
        "/2?again",
        "/3",
        "/a2.doc",
        "/alike-1.doc",
        "/both.doc",
    ]


@pytest.mark.parametrize("deep", [True, False])
def test_a_check_is_sound_and_says_what_was_removed_when_and_why(gone: Gone, deep: bool) -> None:
    check = Verification(gone.home, EXTRACT if deep else None)
    assert list(check.damages()) == []
    told = {id_: sha for one in check.replacements for id_, sha in one.removed.items()}
    assert sorted(told.values()) == sorted(
        f"sha256:{hashlib.sha256(data).hexdigest()}" for data in gone.records
    )
    assert {(one.article, one.reason) for one in check.replacements} == {(ARTICLE, REASON)}
    assert all(one.at for one in check.replacements)


def test_a_head_deposited_before_is_known_and_says_how_many_records_went(gone: Gone) -> None:
    for head, went in ((gone.head, RECORDS), (manifest.head(gone.home), 0)):
        check = Verification(gone.home, deposited=head)
        assert list(check.damages()) == []
        assert check.covered is not None
        assert check.covered.removed == went


def test_what_is_derived_is_made_again_and_a_rebuild_gives_the_same(home: Home) -> None:
    for path in (home.index / "x", home.index_of_versions / "x", home.derived / "x.sqlite"):
        path.parent.mkdir()
        path.write_text(SECRET)
    for path in (home.frontier, home.known_trouble, home.path / "index.old"):
        path.mkdir() if path.suffix == ".old" else path.write_text(SECRET)
    remove(home)
    assert holds_secret(home.path) == []
    made = dump_of(home)
    with Archive(home, EXTRACT, make_anew=True):
        pass
    assert dump_of(home) == made
    assert not repair(home, EXTRACT).anything


def test_it_stays_withheld_until_it_is_released(home: Home) -> None:
    remove(home)
    with ArchiveReader.open(home) as reader:
        assert list(withheld(reader.catalogue)) == list(removed(reader.catalogue)) == [ARTICLE]
        with pytest.raises(Withheld, match=REASON):
            reader.article(ARTICLE)
    with Archive(home, EXTRACT) as archive:
        record_act(archive, ARTICLE, Act.RELEASE, reason="Bản án bị hủy")
        assert removed(archive.catalogue) == frozenset()


def test_what_is_taken_again_is_withheld_and_can_be_removed_again(home: Home) -> None:
    remove(home)
    with writing(home, EXTRACT) as (archive, run):
        keep(archive, run, exchange("/1", page(SECRET, id="1"), minutes=9999))
        assert list(withheld(archive.catalogue)) == [ARTICLE]
    assert remove(home).records == 3
    assert (holds_secret(home.path), found(home)) == ([], [])


def test_an_article_that_was_withheld_under_another_id_stays_withheld(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    with writing(home) as (archive, run):
        keep(archive, run, exchange("/x", page("Bài")))
        (old,) = (
            row["id"] for row in archive.catalogue.connection.execute("SELECT id FROM article")
        )
        record_act(archive, old, Act.WITHHOLD, reason=REASON)
        keep(archive, run, exchange("/x", page("Bài", id="7"), minutes=5))
    with Archive(home, JsonExtract()) as archive:
        decide_removal(archive, old, reason=REASON)
    with writing(home) as (archive, run):
        keep(archive, run, exchange("/x", page("Bài", id="7"), minutes=9))
        assert "mau-7" in withheld(archive.catalogue)


def lose_manifest(home: Home) -> None:
    home.manifest.unlink()


def lose_a_new_segment(home: Home) -> None:
    next(home.warc.glob("*.repaired-1.warc.gz")).unlink()


def flip_in_a_new_segment(home: Home) -> None:
    path = next(home.warc.glob("*.repaired-1.warc.gz"))
    data, last = bytearray(path.read_bytes()), list(walk(path))[-2]
    data[last.offset + last.length // 2] ^= 8
    path.write_bytes(data)


def put_an_old_segment_back(home: Home) -> None:
    copy = home.path.with_name("copy") / "warc"
    name = next(home.warc.glob("*.repaired-1.warc.gz")).name.replace(".repaired-1", "")
    shutil.copy(copy / name, home.warc)


@pytest.mark.parametrize(
    "harm", [lose_manifest, lose_a_new_segment, flip_in_a_new_segment, put_an_old_segment_back]
)
def test_a_repair_from_an_old_backup_does_not_bring_it_back(
    home: Home, harm: Callable[[Home], None]
) -> None:
    copy = Home(home.path.with_name("copy"))
    back_up(home, copy.path)
    remove(home)
    told = [one.removed for one in replacements(home) if one.removed]
    harm(home)
    repair(home, EXTRACT, source=copy)
    assert holds_secret(home.warc) == []
    assert SECRET not in "\n".join(dump_of(home))
    if harm is not lose_a_new_segment:
        assert list(Verification(home).damages()) == []
        assert [one.removed for one in replacements(home) if one.removed] == told
        lines = [line.entry.removed for line in manifest.read(home) if line.entry]
        assert [line["records"] for line in lines if line] == told


def test_a_backup_made_after_it_is_sound_and_without_it(home: Home, tmp_path: Path) -> None:
    remove(home)
    copy = Home(tmp_path / "copy")
    assert back_up(home, copy.path).head == manifest.head(home)
    assert (found(copy), holds_secret(copy.path)) == ([], [])


def test_only_what_is_withheld_and_held_is_removed_and_only_for_a_reason(home: Home) -> None:
    with Archive(home, EXTRACT) as archive:
        for article, reason, why in (
            ("mau-2", REASON, "not-withheld"),
            ("no-such", REASON, "not-withheld"),
            (ARTICLE, " \n ", "needs-a-reason"),
        ):
            with pytest.raises(UsageError, match=why):
                decide_removal(archive, article, reason=reason)
    remove(home)
    with pytest.raises(UsageError, match="nothing-held-of"):
        decide(home)


def test_nothing_is_removed_from_a_segment_that_is_not_as_it_was_written(home: Home) -> None:
    path = sorted(home.warc.iterdir())[1]
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    before = {path: path.read_bytes() for path in home.warc.iterdir()}
    with pytest.raises(ArchiveDamaged, match="not-what-the-manifest-says"):
        decide(home)
    assert {path: path.read_bytes() for path in home.warc.iterdir()} == before
    assert list(home.aside.iterdir()) == []


def test_a_full_disk_removes_nothing(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    before = raw_records(home)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(removal, "_copy", full)
    with pytest.raises(StorageFailed, match="disk-full"):
        decide(home)
    assert (raw_records(home), found(home), list(home.aside.iterdir())) == (before, [], [])


def test_what_reads_a_removal_that_is_not_over_says_so(home: Home, tmp_path: Path) -> None:
    decide(home)
    assert found(home) == ["aside/removal.pending: a removal is not over"]
    with pytest.raises(ArchiveDamaged, match="removal-not-over"):
        back_up(home, tmp_path / "copy")
    with (
        ArchiveReader.open(home) as reader,
        pytest.raises(ArchiveDamaged, match="removal-not-over"),
        selected(reader, Selection()),
    ):
        pass
    assert not repair(home, EXTRACT).unmended
    assert (found(home), holds_secret(home.path)) == ([], [])


def test_readers_have_the_old_catalogue_until_the_new_one_is_whole(home: Home, monkeypatch) -> None:
    decide(home)
    finish, looked = remaking.finish, []

    def look_first(*arguments) -> None:
        with ArchiveReader.open(home) as reader:
            looked.append([reader.article(f"mau-{n}") is not None for n in (0, 2, 3)])
        finish(*arguments)

    monkeypatch.setattr(remaking, "finish", look_first)
    carry_out(home)
    assert looked == [[True] * 3]
    assert (found(home), holds_secret(home.path)) == ([], [])


def test_what_was_lost_before_a_removal_is_lost_for_good_and_no_backup_is_named(
    home: Home, built: Path
) -> None:
    segment = min(home.warc.iterdir())
    lost = next(m for m in walk(segment) if b"WARC-Type: response" in m.data and b"/0" in m.data)
    data = bytearray(segment.read_bytes())
    data[lost.offset + lost.length // 2] ^= 8
    segment.write_bytes(data)
    assert not repair(home, EXTRACT).is_whole
    remove(home)

    done = repair(home, EXTRACT, source=Home(built))

    (one,) = done.lost_earlier
    assert (one.for_good, done.is_whole, found(home)) == (True, True, [])
    assert "no backup" in "".join(lost_lines(one))
    assert holds_secret(home.warc) == []


def test_a_pending_removal_of_a_stranger_deletes_nothing(home: Home) -> None:
    outside, before = home.path.parent / "x.warc.gz", raw_records(home)
    outside.write_bytes(b"mine")
    home.aside.mkdir(exist_ok=True)
    path = b'[["../../x.warc.gz", "%s"]]' % (b"0" * 64)
    for told in (b"", b"\0", b"[[]]", b"{}", b"7", path, b"[" * 9999):
        (home.aside / removal.PENDING).write_bytes(told)
        (home.aside / "x.removal").symlink_to(outside)
        assert finish_removal(home)
        assert (raw_records(home), list(home.aside.iterdir())) == (before, [])
    carry_out(home)
    assert (found(home), outside.read_bytes()) == ([], b"mine")


def kill_at(number: int, home: Home) -> bool:
    """Remove in a process that dies at its n-th sync, rename or deletion; whether it died."""
    child = os.fork()
    if child == 0:
        steps = Steps(number)
        for module, name in ((os, "fsync"), (Path, "rename"), (Path, "unlink"), (shutil, "rmtree")):
            setattr(module, name, _stepping(steps, getattr(module, name)))
        try:
            remove(home)
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def _stepping(steps: Steps, do: Callable[..., object]) -> Callable[..., object]:
    def stepping(*args: object, **named: object) -> object:
        steps()
        done = do(*args, **named)
        steps()
        return done

    return stepping


def require_before_or_after(home: Home, before: list[bytes]) -> bool:
    carry_out(home)
    assert found(home) == []
    after = raw_records(home)
    if not holds_secret(home.path):
        assert len([data for data in before if data not in after]) == RECORDS
        return True
    assert after == before
    remove(home)
    assert (found(home), holds_secret(home.path)) == ([], [])
    return False


def check_kills(built: Path, folder: Path, numbers: list[int]) -> set[bool]:
    ends = set()
    for number in numbers:
        home = Home(shutil.copytree(built, folder / str(number)))
        for folder_of_text in (home.index, home.derived):
            folder_of_text.mkdir()
            (folder_of_text / "x").write_text(SECRET)
        before = raw_records(home)
        if not kill_at(number, home):
            return ends
        ends.add(require_before_or_after(home, before))
        shutil.rmtree(home.path)
    return ends


def test_killed_at_a_step_it_is_as_before_or_done(built: Path, tmp_path: Path) -> None:
    chosen = random.Random(14)
    numbers = [*chosen.sample(range(1, 23), 1), *chosen.sample(range(23, 91), 2)]
    assert check_kills(built, tmp_path, numbers) == {False, True}


@pytest.mark.soak
def test_killed_at_every_step_it_is_as_before_or_done(built: Path, tmp_path: Path) -> None:
    assert check_kills(built, tmp_path, list(range(1, 9999))) == {False, True}
