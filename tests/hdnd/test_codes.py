"""Below the faces all is told by code; the catalogues have the words for every code."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from archive.ground.message import Message
from hdnd.messages.language import grouped
from hdnd.messages.stored import stored_words
from hdnd.messages.telling import told
from support.codes import (
    DOMAINS,
    errors_without_code,
    found_in,
    sentences,
    uses,
    values_of,
    vietnamese,
    words,
)

TOLD_BY_CODE = (
    "archive",
    "council",
    "crawler",
    "hdnd/bulk",
    "hdnd/usecases",
    "hdnd/views",
    "indexer",
    "web_reader/serving.py",
)
"""The folders and modules that hold no sentence for people any more."""

STORED = "words that an archive stores; hdnd/messages/stored.py tells them"
KEPT: dict[str, str] = {
    "archive/catalogue/ocr_texts.py": "problems as they are stored",
    "archive/catalogue/pages.py": "problems as they are stored",
    "archive/catalogue/registry.py": "what a programmer has put together wrongly",
    "archive/export/bagit.py": "what a package says of itself",
    "archive/export/proof.py": "what a package says of itself",
    "archive/export/replayable.py": "what a package says of itself",
    "archive/model.py": "problems as they are stored",
    "archive/warc/zstd_frames.py": "problems as they are stored",
    "council/rules.py": "the table of rules in docs/facts.md",
    "crawler/__init__.py": "what Python says of a name that a module lacks",
    "crawler/extraction/attachments/pdf.py": STORED,
    "crawler/extraction/attachments/read.py": STORED,
    "crawler/extraction/attachments/stored_files.py": STORED,
    "crawler/extraction/content_codings.py": STORED,
    "crawler/extraction/extract.py": STORED,
    "crawler/extraction/node_texts.py": STORED,
    "crawler/extraction/page_limits.py": STORED,
    "crawler/extraction/platforms/described.py": STORED,
    "crawler/extraction/platforms/described_article.py": STORED,
    "crawler/extraction/platforms/liferay.py": STORED,
    "crawler/extraction/uniform_responses.py": STORED,
    "crawler/frontier/frontier.py": STORED,
    "crawler/politeness/user_agent.py": STORED,
    "crawler/sample_portal/layout.py": "what a made-up portal says on its pages",
    "crawler/sessions/alike_files.py": STORED,
    "crawler/sessions/layout_watch.py": STORED,
    "crawler/sessions/removed_articles.py": STORED,
    "crawler/sessions/robots_gate.py": STORED,
    "crawler/sessions/site_crawl.py": STORED,
    "crawler/transport/encryption.py": STORED,
    "crawler/transport/keeping.py": STORED,
    "crawler/transport/session_spider.py": "a line of Scrapy's log",
    "crawler/transport/wire.py": STORED,
    "crawler/web_archives/common_crawl.py": STORED,
    "crawler/web_archives/index_reader.py": STORED,
    "crawler/web_archives/memento_crawl.py": STORED,
    "crawler/web_archives/wayback.py": STORED,
    "crawler/web_archives/web_archive.py": STORED,
    "hdnd/usecases/describing.py": "a note in a description that is kept with what was looked at",
    "hdnd/views/workbook.py": "a workbook's own XML, and what a cell says that is too long",
    "indexer/__init__.py": "what Python says of an attribute that is not there",
    "indexer/language/syllables.py": "syllables",
}
"""Modules whose words look like sentences and are none for people, and what they are instead."""

VOCABULARIES = {
    "council/": "words and patterns that articles are searched for",
    "crawler/drafts/looking.py": "words that a portal's pages are known by",
    "crawler/extraction/": "words that pages and files are read by",
    "crawler/sample_portal/": "what a made-up portal says on its pages",
    "hdnd/usecases/council_questions.py": "words that questions are known by",
    "hdnd/usecases/demonstration.py": "what a made-up portal is asked for",
    "indexer/language/": "words and syllables of the language",
    "indexer/query/": "words that questions are known by",
}
"""Folders and modules that hold Vietnamese words and none for people, and what they are instead."""


@pytest.mark.parametrize("domain", DOMAINS)
def test_every_code_has_its_words_in_both_languages_and_no_words_are_without_a_code(
    domain: str,
) -> None:
    used = {use.code for folder in DOMAINS[domain] for use in uses(folder)}
    assert all(code.startswith(f"{domain}.") for code in used)
    for language in ("en", "vi"):
        known = words(language, domain)
        assert used - set(known) == set(), f"without words in {language}"
        assert set(known) - used == set(), f"in no code, but in {language}"
        assert [code for code, said in known.items() if not all(said)] == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_words_hold_the_values_that_are_given_with_their_code(domain: str) -> None:
    given = defaultdict(list)
    for folder in DOMAINS[domain]:
        for use in uses(folder):
            if use.values is not None:
                given[use.code].append(use)
    english, vietnamese = words("en", domain), words("vi", domain)
    for code, said in english.items():
        wanted = values_of(said[-1])
        assert {value for one in vietnamese[code] for value in values_of(one)} == wanted, code
        for use in given[code]:
            assert wanted <= use.values, f"{use.place}: {code} says {wanted}"


@pytest.mark.parametrize("folder", TOLD_BY_CODE)
def test_no_sentence_stands_below_the_faces(folder: str) -> None:
    found = [one for one in sentences(folder) if one.split(":")[0] not in KEPT]
    found += [one for one in vietnamese(folder) if not one.startswith(tuple(VOCABULARIES))]
    assert found + list(errors_without_code(folder)) == []


@pytest.mark.parametrize(
    "source",
    [
        "raise UsageError('Nothing found')",
        "raise errors.SiteError(f'{site}: gone')",
        "raise UsageError(site + ': gone')",
        "said = 'Không có bài nào'",
        "said = 'there is ' + 'no such article'",
        "said = 'there is ' + name + ' of no article'",
        "said = 'there is no {} here'.format(name)",
        "said = 'there is no %s here' % name",
        "said = ' '.join(['there', 'is', 'no', 'article'])",
        "said = ' '.join(('there is', name, 'not'))",
    ],
)
def test_a_sentence_is_found_however_it_is_put_together(source: str) -> None:
    assert len(found_in(source)) == 1


@pytest.mark.parametrize(
    "source",
    [
        "raise UsageError('archive.no-folder', folder=folder)",
        "raise UsageError(message)",
        "LOGGER.warning('there is no %s here', name)",
        "assert found, 'there is no article'",
        "path = folder + '/' + name",
    ],
)
def test_codes_logs_and_names_are_no_sentences(source: str) -> None:
    assert found_in(source) == []


@pytest.mark.parametrize("module", [module for module, why in KEPT.items() if why == STORED])
def test_what_an_archive_stores_is_told_in_vietnamese(module: str) -> None:
    found = [one.split(": ", 1)[1] for one in sentences(module)]
    assert found
    assert [one for one in found if stored_words(one, "vi") == one] == []


def test_a_code_without_words_is_said_as_it_stands() -> None:
    assert told(Message("archive.never-heard-of"), "vi") == "archive.never-heard-of"


@pytest.mark.parametrize(
    ("language", "number", "written"),
    [("en", 1250, "1,250"), ("vi", 1250, "1.250"), ("vi", 7, "7")],
)
def test_thousands_are_marked_as_the_language_does(
    language: str, number: int, written: str
) -> None:
    assert grouped(number, language) == written


def test_a_message_is_a_value() -> None:
    one = Message("archive.x", path=Path("/a"), at=datetime(2024, 2, 5, tzinfo=UTC))
    assert one == Message("archive.x", path=Path("/a"), at=datetime(2024, 2, 5, tzinfo=UTC))
    assert one != Message("archive.x", path=Path("/a"), at=date(2024, 2, 5))
    assert (
        len({one, Message("archive.x", path=Path("/a"), at=datetime(2024, 2, 5, tzinfo=UTC))}) == 1
    )
