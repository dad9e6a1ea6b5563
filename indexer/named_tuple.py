"""Named tuples that take next to no time to define.

`typing.NamedTuple` compiles a function and checks every annotation for each class, which takes some
0.1 ms in a process that has just begun; a search defines forty of them before it looks for
anything. These do what the house needs of those, and are the same to who reads or checks the types.
To make an instance takes two fifths longer: what is made by the million, such as
`indexer.language.analysis.Token`, is one of Python's own.

The module of such a class imports `annotations` from `__future__`.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self

_Getter: Any = type(vars(namedtuple("_One", "field"))["field"])
"""What gets the value at a place: Python has it in C."""


class _Values(tuple[Any, ...]):
    """What all of them do."""

    __slots__ = ()
    _fields: tuple[str, ...]
    _field_defaults: dict[str, Any]

    def __new__(cls, *values: Any, **named: Any) -> Self:
        if named or len(values) != len(cls._fields):
            left = cls._fields[len(values) :]
            known = cls._field_defaults | named
            if len(values) > len(cls._fields) or not known.keys() >= set(left) >= named.keys():
                raise TypeError(f"{cls.__name__}() takes {', '.join(cls._fields)}")
            values = (*values, *map(known.__getitem__, left))
        return tuple.__new__(cls, values)

    @classmethod
    def _make(cls, values: Iterable[Any]) -> Self:
        return cls(*values)

    def _replace(self, **named: Any) -> Self:
        return type(self)(**self._asdict() | named)

    def _asdict(self) -> dict[str, Any]:
        return dict(zip(self._fields, self, strict=True))

    def __repr__(self) -> str:
        fields = (f"{name}={value!r}" for name, value in self._asdict().items())
        return f"{type(self).__name__}({', '.join(fields)})"

    def __getnewargs__(self) -> tuple[Any, ...]:
        return tuple(self)


if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple
else:

    class _Definition(type):
        """Makes a class of values of what stands below `class Name(NamedTuple)`."""

        def __new__(cls, name, bases, body):
            fields = tuple(body["__annotations__"])
            defaults = {field: body.pop(field) for field in fields if field in body}
            body |= {field: _Getter(place, None) for place, field in enumerate(fields)}
            own = {"__slots__": (), "__match_args__": fields, "_fields": fields}
            return type(name, (_Values,), body | own | {"_field_defaults": defaults})

    NamedTuple = type.__new__(_Definition, "NamedTuple", (), {})
