"""The command speaks Vietnamese or English, as it is asked; help and click's own words too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from search_cli.counts import count_of
from search_cli.main import main
from search_cli.words import _, choose, spoken
from support.catalogues import ROOT
from support.commands_page import all_commands
from support.english import english_in
from support.hdnd import run_hdnd
from support.spoken import unmarked

VIETNAMESE = {"HDND_LANG": "vi"}


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    choose(())


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        ((), {}, "en"),
        ((), {"LANG": "vi_VN.UTF-8"}, "vi"),
        ((), {"LANG": "vi_VN.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ((), {"LANG": "en_GB.UTF-8", "HDND_LANG": "vi"}, "vi"),
        (("--lang", "en", "status"), VIETNAMESE, "en"),
        (("status", "--lang=vi"), {}, "vi"),
        (("--lang", "en", "status", "--lang", "vi"), {}, "vi"),
        (("status", "--lang", "xx"), VIETNAMESE, "vi"),
        (("search", "--", "--lang", "vi"), {}, "en"),
        (("status", "--lang"), {}, "en"),
    ],
)
def test_the_option_goes_before_the_variable_and_that_before_the_locale(
    arguments: Sequence[str], environment: Mapping[str, str], language: str
) -> None:
    choose(arguments, environment)
    assert spoken() == language


def test_help_is_told_in_either_language_and_examples_stay_as_they_are_typed() -> None:
    english, vietnamese = run_hdnd("search", "--help"), run_hdnd("search", "--lang", "vi", "--help")
    assert vietnamese.status == 0
    assert vietnamese.lines[0] == "Cách dùng: hdnd search [TÙY-CHỌN] [CÂU-TÌM]..."
    assert "  --from NGÀY " in vietnamese.out
    assert "-h, --help                      Hiện trợ giúp này rồi thoát." in vietnamese.out
    assert "[bắt buộc]" in run_hdnd("release", "--lang", "vi", "--help").out
    assert "[mặc định: 02:15]" in run_hdnd("schedule", "--lang", "vi", "--help").out
    examples = english.out.partition("\nExamples:\n")[2]
    assert vietnamese.out.partition("\nVí dụ:\n")[2] == examples


def test_what_click_says_is_told_in_vietnamese_too() -> None:
    assert (
        "Không có lệnh 'serach'. Có phải ý bạn là: search?"
        in run_hdnd("serach", env=VIETNAMESE).err
    )
    assert "Thiếu tham số 'MÃ'." in run_hdnd("show", "--lang", "vi").err
    wrong = run_hdnd("status", "--lang", "xx")
    assert wrong.status == 2
    assert "Invalid value for '--lang': 'xx' is not one of 'en', 'vi'." in wrong.err


def test_numbers_days_and_plurals_are_as_the_language_has_them() -> None:
    at = datetime(2024, 2, 5, 17, tzinfo=UTC).astimezone()
    assert _("{at} {count}", at=at, count=1250) == f"{at:%d/%m/%Y %H:%M} 1,250"
    assert [count_of(1, "article"), count_of(1250, "article")] == ["1 article", "1,250 articles"]
    choose((), VIETNAMESE)
    assert [count_of(1, "article"), count_of(1250, "article")] == ["1 bài", "1.250 bài"]


KEPT = {
    "search_cli/commands/schedule.py": "systemd's own words; what is said in it is filled in",
    "search_cli/comparison.py": "a style sheet",
    "search_cli/as_typed.py": "a command line",
}
"""Modules with a text that is for no reader."""


def test_nothing_is_said_that_is_not_translated() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}: {text}"
        for path in sorted((ROOT / "search_cli").rglob("*.py"))
        for line, text in unmarked(path.read_text("utf-8"))
    ]
    assert [one for one in found if one.split(":")[0] not in KEPT] == []
    assert {one.split(":")[0] for one in found} == set(KEPT)


@pytest.mark.parametrize(
    ("code", "texts"),
    [
        ('click.echo("Nothing found.")', ["Nothing found."]),
        ('click.echo(f"{n} found")', [" found"]),
        ('click.echo(_("{n} found", n=n))', []),
        ('click.echo(_("{n} found", n="many of them"))', ["many of them"]),
        ('yield f"{name}: " + ("none" if not n else "some")', ["none", "some"]),
        ('def a():\n    """Say."""\n    return "none"', ["none"]),
        ('WORDS = {"x": "not so", "y": N_("so it is")}', ["not so"]),
        ('lines.append("Interrupted")', ["Interrupted"]),
        ('raise UsageError("Give two or none.")', ["Give two or none."]),
        ('if kind == "json":\n    form = "csv"', []),
        ('@click.option("--all", help="All of them.")\ndef a(): ...', []),
    ],
)
def test_untranslated_words_are_found_wherever_they_are_said(code: str, texts: list[str]) -> None:
    assert [text for _line, text in unmarked(code)] == texts


ARTICLE = "thanh-giang-3147152"
FOR_PROGRAMS = [
    ("search", "giám", "sat"),
    ("search", "--history", "khong", "co", "chu", "nay"),
    ("show", ARTICLE),
    ("who",),
    ("cited",),
    ("activities",),
    ("promises",),
    ("anomalies",),
    ("facts", ARTICLE),
    ("views",),
    ("history", ARTICLE),
    ("changes", "--gone"),
    ("coverage",),
    ("runs",),
    ("runs", "show", "1"),
    ("attachments", "--quiet"),
    ("verify", "--quiet"),
    ("status",),
    ("withhold", "--list"),
    ("watch", "look"),
    ("diff", ARTICLE),
]
OF_NIGHTS = {"archive", "refresh"}
"""What each of these prints tells of a run of its own: its id, its hours."""

OF_STORES = {"store drop", "store push", "store status"}
"""What needs a store is asked in tests/cluster/test_store_command.py."""


def test_json_is_the_same_bytes_in_both_languages(
    copy_of_demo: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HDND_HOME", str(copy_of_demo))
    for typed in FOR_PROGRAMS:
        printed = {}
        for language in ("en", "vi"):
            main(["--lang", language, *typed, "--json"])
            printed[language] = capfd.readouterr().out
        assert printed["en"] == printed["vi"], typed
    with_json = {
        name.removeprefix("hdnd ")
        for name, command, _context in all_commands()
        if any("--json" in param.opts for param in command.params)
    }
    tried = {" ".join(typed[:2]) for typed in FOR_PROGRAMS} | {typed[0] for typed in FOR_PROGRAMS}
    assert with_json - tried == OF_NIGHTS | OF_STORES


STORY = [
    *(list(typed) for typed in FOR_PROGRAMS if typed[0] not in ("who", "anomalies")),
    ["search", "zzzqqq"],
    ["search", "giám sat", "--by", "month"],
    ["search", "a", "--page", "99"],
    ["search", "--from", "2022", "--to", "2020", "giám"],
    ["search", "--from", "hôm qua", "giám"],
    ["search", "--csv", "--json", "a"],
    ["views", "--since", "2020"],
    ["who", "nguyen"],
    ["sites"],
    ["crawl", "hai-ba-trung"],
    ["crawl", "moc-son"],
    ["show", "nobody-1"],
    ["show", ARTICLE, "--html", "-o", "/nonexistent/x"],
    ["withhold", ARTICLE, "--reason", "Quyết định 12/2024"],
    ["show", ARTICLE],
    ["remove", ARTICLE, "--reason", "Quyết định 12/2024"],
    ["export", "--format", "wacz"],
    ["index"],
    ["rebuild"],
    ["repair"],
    ["cite", "thanh-giang-3167982"],
]


def test_nothing_that_is_printed_in_vietnamese_is_english(
    copy_of_demo: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HDND_HOME", str(copy_of_demo))
    english: set[str] = set()
    for typed in [*STORY, ["verify", "--quiet"]]:
        if typed[0] == "verify":
            (copy_of_demo / "manifest.jsonl").unlink()
        main(["--lang", "vi", *typed])
        said = capfd.readouterr()
        english |= {f"{typed[0]}: {word}" for word in english_in(said.out + said.err)}
    assert english == set()


def test_the_demo_ends_in_vietnamese(tmp_path: Path) -> None:
    (tmp_path / "bai.txt").write_text(
        "Kỳ họp thứ 5\nNgày đăng 05/02/2024 | 17:00 | Lượt xem: 407\nThông qua nghị quyết.",
        encoding="utf-8",
    )
    done = run_hdnd(
        "demo", "--lang", "vi", "--articles", str(tmp_path), "--home", str(tmp_path / "kho")
    )
    assert done.status == 0, done.err
    assert "\nHoặc xem bằng trình duyệt:\n" in done.out
    said = [line for line in done.lines if "--home" not in line]
    assert english_in("\n".join(said) + done.err) == set()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Tìm thấy 1.250 bài, 1–10:", set()),
        ("hdnd: there is no article `hdnd show`", {"there", "is", "article"}),
        ("Chỉ mục  up to date", {"up", "date"}),
        ("trong tệp report.pdf, trang 1  https://a.example/first", set()),
    ],
)
def test_english_words_are_told_from_vietnamese_ones(text: str, words: set[str]) -> None:
    assert english_in(text) == words
