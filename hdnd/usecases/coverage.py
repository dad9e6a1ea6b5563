"""How complete a site is held, and what of it is not even described."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from archive.catalogue.queries.listings import first_pages, held_urls
from archive.catalogue.queries.runs import descriptions
from archive.ground.errors import SiteError
from archive.ground.home import Home
from archive.ground.message import Message
from archive.history.coverage import coverage_of
from archive.reading import ArchiveReader
from crawler import Site, load_sites
from crawler.extraction.sections import Section, is_described, linked_sections, section_of
from hdnd.views.coverage import SiteCoverage, Undescribed

_OF_A_COUNCIL = re.compile(
    r"h[dđ]nd|h[ôo]i [dđ][ôo]ng nh[âa]n d[âa]n|cử tri|đại biểu|nghị quyết|kỳ họp|giám sát"
    r"|chất vấn|giải trình|cu-tri|dai-bieu|nghi-quyet|ky-hop|giam-sat|chat-van|giai-trinh"
    r"|hoi-dong-nhan-dan",
    re.IGNORECASE,
)


def coverage(home: Home, site: str | None = None) -> list[SiteCoverage]:
    """How completely each site is held, or one; `SiteError` if nothing of that is here."""
    with ArchiveReader.open(home) as reader:
        reader.hold_still()
        known = reader.status().sites
        if site is not None and site not in known:
            hint = Message("usecases.has-sites", sites=known) if known else None
            raise SiteError("usecases.nothing-of-site", site=site, home=home.path, hint=hint)
        return [
            SiteCoverage(
                coverage_of(reader.catalogue, one),
                tuple(sorted(_undescribed(reader, _site(reader, one)), key=_rank)),
            )
            for one in ([site] if site else known)
        ]


def _site(reader: ArchiveReader, site: str) -> Site:
    """A site as its newest run had it, with the categories of its description as it is now."""
    then = Site.from_description(descriptions(reader.catalogue)[site])
    now = load_sites(reader.home).get(site)
    return replace(then, categories=now.categories) if now else then


def _undescribed(reader: ArchiveReader, site: Site) -> Iterator[Undescribed]:
    linked: dict[str, Section] = {}
    for seq in first_pages(reader.catalogue, site.id):
        for section in linked_sections(site, reader.stored(reader.capture(seq))):
            linked.setdefault(section.path, section)
    held = _held(reader, site)
    for path in linked.keys() | held.keys():
        label = linked[path].label if path in linked else ""
        is_likely = _OF_A_COUNCIL.search(f"{path} {label}") is not None
        yield Undescribed(path, label, held[path], is_likely)


def _held(reader: ArchiveReader, site: Site) -> Counter[str]:
    """The number of articles that are held of sections which are not described, by path."""
    urls: dict[str, list[str]] = {}
    for one in held_urls(reader.catalogue, site.id):
        urls.setdefault(one.article, []).append(section_of(one.url))
    return Counter(
        sections[0]
        for sections in urls.values()
        if not any(is_described(site, section) for section in sections)
    )


def _rank(one: Undescribed) -> tuple[bool, bool, str]:
    return not one.held, not one.is_likely, one.path
