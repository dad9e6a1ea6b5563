"""The name that a server gives a file, however it writes it."""

from __future__ import annotations

import pytest

from archive.catalogue.attachment_files import ArticleFile, named_as_sent
from crawler.extraction.attachments.sent_names import sent_name

NAME = "Nghị quyết 88.pdf"
ENCODED = "Ngh%E1%BB%8B%20quy%E1%BA%BFt%2088.pdf"


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        (f"attachment; filename=\"x.pdf\"; filename*=UTF-8''{ENCODED}", NAME),
        (f'attachment; filename="{NAME}"'.encode().decode("latin-1"), NAME),
        (f'attachment; filename="{ENCODED}"', NAME),
        ('inline; filename="Quy\u00ea\u00ec.pdf"', "Quyế.pdf"),
        ("attachment; filename=NQ-88.pdf; size=9", "NQ-88.pdf"),
        (r'attachment; filename="C:\\Users\\van thu\\NQ.pdf"', "NQ.pdf"),
        ('attachment; filename="../../a b.pdf"', "a b.pdf"),
        ("attachment; filename*=no-such-charset''a%20b.pdf", "a b.pdf"),
        ("attachment", ""),
        (None, ""),
    ],
)
def test_the_name_a_server_gives(disposition, name):
    assert sent_name(disposition) == name


def test_it_counts_where_the_address_names_no_file():
    def called(name, sent):
        file = ArticleFile("a", "v", "https://x.example/1", name, "sha256:1", 1, stands=True)
        return named_as_sent(file, sent).name

    assert called("download", NAME) == NAME
    assert called("NQ 88.docx", NAME) == "NQ 88.docx"
    assert called("download", "") == "download"
    assert called("download", "file") == "download"
