"""What goes with a package, so that its receiver can tie it to what was deposited.

The manifest with its head, the description of the format, the descriptions of the sites, and the
checks that were made as PREMIS events (Library of Congress, PREMIS 3.0).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files
from xml.etree import ElementTree as Xml

from archive.catalogue.queries.runs import descriptions
from archive.export.selection import Selected
from archive.fixity.check_log import CheckRecord, last_checks

FOLDER = "proof"

_PREMIS = "http://www.loc.gov/premis/v3"
_MOST_CHECKS = 1000
_README = """\
What is in this folder

manifest.jsonl     one line for each closed segment of the archive that this package is of: size,
                   SHA-256, number of records, and the SHA-256 of the line before. The head is the
                   SHA-256 of the last line: tail -n 1 manifest.jsonl | sha256sum
                   A WARC file of this package that has a segment's own name is that segment, byte
                   for byte, and its SHA-256 is in its line. One named ...-part.warc.gz holds some
                   of its records, whose members are copied byte for byte as well.
archive-format.md  what the records and fields mean
site-*.json        the descriptions by which the sites were visited and read
premis.xml         the checks that were made of the archive (PREMIS 3.0 events)
"""


def proof_files(chosen: Selected) -> Iterator[tuple[str, bytes]]:
    """The name and content of each file, below `FOLDER`."""
    home = chosen.reader.home
    yield "README.txt", _README.encode()
    if home.manifest.is_file():
        yield "manifest.jsonl", home.manifest.read_bytes()
    yield "archive-format.md", files("archive").joinpath("archive-format.md").read_bytes()
    for site, description in sorted(descriptions(chosen.reader.catalogue).items()):
        if chosen.selection.site in (None, site):
            told = json.dumps(description, ensure_ascii=False, indent=1, sort_keys=True)
            yield f"site-{site}.json", told.encode()
    checks = last_checks(home, _MOST_CHECKS)
    if checks:
        yield "premis.xml", _premis(checks)


def _premis(checks: list[CheckRecord]) -> bytes:
    Xml.register_namespace("premis", _PREMIS)
    root = Xml.Element(f"{{{_PREMIS}}}premis", {"version": "3.0"})
    for number, check in enumerate(checks, 1):
        event = _element(root, "event")
        identifier = _element(event, "eventIdentifier")
        _element(identifier, "eventIdentifierType", "local")
        _element(identifier, "eventIdentifierValue", f"check-{number}-{check.ended}")
        _element(event, "eventType", "fixity check")
        _element(event, "eventDateTime", f"{check.began}/{check.ended}")
        detail = _element(event, "eventDetailInformation")
        _element(detail, "eventDetail", _detail(check))
        outcome = _element(event, "eventOutcomeInformation")
        _element(outcome, "eventOutcome", "fail" if check.damages else "pass")
        note = _element(outcome, "eventOutcomeDetail")
        _element(note, "eventOutcomeDetailNote", _outcome(check))
        for kind, agent in (("implementer", check.by), ("executing program", check.software)):
            link = _element(event, "linkingAgentIdentifier")
            _element(link, "linkingAgentIdentifierType", "local")
            _element(link, "linkingAgentIdentifierValue", agent)
            _element(link, "linkingAgentRole", kind)
    Xml.indent(root)
    told: bytes = Xml.tostring(root, encoding="utf-8")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + told


def _element(parent: Xml.Element, name: str, text: str | None = None) -> Xml.Element:
    element = Xml.SubElement(parent, f"{{{_PREMIS}}}{name}")
    if text is not None:
        element.text = "".join(c for c in text if c.isprintable())
    return element


def _detail(check: CheckRecord) -> str:
    what = f"{check.segments} segments, {check.records} records, {check.bytes} bytes read"
    start = f", from segment {check.since} on" if check.since else ""
    if check.read:
        start += f" ({check.read})"
    return what + start + (", all that is derived derived again" if check.deep else "")


def _outcome(check: CheckRecord) -> str:
    head = f"; head of the manifest sha256:{check.head}" if check.head else ""
    return f"{check.damages} damages{head}"
