"""Our packages have general names (`archive`, `crawler` …); this keeps others of that name away.

Each is found beside this one, whatever comes first on the path. What that cannot cure, a package
loaded before us or files of ours that another distribution has overwritten, is found out and named.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.metadata import Distribution, PackagePath

NAMES = ("archive", "council", "crawler", "hdnd", "indexer", "search_cli", "web_reader")
FOLDER = os.path.dirname(os.path.dirname(__file__))  # noqa: PTH120  (see `archive.ground.home`)


class _OursFirst:
    """A finder that looks for our packages in our folder alone."""

    @staticmethod
    def find_spec(
        name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        return PathFinder.find_spec(name, [FOLDER]) if name in NAMES else None


def put_first() -> None:
    """From here on, our packages are imported from our own folder."""
    if _OursFirst not in sys.meta_path:
        sys.meta_path.insert(0, _OursFirst)


def find_foreign() -> str | None:
    """What stands in for a package of ours, and where it lies; None if all are ours."""
    from search_cli.words import _

    for name in NAMES:
        if module := sys.modules.get(name):
            places = [*getattr(module, "__path__", ())]
            if os.path.join(FOLDER, name) not in places:  # noqa: PTH118
                where = places[0] if places else getattr(module, "__file__", None) or "?"
                return _(
                    "another package named {name} was loaded before ours, from {place}",
                    name=name,
                    place=where,
                )
    return next(_overwritten(), None)


def _overwritten() -> Iterator[str]:
    """Files of ours that are not as they were installed, by the installer's own record."""
    from importlib.metadata import distributions

    installed = list(distributions(path=[FOLDER]))
    for us in (one for one in installed if one.name == "hdnd-archive"):
        others = [one for one in installed if one is not us]
        for path in us.files or ():
            ours = path.parts[0] in NAMES and path.suffix == ".py" and path.hash
            if ours and not _as_installed(path):
                yield _strange(str(path.locate()), _owner(path, others))


def _as_installed(path: PackagePath) -> bool:
    from base64 import urlsafe_b64encode
    from hashlib import sha256

    try:
        digest = sha256(path.read_binary()).digest()
    except OSError:
        return False
    return path.hash is not None and urlsafe_b64encode(digest).decode() == path.hash.value + "="


def _owner(path: PackagePath, others: Sequence[Distribution]) -> str | None:
    """The distribution that brings a file of the same name."""
    return next((one.name for one in others if str(path) in map(str, one.files or ())), None)


def _strange(path: str, owner: str | None) -> str:
    from search_cli.words import _

    if owner is None:
        return _("{path} is not the file that was installed", path=path)
    return _(
        "{path} is not the file that was installed: the distribution {owner} brings a file of the"
        " same name",
        path=path,
        owner=owner,
    )
