"""A citation as text, and as BibTeX, RIS and CSL-JSON for programs that keep references."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from archive.history.article_history import SHORT
from archive.history.citation import Citation
from hdnd.messages.language import Language

_LEVELS = {
    "tỉnh": "Province",
    "thành phố": "City",
    "quận": "District",
    "huyện": "District",
    "thị xã": "Town",
    "phường": "Ward",
    "xã": "Commune",
    "thị trấn": "Township",
    "đặc khu": "Special Zone",
}
_SPECIAL = re.compile(r"[\\{}&%$#_~^]")
_AS_COMMAND = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


@dataclass(frozen=True, slots=True)
class _Words:
    """What a citation says in one language."""

    published: str
    captured: str
    captured_in: str
    archived: str
    not_whole: str
    certificate: str
    untrusted: str
    original: str
    proof: tuple[str, str, str]
    date: str
    time: str


_WORDS: dict[Language, _Words] = {
    "en": _Words(
        "published {} ({})",
        "Captured {} UTC",
        "Captured some time in {}, as its record says no more",
        "Archived: {}",
        "Not whole: {}",
        "Certificate SHA-256 {}",
        "no browser would trust it: {}",
        "Original: {}",
        ("Version {}", "Payload {}", "Record {} in {}"),
        "%Y-%m-%d %H:%M",
        "%Y-%m-%d %H:%M:%S",
    ),
    "vi": _Words(
        "đăng {} ({})",
        "Bản chụp lúc {} UTC",
        "Bản chụp trong khoảng {}, bản ghi không nói rõ hơn",
        "Lưu trữ: {}",
        "Không đầy đủ: {}",
        "Chứng thư SHA-256 {}",
        "không trình duyệt nào tin: {}",
        "Bản gốc: {}",
        ("Phiên bản {}", "Mã băm nội dung {}", "Bản ghi {} trong {}"),
        "%d/%m/%Y %H:%M",
        "%d/%m/%Y %H:%M:%S",
    ),
}


def citation_text(citation: Citation, language: Language) -> Iterator[str]:
    """A paragraph for a footnote, then what proves it."""
    words, published = _WORDS[language], citation.published_at
    date = (
        words.published.format(f"{published:{words.date}}", f"{published:%Z}") if published else ""
    )
    source = ", ".join(filter(None, [publisher(citation, language), date]))
    captured = _captured(citation, words)
    yield f"“{citation.title}”. {source}. {citation.url}"
    archived = citation.archived_url
    yield f"{captured}.{f' {words.archived.format(archived)}' if archived else ''}"
    if citation.problem:
        yield words.not_whole.format(citation.problem)
    if citation.certificate:
        trouble = citation.certificate_trouble
        untrusted = f"; {words.untrusted.format(trouble)}" if trouble else ""
        yield f"{words.certificate.format(citation.certificate)}{untrusted}"
    yield from _proof(citation, words)


def citation_bibtex(citation: Citation, language: Language) -> Iterator[str]:
    """A BibLaTeX `@online` entry."""
    words = _WORDS[language]
    captured = _captured(citation, words)
    notes = [words.original.format(citation.url)] if citation.archived_url else []
    notes += [", ".join([captured, *_proof(citation, words)])]
    notes += [words.not_whole.format(citation.problem)] if citation.problem else []
    fields = {
        "title": f"{{{_escaped(citation.title)}}}",
        "organization": f"{{{_escaped(publisher(citation, language))}}}",
        "date": citation.published_at.date().isoformat() if citation.published_at else "",
        "url": citation.archived_url or citation.url,
        "urldate": (citation.captured_in or citation.captured_at.date().isoformat())[:10],
        "note": _escaped(". ".join(notes)),
    }
    yield f"@online{{{citation.id}-{citation.version[:SHORT]},"
    yield from (f"  {name} = {{{value}}}," for name, value in fields.items() if value)
    yield "}"


def citation_ris(citation: Citation, language: Language) -> Iterator[str]:
    """An entry in the RIS format (Research Information Systems)."""
    published, captured = citation.published_at, citation.captured_at
    fields = [
        ("TY", "ELEC"),
        ("ID", f"{citation.id}-{citation.version[:SHORT]}"),
        ("TI", citation.title),
        ("AU", publisher(citation, language)),
        ("PY", f"{published:%Y}" if published else ""),
        ("DA", f"{published:%Y/%m/%d}" if published else ""),
        ("UR", citation.archived_url or citation.url),
        ("L2", citation.url if citation.archived_url else ""),
        ("Y2", (citation.captured_in or f"{captured:%Y-%m-%d}")[:10].replace("-", "/")),
        ("LA", "vi"),
        *(("N1", line) for line in _notes(citation, language)),
    ]
    yield from (f"{name}  - {' '.join(value.split())}" for name, value in fields if value)
    yield "ER  - "


def citation_csl(citation: Citation, language: Language) -> dict[str, Any]:
    """An item of CSL-JSON (Citation Style Language 1.0.2)."""
    item = {
        "id": f"{citation.id}-{citation.version[:SHORT]}",
        "type": "webpage",
        "title": citation.title,
        "author": [{"literal": publisher(citation, language)}],
        "container-title": citation.site_name,
        "URL": citation.archived_url or citation.url,
        "issued": _date_parts(citation.published_at),
        "accessed": _date_parts(citation.captured_at),
        "language": "vi",
        "note": "; ".join(_notes(citation, language)),
    }
    return {name: value for name, value in item.items() if value}


def _date_parts(moment: datetime | None) -> dict[str, list[list[int]]] | None:
    return {"date-parts": [[moment.year, moment.month, moment.day]]} if moment else None


def _notes(citation: Citation, language: Language) -> Iterator[str]:
    words = _WORDS[language]
    if citation.archived_url:
        yield words.original.format(citation.url)
    yield _captured(citation, words)
    yield from _proof(citation, words)
    if citation.problem:
        yield words.not_whole.format(citation.problem)


def _captured(citation: Citation, words: _Words) -> str:
    """When it was captured, no more exactly than its record says."""
    if citation.captured_in:
        return words.captured_in.format(citation.captured_in)
    return words.captured.format(f"{citation.captured_at:{words.time}}")


def _proof(citation: Citation, words: _Words) -> Iterator[str]:
    """The version, the payload's digest and the record, as they can be checked."""
    version, payload, record = words.proof
    yield version.format(citation.version)
    yield payload.format(citation.payload_digest)
    yield record.format(citation.record_id, citation.segment)


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda m: _AS_COMMAND.get(m[0], f"\\{m[0]}"), text)


def publisher(citation: Citation, language: str) -> str:
    """The council whose site it is; the site's own name if its description names no council."""
    level, place = citation.council_level, citation.council_place
    if not place:
        return citation.site_name
    if language == "vi":
        return " ".join(["Hội đồng nhân dân", *filter(None, [level]), place])
    of = _LEVELS.get(level.lower(), "")
    return " ".join(["People’s Council of", place, *filter(None, [of])])
