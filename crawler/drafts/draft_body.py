"""Where an article's lead and body stand, what in the body is no text of it, and its files."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

from selectolax.lexbor import LexborNode

from archive.ground.message import Message
from crawler.drafts.article_pages import ArticlePages
from crawler.drafts.seen_pages import SeenPage, TextPiece, ancestors, is_hidden, text_in
from crawler.drafts.selectors import names_of, paths_to, selector_of
from crawler.extraction.body_blocks import MEDIA_TYPES
from crawler.extraction.written_moments import read_moment
from crawler.sites.canonical_urls import absolute, file_name

_GOOD_NAMES = re.compile(r"content|body|detail|article|noi-?dung|entry|text|news", re.IGNORECASE)
_NOISE = re.compile(
    r"share|social|like|zalo|facebook|related|lien-?quan|tags?\b|tool|rating|print|comment|author"
    r"|tac-?gia|source|nguon|advert|\bads?\b|\bviews?\b|luot-?xem|audio|breadcrumb|other|tin-?khac|vote",
    re.IGNORECASE,
)
_LEAD = re.compile(r"sapo|lead|summary|desc|intro|hometext|chapeau|trich|tom-?tat|brief|excerpt",
                   re.IGNORECASE)  # fmt: skip
_CAPTION = re.compile(r"caption|chu-?thich|figcaption", re.IGNORECASE)
_DOWNLOAD = re.compile(r"download|tải\s+(về|file|tệp)|đính\s+kèm|attach", re.IGNORECASE)
_VIEWS = re.compile(r"(lượt\s+(xem|đọc)|đã\s+xem|views?|hits)\D{0,4}\d", re.IGNORECASE)
_NO_NEWS = re.compile(
    r"\W|\d|_|thứ|chủ nhật|hai|ba|tư|năm|sáu|bảy|ngày|đăng|tháng|cập nhật|lúc|gmt|giờ|lượt|xem",
    re.IGNORECASE,
)
ENDINGS = ("pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "zip", "rar")
"""Of the files that authorities attach, where nothing else tells a link to one."""
_SHORT, _LINE = 90, 60


@dataclass
class BodyDraft:
    """Selectors for an article's parts, and what is to be doubted of them."""

    body: list[str] = field(default_factory=list)
    lead: list[str] = field(default_factory=list)
    leave_out: list[str] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    file_addresses: list[str] = field(default_factory=list)
    views: list[str] = field(default_factory=list)
    doubts: list[Message] = field(default_factory=list)


def draft_body(found: ArticlePages, title: str | None, stamps: list[str]) -> BodyDraft:
    """The parts of the articles, by what is each page's own."""
    draft = BodyDraft()
    fixed = _fixed(found, [*([title] if title else []), *stamps])
    weighed = found.weigh(lambda page, piece: _worth(found, page, piece, fixed))
    number = len(found.pages)
    fitting = {name: worth for name, worth in weighed.items() if worth > 0.6 * number}
    if not fitting:
        draft.doubts.append(Message("crawler.no-body-found"))
        return draft
    best = max(fitting.values())
    near = [name for name, worth in fitting.items() if worth > best - 0.02 * number]
    body = min(near, key=_plainness)
    draft.body = [body]
    draft.lead = _lead(found, body, title, fixed)
    if pictures := _pictures_before(found, body, title):
        draft.body = [f"{pictures}, {body}"]
    draft.leave_out = [*_head(found, body, [*([title] if title else []), *stamps]),
                       *_noise(found, body)]  # fmt: skip
    draft.captions = _captions(found, body)
    draft.files = _files(found, body)
    draft.file_addresses = _file_addresses(found)
    draft.views = _views(found, body)
    return draft


def _fixed(found: ArticlePages, sources: list[str]) -> dict[str, set[int]]:
    """The elements of each page that are known to be no body: its title, its stamp."""
    known: dict[str, set[int]] = {}
    for page in found.pages:
        nodes = [page.first(source) for source in sources if not source.startswith("meta")]
        known[page.url] = {node.mem_id for node in nodes if node is not None}
    return known


