"""What an archive has stored in English words, in a reader's language.

Such words are closed vocabulary of the archive's format: how a request ended, why a page could not
be read. They stay as they are in segments and catalogue; here each is known by its form.
"""

from __future__ import annotations

import re
from functools import lru_cache

from hdnd.messages.catalogues import translations

DOMAIN = "stored"

FORMS = (
    # How requests ended (`Outcome`, and the counts of a run).
    "captured",
    "revisit",
    "not-modified",
    "redirected",
    "error-status",
    "to-be-retried",
    "not-fetched",
    "failed",
    "refused-by-robots",
    "index",
    "none-listed",
    "another-capture",
    "no-capture",
    # What a run was for, and why it ended.
    "crawl",
    "refresh",
    "sweep",
    "single",
    "recover",
    "import",
    "finished",
    "shutdown",
    "max-requests",
    "until",
    "rate-limited",
    "failing",
    "unreachable",
    "suspect",
    "layout-changed",
    "disk-nearly-full",
    "lease-lost",
    # What a response turned out to be (`PageKind`).
    "article",
    "listing",
    "soft-404",
    "file",
    "redirect",
    "error",
    "unreadable",
    # Why a page could not be read.
    "a page came that wants the browser to be proved first",
    "the server answered {status}",
    "the web archive answered {status}",
    "the web archive sent no capture",
    "the description of its site cannot be read",
    "a page came where a file was expected",
    "{media_type} came for a page",
    "the response was cut short",
    "the response was cut short ({why})",
    "its content coding {coding} has no end",
    "{held} of {length} bytes",
    "length",
    "time",
    "disconnect",
    "a redirect to itself",
    "a redirect to no address",
    "the listing leads away, to {url}",
    "the article leads away, to {url}",
    "a fault of the program: {what}",
    "the page is larger than {size} MiB",
    "the page has more than {most} elements",
    "its elements are nested more than {most} deep",
    "a letter of the page has more than {most} marks",
    "a tag has more than {most} attributes",
    "it takes more than {seconds} seconds to read",
    "its description has the same text of it read again and again",
    "content coding {coding} is not known",
    "the body is no Brotli ({why})",
    "the body grows past {size} MiB",
    "no feed or sitemap",
    "no feed or sitemap: {why}",
    "the page says that there is no article",
    "a listing came where an article was expected",
    "an article without text",
    "an article without a title",
    "no article in it",
    "neither an article nor a listing",
    "the site's description does not fit the page: no article, no listing",
    "the site's description does not fit the page",
    "{fault}: no item of a listing",
    "the site's description does not fit the page: no {one}, no {two}, no {three}, no {four}",
    "the site's description does not fit the page: no {one}, no {two}, no {three}",
    "the site's description does not fit the page: no {one}, no {two}",
    "the site's description does not fit the page: no {one}",
    "title",
    "body",
    "stamp",
    "lead",
    "no page of a Liferay portal, which the description says this is",
    "{why}; it names its software: {software}",
    "{lost} of its {items} items have no address to be asked for",
    "{lost} of its {items} items have no address that can be asked for",
    "{lost} of its {items} items have no address that can be asked for: {named}",
    "it announces {announced} articles, shows {shown} and leads to no next page",
    "the article goes on on further pages, which are not read",
    # Why an address was not fetched.
    "robots.txt disallows it",
    "robots.txt cannot be read",
    "robots.txt was answered with {status}",
    "it was removed from the archive, and is withheld",
    "the site description does not want this address",
    "the site description does not name this host",
    "further sitemaps are read when listings are walked to their ends",
    "its redirects lead in a circle",
    "more than {most} redirects in a row",
    "the walk ends at a page that shows nothing new",
    "the walk ends after {pages} pages, more than its articles can fill",
    "a revisit of what is not held",
    "the archive leads to no capture",
    "the archive leads from capture to capture",
    "the archive leads to a capture that was not asked for",
    "the index answered {status}",
    "the index answered with something that is no JSON",
    "the index did not answer with rows",
    "the index did not name its columns",
    "the index announces {pages} pages",
    "the index leads on and on to where it has been read",
    "the crawls came in no list",
    "lines that are no JSON: {count}",
    "lines whose time, address or place is none: {count}",
    "{what} (an old server: `tls_min_version` in the site's description lets it be asked)",
    "the response head is longer than {size} KiB",
    "{host} is not a public address",
    # The names of errors that stand before the words.
    "DownloadConnectionRefusedError: {what}",
    "CannotResolveHostError: {what}",
    "DownloadTimeoutError: {what}",
    "HeadTooLong: {what}",
    "PrivateAddress: {what}",
    "ValueError: {what}",
    "TooMuch: {what}",
    # How a server proved itself.
    "recorded, not verified",
    "it is not for {host}",
    "certificate has expired",
    "certificate is not yet valid",
    "self-signed certificate",
    "self-signed certificate in certificate chain",
    "unable to get local issuer certificate",
    "unable to verify the first certificate",
    # Why captures were quarantined.
    "it looks like every other answer of its run",
    "it is the same as other files of its site that were different before",
    "its site's description does not read it any more",
    # What of an attachment was too much, or wrong.
    "limit: {what}",
    "damaged: {what}",
    "killed: {what}",
    "no text",
    "no text: {what}",
    "empty",
    "encrypted",
    "damaged",
    "{count} characters",
    "{broken} of {count} pages",
    "{count} pages",
    "{count} records",
    "{count} tokens",
    "{count} entries",
    "{count} elements",
    "{count} members",
    "{size} MiB",
    "{size} MiB unpacked",
    "{size} megapixels",
    "entities of its own",
    "cut short",
    "its payload is lost",
    "content coding",
    "memory",
    "reply",
    "status {status}",
    # What an edit changed (`change_line`), which watches keep.
    "date",
    "number",
    "name",
    "wording",
    "image",
    "link",
    "attachment",
    "order",
    "{kinds}: “{old}” → “{new}”",
    "{kinds}: added “{new}”",
    "{kinds}: removed “{old}”",
    "{kind}, {others}",
    # What nobody has tried yet of a platform (`untried` in crawler/sites/platforms).
    "listing and article: `hdnd sites new` writes down what the elements are called on one portal",
    "listing.next: a postback whose answer is only a part of the page (UpdatePanel)",
    "everything under listing and article: no page of these hosts has been seen whole",
    "sources: feeds and sitemaps of the same platform, /rss/… and /sitemap.xml",
    "the whole of it on another portal than Hanoi's: themes differ",
    "listing.link and article.*: themes of an authority's own may name their elements otherwise",
    "listing.next: some views of a category have no pages at all",
    "article.stamp of version 3.4",
    "listing.more: the names under which the first page's script has its ids",
    "article.files: how files stand beside the body",
    "article.body of page builders, which name their elements otherwise",
)
"""The words that are known, with values in braces; of several that fit, the first is meant.

A value in quotation marks stood on a page, and stays as it is.
"""

_QUOTED = re.compile(r"“\{(\w+)\}”")
_VALUE = re.compile(r"\\\{(\w+)\\\}")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+")


@lru_cache(4096)
def stored_words(text: str, language: str) -> str:
    """What was stored in English, in a language; words that are not known stay as they are."""
    if language == "en":
        return text
    for form, pattern in _patterns():
        if found := pattern.fullmatch(text):
            verbatim = _QUOTED.findall(form)
            values = {
                name: value if name in verbatim else _value(value, language)
                for name, value in found.groupdict().items()
            }
            return translations(language, DOMAIN).gettext(form).format_map(values)
    return text


def _value(text: str, language: str) -> str:
    if _GROUPED.fullmatch(text):
        return text.replace(",", ".")
    return stored_words(text, language)


@lru_cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    return [
        (form, re.compile(_VALUE.sub(r"(?P<\1>.+)", re.escape(form)), re.DOTALL)) for form in FORMS
    ]
