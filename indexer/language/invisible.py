"""Characters that nobody sees, as parts of regular expressions.

What makes a new version of an article has a set of its own, which never changes
(`archive.catalogue.version_identity`).
"""

from __future__ import annotations

DROPPED = "\u00ad\u034f\u061c\u115f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff"
"""No part of a word: soft hyphen, zero-width characters, directional marks, variation selectors."""

PRINTABLE = "\u034f\u115f" + "".join(map(chr, range(0xFE00, 0xFE10)))
"""Those of `DROPPED` that Python calls printable, one by one."""

FORMAT = (
    "\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001345f"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f"
)
"""The Unicode category Cf: what may turn or hide the text beside it."""
