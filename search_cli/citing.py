"""A citation as text and as BibTeX."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hdnd.views.citation import SHORT, Citation
from search_cli.safe_text import clean

_SPECIAL = re.compile(r"[\\{}&%$#_~^]")
_AS_COMMAND = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


def citation_text(citation: Citation) -> Iterator[str]:
    """A paragraph for a footnote, then what proves it."""
    published = citation.published_at
    date = f", published {published:%Y-%m-%d %H:%M} ({published:%Z})" if published else ""
    captured = citation.captured_at
    yield f"“{clean(citation.title)}”. {clean(citation.site)}{date}. {clean(citation.url)}"
    yield f"Captured {captured:%Y-%m-%d %H:%M:%S} UTC. Archived: {clean(citation.archived_url)}"
    if citation.problem:
        yield f"Not whole: {clean(citation.problem)}"
    yield f"Version {citation.version}"
    yield f"Payload {citation.payload_digest}"
    yield f"Record {citation.record_id} in {citation.segment}"


def citation_bibtex(citation: Citation) -> Iterator[str]:
    """A BibLaTeX `@online` entry."""
    fields = {
        "title": f"{{{_escaped(citation.title)}}}",
        "organization": _escaped(citation.site),
        "date": citation.published_at.date().isoformat() if citation.published_at else "",
        "url": clean(citation.archived_url),
        "urldate": citation.captured_at.date().isoformat(),
        "note": _escaped(
            f"Original: {citation.url}. Captured {citation.captured_at:%Y-%m-%d %H:%M:%S} UTC,"
            f" version {citation.version}, payload {citation.payload_digest},"
            f" record {citation.record_id} in {citation.segment}"
            + (f". Not whole: {citation.problem}" if citation.problem else "")
        ),
    }
    yield f"@online{{{citation.id}-{citation.version[:SHORT]},"
    yield from (f"  {name} = {{{value}}}," for name, value in fields.items() if value)
    yield "}"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda m: _AS_COMMAND.get(m[0], f"\\{m[0]}"), clean(text))
