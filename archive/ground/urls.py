"""What all who handle URLs need of RFC 3986."""

from __future__ import annotations


def without_dot_segments(path: str) -> str:
    """A path that begins with a slash, without its segments `.` and `..` (RFC 3986 § 5.2.4)."""
    kept: list[str] = []
    for segment in (segments := path.split("/")):
        if segment == ".." and len(kept) > 1:
            kept.pop()
        elif segment not in (".", ".."):
            kept.append(segment)
    return "/".join([*kept, ""] if segments[-1] in (".", "..") else kept)
