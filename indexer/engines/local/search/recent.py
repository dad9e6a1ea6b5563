"""What was asked for last, kept up to a weight; any number of threads may ask."""

from __future__ import annotations

from _thread import allocate_lock  # `threading` costs a cold search a millisecond
from collections.abc import Callable
from typing import Generic, TypeVar

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


class Recent(Generic[_Key, _Value]):
    """Values by their keys, those last asked for.

    What was not asked for longest goes as soon as they weigh more than `most` together; one is
    always kept.
    """

    def __init__(self, most: int, weight: Callable[[_Value], int]) -> None:
        self._most, self._weight = most, weight
        self._lock = allocate_lock()
        self._values: dict[_Key, _Value] = {}
        self._kept = 0

    def get(self, key: _Key, make: Callable[[], _Value]) -> _Value:
        """The value of a key, made if it is not kept; two threads may both make it."""
        with self._lock:
            if key in self._values:
                found = self._values[key] = self._values.pop(key)
                return found
        found = make()
        with self._lock:
            if key not in self._values:
                self._values[key] = found
                self._kept += self._weight(found)
            while self._kept > self._most and len(self._values) > 1:
                oldest = next(iter(self._values))
                self._kept -= self._weight(self._values.pop(oldest))
        return found
