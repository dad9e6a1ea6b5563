"""From plain values (TOML, JSON) to the classes of a site description, and back.

The work is cattrs'. Every value goes through the check that its field's type names; what is wrong
is said for all fields at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any, TypeVar, get_args, get_origin

from cattrs import (
    AttributeValidationNote,
    BaseValidationError,
    Converter,
    ForbiddenExtraKeysError,
    IterableValidationNote,
)

from archive.ground.message import Message
from crawler.sites.values import Fault, ValueCheck

T = TypeVar("T")


def structured(kind: type[T], values: Mapping[str, Any], *, extra_keys: bool = False) -> T:
    """The object that plain values describe; with `extra_keys` keys that it lacks are passed over.

    Raises `cattrs.ClassValidationError`, of which `faults` tells each thing that is wrong.
    """
    return (_LENIENT if extra_keys else _STRICT).structure(values, kind)


def plain(described: object) -> dict[str, Any]:
    """An object of a description as values that JSON has."""
    values: dict[str, Any] = _STRICT.unstructure(described)
    return values


def faults(error: BaseValidationError, table: str = "") -> Iterator[Message]:
    """Each thing that is wrong."""
    for cause in error.exceptions:
        notes = getattr(cause, "__notes__", ())
        path = next(filter(None, (_path_of(note, table) for note in notes)), table)
        if isinstance(cause, ForbiddenExtraKeysError):
            for extra in sorted(cause.extra_fields):
                if table:
                    yield Message("crawler.key-unknown-in-table", key=f"{table}.{extra}")
                else:
                    yield Message("crawler.key-unknown", key=extra)
        elif isinstance(cause, BaseValidationError):
            yield from faults(cause, path)
        elif isinstance(cause, KeyError):
            missing = f"{table}.{cause.args[0]}" if table else cause.args[0]
            yield Message("crawler.key-missing", key=missing)
        elif isinstance(cause, Fault):
            yield cause.at(path)
        else:
            yield Message("crawler.value-wrong", key=path, why=str(cause))


def _path_of(note: object, table: str) -> str:
    """Where in a description a note of cattrs points to; tables of a list are counted from 1."""
    if isinstance(note, AttributeValidationNote):
        return f"{table}.{note.name}" if table else note.name
    if isinstance(note, IterableValidationNote):
        return f"{table}[{int(note.index) + 1}]"
    return ""


def _converter(*, forbid_extra_keys: bool) -> Converter:
    converter = Converter(forbid_extra_keys=forbid_extra_keys)
    converter.register_structure_hook_factory(_is_checked, _checking)
    converter.register_unstructure_hook(date, date.isoformat)
    converter.register_unstructure_hook_func(
        _is_sequence, lambda values: [converter.unstructure(value) for value in values]
    )
    return converter


def _is_checked(kind: Any) -> bool:
    return get_origin(kind) is Annotated and any(isinstance(a, ValueCheck) for a in get_args(kind))


def _checking(kind: Any) -> Any:
    check = next(argument for argument in get_args(kind) if isinstance(argument, ValueCheck))
    return lambda value, _: check.of(value)


def _is_sequence(kind: Any) -> bool:
    return get_origin(kind) is tuple


_STRICT = _converter(forbid_extra_keys=True)
_LENIENT = _converter(forbid_extra_keys=False)
