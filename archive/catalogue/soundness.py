"""Can a catalogue be what the records say? Told from itself, quickly, before it is relied on.

Records are numbered one after the other, and every row names others that must be there. A row that
was altered to something that could be, only the records can tell (`archive.catalogue.compare`).
"""

from __future__ import annotations

from archive.catalogue.database import Catalogue, last_record
from archive.catalogue.derivation_state import read_state
from archive.catalogue.rows import broken, plain
from archive.catalogue.schema import CATALOGUE
from archive.catalogue.table_check import strange_value
from archive.ground.message import Message

_NUMBERED = ("capture", "outcome", "withholding", "quarantine")


def require_numbers(catalogue: Catalogue) -> None:
    """Raise `CatalogueBroken` where records are missing in it, or what was made of them is ahead.

    Cheap: it counts.
    """
    counts = " + ".join(f"(SELECT count(*) FROM {table})" for table in _NUMBERED)
    (held,) = plain(catalogue.connection).execute(f"SELECT {counts}").fetchone()
    last = last_record(catalogue.connection)
    if held != last:
        raise broken(Message("archive.records-not-in-a-row", count=held, last=last))
    state = read_state(catalogue.connection, "pages")
    if state and state.upto > last:
        raise broken(Message("archive.pages-made-too-far", upto=state.upto, last=last))


def require_sound(catalogue: Catalogue) -> None:
    """Raise `CatalogueBroken` for that, for a value that cannot be, a row that is missing."""
    require_numbers(catalogue)
    if what := strange_value(catalogue.connection, CATALOGUE):
        raise broken(what)
    state = read_state(catalogue.connection, "pages")
    given = {"upto": state.upto if state else 0}
    for code, question in _QUESTIONS:
        if row := plain(catalogue.connection).execute(f"{question} LIMIT 1", given).fetchone():
            raise broken(Message(code, id=str(row["id"])[:60]))
    for table in _NUMBERED:
        if row := plain(catalogue.connection).execute(_WITHOUT_RUN.format(table)).fetchone():
            raise broken(Message("archive.run-of-row-unknown", table=table, id=str(row["id"])[:60]))


_WITHOUT_RUN = """
SELECT c.seq AS id FROM {} c LEFT JOIN run r ON r.id = c.run WHERE r.id IS NULL LIMIT 1
"""


_QUESTIONS = (
    (
        "archive.segment-of-capture-unknown",
        "SELECT c.seq AS id FROM capture c LEFT JOIN segment s ON s.number = c.segment"
        " WHERE s.number IS NULL OR c.offset + c.length > s.committed",
    ),
    (
        "archive.no-page-of-capture",
        "SELECT c.seq AS id FROM capture c LEFT JOIN page p USING (seq)"
        " WHERE p.seq IS NULL AND c.seq <= :upto",
    ),
    (
        "archive.no-capture-of-page",
        "SELECT p.seq AS id FROM page p LEFT JOIN capture c USING (seq) WHERE c.seq IS NULL",
    ),
    (
        "archive.no-page-of-observation",
        "SELECT o.seq AS id FROM observation o LEFT JOIN page p USING (seq) WHERE p.seq IS NULL",
    ),
    (
        "archive.no-version-of-observation",
        "SELECT o.seq AS id FROM observation o LEFT JOIN article a ON a.id = o.article"
        " LEFT JOIN version v ON v.article = o.article AND v.digest = o.version"
        " WHERE a.id IS NULL OR v.digest IS NULL",
    ),
    (
        "archive.no-version-of-article",
        "SELECT a.id FROM article a LEFT JOIN version v ON v.article = a.id AND"
        " v.digest = a.version WHERE v.digest IS NULL",
    ),
)
