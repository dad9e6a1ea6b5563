"""A proposal: what a site's description may be, what that reads, and what is doubted."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from archive.ground.errors import NothingFetched
from archive.ground.message import Message
from archive.model import Article, Page, PageKind, Role
from crawler.drafts.article_pages import ArticlePages, path_of
from crawler.drafts.draft_body import draft_body
from crawler.drafts.draft_file import (
    Choice,
    DraftEra,
    Line,
    as_text,
    toml,
    without_comments,
)
from crawler.drafts.draft_stamp import OTHERWISE, StampDraft, draft_stamp
from crawler.drafts.left_over import unread
from crawler.drafts.link_groups import featured_groups
from crawler.drafts.looking import SeenSite
from crawler.drafts.missing_pages import draft_missing
from crawler.drafts.seen_pages import SeenPage, cut
from crawler.drafts.selectors import selector_of_links
from crawler.extraction.extract import extract
from crawler.extraction.feeds import read_source
from crawler.extraction.platforms import platform_of
from crawler.sites.address_patterns import compiled
from crawler.sites.description import FurtherSources, Site
from crawler.sites.platforms import described_platform, platform_names
from crawler.sites.structuring import structured

_WEAK = ("aspnet",)
"""Platforms whose signs others share: they are asked last."""


@dataclass
class ReadArticle:
    """An article's page, what its link called it, what was read of it and what is left over."""

    url: str
    shown_as: str
    page: Page
    left_over: list[str] = field(default_factory=list)


@dataclass
class Proposal:
    """A description's lines, the site that it is, and what it reads of what was looked at."""

    lines: list[Line]
    site: Site
    articles: list[ReadArticle]
    listing: Page | None
    doubts: list[Message]
    untried: list[str]
    platform: str = ""
    choices: list[Choice] = field(default_factory=list)

    def settle(self, choice: Choice, number: int) -> None:
        """Take another answer to what is doubted."""
        self.lines = choice.settle(self.lines, number)
        self.site = structured(Site, tomllib.loads(without_comments(self.lines)))

    def text(self, words: Callable[[Message], str]) -> str:
        """The description as a file, `words` being those of its comments."""
        return as_text(self.lines, words)


@dataclass(frozen=True)
class SiteNames:
    """What a person says, or the address: the site's id, its name and its host."""

    id: str
    name: str
    host: str
    scheme: str = "https"
    tls_min_version: str = "1.2"


def propose(looked: SeenSite, names: SiteNames) -> Proposal:
    """A whole description from what was seen, and what it reads of it.

    Raises `NothingFetched` where nothing was seen that a description can be made from.
    """
    if looked.listing is None or not looked.articles:
        raise NothingFetched(
            "crawler.no-listing-found",
            address=looked.front.url if looked.front else names.host,
            hint=Message("crawler.give-a-listing"),
        )
    known = _known_platform(looked, names)
    if known is not None:
        return known
    era, doubts, choices = _drafted(looked)
    made = _whole(looked, names, era.lines(), doubts)
    return replace(made, choices=choices)


def signs_of(pages: Sequence[SeenPage]) -> list[str]:
    """The platforms of which pages have a sign, those with signs of their own first."""
    names = sorted(platform_names(), key=lambda name: (name in _WEAK, name))
    return [name for name in names if any(_has_sign(page, name) for page in pages)]


def _has_sign(page: SeenPage, name: str) -> bool:
    signs = described_platform(name).signs
    node = page.first("meta[name=generator]")
    generator = (node.attributes.get("content") or "").lower() if node is not None else ""
    return (
        any(sign.lower() in generator for sign in signs.generator)
        or any(sign in page.html for sign in signs.html)
        or any(page.first(sign) is not None for sign in signs.selectors)
    )


def _known_platform(looked: SeenSite, names: SiteNames) -> Proposal | None:
    """A proposal by the platform that the pages have signs of, if it reads every one of them."""
    for name in signs_of(looked.pages):
        head = [f"platform = {toml(name)}"]
        made = _whole(looked, names, [], [], platform=head)
        if all(_is_good(one) for one in made.articles) and _lists(made, looked):
            platform = described_platform(name)
            doubts = made.doubts + _against_guess(looked, made)
            return replace(made, doubts=doubts, untried=list(platform.untried), platform=name)
    return None


def _is_good(read: ReadArticle) -> bool:
    article = read.page.article
    if article is None or read.page.problem or article.published_at is None:
        return False
    shown = read.shown_as.lower().rstrip(". …")
    title = article.title.lower()
    return not shown or title.startswith(shown) or title in shown


