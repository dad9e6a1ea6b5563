"""Citations: a footnote that leads to exactly one capture, and how to prove it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from werkzeug.wrappers import Response

from hdnd.messages import citing
from hdnd.usecases.reading import citation
from web_reader.formats import shown
from web_reader.showing import as_json, html

if TYPE_CHECKING:
    from web_reader.reader_request import ReaderRequest

_FORMS = {
    ".bib": (citing.citation_bibtex, "application/x-bibtex"),
    ".ris": (citing.citation_ris, "application/x-research-info-systems"),
    ".txt": (citing.citation_text, "text/plain"),
}


def cite(asked: ReaderRequest, id: str, form: str = "") -> Response:
    """A citation of a version, the standing one if none is named."""
    replay = asked.whole(asked.link("replay"))
    cited = citation(
        asked.home, id, version=asked.value("version") or None, prefix=replay.rstrip("/")
    )
    if form == ".json":
        return as_json([citing.citation_csl(cited, asked.language)])
    texts = {
        name: "\n".join(shown(line) for line in write(cited, asked.language))
        for name, (write, _) in _FORMS.items()
    }
    if form:
        kind = _FORMS[form][1]
        response = Response(texts[form] + "\n", content_type=f"{kind}; charset=utf-8")
        if form != ".txt":
            response.headers.set("Content-Disposition", "attachment", filename=f"{cited.id}{form}")
        return response
    return html(asked, "cite.html", cited=cited, texts=texts, csl=asked.here(".json"))
