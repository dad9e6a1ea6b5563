"""The cases of `tests/indexer/cases/*.toml`: articles, queries, and what is to be found."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from indexer import Document

CASES = Path(__file__).parents[1] / "indexer/cases"
FILES = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted(CASES.glob("*.toml"))}


def document(identity: str, content: Any) -> Document:
    if not isinstance(content, dict):
        content = {"body": content}
    body = content.get("body", [])
    return Document(
        id=identity,
        title=content.get("title", ""),
        lead=content.get("lead"),
        body=(body,) if isinstance(body, str) else tuple(body),
        date=content.get("date"),
        site=content.get("site", "thanh-giang"),
        category=content.get("category"),
        url=f"http://thanhgiang.example/{identity}",
        has_attachment=content.get("has_attachment", False),
    )
