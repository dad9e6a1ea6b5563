"""The derivations that are made after the crawl: brought up to date, made again, dumped.

Beside a crawl if need be: each has a lock of its own and reads what stands in the catalogue.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from archive.catalogue import database
from archive.catalogue.derivation import (
    PAYLOADS,
    Derivation,
    ReadUnits,
    Schedule,
    Step,
    read_here,
)
from archive.catalogue.derivation_state import DerivationState, read_state, write_state
from archive.catalogue.derived_files import (
    discard,
    file_being_made,
    file_of,
    open_own,
    require_own,
)
from archive.catalogue.deriver import advance, begin
from archive.catalogue.registry import Registry, tables_of
from archive.catalogue.schema import FROM_RECORDS
from archive.ground.causes import cause_of, disk_failed
from archive.ground.durable import sync_folder
from archive.ground.errors import ArchiveDamaged, is_of_storage
from archive.ground.home import Home
from archive.ground.lock import WriterLock
from archive.ground.message import Message

OnStep = Callable[[str, Step], None]
"""Told the name of a derivation and how far it is."""


def _silent(name: str, step: Step) -> None:
    pass


def catch_up(
    home: Home,
    registry: Registry,
    *,
    on_step: OnStep = _silent,
    read_units: ReadUnits = read_here,
) -> None:
    """Bring every derivation after the crawl up to the catalogue, in the order of the registry.

    What follows other rules, or another catalogue, is made anew beside and takes its place when it
    is whole. Interrupted at any moment it goes on when called again. Raises `LockHeld` while
    another process does the same, `ArchiveDamaged` for a catalogue that cannot be read.
    """
    for derivation in registry.made(Schedule.AFTER_THE_CRAWL):
        with _alone(home, derivation):
            _catch_up_one(home, registry, derivation, on_step, read_units)


def make_anew(home: Home, registry: Registry, *, on_step: OnStep = _silent) -> None:
    """Make every derivation after the crawl again from nothing; each takes its place when whole."""
    for derivation in registry.made(Schedule.AFTER_THE_CRAWL):
        with _alone(home, derivation):
            new = file_being_made(home, derivation.name)
            discard(new)
            _make(home, registry, derivation, new, on_step)


def dump(home: Home, registry: Registry, connection: sqlite3.Connection) -> list[str]:
    """Every row of every derivation, made in the crawl or after it, and of all records.

    `connection` is the catalogue's.
    """
    lines = database.dump(connection, FROM_RECORDS)
    for derivation in registry:
        if derivation.when is Schedule.IN_THE_CRAWL:
            lines += database.dump(connection, tables_of(derivation))
        elif (file := file_of(home, derivation.name)).exists():
            own = sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)
            lines += database.dump(own, tables_of(derivation))
            own.close()
    return lines


def run_on(
    home: Home,
    registry: Registry,
    derivation: Derivation,
    path: Path,
    tables: Home,
    on_step: OnStep = _silent,
    read_units: ReadUnits = read_here,
) -> None:
    """Bring the file `path` of a derivation up to the tables that another home has.

    `home` has the segments. Raises `sqlite3.DatabaseError`.
    """
    connection = open_own(path, tables, registry.read_by(derivation))
    try:
        _prepare(connection, registry, derivation)
        last = _last(connection, registry, derivation)
        for step in advance(home, connection, derivation, last, read_units):
            on_step(derivation.name, step)
    finally:
        connection.close()


def state_wanted(
    registry: Registry, derivation: Derivation, connection: sqlite3.Connection
) -> DerivationState:
    """The state that a derivation must have, by what is attached to a connection.

    Its basis are the rules that what it reads was made by, whatever rules this program has.
    """
    basis = []
    for read in registry.read_by(derivation):
        schema = "catalogue" if read.when is Schedule.IN_THE_CRAWL else read.name
        state = read_state(connection, read.name, schema)
        basis.append(f"{read.name}={state.rule if state else 0}")
    catalogue = database.identity(connection, "catalogue")
    return DerivationState(derivation.rule, " ".join(basis), catalogue)


def _catch_up_one(
    home: Home,
    registry: Registry,
    derivation: Derivation,
    on_step: OnStep,
    read_units: ReadUnits,
) -> None:
    standing, new = file_of(home, derivation.name), file_being_made(home, derivation.name)
    if standing.exists() and _can_go_on(home, registry, derivation, standing):
        run_on(home, registry, derivation, standing, home, on_step, read_units)
    else:
        if new.exists() and not _can_go_on(home, registry, derivation, new):
            discard(new)
        _make(home, registry, derivation, new, on_step, read_units)


def _make(
    home: Home,
    registry: Registry,
    derivation: Derivation,
    new: Path,
    on_step: OnStep,
    read_units: ReadUnits = read_here,
) -> None:
    run_on(home, registry, derivation, new, home, on_step, read_units)
    standing = file_of(home, derivation.name)
    standing.with_name(f"{standing.name}-journal").unlink(missing_ok=True)
    new.replace(standing)
    sync_folder(standing.parent)


def _can_go_on(home: Home, registry: Registry, derivation: Derivation, path: Path) -> bool:
    """Whether the rows of a file are of the rules and of the catalogue that are wanted."""
    try:
        connection = open_own(path, home, registry.read_by(derivation))
    except sqlite3.DatabaseError as error:
        if is_of_storage(error):
            raise
        return False
    try:
        require_own(connection, derivation.schema)
        state = read_state(connection, derivation.name)
        wanted = state_wanted(registry, derivation, connection)
        return state is not None and (state.follows(wanted) or _outlives(derivation, state, wanted))
    except (sqlite3.DatabaseError, ArchiveDamaged) as error:
        if is_of_storage(error):
            raise
        return False
    finally:
        connection.close()


def _prepare(connection: sqlite3.Connection, registry: Registry, derivation: Derivation) -> None:
    state = read_state(connection, derivation.name)
    wanted = state_wanted(registry, derivation, connection)
    if state and not state.follows(wanted) and _outlives(derivation, state, wanted):
        write_state(connection, derivation.name, replace(wanted, upto=0))
    begin(connection, derivation, wanted)


def _last(connection: sqlite3.Connection, registry: Registry, derivation: Derivation) -> int:
    """The number of the last record that all it reads in the catalogue covers."""
    read = [one for one in registry.read_by(derivation) if one.when is Schedule.IN_THE_CRAWL]
    states = [read_state(connection, one.name, "catalogue") for one in read]
    return min([database.last_record(connection), *(state.upto for state in states if state)])


def _outlives(derivation: Derivation, state: DerivationState, wanted: DerivationState) -> bool:
    """Whether rows stay what they are in another catalogue: they go by the payload alone."""
    return derivation.reads == (PAYLOADS,) and state.follows(
        replace(wanted, catalogue=state.catalogue)
    )


@contextmanager
def _alone(home: Home, derivation: Derivation) -> Iterator[None]:
    try:
        home.derived.mkdir(exist_ok=True)
        with WriterLock(home.derived / f"{derivation.name}.lock"):
            yield
    except OSError as error:
        raise disk_failed(error, home.derived, Message("archive.make-room")) from error
    except sqlite3.DatabaseError as error:
        if is_of_storage(error):
            file = file_of(home, derivation.name)
            raise disk_failed(error, file, Message("archive.make-room")) from error
        raise ArchiveDamaged(
            "archive.path-cannot-be-made",
            path=file_of(home, derivation.name),
            reason=cause_of(error),
            hint=Message("archive.repair-makes-anew-what-is-derived"),
        ) from error