def _worth(
    found: ArticlePages, page: SeenPage, piece: TextPiece, fixed: dict[str, set[int]]
) -> float:
    around = list(ancestors(piece.node))
    own = next((node for node in around if node.mem_id in fixed[page.url]), None)
    if own is not None:
        all_own = sum(len(p.text) for p in page.pieces if found.is_own(page, p))
        return -(40.0 + 0.05 * all_own) / max(len(page.pieces_in(own)), 1)
    if not found.is_own(page, piece):
        return -1.5 * min(len(piece.text), 60)
    if _is_stamp(piece.text):
        return -10.0
    return float(len(piece.text))


def _plainness(name: str) -> tuple[bool, bool, int]:
    return not _GOOD_NAMES.search(name), not name.startswith(("#", "[")), len(name)


def _between(page: SeenPage, title: str | None, body: str) -> list[tuple[TextPiece, LexborNode]]:
    """The pieces of text between title and body, with the elements around them outside of both."""
    heading, content = page.first(title or "h1"), page.first(body)
    if heading is None or content is None:
        return []
    begun, pieces = False, []
    for piece in page.pieces:
        around = [node.mem_id for node in ancestors(piece.node)]
        if heading.mem_id in around:
            begun = True
        elif content.mem_id in around:
            break
        elif begun:
            pieces.append((piece, piece.node))
    return pieces


def _lead(
    found: ArticlePages, body: str, title: str | None, fixed: dict[str, set[int]]
) -> list[str]:
    """The element that sums an article up: between title and body, or by its name in the body."""
    wanted = []
    for page in found.pages:
        for piece, node in _between(page, title, body):
            own = found.is_own(page, piece) and piece.text not in found.titles.values()
            around = list(ancestors(node))
            known = any(n.mem_id in fixed[page.url] or n.tag == "figure" for n in around)
            if own and not known and len(piece.text) > 40 and not _is_stamp(piece.text):
                wanted.append((page.tree, node))
                break
    if 2 * len(wanted) > len(found.pages):
        for _, start in wanted[:2]:
            for selector in (p for n in list(ancestors(start))[:3] for p in paths_to(n)):
                nodes = [(page, page.first(selector)) for page in found.pages]
                there = [(page, node) for page, node in nodes if node is not None]
                if 2 * len(there) > len(found.pages) and all(
                    _is_lead(found, page, node, body) for page, node in there
                ):
                    return [selector]
    for page in found.pages:
        content = page.first(body)
        for node in content.css("*") if content is not None else ():
            named = _LEAD.search(node.attributes.get("class") or "") is not None
            if named and 40 < len(page.text_within(node)) < 1500:
                name = next((n for n in names_of(node) if _LEAD.search(n)), None)
                if name and sum(bool(text) for text in found.values(name)) * 2 > len(found.pages):
                    return [name]
    return []


def _is_lead(found: ArticlePages, page: SeenPage, node: LexborNode, body: str) -> bool:
    text, content = text_in(node), page.first(body)
    inside = content is not None and any(n.mem_id == content.mem_id for n in ancestors(node))
    around = content is not None and any(n.mem_id == node.mem_id for n in ancestors(content))
    own = text not in found.repeated and text not in found.titles.values()
    return own and not inside and not around and 20 < len(text) < 2000 and not _is_stamp(text)


def _is_stamp(text: str) -> bool:
    """Whether a text says a moment, and hardly anything else."""
    return read_moment(text) is not None and len(_NO_NEWS.sub("", text)) < 12


def _pictures_before(found: ArticlePages, body: str, title: str | None) -> str | None:
    """A figure of the article that stands before its body."""
    for page in found.pages:
        content, heading = page.first(body), page.first(title or "h1")
        if content is None or heading is None:
            continue
        for figure in page.tree.css("figure"):
            around = {node.mem_id for node in ancestors(figure)}
            hidden = any(is_hidden(node) for node in ancestors(figure))
            if content.mem_id in around or hidden or figure.css_first("img") is None:
                continue
            if any(n.tag in ("nav", "aside", "li", "a") for n in ancestors(figure)):
                continue
            name = next(iter(names_of(figure)), "figure")
            copies = [
                one for one in page.tree.css(name) if any(is_hidden(n) for n in ancestors(one))
            ]
            hides = [n for one in copies for n in ancestors(one) if is_hidden(n)]
            without = next((s for node in hides for s in names_of(node)), None)
            chosen = f"{name}:not({without} *)" if without else name
            counts = [len(one.tree.css(chosen)) for one in found.pages]
            if max(counts) <= 3:
                return chosen
    return None


