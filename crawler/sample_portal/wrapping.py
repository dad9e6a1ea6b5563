"""The boxes that the portal software puts around everything, and the blanks it leaves behind."""

from __future__ import annotations

import re
from html import escape

GAP = "\n" * 12 + "\t\n\t\t\n" * 4


def portlet(portlet_id: str, kind: str, content: str, title: str = "") -> str:
    """One box of a page in the portal's wrapping; without a title it has no border."""
    short = portlet_id.split("_INSTANCE_")[0]
    start = (
        f'<div class="portlet-boundary portlet-boundary_{short}_  portlet-static '
        f'portlet-static-end {"" if title else "portlet-borderless "}{kind} " '
        f'id="p_p_id_{portlet_id}_" >'
        f'<span id="p_{portlet_id}"></span>{GAP}'
    )
    if not title:
        return (
            f'{start}<div class="portlet-borderless-container" style="">'
            f'<div class="portlet-body">{GAP}{content}</div></div></div>\n'
        )
    return (
        f'{start}<section class="portlet" id="portlet_{portlet_id}"><header class="portlet-topper">'
        '<h1 class="portlet-title"><span class="portlet-title-icon"> &nbsp; </span> '
        f'<span class="portlet-title-text">{escape(title)}</span></h1></header>'
        '<div class="portlet-content"><div class=" portlet-content-container" style="">'
        f'<div class="portlet-body">{GAP}{content}</div></div></div></section></div>\n'
    )


def script_text(text: str) -> str:
    """A URL inside a JavaScript string, as the portal escapes it."""
    return re.sub(r"[^\w.-]", lambda found: f"\\x{ord(found[0]) & 255:02x}", text, flags=re.ASCII)
