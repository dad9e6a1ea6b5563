"""An act by which an article must not be shown, or may be again."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from archive.catalogue.queries.withholding import Act, Withholding

__all__ = ["Act", "Withholding", "withholding_json"]


def withholding_json(act: Withholding) -> dict[str, Any]:
    """An act; its time in ISO 8601."""
    return {**asdict(act), "at": act.at.isoformat()}
