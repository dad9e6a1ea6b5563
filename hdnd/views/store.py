"""What was brought to object storage, and what it holds."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from archive.storage import Dropped, Pushed, StoreState
from hdnd.messages.telling import in_english

__all__ = ["Dropped", "Pushed", "StoreState", "dropped_json", "pushed_json", "state_json"]


def pushed_json(done: Pushed) -> dict[str, Any]:
    """What a push did."""
    return asdict(done)


def dropped_json(done: Dropped) -> dict[str, Any]:
    """What was deleted here, what was kept, and what is wrong in the store."""
    told = {name: getattr(done, name) for name in ("store", "segments", "size", "kept")}
    return {**told, "wrong": [in_english(error.said) for error in done.wrong]}


def state_json(state: StoreState) -> dict[str, Any]:
    """How the store stands to the manifest."""
    names = ("store", "segments", "held", "waiting", "alone", "unnoted", "removed", "strange")
    return {
        **{name: getattr(state, name) for name in names},
        "elsewhere": dict(state.elsewhere),
        "manifest": state.manifest,
        "sound": state.is_sound,
        "unlisted": state.unlisted and in_english(state.unlisted.said),
        "wrong": [in_english(error.said) for error in state.wrong],
        "chain": state.chain and in_english(state.chain.said),
    }
