"""What is read of the attachments, what waits for OCR, what cannot be read and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from hdnd.usecases.ocr import INSTALL
from search_cli.counts import count_of
from search_cli.safe_text import clean
from search_cli.words import N_, _, in_words, ngettext, stored

if TYPE_CHECKING:
    from archive.ground.message import Message
    from hdnd.views.attachment import FileView, PageText, ReadingProblem

_REASONS = {
    "empty": N_("it has no bytes"),
    "encrypted": N_("it is encrypted with a password"),
    "damaged": N_("it is damaged"),
    "web page": N_("a web page came instead of a document"),
    "unsupported kind": N_("files of this kind are not read"),
    "unknown kind": N_("it is neither a document nor text"),
    "limit": N_("it asks for more than a file is given"),
    "killed": N_("the process that read it died"),
    "no text": N_("nothing was read"),
}
_WANTS = {
    "absent": N_("no text"),
    "unreadable": N_("text that is no language"),
    "unmarked": N_("text without marks"),
}


_MOST = 10


def reason(problem: ReadingProblem) -> str:
    """Why a file could not be read, as a sentence's end."""
    why = _(_REASONS.get(problem.code, problem.code))
    return f"{why} ({clean(stored(problem.detail))})" if problem.detail else why


def report_lines(known: list[FileView], ocr_lacks: Message | None) -> Iterator[str]:
    """What is read, what waits, what cannot be read and why."""
    once = {one.file.payload_digest: one for one in known}
    texts = [(one.file, one.outline) for one in once.values() if one.outline is not None]
    pages = sum(text.pages for _file, text in texts)
    read = sum(text.has_text for _file, text in texts)
    yield _(
        "{attachments}: {read} with text, {pages}.",
        attachments=count_of(len(once), "attachment"),
        read=read,
        pages=count_of(pages, "page"),
    )
    unread = len(once) - len(texts)
    if unread:
        yield _("{attachments} not read yet.", attachments=count_of(unread, "attachment"))
    waiting = [(file, text) for file, text in texts if text.waiting]
    if waiting:
        number = sum(len(text.waiting) for _file, text in waiting)
        yield _(
            "{pages} of {files} wait for OCR:",
            pages=count_of(number, "page"),
            files=count_of(len(waiting), "file"),
        )
        for file, text in waiting:
            yield f"  {clean(file.name)}: {_waiting(text.waiting)}  {clean(file.url)}"
        if ocr_lacks:
            why, how = in_words(ocr_lacks), in_words(INSTALL)
            yield _("They can't be read yet: {why}. {how}", why=why, how=how)
        else:
            yield _("Read them with `hdnd attachments --ocr`.")
    failed = [(file, text.ocr_problems) for file, text in texts if text.ocr_problems]
    if failed:
        pages = sum(len(problems) for _file, problems in failed)
        again = sum(text.ocr_again for _file, text in texts)
        if again:
            yield _(
                "{pages} could not be read by OCR, {again} to be tried again with `--ocr`:",
                pages=count_of(pages, "page"),
                again=again,
            )
        else:
            yield _("{pages} could not be read by OCR:", pages=count_of(pages, "page"))
        for file, problems in failed:
            shown = _shortened([f"{page} ({clean(stored(why))})" for page, why in problems.items()])
            yield f"  {clean(file.name)}: {shown}  {clean(file.url)}"
    inside = [(file, text.embedded) for file, text in texts if text.embedded]
    if inside:
        number = sum(len(names) for _file, names in inside)
        yield _("{files} inside others not read:", files=count_of(number, "file"))
        for file, names in inside:
            shown = _shortened([clean(name) for name in names])
            yield f"  {clean(file.name)}: {shown}  {clean(file.url)}"
    broken = [(file, text.problem) for file, text in texts if text.problem]
    if broken:
        yield _(
            "{attachments} could not be read, or not to the end:",
            attachments=count_of(len(broken), "attachment"),
        )
        for file, problem in broken:
            yield f"  {clean(file.name)}: {reason(problem)}  {clean(file.url)}"


def _waiting(pages: tuple[PageText, ...]) -> str:
    wants: dict[str, list[str]] = {}
    for page in pages:
        number = f"{clean(page.part)} {page.number}" if page.part else str(page.number)
        wants.setdefault(page.want.value if page.want else "", []).append(number)
    return "; ".join(
        ngettext(
            "page {pages} ({want})",
            "pages {pages} ({want})",
            len(numbers),
            pages=_shortened(numbers),
            want=_(_WANTS[want]),
        )
        for want, numbers in wants.items()
    )


def _shortened(numbers: list[str]) -> str:
    shown = ", ".join(numbers[:_MOST])
    if len(numbers) <= _MOST:
        return shown
    return _("{shown} and {more} more", shown=shown, more=len(numbers) - _MOST)


def text_lines(known: FileView, *, heading: bool) -> Iterator[str]:
    """An attachment's text, page by page."""
    file, text = known.file, known.text
    if heading:
        yield f"# {clean(file.name)}  {clean(file.url)}"
    if text is None:
        yield _("[not read yet]")
        return
    for page in text.pages:
        if heading or len(text.pages) > 1 or page.want or page.how.value == "ocr":
            yield f"[{page_name(page)}]"
        yield from (clean(line) for line in page.text.split("\n"))
    if text.problem:
        yield f"[{reason(text.problem)}]"


def page_name(page: PageText) -> str:
    """A page as a person names it, with what there is to know of its text."""
    name = _("page {number}", number=page.number)
    name = f"{clean(page.part)}, {name}" if page.part else name
    if page.want:
        want = _(_WANTS.get(page.want.value, page.want.value))
        return _("{page}: waits for OCR, {want}", page=name, want=want)
    return name if page.how.value == "text" else f"{name}: {page.how.value}"
