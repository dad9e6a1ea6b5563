"""What is made after the crawl, made a second time of a second catalogue, to compare the two."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from archive.catalogue.catch_up import OnStep, run_on, state_wanted
from archive.catalogue.compare import compare_tables
from archive.catalogue.derivation import Derivation, Schedule
from archive.catalogue.derivation_state import DerivationState, read_state
from archive.catalogue.derived_files import file_of, open_own, require_own
from archive.catalogue.registry import Registry, tables_of
from archive.ground.causes import cause_of
from archive.ground.errors import is_of_storage
from archive.ground.home import Home
from archive.ground.message import Message


@dataclass(frozen=True, slots=True)
class DerivationFault:
    """What is wrong with the file of a derivation; `by_rule`: it only follows an older rule."""

    name: str
    what: Message
    url: str | None = None
    by_rule: bool = False


@dataclass(slots=True)
class SecondDerivations:
    """The files of derivations as they were at one moment, copied to where they can be changed.

    `second` is the home of what is made a second time; its catalogue is the second one.
    """

    home: Home
    registry: Registry
    second: Home
    _copies: dict[str, Path] = field(default_factory=dict)

    def copy(self) -> Iterator[DerivationFault]:
        """Copy them all, before the catalogue is looked at: so none can be ahead of it."""
        for derivation in self.registry.made(Schedule.AFTER_THE_CRAWL):
            file = file_of(self.home, derivation.name)
            if not file.exists():
                continue
            copy = self.second.path / f"{derivation.name}.copy"
            try:
                _copy(file, copy, derivation.schema)
                self._copies[derivation.name] = copy
            except sqlite3.DatabaseError as error:
                if is_of_storage(error):
                    raise
                yield _unreadable(derivation.name, error)

    def compare(self, on_step: OnStep) -> Iterator[DerivationFault]:
        """Make each a second time, bring its copy to the same end, and compare the two.

        What was not made yet, or is to be made anew by other rules, is not compared.
        """
        for derivation in self.registry.made(Schedule.AFTER_THE_CRAWL):
            again = file_of(self.second, derivation.name)
            run_on(self.home, self.registry, derivation, again, self.second, on_step)
            if copy := self._copies.get(derivation.name):
                try:
                    yield from self._compare_one(derivation, copy, again)
                except sqlite3.DatabaseError as error:
                    if is_of_storage(error):
                        raise
                    yield _unreadable(derivation.name, error)

    def _compare_one(
        self, derivation: Derivation, copy: Path, again: Path
    ) -> Iterator[DerivationFault]:
        state, wanted = self._states(derivation, copy)
        if state is None or state.rule != wanted.rule:
            rule = state.rule if state else 0
            what = follows_another_rule(derivation, rule)
            yield DerivationFault(derivation.name, what, by_rule=True)
            return
        if not state.follows(wanted):
            return
        run_on(self.home, self.registry, derivation, copy, self.second)
        made, held = _open(again), _open(copy)
        try:
            for one in compare_tables(tables_of(derivation), made, held):
                yield DerivationFault(derivation.name, one.what, one.url)
        finally:
            made.close()
            held.close()

    def _states(
        self, derivation: Derivation, copy: Path
    ) -> tuple[DerivationState | None, DerivationState]:
        connection = open_own(copy, self.second, self.registry.read_by(derivation))
        try:
            wanted = state_wanted(self.registry, derivation, connection)
            return read_state(connection, derivation.name), wanted
        finally:
            connection.close()


def check_files(home: Home, judged: Collection[str]) -> Iterator[DerivationFault]:
    """What SQLite finds wrong with what is derived after a crawl, but for what was `judged`."""
    for file in sorted(home.derived.glob("*.sqlite")):
        if file.stem in judged:
            continue
        try:
            connection = sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)
            try:
                _require_whole(connection)
            finally:
                connection.close()
        except sqlite3.DatabaseError as error:
            yield _unreadable(file.stem, error)


def follows_another_rule(derivation: Derivation, rule: int) -> Message:
    """What is said of rows that an older or a newer rule made."""
    name, ours = derivation.name, derivation.rule
    return Message("archive.follows-another-rule", name=name, rule=rule, ours=ours)


def _unreadable(name: str, error: Exception) -> DerivationFault:
    return DerivationFault(name, Message("archive.cannot-be-read", reason=cause_of(error)))


def _require_whole(connection: sqlite3.Connection) -> None:
    (found,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if found != "ok":
        raise sqlite3.DatabaseError(found)


def _copy(file: Path, copy: Path, schema: str) -> None:
    source = sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)
    target = sqlite3.connect(copy)
    try:
        source.backup(target)
        _require_whole(target)
        require_own(target, schema)
    finally:
        source.close()
        target.close()


def _open(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path)
    connection.row_factory = sqlite3.Row
    return connection
