"""robots.txt as RFC 9309 reads it."""

import pytest

from crawler.politeness.robots import KEPT_SECONDS, MAX_BYTES, RobotsPolicy

ROBOTS = "https://mau.example/robots.txt"


def policy(rules, now=lambda: 0.0):
    known = RobotsPolicy("hdnd-archive/1.0 (+mailto:a@mau.example)", now)
    known.answered(ROBOTS, 200, rules if isinstance(rules, bytes) else rules.encode())
    return known


def allowed(rules, *paths):
    known = policy(rules)
    return [path for path in paths if known.allows(f"https://mau.example{path}")]


@pytest.mark.parametrize(
    "rules",
    [
        "User-agent: *\nDisallow: /b",
        "User-agent: *\rDisallow: /b\r",
        "User-agent: *\r\n\r\nDisallow: /b # nothing of b\r\n",
        "\ufeffUser-agent: *\nDisallow: /b",
        b"\xff\xfe\nUser-agent: *\nDisallow: /b",
        "USER-AGENT:*\n  disallow :/b",
        "User-agent: *\n\0\nDisallow: /b\n",
        "User-agent: *\nDisallow: /%62",
        "User-agent: *\nDisallow: /a\nDisallow: /b\nAllow: /a",
        "User-agent: *\nDisallow: /*b$",
    ],
    ids=["LF", "CR", "CRLF", "mark", "bytes", "case", "NUL", "percent", "tie", "pattern"],
)
def test_a_rule_counts_however_it_is_written(rules):
    assert allowed(rules, "/a", "/b") == ["/a"]


def test_the_longest_rule_wins_whatever_its_place():
    rules = "User-agent: *\nDisallow: /a/\nAllow: /a/b\nDisallow: /a/b/c\n"
    assert allowed(rules, "/a/x", "/a/b/x", "/a/b/c/x", "/d") == ["/a/b/x", "/d"]


def test_groups_of_one_name_are_one_and_those_for_all_are_not_read_then():
    rules = """
User-agent: hdnd-archive
Disallow: /a

User-agent: *
Disallow: /

User-agent: other
User-agent: HDND-Archive/2.0
Disallow: /b
"""
    assert allowed(rules, "/a", "/b", "/c") == ["/c"]


def test_a_group_without_a_rule_allows_all():
    rules = "User-agent: hdnd-archive\nDisallow:\n\nUser-agent: *\nDisallow: /\n"
    assert allowed(rules, "/a") == ["/a"]


@pytest.mark.parametrize("name", ["h", "hdnd", "archive", "hdnd-archive-2", "hdnd_archive"])
def test_a_name_that_is_not_ours_in_full_is_anothers(name):
    rules = f"User-agent: {name}\nAllow: /\n\nUser-agent: *\nDisallow: /a\n"
    assert allowed(rules, "/a", "/b") == ["/b"]


def test_a_line_that_is_not_known_ends_no_group():
    rules = "User-agent: hdnd-archive\nNoindex: /x\nUser-agent: other\nDisallow: /a\n"
    assert allowed(rules, "/a", "/b") == ["/b"]


def test_what_lies_past_the_limit_is_not_read_nor_is_the_line_it_cuts():
    before = b"User-agent: *\nDisallow: /a\n"
    cut = b"\nDisallow: /b/only-this\n"
    padding = b"#" * (MAX_BYTES - len(before) - len(b"\nDisallow: /b"))
    rules = before + padding + cut + b"Disallow: /c\n"
    assert allowed(rules, "/a", "/b", "/b/only-this", "/c") == ["/b", "/b/only-this", "/c"]


@pytest.mark.parametrize(
    ("told", "seconds"), [("2", 2), ("0.5", 0.5), ("-1", 0), ("nan", 0), ("inf", 0), ("x", 0)]
)
def test_a_crawl_delay_is_seconds_or_nothing(told, seconds):
    assert policy(f"User-agent: *\nCrawl-delay: {told}\n").delay(ROBOTS) == seconds


def test_after_a_day_an_answer_counts_no_more():
    clock = [0.0]
    known = policy("User-agent: *\nDisallow: /b\n", lambda: clock[0])

    clock[0] = KEPT_SECONDS - 1
    assert known.outdated() == []
    assert known.allows("https://mau.example/a")

    clock[0] = KEPT_SECONDS + 1
    assert known.outdated() == ["mau.example"]
    assert known.hosts() == []
    assert not known.allows("https://mau.example/a")
