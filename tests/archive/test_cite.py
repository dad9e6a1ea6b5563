from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from archive.ground.errors import UsageError
from archive.history.citation import cite
from portal_visitor import article
from support.chronicle import Chronicle
from support.codes import english
from support.warcs import records

STORY = article("ky-hop", title="Kỳ họp thứ nhất")
EDITED = replace(STORY, title="Kỳ họp thứ hai")


@pytest.fixture
def chronicle(tmp_path: Path) -> Iterator[Chronicle]:
    with Chronicle(tmp_path / "home", [STORY]) as chronicle:
        for story in (STORY, STORY, EDITED):
            chronicle.publish(story)
            chronicle.visit()
        yield chronicle


def test_a_citation_leads_to_the_record_that_holds_the_page(chronicle: Chronicle) -> None:
    with chronicle.reader() as reader:
        citation = cite(reader, chronicle.id_of(STORY))
    segment = chronicle.home.warc / citation.segment
    (record,) = (r for r in records(segment) if r.fields["WARC-Record-ID"] == citation.record_id)
    assert record.fields["WARC-Payload-Digest"] == citation.payload_digest
    assert record.url == citation.url
    assert citation.title == "Kỳ họp thứ hai"


def test_the_archived_url_has_the_form_of_a_memento(chronicle: Chronicle) -> None:
    with chronicle.reader() as reader:
        citation = cite(reader, chronicle.id_of(STORY), prefix="https://luu-tru.example/hdnd/")
    stamp = f"{citation.captured_at:%Y%m%d%H%M%S}"
    assert citation.archived_url == f"https://luu-tru.example/hdnd/{stamp}/{citation.url}"


def test_a_named_version_is_cited_by_its_last_capture(chronicle: Chronicle) -> None:
    with chronicle.reader() as reader:
        standing = cite(reader, chronicle.id_of(STORY))
        versions = reader.catalogue.connection.execute("SELECT digest FROM version").fetchall()
        (old,) = (row["digest"] for row in versions if row["digest"] != standing.version)
        citation = cite(reader, chronicle.id_of(STORY), version=old[:10])
    assert (citation.title, citation.version) == ("Kỳ họp thứ nhất", old)
    assert f"{citation.captured_at:%d/%m}" == "03/03"


def test_an_unknown_version_is_an_error_that_names_the_known_ones(chronicle: Chronicle) -> None:
    with chronicle.reader() as reader, pytest.raises(UsageError, match="no-version") as told:
        cite(reader, chronicle.id_of(STORY), version="0000000000")
    assert "Its versions are" in english(told.value.hint)
