"""Mend what can be mended from what is there, the search index included."""

from __future__ import annotations

from archive.fixity.repair import Repaired, repair
from archive.ground.home import Home
from crawler import Extractor
from hdnd.usecases.catch_up import require_archive
from hdnd.usecases.derivations import bring_up_to_date, others
from hdnd.usecases.indexing import indexing_stage, update_index
from hdnd.usecases.stages import OnProgress
from hdnd.usecases.verifying import check_index, checking_stage


def repair_archive(home: Home, on_progress: OnProgress) -> Repaired:
    """Set damaged segments aside and make anew what is derived from them."""
    require_archive(home)
    done = repair(
        home,
        Extractor(),
        others=others(),
        check_index=lambda: check_index(home, deep=True),
        on_progress=checking_stage(on_progress),
    )
    bring_up_to_date(home, on_progress)
    if done.catalogue_rebuilt or done.index_damaged:
        update_index(home, rebuild=True, on_progress=indexing_stage(on_progress))
    return done
