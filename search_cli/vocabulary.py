"""Closed words of what is known of articles, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable

from search_cli.words import N_, _

_WORDS = (
    # Parts of an article, and kinds of what changed in them.
    N_("title"),
    N_("lead"),
    N_("published"),
    N_("text"),
    N_("image"),
    N_("link"),
    N_("attachment"),
    N_("order"),
    N_("date"),
    N_("number"),
    N_("name"),
    N_("wording"),
    N_("file"),
    # What became of an article.
    N_("new"),
    N_("changed"),
    N_("edited"),
    N_("gone"),
    N_("back"),
    # How a fact is known, and the kinds of facts.
    N_("stated"),
    N_("inferred"),
    N_("person"),
    N_("post"),
    N_("document"),
    N_("term"),
    N_("session"),
    N_("activity"),
    N_("count"),
    N_("personnel"),
    N_("commitment"),
    N_("vote"),
    N_("money"),
    N_("award"),
    N_("impossible"),
    # What is derived.
    N_("attachments"),
    N_("facts"),
    N_("index"),
)


def word(code: str) -> str:
    """One of these words; another stays as it is."""
    return _(code) if code in _WORDS else code


def words(codes: Iterable[str]) -> str:
    """Several, with commas."""
    return ", ".join(map(word, codes))