def _lists(made: Proposal, looked: SeenSite) -> bool:
    if made.listing is None or looked.group is None:
        return False
    urls = {link.url for link in made.listing.links if link.role is Role.ARTICLE}
    goes_on = any(link.role is Role.LISTING for link in made.listing.links)
    return set(looked.group.addresses) <= urls and (goes_on or looked.second is None)


def _against_guess(looked: SeenSite, made: Proposal) -> list[Message]:
    """Where what the platform reads differs from what the pages look like."""
    found = _article_pages(looked)
    title = found.find_title()
    stamp = draft_stamp(found, title)
    doubts = [doubt for doubt in stamp.doubts if doubt.code == OTHERWISE]
    return [Message("crawler.of-the-platform", doubt=doubt) for doubt in doubts if made.articles]


def _article_pages(looked: SeenSite) -> ArticlePages:
    rule = compiled(looked.pattern) if looked.pattern else None
    opened = {page.url for page in looked.articles}
    return ArticlePages(
        looked.articles,
        [page for page in (looked.front, looked.listing) if page is not None],
        lambda url: rule.matches(url) if rule else url in opened,
    )


def _drafted(looked: SeenSite) -> tuple[DraftEra, list[Message], list[Choice]]:
    """An era guessed from the pages, what is doubted of it, and what a person may settle."""
    era = DraftEra()
    doubts: list[Message] = []
    number = len(looked.articles)
    _draft_listing(looked, era, doubts)
    found = _article_pages(looked)
    title = found.find_title()
    if title is None:
        doubts.append(Message("crawler.no-title-found"))
    stamp = draft_stamp(found, title)
    body = draft_body(found, title, stamp.sources)
    doubts += [*stamp.doubts, *body.doubts]
    first = found.values(title)[0] if title else ""
    era.say(
        "article",
        "title",
        title or "h1",
        Message("crawler.found-on-all", count=number, text=cut(first)),
    )
    shown = found.values(stamp.sources[0])[0] if stamp.sources else ""
    on_all = Message("crawler.found-on-all", count=number, text=cut(shown))
    era.say("article", "stamp", stamp.sources, on_all)
    if stamp.order != "dmy":
        era.say("article", "stamp_order", stamp.order)
    era.say("article", "lead", body.lead, Message("crawler.sums-up"))
    era.say("article", "views", body.views)
    era.say("article", "body", body.body, Message("crawler.holds-most-text"))
    era.say("article", "leave_out", body.leave_out, Message("crawler.no-text-of-it"))
    era.say("article", "captions", body.captions, Message("crawler.below-pictures"))
    era.say("addresses", "files", body.file_addresses, Message("crawler.files-at-articles"))
    era.say("article", "files", body.files, Message("crawler.files-outside"))
    required = ["title", "body", *(["stamp"] if stamp.sources else [])]
    era.say("article", "required", required, Message("crawler.without-these-no-article"))
    signs, texts, said = draft_missing(looked.made_up, looked.pages)
    era.say("missing", "sign", signs, said)
    era.say("missing", "texts", texts, None if signs else said)
    return era, doubts, _choices(stamp, first)


def _choices(stamp: StampDraft, title: str) -> list[Choice]:
    """When an article was published, where the page says it in two ways."""
    if not stamp.others:
        return []
    shown = Message("crawler.as-the-page-shows", stamp=stamp.said)
    answers = [(shown, f"stamp = {toml(stamp.sources)}")]
    answers += [
        (
            Message("crawler.as-a-source-says", stamp=said, source=source),
            f"stamp = {toml([source, *stamp.sources])}",
        )
        for source, said in stamp.others.items()
    ]
    question = Message("crawler.when-was-it-published", title=cut(title))
    return [Choice(question, tuple(answers))]


def _draft_listing(looked: SeenSite, era: DraftEra, doubts: list[Message]) -> None:
    assert looked.listing is not None
    if looked.pattern:
        why = Message("crawler.addresses-in-common")
        era.say("addresses", "article", [looked.pattern], why)
        if "{id}" not in looked.pattern:
            doubts.append(Message("crawler.no-number-in-addresses"))
    if looked.call is not None:
        _draft_call(looked, era)
    if looked.group is not None and looked.group.links:
        links = list(looked.group.links)
        selector = selector_of_links(looked.listing.tree, links)
        selectors = [selector] if selector else []
        selectors += _featured(looked, set(looked.group.addresses))
        number, first = len(looked.group.addresses), cut(looked.group.titles[0])
        why = Message("crawler.links-found", count=number, first=first)
        era.say("listing", "link", ", ".join(selectors), why)
    if looked.pager:
        code = "crawler.second-page-differs" if looked.second else "crawler.is-a-postback"
        era.say("listing", "next", looked.pager, Message(code))
    elif looked.call is None:
        doubts.append(Message("crawler.no-next-page"))


