"""Small files that ask for a lot, each named for what it asks."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Mapping

from support import office, pdf_parts
from support.office import docx, paragraph, run

MIB = 1 << 20


def a_gibibyte_in_two_kilobytes() -> bytes:
    packed = _deflated(b" " * MIB, 1024)
    return _with_stream(zlib.compress(zlib.compress(packed, 9), 9), filters=3)


def half_a_gibibyte_of_operators() -> bytes:
    return _with_stream(zlib.compress(_deflated(b"1 0 0 1 0 0 cm\n" * 70_000, 500), 9), filters=2)


def text_without_an_end() -> bytes:
    line = b"BT /F1 12 Tf 70 700 Td (Bach Ma) Tj ET\n" * 25_000
    return _with_stream(zlib.compress(_deflated(line, 300), 9), filters=2)


def a_form_drawn_a_thousand_million_times() -> bytes:
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /XObject << /X 5 0 R >> >> >>",
        pdf_parts.stream(b"/X Do " * 10),
    ]
    for level in range(5, 13):
        inner = b"/Resources << /XObject << /X %d 0 R >> >>" % (level + 1)
        objects.append(_form(b"/X Do " * 10, inner))
    objects.append(_form(b"BT (x) Tj ET", b""))
    return pdf_parts.pdf(objects)


def a_form_that_draws_itself() -> bytes:
    return pdf_parts.one_page(
        b"/X Do", _form(b"/X Do", b"/Resources << /XObject << /X 5 0 R >> >>"),
        extra=b"/XObject << /X 5 0 R >>",
    )  # fmt: skip


def a_page_tree_that_is_its_own_child() -> bytes:
    return pdf_parts.pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 1000000 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
        ]
    )


def a_million_pages() -> bytes:
    """Six levels of ten children each, all the same."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    for level in range(6):
        child = b"%d 0 R " % (3 + level)
        objects.append(b"<< /Type /Pages /Count %d /Kids [%b] >>" % (10 ** (6 - level), child * 10))
    objects.append(b"<< /Type /Page /MediaBox [0 0 595 842] >>")
    return pdf_parts.pdf(objects)


def two_thousand_pages_and_one() -> bytes:
    kids = b" ".join(b"%d 0 R" % number for number in range(4, 2005))
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 3 0 R >>"
    return pdf_parts.pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Count 2001 /Kids [%b] >>" % kids,
            pdf_parts.stream(b""),
            *[page] * 2001,
        ]
    )


def a_zip_of_one_gibibyte() -> bytes:
    return _zip_of("word/document.xml", b" " * MIB, 1024)


def empty_paragraphs_by_the_million() -> bytes:
    return _zip_of("word/document.xml", b"<w:p/>" * 170_000, 60, head=b"<w:document>")


def a_thousand_million_laughs() -> bytes:
    entities = '<!ENTITY a "ha ha ha ha ha ha ha ha ha ha">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">'
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    return docx(paragraph(run("Trước ").replace("Trước ", "Trước &i; sau")),
                head=f"<!DOCTYPE w [{entities}]>")  # fmt: skip


def ten_thousand_entries_and_one() -> bytes:
    return office.package({f"{number}": b"" for number in range(10_001)})


def rich_text_a_million_groups_deep() -> bytes:
    return rb"{\rtf1 Truoc " + b"{" * 1_000_000 + b"x" + b"}" * 1_000_000 + b"}"


BOMBS: Mapping[str, Callable[[], bytes]] = {
    made.__name__.replace("_", " "): made
    for made in (
        a_gibibyte_in_two_kilobytes,
        half_a_gibibyte_of_operators,
        text_without_an_end,
        a_form_drawn_a_thousand_million_times,
        a_form_that_draws_itself,
        a_page_tree_that_is_its_own_child,
        a_million_pages,
        two_thousand_pages_and_one,
        a_zip_of_one_gibibyte,
        empty_paragraphs_by_the_million,
        a_thousand_million_laughs,
        ten_thousand_entries_and_one,
        rich_text_a_million_groups_deep,
    )
}


def _deflated(piece: bytes, times: int) -> bytes:
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(piece) for _ in range(times)) + packer.flush()


def _with_stream(packed: bytes, *, filters: int) -> bytes:
    whole = pdf_parts.one_page(b"")
    length = b"<< /Length %d /Filter [%b]  >>" % (
        len(packed),
        b" ".join([b"/FlateDecode"] * filters),
    )
    start = whole.index(b"4 0 obj\n") + len(b"4 0 obj\n")
    end = whole.index(b"\nendobj", start)
    return whole[:start] + length + b"\nstream\n" + packed + b"\nendstream" + whole[end:]


def _form(content: bytes, entries: bytes) -> bytes:
    return pdf_parts.stream(
        content, b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] " + entries
    )


def _zip_of(name: str, piece: bytes, times: int, head: bytes = b"") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open(name, "w") as part:
            part.write(head)
            for _ in range(times):
                part.write(piece)
    return out.getvalue()
