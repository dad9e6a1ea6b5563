"""What was brought to object storage, in words."""

from __future__ import annotations

from collections.abc import Iterator

from archive.ground.errors import HdndError
from archive.ground.home import Home
from hdnd.usecases.storing import begin_from_store, find_segments_again
from hdnd.views.store import Pushed
from search_cli.counts import count_of
from search_cli.safe_text import clean
from search_cli.words import _, in_words


def taken_over_lines(home: Home) -> Iterator[str]:
    """What is taken over from object storage, where nothing is here yet or receipts were lost."""
    begun = begin_from_store(home)
    if begun is not None:
        segments = count_of(begun, "segment")
        yield _("Begun from object storage, which holds {segments}.", segments=segments)
    if found := find_segments_again(home):
        yield found_again_line(found)


def found_again_line(count: int) -> str:
    """That so many segments had lost their receipts and lie in object storage."""
    segments = count_of(count, "segment")
    return _("Found again in object storage: {segments}.", segments=segments)


def pushed_lines(done: Pushed) -> Iterator[str]:
    """What a push did."""
    if done.put:
        yield _(
            "{segments}, {size} bytes, brought to {store}.",
            segments=count_of(len(done.put), "segment"),
            size=done.size,
            store=done.store,
        )
    else:
        yield _("{store} lacked nothing.", store=done.store)
    for name in done.deleted:
        yield _("{file}, which held removed records, was deleted there.", file=name)


def not_pushed_lines(error: HdndError) -> Iterator[str]:
    """Why nothing was brought there, or not all."""
    yield clean(in_words(error.said))
    if error.hint:
        yield "    " + clean(in_words(error.hint))
    yield _("What is kept on this machine is safe; `hdnd store push` goes on.")


def still_stored_lines(error: HdndError) -> Iterator[str]:
    """Why what was removed here may be in object storage still."""
    yield clean(in_words(error.said))
    if error.hint:
        yield "    " + clean(in_words(error.hint))
    yield _("OBJECT STORAGE MAY HOLD THE REMOVED RECORDS STILL; `hdnd store push` deletes them.")
