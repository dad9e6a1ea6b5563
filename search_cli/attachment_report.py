"""What is read of the attachments, what waits for OCR, what cannot be read and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from hdnd.usecases.ocr import INSTALL
from search_cli.counts import count_of
from search_cli.safe_text import clean
from search_cli.words import in_words, stored

if TYPE_CHECKING:
    from archive.ground.message import Message
    from hdnd.views.attachment import FileView, PageText, ReadingProblem

_REASONS = {
    "empty": "it has no bytes",
    "encrypted": "it is encrypted with a password",
    "damaged": "it is damaged",
    "web page": "a web page came instead of a document",
    "unsupported kind": "files of this kind are not read",
    "unknown kind": "it is neither a document nor text",
    "limit": "it asks for more than a file is given",
    "killed": "the process that read it died",
    "no text": "nothing was read",
}
_WANTS = {
    "absent": "no text",
    "unreadable": "text that is no language",
    "unmarked": "text without marks",
}


def reason(problem: ReadingProblem) -> str:
    """Why a file could not be read, as a sentence's end."""
    why = _REASONS.get(problem.code, problem.code)
    return f"{why} ({clean(stored(problem.detail))})" if problem.detail else why


def report_lines(known: list[FileView], ocr_lacks: Message | None) -> Iterator[str]:
    """What is read, what waits, what cannot be read and why."""
    once = {one.file.payload_digest: one for one in known}
    texts = [(one.file, one.outline) for one in once.values() if one.outline is not None]
    pages = sum(text.pages for _, text in texts)
    read = sum(text.has_text for _, text in texts)
    yield f"{count_of(len(once), 'attachment')}: {read:,} with text, {count_of(pages, 'page')}."
    unread = len(once) - len(texts)
    if unread:
        yield f"{count_of(unread, 'attachment')} not read yet."
    waiting = [(file, text) for file, text in texts if text.waiting]
    if waiting:
        number = sum(len(text.waiting) for _, text in waiting)
        yield f"{count_of(number, 'page')} of {count_of(len(waiting), 'file')} wait for OCR:"
        for file, text in waiting:
            yield f"  {clean(file.name)}: {_waiting(text.waiting)}  {clean(file.url)}"
        if ocr_lacks:
            yield f"They can't be read yet: {in_words(ocr_lacks)}. {in_words(INSTALL)}"
        else:
            yield "Read them with `hdnd attachments --ocr`."
    failed = [(file, text.ocr_problems) for file, text in texts if text.ocr_problems]
    if failed:
        number = sum(len(problems) for _, problems in failed)
        again = sum(text.ocr_again for _, text in texts)
        tried = f", {again:,} to be tried again with `--ocr`" if again else ""
        yield f"{count_of(number, 'page')} could not be read by OCR{tried}:"
        for file, problems in failed:
            shown = _shortened([f"{page} ({clean(stored(why))})" for page, why in problems.items()])
            yield f"  {clean(file.name)}: {shown}  {clean(file.url)}"
    inside = [(file, text.embedded) for file, text in texts if text.embedded]
    if inside:
        number = sum(len(names) for _, names in inside)
        yield f"{count_of(number, 'file')} inside others not read:"
        for file, names in inside:
            shown = _shortened([clean(name) for name in names])
            yield f"  {clean(file.name)}: {shown}  {clean(file.url)}"
    broken = [(file, text.problem) for file, text in texts if text.problem]
    if broken:
        yield f"{count_of(len(broken), 'attachment')} could not be read, or not to the end:"
        for file, problem in broken:
            yield f"  {clean(file.name)}: {reason(problem)}  {clean(file.url)}"


def _waiting(pages: tuple[PageText, ...]) -> str:
    wants: dict[str, list[str]] = {}
    for page in pages:
        number = f"{clean(page.part)} {page.number}" if page.part else str(page.number)
        wants.setdefault(page.want.value if page.want else "", []).append(number)
    return "; ".join(
        f"{'page' if len(numbers) == 1 else 'pages'} {_shortened(numbers)} ({_WANTS[want]})"
        for want, numbers in wants.items()
    )


def _shortened(numbers: list[str]) -> str:
    more = f" and {len(numbers) - 10:,} more" if len(numbers) > 10 else ""
    return ", ".join(numbers[:10]) + more


def text_lines(known: FileView, *, heading: bool) -> Iterator[str]:
    """An attachment's text, page by page."""
    file, text = known.file, known.text
    if heading:
        yield f"# {clean(file.name)}  {clean(file.url)}"
    if text is None:
        yield "[not read yet]"
        return
    for page in text.pages:
        if heading or len(text.pages) > 1 or page.want or page.how.value == "ocr":
            yield f"[{page_name(page)}]"
        yield from (clean(line) for line in page.text.split("\n"))
    if text.problem:
        yield f"[{reason(text.problem)}]"


def page_name(page: PageText) -> str:
    """A page as a person names it, with what there is to know of its text."""
    name = f"{clean(page.part)}, page {page.number}" if page.part else f"page {page.number}"
    if page.want:
        return f"{name}: waits for OCR, {_WANTS.get(page.want.value, page.want.value)}"
    return name if page.how.value == "text" else f"{name}: {page.how.value}"
