"""Take in what other programs captured, and index it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from pathlib import Path

from archive.ground.errors import HdndError
from archive.ground.home import Home
from archive.importing import Imported, Trouble, import_files
from archive.store import Archive
from crawler import Extractor, Site, SiteRouting, load_sites
from crawler.sites.site_selection import choose_site
from hdnd.usecases.crawling import index_behind
from hdnd.usecases.derivations import others
from hdnd.usecases.stages import OnProgress, Stage, StageProgress
from hdnd.views.index import Indexed

_LOGGER = logging.getLogger(__name__)


def import_and_index(
    home: Home,
    files: Sequence[Path],
    on_progress: OnProgress,
    *,
    site: str | None = None,
    host: str | None = None,
    on_trouble: Callable[[Trouble], None],
) -> tuple[Imported, Indexed | HdndError]:
    """Take in the captures of files, of one site or of all that are known, then index them.

    `host` is where they were made, in place of the site's own. `on_trouble` is told of every place
    that could not be read or taken in; the rest is taken in.
    """

    def on_trouble_logged(trouble: Trouble) -> None:
        _LOGGER.warning(
            "something in a file was not taken in",
            extra={"file": trouble.file, "place": trouble.place, "reason": trouble.what},
        )
        on_trouble(trouble)

    choose = SiteRouting(_sites(home, site, host), learning=not (site or host))
    with Archive(home, Extractor(), others=others()) as archive:
        done = import_files(
            archive,
            files,
            choose,
            on_trouble=on_trouble_logged,
            on_progress=lambda file, count: on_progress(
                StageProgress(Stage.IMPORT, count, item=str(file))
            ),
        )
    for reason, count in sorted(done.skipped.items()):
        _LOGGER.info("captures were left out", extra={"reason": reason, "captures": count})
    _LOGGER.info(
        "an import ended",
        extra={
            "taken_in": done.taken.total(),
            "known": done.known,
            "troubles": done.troubles,
            "articles": done.articles,
        },
    )
    return done, index_behind(home, on_progress)


def _sites(home: Home, site: str | None, host: str | None) -> list[Site]:
    if site or host:
        return [choose_site(home, site, host=host, anyway=True)]
    return list(load_sites(home).values())