def _inside(found: ArticlePages, body: str) -> Iterator[tuple[SeenPage, LexborNode]]:
    for page in found.pages:
        content = page.first(body)
        if content is not None:
            yield from ((page, n) for n in content.css("*") if n.mem_id != content.mem_id)


def _head(found: ArticlePages, body: str, sources: list[str]) -> list[str]:
    """What in a body is around its own title and stamp, and no more than a line."""
    selectors: dict[str, None] = {}
    for source in sources:
        tops = []
        for page in found.pages:
            content, start = page.first(body), page.first(source)
            if content is None or start is None or source.startswith("meta"):
                continue
            around = [node.mem_id for node in ancestors(start)]
            if content.mem_id not in around or content.mem_id == start.mem_id:
                continue
            within = list(ancestors(start))[: around.index(content.mem_id)]
            short = [n for n in within if len(page.text_within(n)) < _LINE + len(text_in(start))]
            if short and short[-1].mem_id != start.mem_id:
                tops.append((page.tree, short[-1]))
        selector = selector_of(tops) if tops else None
        if selector:
            selectors[selector] = None
    return list(selectors)


def _noise(found: ArticlePages, body: str) -> list[str]:
    """Elements in the body that are called, or look, like what is around a text."""
    names: Counter[str] = Counter()
    for page, node in _inside(found, body):
        if _is_noise(found, page, node):
            named = (name for name in names_of(node) if name[0] in "#.[")
            fitting = (name for name in named if _is_all_noise(found, body, name))
            names.update(list(fitting)[:1])
    return [name for name, _ in names.most_common(12)]


def _is_noise(found: ArticlePages, page: SeenPage, node: LexborNode) -> bool:
    """Whether an element is called so, or has nothing but links to articles, or others' text."""
    pieces = page.pieces_in(node)
    text = page.text_within(node)
    named = f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}"
    leading = sum(len(p.text) for p in pieces if found.leads_on(page, p))
    foreign = bool(pieces) and all(not found.is_own(page, p) for p in pieces)
    told = _NOISE.search(named) is not None and len(text) < 4 * _SHORT
    return told or foreign or 5 * leading > 3 * len(text) > 0


def _is_all_noise(found: ArticlePages, body: str, name: str) -> bool:
    """Whether all that a selector finds in the bodies is noise, and it finds more than a text."""
    contents = [(page, page.first(body)) for page in found.pages]
    nodes = [(p, n) for p, content in contents if content is not None for n in content.css(name)]
    return all(_is_noise(found, page, node) for page, node in nodes)


def _captions(found: ArticlePages, body: str) -> list[str]:
    """What is called otherwise than a caption, and stands below pictures alone."""
    below: Counter[str] = Counter()
    for _, picture in ((p, n) for p, n in _inside(found, body) if n.tag == "img"):
        node: LexborNode | None = picture
        for _level in range(4):
            if node is None or (following := _next_element(node)) is not None:
                break
            node = node.parent
        else:
            continue
        if node is None or following is None or following.css_first("img") is not None:
            continue
        behind = _next_element(following) if following.tag == "br" else None
        if node.tag == "img" and behind is not None and _is_slanted(behind):
            below[f"img + br + {behind.tag}"] += 1
            continue
        text = text_in(following)
        if not text or len(text) > 250 or following.tag == "figcaption":
            continue
        name = next((n for n in names_of(following) if not _CAPTION.search(n)), None)
        if name is None and _is_slanted(following):
            name = f"{node.tag}:has(img) + {following.tag}:has(> em:only-child, > i:only-child)"
        classes = following.attributes.get("class") or ""
        if name and not _CAPTION.search(classes):
            below[name] += 1
    return [name for name in below if _is_below_pictures(found, body, name)]


def _is_slanted(node: LexborNode) -> bool:
    inner = node.css_first("em, i")
    return inner is not None and text_in(inner) == text_in(node)


def _is_below_pictures(found: ArticlePages, body: str, name: str) -> bool:
    """Whether no more of these are in the bodies than pictures are."""
    pictures = sum(n.tag == "img" for _, n in _inside(found, body))
    contents = [page.first(body) for page in found.pages]
    number = sum(len(content.css(name)) for content in contents if content is not None)
    return 0 < number <= pictures


