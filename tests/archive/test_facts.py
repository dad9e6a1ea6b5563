"""Facts as a derivation: of the records alone, night by night as if made anew."""

import json

from archive.catalogue.catch_up import catch_up, dump, make_anew
from archive.catalogue.derived_files import attach, file_of
from archive.catalogue.facts import Facts
from archive.catalogue.pages import Pages
from archive.catalogue.queries.facts import facts
from archive.catalogue.queries.withholding import Act
from archive.catalogue.registry import Registry
from archive.fixity.verify import Verification
from archive.ground.home import Home
from archive.model import Role
from archive.reading import ArchiveReader
from archive.store import Archive
from archive.withholding import record_act
from council.identity import people, with_facts
from hdnd.usecases.council_facts import open_facts
from hdnd.usecases.fact_rows import FactReading
from support.keeping import SITE, JsonExtract, exchange, keep, page

TEXTS = [
    ["Ngày 5/2/2024, Thường trực HĐND quận tổ chức phiên giải trình."],
    ["Chủ tịch HĐND quận Lê Văn Tám chủ trì.", "Nghị quyết số 17/NQ-HĐND được thông qua."],
    ["Cử tri Trần Thị Sáu hỏi về đèn.", "Dự kiến trong năm 2024 HĐND quận tổ chức 02 kỳ họp."],
]


class LaterReading(FactReading):
    """A reading of a later rule that reads the same."""

    rule = FactReading.rule + 1


def registry(reading=None) -> Registry:
    return Registry(Pages(JsonExtract()), Facts(reading or FactReading()))


def write(home: Home, night: int, *, changed: str = "") -> None:
    with Archive(home, JsonExtract()) as archive:
        run = archive.begin_run(SITE)
        for number, blocks in enumerate(TEXTS[: night + 1]):
            told = [*blocks, changed] if changed and number == 0 else blocks
            body = page(f"Bài {number}", id=str(number), blocks=told)
            keep(archive, run, exchange(f"/{number}", body, minutes=night * 1440 + number))
        keep(archive, run, exchange("/a.doc", b"a file", role=Role.ATTACHMENT))
        run.end("finished", {})


def dump_of(home: Home, reading=None) -> list[str]:
    with ArchiveReader.open(home) as reader:
        return dump(home, registry(reading), reader.catalogue.connection)


def told(home: Home, *kinds: str) -> list[tuple[str, str]]:
    with ArchiveReader.open(home) as reader:
        attach(reader.catalogue.connection, file_of(home, "facts"), "facts")
        return [(row.article, row.kind) for row in facts(reader.catalogue, kinds)]


def three_nights(home: Home) -> None:
    for night in range(3):
        write(home, night, changed=f"Đêm {night}, quận chi {night + 1} tỷ đồng." if night else "")
        catch_up(home, registry())


def test_facts_read_night_by_night_are_those_of_a_rebuild(tmp_path):
    home = Home(tmp_path)
    three_nights(home)
    before = dump_of(home)
    assert sum(line.startswith("fact ") for line in before) > 8
    make_anew(home, registry())
    assert dump_of(home) == before
    with Archive(home, JsonExtract()) as archive:
        archive.rebuild()
    make_anew(home, registry())
    assert dump_of(home) == before


def test_every_version_has_its_facts_and_the_standing_one_answers(tmp_path):
    home = Home(tmp_path)
    three_nights(home)
    money = [line for line in dump_of(home) if line.startswith("money ")]
    assert len(money) == 2
    assert told(home, "money") == [("mau-0", "money")]


def test_a_raised_rule_reads_anew_and_touches_nothing_else(tmp_path):
    home = Home(tmp_path)
    three_nights(home)
    before = dump_of(home)
    catalogue = home.catalogue.read_bytes()
    catch_up(home, registry(LaterReading()))
    assert dump_of(home, LaterReading()) == before
    assert home.catalogue.read_bytes() == catalogue


def test_a_deep_check_finds_a_fact_that_is_not_what_is_written(tmp_path):
    import sqlite3

    home = Home(tmp_path)
    three_nights(home)
    own = sqlite3.connect(file_of(home, "facts"))
    own.execute("UPDATE money SET dong = dong + 1")
    own.commit()
    own.close()
    check = Verification(home, JsonExtract(), others=(Facts(FactReading()),))
    assert {damage.file.split("/")[-1] for damage in check.damages()} == {"facts.sqlite"}


def test_people_by_their_own_rows_are_those_of_the_facts(tmp_path):
    home = Home(tmp_path)
    three_nights(home)
    with open_facts(home) as archive:
        told = {fact.id: fact for fact in archive.told("person", "post")}
        by_rows = [with_facts(known, told) for known in archive.people()]
        assert by_rows == people(told.values(), archive.councils)
        assert [known.name for known in by_rows] == ["Lê Văn Tám"]


def test_what_is_withheld_leaves_nothing(tmp_path):
    home = Home(tmp_path)
    three_nights(home)
    assert ("mau-1", "post") in told(home, "post", "document", "person")
    with Archive(home, JsonExtract()) as archive:
        record_act(archive, "mau-1", Act.WITHHOLD, reason="vì lý do thử")
    catch_up(home, registry())
    assert [article for article, _ in told(home, "post", "document", "person")] == ["mau-2"]


def test_the_columns_give_back_the_value():
    from council import facts_of
    from hdnd.usecases.fact_rows import columns_of, value_of
    from support.gold import articles

    seen = set()
    for part in ("tuned", "unseen"):
        for article in articles(part):
            for fact in facts_of(article.text):
                columns = json.loads(json.dumps(columns_of(fact.value)))
                assert value_of(fact.kind, columns) == fact.value
                seen.add(fact.kind)
    assert len(seen) >= 13
