"""An act that changes what may be shown, in words."""

from __future__ import annotations

from hdnd.views.withholding import Withholding
from search_cli.safe_text import clean
from search_cli.words import N_, _, in_utc

_ACTS = {"withhold": N_("withhold"), "release": N_("release")}


def act_line(act: Withholding) -> str:
    """An act as one line: when, what, of which article, why, by whom."""
    what = _(_ACTS[act.act.value])
    by = f" ({clean(act.by)})" if act.by else ""
    return f"{in_utc(act.at)}  {what:<8}  {clean(act.article)}  {clean(act.reason)}{by}"
