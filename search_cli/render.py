"""Answers and dates as a person reads them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

import click

from search_cli.safe_text import clean
from search_cli.terminal import Highlighting, columns, lines
from search_cli.words import _, in_figures, in_words, ngettext, when

if TYPE_CHECKING:
    from hdnd.views.fate import Fate
    from indexer.documents import Answer, FilePlace, Hit

_INDENT = "    "


class View(NamedTuple):
    """How answers are shown: highlighted how, in how many columns (None: lines are not broken)."""

    highlighting: Highlighting
    width: int | None


def published(text: str | None) -> str:
    """The published time of an index's answer, or that there is none."""
    return when(datetime.fromisoformat(text)) if text else _("no date")


def answer_lines(
    answer: Answer, page: int, limit: int, view: View, fates: Mapping[str, Fate] | None = None
) -> Iterator[str]:
    """One page of an answer; `fates` says by id what became of words that stood there once."""
    first = (page - 1) * limit + 1
    yield from lines(heading(answer, first), width=view.width)
    kind = ""
    for number, hit in enumerate(answer.hits, first):
        yield ""
        if answer.total and (other := _kind(hit, answer)) != kind:
            kind = other
            said = kind or _("with all of the words")
            yield _dim(f"— {said} —", view)
        yield from hit_lines(hit, number, view)
        if fates and hit.id in fates:
            from hdnd.views.fate import fate_message

            yield _INDENT + clean(in_words(fate_message(fates[hit.id])))


def _kind(hit: Hit, answer: Answer) -> str:
    """What a hit has of what was typed, where not all of an answer have the same."""
    if hit.partial:
        return _("without some of the words")
    if answer.as_typed == answer.total:
        return ""
    if not hit.as_typed:
        return _("the same letters only")
    return _("as typed") if answer.exact == answer.as_typed else _("with every mark typed")


def typed_of_them(answer: Answer, count: int) -> str:
    """How many of some articles have every mark that was typed."""
    if answer.exact == answer.as_typed:
        return _("({count} as typed)", count=count)
    return _("({count} with every mark typed)", count=count)


def facet_lines(
    answer: Answer,
    counts: Sequence[tuple[str, int]],
    typed: Mapping[str, int],
    width: int | None,
) -> Iterator[str]:
    """Values with their counts, and a bar for each that is as long as its share of the largest.

    Where not all of a count are as typed, it says how many are.
    """
    names = [clean(value) or _("none") for value, _count in counts]
    column = max((columns(name) for name in names), default=0)
    largest = max((count for _value, count in counts), default=1)
    digits = len(in_figures(largest))
    room = max(10, min(width or 80, 100) - column - digits - 4)
    for name, (value, count) in zip(names, counts, strict=True):
        bar = "█" * (max(1, round(room * count / largest)) if count else 0)
        if typed.get(value, 0) != count:
            bar += "  " + typed_of_them(answer, typed.get(value, 0))
        line = f"{name}{' ' * (column - columns(name))}  {in_figures(count):>{digits}}  {bar}"
        yield line.rstrip()


def heading(answer: Answer, first: int) -> str:
    """How many articles match, and which of them follow."""
    if answer.fallback and not answer.hits:
        return _("No article found as typed, and no near miss on this page.")
    if answer.fallback == "partial":
        return _("No article has all of these words. Those that have most of them:")
    if answer.fallback:
        return _("No article found as typed. Near misses:")
    if not answer.total:
        return nothing_found(answer)
    found = _found(answer)
    if not answer.hits:
        return _("{found}, none of them on this page.", found=found)
    last = first + len(answer.hits) - 1
    whole = sum(not hit.partial for hit in answer.hits)
    if whole < len(answer.hits) and any(hit.partial for hit in answer.hits[:whole]):
        return _(
            "{found}; {first}–{last}, of which {partial} lack some of the words, not counted:",
            found=found,
            first=first,
            last=last,
            partial=last - first + 1 - whole,
        )
    if answer.beside:
        counted = f"; {_span(first, first + whole - 1)}" if whole else ""
        shown = f", {_span(first + whole, last)}" if whole < len(answer.hits) else ""
        return _(
            "{found}{counted}; beside them, not counted: {beside} that lack some of the words"
            "{shown}:",
            found=found,
            counted=counted,
            beside=answer.beside,
            shown=shown,
        )
    if last == answer.total and first == 1:
        return f"{found}."
    return f"{found}{';' if ':' in found else ','} {_span(first, last)}:"


