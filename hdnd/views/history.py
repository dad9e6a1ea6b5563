"""The history of an article."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from archive.catalogue.absence import Check, Tombstone
from archive.history.article_history import SHORT, FileHistory, History, State, Version
from hdnd.messages.telling import in_english

__all__ = ["SHORT", "FileHistory", "History", "State", "Tombstone", "Version", "history_json"]


def history_json(history: History) -> dict[str, Any]:
    """Versions, states, files, absences and captures; times in ISO 8601."""
    return {
        "id": history.id,
        "site": history.site,
        "url": history.url,
        "urls": list(history.urls),
        "presence": in_english(history.presence),
        "standing": history.standing,
        "versions": [
            {
                "version": v.digest,
                "short": v.short,
                "title": v.article.title,
                "published_at": _iso(v.article.published_at),
                "first_captured_at": _iso(v.first_captured_at),
                "last_captured_at": _iso(v.last_captured_at),
                "captures": v.captures,
                "truncated": v.truncated,
            }
            for v in history.versions
        ],
        "states": [_state(state, "version") for state in history.states],
        "files": [
            {
                "url": file.url,
                "role": file.role,
                "media_type": file.media_type,
                "states": [_state(state, "payload_digest") for state in file.states],
            }
            for file in history.files
        ],
        "tombstones": [
            {
                "last_found_at": _iso(stone.last_found_at),
                "gone_since": _iso(stone.since),
                "back_at": _iso(stone.back_at),
                "failed": [_check(check) for check in stone.failed],
            }
            for stone in history.tombstones
        ],
        "checks": len(history.checks),
        "captures": [
            {**asdict(seen), "captured_at": _iso(seen.captured_at)} for seen in history.observations
        ],
    }


def _check(check: Check) -> dict[str, Any]:
    return {**asdict(check), "at": _iso(check.at), "answer": in_english(check.answer)}


def _state(state: State, name: str) -> dict[str, Any]:
    return {
        name: state.digest,
        "changed_after": _iso(state.after),
        "first_captured_at": _iso(state.first_captured_at),
        "last_captured_at": _iso(state.last_captured_at),
        "captures": state.captures,
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
