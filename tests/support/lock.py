"""Writes requirements-dev.lock anew: `python -P tests/support/lock.py`."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LOCK = ROOT / "requirements-dev.lock"
_EXTRAS = ("dev", "web")
_HEAD = """\
# Every package that development takes, for CPython 3.11 on Linux x86_64, with the SHA-256 of its
# file. Made by `make lock`; tests/test_lock.py compares it with pyproject.toml.
"""


def asked_for() -> list[Requirement]:
    """What pyproject.toml asks for, to build, to run and to develop."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    project = told["project"]
    lists = [told["build-system"]["requires"], project["dependencies"]]
    lists += [project["optional-dependencies"][extra] for extra in _EXTRAS]
    return [Requirement(one) for given in lists for one in given]


def locked() -> dict[str, tuple[str, list[str]]]:
    """The version and the digests of each package in the lock, by its canonical name."""
    found: dict[str, tuple[str, list[str]]] = {}
    text = LOCK.read_text("utf-8").replace("\\\n", " ")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            pin, *options = line.split()
            name, _, version = pin.partition("==")
            found[name] = version, [one.removeprefix("--hash=sha256:") for one in options]
    return found


def _lines(report: dict[str, Any]) -> list[str]:
    pins = {}
    for one in report["install"]:
        name = canonicalize_name(one["metadata"]["name"])
        digest = one["download_info"]["archive_info"]["hashes"]["sha256"]
        pins[name] = f"{name}=={one['metadata']['version']} \\\n    --hash=sha256:{digest}\n"
    return [pins[name] for name in sorted(pins)]


def _report() -> dict[str, Any]:
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    asked = [str(one) for one in asked_for()]
    command = [*pip, "--dry-run", "--ignore-installed", "--report", "-", *asked]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    report: dict[str, Any] = json.loads(done.stdout)
    return report


if __name__ == "__main__":
    LOCK.write_text(_HEAD + "".join(_lines(_report())), "utf-8")