def _found(answer: Answer) -> str:
    if answer.at_least:
        found = ngettext(
            "at least {count} article found", "at least {count} articles found", answer.total
        )
    else:
        found = ngettext("{count} article found", "{count} articles found", answer.total)
    return f"{found}: {apart(answer)}" if answer.as_typed < answer.total else found


def _span(first: int, last: int) -> str:
    if first == last:
        return _("no. {number}", number=in_figures(first))
    return f"{in_figures(first)}–{in_figures(last)}"


def nothing_found(answer: Answer) -> str:
    """That nothing was found, as far as it was looked for."""
    if answer.at_least:
        return _("No article found among those looked at.")
    return _("No article found.")


def apart(answer: Answer) -> str:
    """How many of the articles found are as typed, and how many have only the letters."""
    letters = answer.total - answer.as_typed
    if answer.exact < answer.as_typed:
        return _(
            "{typed} with every mark typed ({exact} exactly so), {letters} with the same letters"
            " only",
            typed=answer.as_typed,
            exact=answer.exact,
            letters=letters,
        )
    return _(
        "{typed} as typed, {letters} with the same letters only",
        typed=answer.as_typed,
        letters=letters,
    )


def hit_lines(hit: Hit, number: int, view: View) -> Iterator[str]:
    """One answer: title, date, site and category, the passage that matches, id and URL."""
    width = view.width and view.width - len(_INDENT)
    title = lines(
        hit.title, hit.title_spans, highlighting=view.highlighting, width=width, bold=True
    )
    for at, line in enumerate(title):
        yield f"{_INDENT if at else f'{number:>2}. '}{line}"
    gone = _("gone from the site") if hit.gone else None
    lacking = _("missing: {words}", words=", ".join(hit.lacking)) if hit.lacking else None
    facts = [published(hit.published_at), hit.site, ", ".join(hit.categories), gone, lacking]
    for line in lines(" · ".join(fact for fact in facts if fact), width=width):
        yield _INDENT + _dim(line, view)
    if hit.file:
        yield _INDENT + _dim(in_file(hit.file), view)
    place = hit.file
    for passage in hit.passages:
        if passage.file and passage.file != place:
            yield _INDENT + _dim(in_file(passage.file), view)
        place = passage.file
        for line in lines(passage.text, passage.spans, highlighting=view.highlighting, width=width):
            yield _INDENT + line
    if hit.snippet and not hit.passages:
        for line in lines(
            hit.snippet, hit.snippet_spans, highlighting=view.highlighting, width=width
        ):
            yield _INDENT + line
    for line in _where(clean(hit.id), clean(hit.url), width):
        yield _INDENT + _dim(line, view)


def in_file(place: FilePlace) -> str:
    """In which attachment, and on which page of it, an answer stands."""
    name = f"{clean(place.name)}, {clean(place.part)}" if place.part else clean(place.name)
    where = _("in the file {file}, page {page}", file=name, page=place.page)
    if place.ocr:
        where += " " + _("(read by OCR)")
    return where if place.stands else where + " " + _("(an earlier file)")


def _where(name: str, url: str, width: int | None) -> Iterator[str]:
    """Id and address; where a line has an end, an address that does not fit is shortened."""
    line = f"{name}  {url}"
    if width is None or columns(line) <= width:
        yield line
        return
    yield name
    end = width // 3
    short = f"{url[: width - end - 1]}…{url[-end:]}"
    yield url if columns(url) <= width else short


def _dim(text: str, view: View) -> str:
    return click.style(text, dim=True) if view.highlighting is Highlighting.COLOUR else text
