"""The lock of development has all that pyproject.toml asks for, in versions that it allows."""

from __future__ import annotations

import re

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from support.lock import asked_for, locked

_LOCKED_FOR = {"python_version": "3.11", "python_full_version": "3.11.0", "sys_platform": "linux"}


@pytest.mark.parametrize("asked", asked_for(), ids=str)
def test_what_is_asked_for_is_locked_in_a_version_that_is_allowed(asked: Requirement) -> None:
    if asked.marker and not asked.marker.evaluate(dict(_LOCKED_FOR)):
        return
    version, _ = locked()[canonicalize_name(asked.name)]
    assert asked.specifier.contains(version, prereleases=True), "`make lock` brings it up to date"


def test_every_package_has_the_digest_of_its_file() -> None:
    for name, (version, digests) in locked().items():
        assert name == canonicalize_name(name)
        assert re.fullmatch(r"[0-9][\w.!+]*", version), name
        assert digests, name
        assert all(re.fullmatch("[0-9a-f]{64}", digest) for digest in digests), name


def test_what_private_parts_are_used_of_is_bounded_above() -> None:
    """Their exit and canary stand in docs/decisions/0003 and 0017."""
    asked = {canonicalize_name(one.name): one.specifier for one in asked_for()}
    for name in ("scrapy", "twisted", "whoosh-reloaded"):
        assert any(one.operator in ("<", "==", "~=") for one in asked[name]), name
