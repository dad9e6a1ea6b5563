"""An act that changes what may be shown, in words."""

from __future__ import annotations

from archive.ground.times import day_and_time
from hdnd.views.withholding import Withholding
from search_cli.safe_text import clean


def act_line(act: Withholding) -> str:
    """An act as one line: when, what, of which article, why, by whom."""
    by = f" ({clean(act.by)})" if act.by else ""
    return (
        f"{day_and_time(act.at)}  {act.act.value:<8}  {clean(act.article)}  {clean(act.reason)}{by}"
    )
