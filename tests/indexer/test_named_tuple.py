"""Our named tuples do what Python's do, and are made without compiling anything."""

from __future__ import annotations

import pickle
import sys
from collections.abc import Iterator
from typing import NamedTuple as PythonsNamedTuple

import pytest

from indexer.named_tuple import NamedTuple


class Place(NamedTuple):
    """Where something is."""

    line: int
    column: int = 1
    file: str | None = None

    @property
    def next(self) -> Place:
        """The place on the right."""
        return self._replace(column=self.column + 1)


class Pythons(PythonsNamedTuple):
    line: int
    column: int = 1
    file: str | None = None


def test_a_named_tuple_is_a_tuple_with_names() -> None:
    place = Place(3, file="a")
    line, column, file = place
    assert (line, column, file) == (place.line, place.column, place.file) == (3, 1, "a") == place
    assert hash(place) == hash((3, 1, "a"))
    assert place._asdict() == {"line": 3, "column": 1, "file": "a"}
    assert Place._make([3, 1, "a"]) == place
    assert place.next == (3, 2, "a")
    assert type(place.next) is Place
    assert repr(place) == "Place(line=3, column=1, file='a')"
    assert Place.__doc__ == "Where something is."
    match place:
        case Place(line, file=file):
            assert (line, file) == (3, "a")


def test_it_is_kept_and_read_again() -> None:
    assert type(pickle.loads(pickle.dumps(Place(3)))) is Place


def test_it_has_no_other_attributes() -> None:
    with pytest.raises(AttributeError):
        Place(3).page = 1  # type: ignore[attr-defined]
    with pytest.raises(AttributeError):
        Place(3).line = 1  # type: ignore[misc]


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ((), {}),
        ((), {"column": 2}),
        ((1, 2, "a", 4), {}),
        ((1,), {"line": 1}),
        ((1,), {"page": 1}),
        ((1, 2, "a"), {"file": "b"}),
    ],
)
def test_what_pythons_refuse_it_refuses(values: tuple[object, ...], named: dict[str, int]) -> None:
    for kind in (Pythons, Place):
        with pytest.raises(TypeError):
            kind(*values, **named)  # type: ignore[arg-type]


def test_an_unknown_field_is_not_replaced() -> None:
    for kind in (Pythons, Place):
        with pytest.raises((TypeError, ValueError)):
            kind(1)._replace(page=1)  # type: ignore[call-arg]


def test_it_compiles_nothing() -> None:
    compiled: list[object] = []

    def auditing(event: str, arguments: tuple[object, ...]) -> None:
        if event == "compile":
            compiled.append(arguments)

    def define() -> Iterator[type]:
        class Ours(NamedTuple):
            line: int

        yield Ours

        class Theirs(PythonsNamedTuple):
            line: int

        yield Theirs

    sys.addaudithook(auditing)
    classes = define()
    next(classes)
    assert not compiled
    next(classes)
    assert compiled
