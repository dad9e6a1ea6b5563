"""What a check of an archive found, and what a repair did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from archive.fixity.check_store import StoreCheck
from archive.fixity.damage import Damage
from archive.fixity.repaired import Repaired
from archive.fixity.verify import NotChecked, Verification
from archive.warc.replacing import Replacement
from hdnd.messages.telling import in_english

__all__ = [
    "Damage",
    "NotChecked",
    "Repaired",
    "Replacement",
    "StoreCheck",
    "Verification",
    "damage_json",
    "verification_json",
]


def verification_json(verification: Verification, damages: Sequence[Damage]) -> dict[str, Any]:
    """A whole check: what was read, and what is not as it was written."""
    stored = {"stored": _stored_json(verification.store)} if verification.store else {}
    return {
        "sound": not damages,
        "segments": verification.segments,
        "records": verification.records,
        "bytes": verification.bytes_read,
        "head": verification.head and f"sha256:{verification.head}",
        "deposited": asdict(verification.covered) if verification.covered else None,
        "not_checked": [part.value for part in verification.not_checked],
        "behind": [
            {"segment": lag.segment.name, "groups": lag.groups} for lag in verification.behind
        ],
        "replacements": [asdict(one) for one in verification.replacements],
        **stored,
        "damages": [damage_json(damage) for damage in damages],
    }


def _stored_json(check: StoreCheck) -> dict[str, Any]:
    names = ("url", "asked", "read", "waiting")
    trouble = check.trouble and in_english(check.trouble.said)
    return {**{name: getattr(check, name) for name in names}, "trouble": trouble}


def damage_json(damage: Damage) -> dict[str, Any]:
    """One damage; its offset in bytes."""
    said = {name: in_english(getattr(damage, name)) for name in ("what", "remedy")}
    return {**asdict(damage), **said}
