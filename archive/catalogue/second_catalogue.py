"""A second catalogue, made beside the first one of the same records, to compare the two."""

from __future__ import annotations

from archive.catalogue import database
from archive.catalogue.capture_rows import CaptureRows, NotTakenIn
from archive.catalogue.database import Catalogue
from archive.catalogue.derivation import Schedule
from archive.catalogue.derivation_state import read_state
from archive.catalogue.deriver import Deriver
from archive.catalogue.registry import Registry
from archive.ground.home import Home
from archive.warc.record_groups import Group


class SecondCatalogue:
    """Filled with the groups of a check, in a folder that is thrown away."""

    def __init__(self, home: Home) -> None:
        self.catalogue = Catalogue(home, database.open_for_writing(home.catalogue))
        self._connection = self.catalogue.connection
        self._connection.execute("PRAGMA synchronous=OFF")
        self._connection.execute("BEGIN")
        self._intake = CaptureRows(self._connection)

    def copy_before(self, live: Catalogue, name: str) -> None:
        """Trust what the archive's own catalogue says of the segments before the one named."""
        before = "(SELECT number FROM segment WHERE name < ?)"
        captures = f"(SELECT seq FROM capture WHERE segment IN {before})"
        self._copy(live, "segment", f"number IN {before}", name)
        self._copy(live, "capture", f"segment IN {before}", name)
        self._copy(live, "run", "? = ?", name, name)
        self._copy(live, "imported", f"seq IN {captures}", name)
        self._copy(live, "memento", f"seq IN {captures}", name)

    def segment(self, name: str) -> int:
        """The number of the segment of this name, which from now on there is."""
        self._connection.execute(
            "INSERT OR IGNORE INTO segment (name, committed) VALUES (?, 0)", (name,)
        )
        row = self._connection.execute("SELECT number FROM segment WHERE name = ?", (name,))
        return int(row.fetchone()["number"])

    def take_in(self, segment: int, group: Group) -> NotTakenIn | None:
        """Take a group in; says why it can't be."""
        try:
            self._intake.take_in(segment, group)
        except NotTakenIn as reason:
            return reason
        return None

    def taken_in(self) -> None:
        """All groups are in."""
        self._connection.execute("COMMIT")

    def derive_as(self, live: Catalogue, registry: Registry) -> None:
        """Derive what is made in the crawl, as far as the archive's own catalogue has done so.

        From now on it passes for that one, before what was made of it.
        """
        states = [
            read_state(live.connection, one.name) for one in registry.made(Schedule.IN_THE_CRAWL)
        ]
        upto = min((state.upto for state in states if state), default=0)
        for table in ("capture", "outcome", "withholding", "quarantine"):
            # What a process that died had kept and not yet read, the next start reads.
            self._connection.execute(f"DELETE FROM {table} WHERE seq > ?", (upto,))
        self._connection.execute(
            "UPDATE meta SET value = ? WHERE name = 'id'", (database.identity(live.connection),)
        )
        deriver = Deriver(Catalogue(live.home, self._connection), registry)
        deriver.begin_anew_if_rule_changed()
        deriver.derive()

    def close(self) -> None:
        """Close the file."""
        self.catalogue.close()

    def _copy(self, live: Catalogue, table: str, where: str, *given: str) -> None:
        for row in live.connection.execute(f"SELECT * FROM {table} WHERE {where}", given):
            placeholders = ", ".join("?" * len(row))
            self._connection.execute(
                f"INSERT OR IGNORE INTO {table} VALUES ({placeholders})", tuple(row)
            )
