"""A whole record that no row can be made of stops nothing, is named and can be set aside.

Nothing of the kind is written any more; archives of strangers have them.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.fixity.repair import repair
from archive.fixity.verify import Verification
from archive.ground.home import Home
from archive.reading import ArchiveReader
from archive.store import Archive
from archive.warc.digests import digest
from archive.warc.record_groups import FOLLOWING, SOURCE
from archive.warc.record_writer import metadata_member
from archive.warc.segments import SegmentWriter, compress, walk
from support.codes import english
from support.keeping import NOON, JsonExtract, dump_of, exchange, keep, page, writing

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"


def foreign(
    run: str, *, kind: str = "response", facts: dict[str, str] | None = None, **fields: str
) -> list[bytes]:
    """A group as an import writes it, with any field as it is given."""
    block = HEAD + page("Lạ")
    named = {
        "WARC-Type": kind,
        "WARC-Record-ID": "<urn:uuid:x>",
        "WARC-Target-URI": "https://mau.example/la",
        "WARC-Date": "2021-03-04T05:06:07Z",
        "Content-Length": str(len(block)),
        **{name.replace("_", "-"): value for name, value in fields.items()},
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in named.items() if value)
    raw = b"WARC/1.0\r\n" + head.encode() + b"\r\n" + block + b"\r\n\r\n"
    told: dict[str, str | None] = {
        "hdnd-run": run,
        "role": "article",
        SOURCE: "la.warc.gz",
        "source-digest": "sha256:0",
        "source-offset": "0",
        FOLLOWING: digest(raw),
        **(facts or {}),
    }
    own = metadata_member("https://mau.example/la", NOON, told, warcinfo_id="<urn:uuid:i>")
    return [own, compress(raw)]


KINDS = {
    "a date before the years that UTC has": {"WARC_Date": "0001-01-01T00:00:00+07:00"},
    "a date after the years that UTC has": {"WARC_Date": "9999-12-31T23:59:59-07:00"},
    "a date that is none": {"WARC_Date": "hôm qua"},
    "no date": {"WARC_Date": ""},
    "no address": {"WARC_Target_URI": ""},
    "no id": {"WARC_Record_ID": ""},
    "a role that is none": {"facts": {"role": "vai"}},
    "a run that nothing tells of": {"facts": {"hdnd-run": "20200101000000-000000"}},
    "the time of a memento that is none": {
        "facts": {
            "memento-source": "kho",
            "memento-url": "https://mau.example/la",
            "memento-date": "hôm qua",
            "memento-form": "playback",
            "memento-role": "article",
        }
    },
}


@pytest.fixture(params=KINDS.values(), ids=KINDS)
def poisoned(request: pytest.FixtureRequest, tmp_path: Path) -> Home:
    """An archive of two articles and, between them, one record of which no row can be made."""
    home = Home(tmp_path / "home")
    with writing(home) as (archive, run):
        keep(archive, run, exchange("/1", page("Một", id="1")))
        name = run.id
    (segment,) = home.warc.iterdir()
    poison = SegmentWriter(segment.with_name(segment.name.replace("000001", "000002")))
    poison.append(foreign(name, **request.param))
    poison.append(foreign(name, WARC_Record_ID="<urn:uuid:y>"))
    return home


def titles(home: Home) -> list[str]:
    with ArchiveReader.open(home) as reader:
        return sorted(record.article.title for _, _, record in reader.changes(0) if record)


def test_the_archive_opens_says_what_it_left_out_and_goes_on(poisoned: Home) -> None:
    with Archive(poisoned, JsonExtract()) as archive:
        (said,) = archive.recovery.refused
    assert "hdnd-000002" in english(said)
    assert "offset" in english(said)
    assert titles(poisoned) == ["Lạ", "Một"]
    with writing(poisoned) as (archive, run):
        assert archive.recovery.refused == []
        keep(archive, run, exchange("/2", page("Hai", id="2")))
    before = dump_of(poisoned)
    with Archive(poisoned, JsonExtract()) as archive:
        archive.rebuild()
    assert titles(poisoned) == ["Hai", "Lạ", "Một"]
    assert dump_of(poisoned) == before


def test_a_check_names_it_and_repair_sets_it_aside(poisoned: Home) -> None:
    with Archive(poisoned, JsonExtract()):
        pass
    (damage,) = Verification(poisoned, JsonExtract()).damages()
    assert damage.file.startswith("hdnd-000002")
    spoiled = (poisoned.warc / damage.file).read_bytes()

    (salvaged,) = repair(poisoned, JsonExtract()).salvaged

    assert (poisoned.aside / damage.file).read_bytes() == spoiled
    *_, last = walk(poisoned.warc / salvaged.new)
    assert b"<urn:uuid:y>" in last.data
    assert list(Verification(poisoned, JsonExtract()).damages()) == []
    assert titles(poisoned) == ["Lạ", "Một"]
