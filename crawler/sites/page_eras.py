"""How the pages of a portal look, in an era of theirs: where in them is what.

A platform's file and a site's own have the same table, `[[eras]]`. What each key means to a page is
in docs/add-a-platform.md. The annotations are read by cattrs at run time, so they are no texts.
"""

from dataclasses import dataclass, field
from datetime import date

from crawler.sites.page_values import (
    AddressPatterns,
    Aliases,
    JsonPath,
    Method,
    Required,
    Selectors,
    Sources,
    StampOrder,
    Table,
    Texts,
    Values,
)
from crawler.sites.values import Count, Day, Text


@dataclass(frozen=True, slots=True)
class AddressRules:
    """Which addresses are of articles, and what makes two of them one.

    `files` are addresses of files that look like those of articles; `drop` are parameters that
    change from visit to visit.
    """

    article: AddressPatterns = ()
    files: AddressPatterns = ()
    aliases: Aliases = field(default_factory=dict)
    drop: Texts = ()


@dataclass(frozen=True, slots=True)
class FurtherPages:
    """Pages of a listing that no link leads to: what is asked for instead.

    In `address` and in the values of `form` `{page}` is the number of the page, from `first` on,
    and `{NAME}` what `values` finds on the page before under that name.
    """

    address: Text = ""
    method: Method = "GET"
    form: Table = field(default_factory=dict)
    values: Values = field(default_factory=dict)
    first: Count = 2


@dataclass(frozen=True, slots=True)
class JsonItems:
    """A listing that is JSON: where in it the items are, and what an item leads to.

    `link` and `total` are paths of names; `address` makes an address of an item's properties.
    """

    items: JsonPath = ()
    link: JsonPath = ()
    address: Text = ""
    total: JsonPath = ()
    html: JsonPath = ()


@dataclass(frozen=True, slots=True)
class ListingRules:
    """Where a listing has its items and leads to its next page. `sign` is on an empty one, too.

    The link of an item is its first, if nothing else is said.
    """

    sign: Selectors = ()
    items: Selectors = ()
    link: Sources = ()
    next: Sources = ()
    total: Sources = ()
    more: FurtherPages | None = None
    json: JsonItems | None = None


@dataclass(frozen=True, slots=True)
class ArticleRules:
    """Where an article's page has what. Nothing of it is looked for outside of `root`."""

    root: Selectors = ()
    id: Sources = ()
    title: Sources = ()
    lead: Sources = ()
    stamp: Sources = ()
    stamp_order: StampOrder = "dmy"
    views: Sources = ()
    poster: Sources = ()
    category: Sources = ()
    body: Selectors = ()
    leave_out: Selectors = ()
    captions: Selectors = ()
    pictures: Sources = ()
    files: Sources = ()
    required: Required = ("title", "body")


@dataclass(frozen=True, slots=True)
class MissingRules:
    """How a page says, with status 200, that there is no such article (a soft 404)."""

    sign: Selectors = ()
    texts: Texts = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PageEra:
    """How pages look up to the last day of an era; without one, until today."""

    valid_until: Day | None = None
    note: Text = ""
    addresses: AddressRules = field(default_factory=AddressRules)
    listing: ListingRules = field(default_factory=ListingRules)
    article: ArticleRules = field(default_factory=ArticleRules)
    missing: MissingRules = field(default_factory=MissingRules)


def era_of(eras: tuple[PageEra, ...], day: date) -> PageEra:
    """The era that is right for captures of a day: the first that has not ended by then."""
    fitting = (one for one in eras if one.valid_until is None or day <= one.valid_until)
    return next(fitting, eras[-1])
