"""Things with their number: `1 article`, `1,234 articles`."""

from __future__ import annotations

from search_cli.words import ngettext


def forms(one: str, many: str) -> tuple[str, str]:
    """Mark the singular and the plural for the catalogues."""
    return one, many


_NOUNS = {
    "article": forms("{count} article", "{count} articles"),
    "attachment": forms("{count} attachment", "{count} attachments"),
    "block": forms("{count} block", "{count} blocks"),
    "capture": forms("{count} capture", "{count} captures"),
    "damage": forms("{count} damage", "{count} damages"),
    "fact": forms("{count} fact", "{count} facts"),
    "file": forms("{count} file", "{count} files"),
    "letter": forms("{count} letter", "{count} letters"),
    "matching article": forms("{count} matching article", "{count} matching articles"),
    "new article": forms("{count} new article", "{count} new articles"),
    "new version": forms("{count} new version", "{count} new versions"),
    "other capture": forms("{count} other capture", "{count} other captures"),
    "other section": forms("{count} other section", "{count} other sections"),
    "page": forms("{count} page", "{count} pages"),
    "record": forms("{count} record", "{count} records"),
    "request": forms("{count} request", "{count} requests"),
    "row": forms("{count} row", "{count} rows"),
    "segment": forms("{count} segment", "{count} segments"),
    "task": forms("{count} task", "{count} tasks"),
    "version": forms("{count} version", "{count} versions"),
}


def count_of(number: int, noun: str) -> str:
    """A number with one of these nouns."""
    return ngettext(*_NOUNS[noun], number)
