"""What an answer shows of a document: its title, one passage, and what matched in them."""

from __future__ import annotations

import pytest

from indexer import Document
from indexer.engines.local.search import highlighter, joined
from indexer.engines.local.search.highlighter import Highlighter
from indexer.engines.local.search.snippets import SNIPPET_LENGTH, show
from indexer.engines.local.storage.stored_documents import normalised, pack, unpack
from indexer.language.analysis import Token, tokens
from indexer.query.abbreviations import table
from indexer.query.parsing import parse
from indexer.query.tree import Atom, leaves


def shown(query: str, *body: str, title: str = "", lead: str | None = None) -> tuple[str, str]:
    """Title and snippet, with brackets around what is highlighted."""
    document = normalised(Document("a", title, lead, body, None, "s", None, "u"))
    node = parse(query, table()).node
    assert node is not None
    found = show(unpack(pack(document)), Highlighter(leaves(node)))
    return (
        bracketed(found.title, found.title_spans),
        bracketed(found.snippet, found.snippet_spans),
    )


def bracketed(text: str, spans: tuple[tuple[int, int], ...]) -> str:
    for start, end in reversed(spans):
        text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    return text


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("giám sát", "Giám sát, GIÁM định", "[Giám] [sát], [GIÁM] định"),
        ("giám", "giám, giảm, giam", "[giám], giảm, giam"),
        ("giam", "giám, giảm, giang", "[giám], [giảm], giang"),
        ("giám", "giảm, giam", "[giảm], [giam]"),
        ("kỹ thuật", "kĩ thuật", "[kĩ] [thuật]"),
        ("thu*", "Thu phí, thủ tục, tục", "[Thu] phí, [thủ] tục, tục"),
        (
            '"giám sát"',
            "giám sát, giám - sát, giám và sát",
            "[giám sát], [giám - sát], giám và sát",
        ),
        ('"giám sát"', "giám 2 sát, giámsát", "giám 2 sát, giámsát"),
        ('"ban ban ban"', "ban ban ban ban", "[ban ban ban ban]"),
        ("hđnd", "HĐND, hội đồng nhân dân", "[HĐND], [hội đồng nhân dân]"),
        ("quận", "Q. 1, Q, quận", "[Q]. 1, Q, [quận]"),
        ("2020", "năm 2020, 2021", "năm [2020], 2021"),
        ("khóa XX", "Khóa 20, khoá XX", "[Khóa] [20], [khoá] [XX]"),
        ("XX", "khóaXX, khóa xx", "khóa[XX], khóa [xx]"),
        ("1000000", "1.000.000 đồng, 1.000", "[1.000.000] đồng, 1.000"),
        ("5", "việc thứ năm, khóaV, vui, Việt Nam", "việc thứ [năm], khóa[V], vui, Việt Nam"),
        ("7", "07, 17, thứ VII, lần 007", "[07], 17, thứ [VII], lần [007]"),
        ("năm 2020", "17/8/20, 8/2020, 2021", "[17/8/20], [8/2020], 2021"),
        ("40", "XL, ４０", "[XL], [４０]"),
        ("ngày 17/8/2020", "hôm 17.8.2020, 18/8/2020", "hôm [17.8.2020], 18/8/2020"),
        ("chợ", "🐟 chợ 會 chợ", "🐟 [chợ] 會 [chợ]"),
    ],
)
def test_what_matched_is_marked(query: str, text: str, marked: str) -> None:
    assert shown(query, text)[1] == marked


def test_title_and_passage_are_marked_apart() -> None:
    assert shown("chợ", "Họp chợ", title="Chợ Cầu") == ("[Chợ] Cầu", "Họp [chợ]")


def test_a_sequence_does_not_run_into_the_next_paragraph() -> None:
    assert shown('"họp chợ"', "họp", "chợ", title="họp") == ("họp", "họp")


def test_the_passage_with_most_different_words_is_shown_the_first_of_several() -> None:
    more = ["Chợ, chợ, chợ.", "Giá chợ.", "Chợ và giá."]
    assert shown("giá chợ", *more)[1] == "[Giá] [chợ]."
    assert shown("giá chợ", "Giá", lead="Giá chợ")[1] == "[Giá] [chợ]"


def test_without_a_match_the_passage_is_how_the_text_begins() -> None:
    sentence = "Trời mưa. " * 50
    assert shown("chợ", sentence, "Nắng.", title="Chợ")[1] == ("Trời mưa. " * 24).rstrip()
    assert shown("chợ", title="Chợ") == ("[Chợ]", "")


