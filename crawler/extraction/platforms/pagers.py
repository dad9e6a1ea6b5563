"""Which of a pager's links leads to the next page, whatever the pager looks like.

A pager may have a link that says so, numbers of which the next is wanted, or scripts that post the
page back (ASP.NET).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import parse_qsl, urlsplit

from selectolax.lexbor import LexborNode

from crawler.extraction.node_texts import text_of
from crawler.sites.canonical_urls import absolute
from crawler.sites.posted_forms import EVENT_ARGUMENT, EVENT_TARGET, posted, split_posted

_POSTBACK = re.compile(r"__doPostBack\(\s*'([^']*)'\s*,\s*'([^']*)'\s*\)")
_NEXT = re.compile(
    r"(trang\s+)?(sau|tiếp|kế)(\s+(theo|tiếp))?|next(\s+page)?|trang\s+kế(\s+tiếp)?|xem\s+thêm"
    r"|older(\s+posts)?|cũ\s+hơn",
    re.IGNORECASE,
)
_ARROWS = ("›", "»", ">", "→", ">>")
_CURRENT = re.compile(r"\b(active|current|selected)\b", re.IGNORECASE)
_LONGEST_PAGE = 6


class _Step:
    """One link of a pager: where it leads, and what it says."""

    def __init__(self, here: str, href: str, node: LexborNode | None) -> None:
        self.node = node
        text = text_of(node)
        self.url = _target(here, href)
        self.text = text.strip("[](). ")
        number = self.text.isascii() and self.text.isdecimal() and len(text) <= _LONGEST_PAGE
        self.number = int(self.text) if number else None
        own = node.attributes if node is not None else {}
        above = node.parent.attributes if node is not None and node.parent is not None else {}
        told = (own.get("aria-label"), own.get("title"))
        self.says_next = own.get("rel") == "next" or any(
            _NEXT.fullmatch(words.strip(" »›>→«‹<")) is not None
            for words in (self.text, *told)
            if words
        )
        classes = f"{own.get('class') or ''} {above.get('class') or ''}"
        self.is_current = bool(_CURRENT.search(classes)) or own.get("aria-current") == "page"
        self.is_arrow = self.text in _ARROWS or "next" in classes.split()
        self.is_disabled = "disabled" in classes.split()


def next_in_pager(here: str, links: Sequence[tuple[str, LexborNode | None]]) -> str | None:
    """The address of the page after `here`; None on the last page. Links as they stand."""
    steps = [_Step(here, href, node) for href, node in links]
    if len({step.url for step in steps}) == 1 and steps[0].number is None:
        only = steps[0]
        return only.url if only.url != here and not only.is_disabled else None
    told = [step for step in steps if step.says_next and not step.is_disabled and step.url]
    if told:
        return told[0].url if told[0].url != here else None
    if numbered := {step.number: step for step in steps if step.number is not None}:
        current = _current(here, steps)
        following = numbered.get(current + 1)
        if following is not None:
            return following.url
        if current >= max(numbered):
            return None
    arrows = [step for step in steps if step.is_arrow and not step.is_disabled and step.url]
    onward = next((step.url for step in arrows if step.text in ("›", ">", "→")), None)
    url = onward or (arrows[0].url if arrows else None)
    return url if url != here else None


def _target(here: str, href: str) -> str | None:
    if back := _POSTBACK.search(href):
        asked = split_posted(here)[0]
        return posted(asked, [(EVENT_TARGET, back[1]), (EVENT_ARGUMENT, back[2])])
    return absolute(here, href)


def _current(here: str, steps: Sequence[_Step]) -> int:
    """The number of this page, by the pager's own account, by its address, or by what it lacks."""
    numbered = [step for step in steps if step.number is not None]
    for step in numbered:
        if step.is_current or step.url == here:
            return step.number or 1
    if (by_address := _by_address(here, numbered)) is not None:
        return by_address
    numbers = sorted({step.number or 0 for step in numbered})
    lacking = next((n for n in range(numbers[0], numbers[-1]) if n not in numbers), None)
    if lacking is not None:
        return lacking
    return 1 if numbers[0] > 1 else numbers[-1] + 1


def _by_address(here: str, numbered: Sequence[_Step]) -> int | None:
    """The number of this page by what in the pager's addresses goes with their numbers."""
    own = _numbers(here)
    for step in numbered:
        for name, value in _numbers(step.url or "").items():
            others = [(_numbers(s.url or "").get(name), s.number or 0) for s in numbered]
            shifts = {v - n for v, n in others if v is not None}
            if len(numbered) > 1 and len(shifts) == 1 and None not in [v for v, _ in others]:
                (shift,) = shifts
                if shift in (0, -1):
                    return own[name] - shift if name in own else 1
            if len(numbered) == 1 and value == step.number:
                return own.get(name, 1)
    return None


def _numbers(url: str) -> dict[str, int]:
    """The numbers in an address by where they stand."""
    target, fields = split_posted(url)
    parts = urlsplit(target)
    found = {}
    for name, value in (*parse_qsl(parts.query), *fields):
        digits = re.findall(r"\d{1,6}", value)
        if digits and (value.isdecimal() or name == EVENT_ARGUMENT):
            found[f"?{name}"] = int(digits[-1])
    shape = ""
    for text, digits in re.findall(r"(\D*)(\d*)", parts.path):
        shape += text
        if digits and len(digits) <= _LONGEST_PAGE:
            found[shape] = int(digits)
        shape += "#" if digits else ""
    return found