def _draft_call(looked: SeenSite, era: DraftEra) -> None:
    """Further pages that a script of the listing loads."""
    assert looked.call is not None
    more = looked.call.more
    if looked.shape is not None:
        number, first = len(looked.shape.links), cut(looked.shape.titles[0])
        why = Message("crawler.items-found", count=number, first=first)
        era.say("listing.json", "items", looked.shape.items, why)
        era.say("listing.json", "link", looked.shape.link)
    asked = Message("crawler.a-script-asks")
    era.say("listing.more", "address", more.address, asked)
    era.say("listing.more", "method", more.method)
    if more.first != 2:
        era.say("listing.more", "first", more.first)
    for name, value in more.form.items():
        era.say("listing.more.form", name, value)
    for name, value in more.values.items():
        era.say("listing.more.values", name, value, Message("crawler.a-script-sets-it"))


def _featured(looked: SeenSite, known: set[str]) -> list[str]:
    """Links of the listing's own that stand otherwise than the rest: the first, the big one."""
    if looked.listing is None or looked.pattern is None or looked.group is None:
        return []
    found = []
    for group in featured_groups(looked.listing, looked.group, looked.pattern):
        selector = selector_of_links(looked.listing.tree, list(group.links))
        is_of_every_page = selector is not None and all(p.first(selector) for p in looked.articles)
        if selector and not is_of_every_page and not set(group.addresses) <= known:
            found.append(selector)
            known |= set(group.addresses)
    return found[:2]


def _whole(
    looked: SeenSite,
    names: SiteNames,
    era: list[Line],
    doubts: list[Message],
    *,
    platform: Sequence[str] = (),
) -> Proposal:
    lines: list[Line] = [
        f"id = {toml(names.id)}",
        f"name = {toml(names.name)}",
        f"host = {toml(names.host)}",
        *([f"scheme = {toml(names.scheme)}"] if names.scheme != "https" else []),
        *_tls_line(names),
        *platform,
        "",
        "[categories]",
        *(f"{toml(path_of(url))} = {toml(label)}" for url, label in looked.sections.items()),
        *_source_lines(looked, names),
        *(["", *era] if era else []),
    ]
    site = structured(Site, tomllib.loads(without_comments(lines)))
    made = Proposal(lines, site, [], None, doubts, [])
    if looked.listing is not None:
        made.listing = extract(site, replace(looked.listing.stored, role=Role.LISTING))
    for page in looked.articles:
        read = extract(site, replace(page.stored, role=Role.ARTICLE))
        made.articles.append(ReadArticle(page.url, page.shown_as, read))
    found = _article_pages(looked)
    for one, page in zip(made.articles, looked.articles, strict=True):
        one.left_over = _left_over(found, page, one.page.article)
        if one.page.kind is not PageKind.ARTICLE:
            what = one.page.problem or one.page.kind.value
            made.doubts.append(Message("crawler.is-no-article", url=one.url, what=what))
    return made


def _tls_line(names: SiteNames) -> list[str]:
    old = names.tls_min_version != "1.2"
    return [f"tls_min_version = {toml(names.tls_min_version)}"] if old else []


def _source_lines(looked: SeenSite, names: SiteNames) -> list[Line]:
    """A feed that lists what the listing lists is one more way; another is left to a person."""
    lines: list[Line] = []
    listed = set(looked.group.addresses) if looked.group else set()
    for url, stored in looked.feeds.items():
        site = Site(
            id=names.id, name=names.name, host=names.host, platform=platform_names()[0],
            categories={"/": "x"}, sources=FurtherSources(feeds=(path_of(url),)),
        )  # fmt: skip
        platform = platform_of(site, stored.captured_at.date())
        page = read_source(site, platform, stored, stored.body)
        urls = {link.url for link in page.links}
        own = bool(urls) and 10 * len(urls & listed) >= 8 * len(urls)
        comment = "" if own else "# "
        why = Message("crawler.feed-of-listing" if own else "crawler.feed-of-more")
        lines += ["", f"{comment}[sources]", why, f"{comment}feeds = [{toml(path_of(url))}]"]
    return lines


def _left_over(found: ArticlePages, page: SeenPage, article: Article | None) -> list[str]:
    """Long texts of a page's own of which nothing was read."""
    own = (piece.text for piece in page.pieces if found.is_own(page, piece))
    return unread(article, own) if article is not None else []


def host_of(url: str) -> str:
    """The host of an address, without `www`."""
    return (urlsplit(url).hostname or "").removeprefix("www.")