def test_a_passage_is_whole_sentences_if_they_are_short_enough() -> None:
    text = "Mưa to. " * 40 + "Chợ vẫn họp. " + "Nắng lên. " * 40
    snippet = shown("họp", text)[1]
    assert snippet.startswith("Mưa to. Mưa to.")
    assert snippet.endswith("[họp].")
    assert len(snippet) - 2 <= SNIPPET_LENGTH


def test_a_sentence_that_is_too_long_is_cut_after_a_comma_or_between_words() -> None:
    clause = "mưa to gió lớn " * 14
    assert shown("chợ", f"{clause}, rồi chợ họp {clause}")[1].startswith("rồi [chợ] họp mưa")
    words = shown("chợ", "mưa " * 100 + "chợ " + "gió " * 100)[1].replace("[chợ]", "chợ").split()
    assert {"mưa", "chợ", "gió"} >= set(words)
    assert "[chợ]" in shown("chợ", "x" * 500 + " chợ")[1]


@pytest.mark.parametrize(
    ("query", "body", "whole"),
    [
        (
            "hội đồng nhân dân",
            "Hội đồng nhân dân thị xã Hà-Sơn họp, HĐND-UBND 12/5 đến 3/6 ở Krông M’gar",
            "[Hội đồng nhân dân] thị xã Hà-Sơn họp, [HĐND]-UBND 12/5 đến 3/6 ở Krông M’gar",
        ),
        ("sarscov", "Dịch covid-19 ở bến Sơ-rê", "Dịch covid-19 ở bến Sơ-rê"),
        ('"dịch sarscov"', "Dịch covid-19 ở bến Sơ-rê", "Dịch covid-19 ở bến Sơ-rê"),
    ],
)
def test_a_word_that_may_have_joints_is_looked_for_where_they_stand(
    query: str, body: str, whole: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def reading(text: str) -> list[Token]:
        read.append(text)
        return tokens(text)

    monkeypatch.setattr(highlighter, "tokens", reading)
    monkeypatch.setattr(joined, "joined_words", lambda _: pytest.fail("no joint stands so"))
    assert shown(query, body)[1] == whole
    assert all(len(text) < len("Hội đồng nhân dân Hà-Sơn") for text in read)


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ('"dịch sarscov"', "dịch SARS-CoV, dịch sarscov", "[dịch SARS-CoV], [dịch sarscov]"),
        ('"xã mgar"', "xã M’gar HĐND, ’ xã Mgar hđnd", "[xã M’gar] HĐND, ’ [xã Mgar] hđnd"),
        ("hội đồng nhân dân", "hội đồng nhân dân, H-ĐND", "[hội đồng nhân dân], [H-ĐND]"),
        ("dịch sarsc*", "DỊCH SARSC-oV, SARS-C", "[DỊCH] [SARSC-oV], [SARS-C]"),
        ("sarscov", "sars−cov SARS-CoV 🐟", "sars−cov [SARS-CoV] 🐟"),
    ],
)
def test_a_word_with_joints_is_marked_in_rows_too(query: str, text: str, marked: str) -> None:
    assert shown(query, text)[1] == marked


def test_of_a_span_of_years_only_days_that_may_stand_there_are_compared(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    agreement = highlighter._agreement
    compared: list[Token] = []

    def comparing(token: Token, atom: Atom) -> int | None:
        compared.append(token)
        return agreement(token, atom)

    monkeypatch.setattr(highlighter, "_agreement", comparing)
    query = "từ 1/3/2012 đến 28/3/2024"
    text = "Họp 3/4/2011, 3/4/2013; 2/3/2012 đến 9/3/2012, 29/3/2024, 28/3/2024"
    marked = "Họp 3/4/2011, [3/4/2013]; [2/3/2012] đến [9/3/2012], 29/3/2024, [28/3/2024]"
    assert shown(query, text)[1] == marked
    assert len(compared) < 200


def test_what_a_star_stands_for_is_found_once_for_all_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    node = parse("*ng t*nh", table()).node
    assert node is not None
    marker = Highlighter(leaves(node))
    read: list[str] = []

    def reading(text: str) -> list[Token]:
        read.append(text)
        return tokens(text)

    monkeypatch.setattr(highlighter, "tokens", reading)
    for number in range(9):
        body = ("Đồng bằng,\ntỉnh Lâm-Đồng không mưa.",)
        document = normalised(Document(str(number), "Tỉnh", None, body, None, "s", None, "u"))
        found = show(unpack(pack(document)), marker)
        assert bracketed(found.title, found.title_spans) == "[Tỉnh]"
        whole = bracketed(found.snippet, found.snippet_spans)
        assert whole == "[Đồng] [bằng], [tỉnh] Lâm-[Đồng] [không] mưa."
    assert sorted(read) == sorted({"Tỉnh", "Đồng", "bằng,", "tỉnh", "Lâm-Đồng", "không", "mưa."})
