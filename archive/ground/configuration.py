"""What an operator sets: environment variables, and one file, `hdnd.toml`.

    [index]
    url = "opensearchs://search.example:9200/articles"

The environment wins over the file; an empty variable says that nothing is set. Where there is no
file, none is opened.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing import NoReturn

    from archive.ground.home import Home
    from archive.ground.message import Value

FILE = "hdnd.toml"
FILE_VARIABLE = "HDND_CONFIG"
"""Names the file where it does not lie in the archive's folder."""

VARIABLES = {
    "index": {
        "url": "HDND_INDEX",
        "ca": "HDND_INDEX_CA",
        "user": "HDND_INDEX_USER",
        "password": "HDND_INDEX_PASSWORD",
        "api_key": "HDND_INDEX_API_KEY",
        "shards": "HDND_INDEX_SHARDS",
        "replicas": "HDND_INDEX_REPLICAS",
    },
    "store": {"url": "HDND_STORE"},
}
"""The keys of each table of the file, and the variables that stand for them."""

SECRETS = ("password", "api_key")
NUMBERS = ("shards", "replicas")


def configured(home: Home, table: str, key: str) -> str | None:
    """What is set for a key of `VARIABLES`, None if nothing is.

    Raises `UsageError` for a file that can't be read, that has a key nobody knows, or that lets
    others read a password.
    """
    given = os.environ.get(VARIABLES[table][key])
    if given is not None:
        return given or None
    path = os.environ.get(FILE_VARIABLE)
    if path and not os.path.isfile(path):  # noqa: PTH113  (see `archive.ground.home`)
        _refuse("archive.configuration-missing", path=path)
    path = path or os.path.join(home.folder, FILE)  # noqa: PTH118
    if not os.path.isfile(path):  # noqa: PTH113
        return None
    value = _read(path).get(table, {}).get(key, "")
    return str(value) or None


def _read(path: str) -> dict[str, dict[str, str | int]]:
    import tomllib

    from archive.ground.causes import cause_of

    try:
        with open(path, "rb") as file:  # noqa: PTH123
            mode = os.fstat(file.fileno()).st_mode
            said: dict[str, Any] = tomllib.load(file)
    except (OSError, ValueError, RecursionError) as error:
        _refuse("archive.configuration-broken", path=path, reason=cause_of(error))
    for table, keys in said.items():
        known = VARIABLES.get(table, {})
        unknown = [table] if not known or not isinstance(keys, dict) else sorted({*keys} - {*known})
        if unknown:
            names = ", ".join(f"[{name}] {', '.join(has)}" for name, has in VARIABLES.items())
            key = unknown[0] if unknown == [table] else f"[{table}] {unknown[0]}"
            _refuse("archive.configuration-unknown", path=path, key=key, names=names)
        for key, value in keys.items():
            kind = int if key in NUMBERS else str
            if type(value) is not kind:
                code = "no-number" if key in NUMBERS else "no-text"
                _refuse(f"archive.configuration-{code}", path=path, key=f"[{table}] {key}")
            if key in SECRETS and mode & 0o077:
                _refuse("archive.configuration-open", path=path, key=f"[{table}] {key}")
    return said


_HINTS = {
    "archive.configuration-missing": "archive.unset-hdnd-config",
    "archive.configuration-broken": "archive.write-it-as-toml",
    "archive.configuration-unknown": "archive.keys-are",
    "archive.configuration-no-text": "archive.write-it-in-quotes",
    "archive.configuration-no-number": "archive.write-it-as-number",
    "archive.configuration-open": "archive.close-it",
}


def _refuse(code: str, **values: Value) -> NoReturn:
    from archive.ground.errors import UsageError
    from archive.ground.message import Message

    raise UsageError(Message(code, **values), hint=Message(_HINTS[code], **values))