def _next_element(node: LexborNode) -> LexborNode | None:
    following = node.next
    while following is not None and (following.tag or "").startswith("-"):
        if following.tag == "-text" and (following.text_content or "").strip():
            return None
        following = following.next
    return following


def _files(found: ArticlePages, body: str) -> list[str]:
    """Links to files that stand outside of the body, or do not look like links to files."""
    chosen: list[str] = []
    for page in found.pages:
        content = page.first(body)
        for link in page.tree.css("a[href]"):
            href = link.attributes.get("href") or ""
            url = absolute(page.url, href) or ""
            inside = any(content and n.mem_id == content.mem_id for n in ancestors(link))
            text = text_in(link)
            plainly = _is_file(file_name(url))
            named = _is_file(text.lower()) or _DOWNLOAD.search(f"{text} {href}") is not None
            if not url or (plainly and inside) or not (plainly or named) or _is_common(found, url):
                continue
            selector = _file_selector(found, page, link)
            if selector and selector not in chosen:
                chosen.append(selector)
    return chosen[:3]


def _looks_like_article(found: ArticlePages, page: SeenPage, url: str) -> bool:
    """Whether a file's address is that of its article, with a query behind it."""
    return url.partition("?")[0] == page.url.partition("?")[0] and "?" in url


def _file_addresses(found: ArticlePages) -> list[str]:
    """Patterns of files whose addresses look like those of articles."""
    patterns: dict[str, None] = {}
    for page in found.pages:
        for link in page.tree.css("a[href*='?']"):
            url = absolute(page.url, link.attributes.get("href") or "") or ""
            if _looks_like_article(found, page, url) and _is_file(text_in(link).lower()):
                names = [name for name, _ in parse_qsl(urlsplit(url).query)]
                patterns["/{path}?" + "&".join(f"{name}={{any}}" for name in names)] = None
    return list(patterns)[:3]


def _is_file(name: str) -> bool:
    return name.rpartition(".")[2].lower() in MEDIA_TYPES and "." in name


def _is_common(found: ArticlePages, url: str) -> bool:
    """Whether most articles' pages, or others, link to a file: then it is no article's."""
    linked = [
        any(absolute(p.url, a.attributes.get("href") or "") == url for a in p.tree.css("a[href]"))
        for p in (*found.pages, *found.others)
    ]
    number = len(found.pages)
    return any(linked[number:]) or sum(linked[:number]) > max(1, number // 2)


def _file_selector(found: ArticlePages, page: SeenPage, link: LexborNode) -> str | None:
    """A selector of such links that finds nothing which most pages link to."""
    download = "[href*='download']" if "download" in (link.attributes.get("href") or "") else ""
    for around in list(ancestors(link))[:5]:
        for name in names_of(around):
            selector = f"{name}{download}" if around.tag == "a" else f"{name} a{download}"
            if _finds_files_alone(found, selector):
                return selector
    by_ending = ", ".join(f"a[href$='.{ending}']" for ending in ENDINGS)
    plainly = _is_file(file_name(absolute(page.url, link.attributes.get("href") or "") or ""))
    return by_ending if plainly and _finds_files_alone(found, by_ending) else None


def _finds_files_alone(found: ArticlePages, selector: str) -> bool:
    """Whether what a selector finds may be files of the articles, each of its own."""
    hrefs = [(p, a.attributes.get("href") or "") for p in found.pages for a in p.tree.css(selector)]
    urls = [(p, absolute(p.url, href) or "") for p, href in hrefs]
    return 0 < len(urls) <= 8 * len(found.pages) and not any(
        not url or _is_common(found, url) or _is_another(found, p, url) for p, url in urls
    )


def _is_another(found: ArticlePages, page: SeenPage, url: str) -> bool:
    return found.is_article(url) and not _looks_like_article(found, page, url)


def _views(found: ArticlePages, body: str) -> list[str]:
    for page in found.pages[:1]:
        for piece in page.pieces:
            node = piece.node
            whole = page.text_within(node)
            text = whole if len(whole) < _SHORT else piece.text
            if len(text) < _SHORT and _VIEWS.search(text):
                selector = selector_of([(page.tree, node)])
                if selector and all(_VIEWS.search(value) for value in found.values(selector)):
                    return [selector]
    return []
