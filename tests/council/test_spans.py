"""Every fact gives back the words it rests on, in whatever form the text comes."""

import unicodedata
from dataclasses import replace

import pytest

from council import Person, VersionPassage, VersionText, facts_of
from council.names import name_key
from support.gold import articles
from support.scoring import line_of

ARTICLES = [article for part in ("tuned", "unseen") for article in articles(part)]


def in_form(text: VersionText, form: str) -> VersionText:
    passages = (
        replace(passage, text=unicodedata.normalize(form, passage.text))
        for passage in text.passages
    )
    return replace(text, passages=tuple(passages))


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.name)
def test_a_span_gives_back_its_text(article):
    for fact in facts_of(article.text):
        passage = article.text.passages[fact.passage].text
        assert 0 <= fact.start < fact.end <= len(passage)
        assert passage[fact.start : fact.end] == passage[fact.start : fact.end].strip()
        if isinstance(fact.value, Person):
            given = name_key(passage[fact.start : fact.end])
            assert name_key(fact.value.name).endswith(given)


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.name)
def test_decomposed_letters_tell_the_same(article):
    decomposed = in_form(article.text, "NFD")
    plain, other = facts_of(article.text), facts_of(decomposed)
    assert [(fact.kind, line_of(fact)) for fact in plain] == [
        (fact.kind, line_of(fact)) for fact in other
    ]
    for one, two in zip(plain, other, strict=True):
        written = article.text.passages[one.passage].text[one.start : one.end]
        found = decomposed.passages[two.passage].text[two.start : two.end]
        assert unicodedata.normalize("NFC", found) == written


def test_the_place_of_the_tone_makes_no_difference():
    old = "Ngày 3/4/2024, Chủ tịch Uỷ ban nhân dân quận Thái Hoà Bình dự kỳ họp khoá XX."
    new = "Ngày 3/4/2024, Chủ tịch Ủy ban nhân dân quận Thái Hòa Bình dự kỳ họp khóa XX."
    told = [
        [fact.kind for fact in facts_of(VersionText((VersionPassage("body", 0, text),)))]
        for text in (old, new)
    ]
    assert told[0] == told[1]
    assert told[0]


def test_reading_twice_tells_the_same():
    for article in ARTICLES:
        assert facts_of(article.text) == facts_of(article.text)


@pytest.mark.parametrize("text", ["", " ", ".", "Ông", "ông ", "số", "12/", "\ud800", "a" * 5000])
def test_no_text_is_too_odd(text):
    assert isinstance(facts_of(VersionText((VersionPassage("title", 0, text),))), tuple)
