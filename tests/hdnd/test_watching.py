"""Kept searches: what is new for each, told once, also what was taken out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from archive.ground.errors import LockHeld, UsageError
from archive.ground.home import Home
from archive.ground.lock import WriterLock
from hdnd.usecases import watch_files
from hdnd.usecases.indexing import update_index
from hdnd.usecases.watching import (
    TO_A_PERSON,
    TO_THE_COMMAND,
    add_watch,
    look,
    not_handed_on,
    shown_events,
)
from hdnd.usecases.withholding import release, withhold
from hdnd.views.watch import Watch, WatchEvent, WatchEventKind
from portal_visitor import article
from support.chronicle import DAY, START, Chronicle
from support.hdnd import run_hdnd

FIRST = article("mot", title="Trồng cây xanh", paragraphs=("Quận trồng cây xanh ven hồ.",))
SECOND = article("hai", title="Chặt cây xanh", paragraphs=("Cây xanh bị chặt hạ.", "Câu khác."))
OTHER = article("ba", title="Giao thông", paragraphs=("Không liên quan.",))


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Chronicle, list[set[str]]]]:
    """A watch over several nights, and the kinds of what each night brought."""
    with Chronicle(tmp_path_factory.mktemp("watch") / "home", [FIRST, OTHER]) as chronicle:
        nights: list[set[str]] = []

        def night() -> None:
            chronicle.visit(after=8 * DAY)
            update_index(chronicle.home)
            events = look(chronicle.home, ["cay-xanh"])[0].events
            watch_files.note_handed(chronicle.home, "cay-xanh", events, "person")
            nights.append({f"{event.kind.value} {event.title}" for event in events})

        chronicle.visit()
        update_index(chronicle.home)
        made = add_watch(chronicle.home, ['"cây xanh"'], edits=True, name="cay-xanh")
        old = replace(made, made=START.isoformat())
        (chronicle.home.watches / "cay-xanh.json").write_text(
            json.dumps({**watch_json(old)}), encoding="utf-8"
        )
        night()
        chronicle.publish(SECOND)
        night()
        chronicle.publish(replace(SECOND, title="Chặt cây", paragraphs=("Câu khác.",)))
        night()
        del chronicle.portal.articles[FIRST.asset_id]
        for _ in range(3):
            night()
        chronicle.publish(FIRST)
        night()
        yield chronicle, nights


def watch_json(watch: Watch) -> dict[str, object]:
    from hdnd.views.watch import watch_json

    return watch_json(watch)


def test_each_night_brings_what_is_new_and_nothing_twice(
    told: tuple[Chronicle, list[set[str]]],
) -> None:
    _, nights = told
    assert nights[0] == set()
    assert nights[1] == {"new Chặt cây xanh"}
    assert nights[2] == {"removed Chặt cây xanh"}
    assert set().union(*nights[3:6]) == {"gone Trồng cây xanh"}
    assert nights[6] == {"back Trồng cây xanh"}
    assert sum(map(len, nights)) == 4


def test_words_that_were_taken_out_are_told_with_what_stood_there(
    told: tuple[Chronicle, list[set[str]]],
) -> None:
    chronicle, _ = told
    events = shown_events(chronicle.home, "cay-xanh")
    removed = next(one for one in events if one.kind is WatchEventKind.REMOVED)
    assert "bị chặt hạ" in removed.snippet
    assert "xanh" in removed.detail
    assert [one.kind for one in events][-1] is WatchEventKind.NEW


def test_a_withheld_article_is_shown_no_more(told: tuple[Chronicle, list[set[str]]]) -> None:
    chronicle, _ = told
    withhold(chronicle.home, chronicle.id_of(SECOND), reason="x")
    titles = {event.title for event in shown_events(chronicle.home, "cay-xanh")}
    assert titles == {"Trồng cây xanh"}


def event(key: str) -> WatchEvent:
    return WatchEvent(
        key, WatchEventKind.NEW, "q", "a-1", "a", "T", "u", "2024-01-01", "2024-01-01"
    )


def made(home: Home, name: str = "w") -> Watch:
    watch = Watch(name, ("q",), "2024-01-01T00:00:00+00:00")
    watch_files.write_watch(home, watch, ["known before"])
    return watch


def test_a_line_that_a_kill_left_half_written_was_not_told(tmp_path: Path) -> None:
    home = Home(tmp_path)
    made(home)
    watch_files.tell(home, "w", [event("one")])
    log = home.watches / "w.jsonl"
    whole = log.read_bytes()
    for cut in range(1, len(whole.splitlines()[-1]) + 1, 11):
        log.write_bytes(whole[:-cut])
        assert watch_files.known_keys(home, "w") == {"known before"}
        watch_files.tell(home, "w", [event("two")])
        assert [one.key for one in watch_files.told(home, "w")] == ["two"]
        log.write_bytes(whole)


def test_what_a_receiver_did_not_get_is_handed_to_it_the_next_time(tmp_path: Path) -> None:
    home = Home(tmp_path)
    made(home)
    watch_files.tell(home, "w", [event("one")])
    watch_files.note_handed(home, "w", [event("one")], "person")
    watch_files.tell(home, "w", [event("two")])
    assert [one.key for one in watch_files.not_handed_on(home, "w", "person")] == ["two"]
    assert [one.key for one in watch_files.not_handed_on(home, "w", "command")] == ["one", "two"]


def test_what_is_withheld_by_now_is_handed_to_nobody(
    told: tuple[Chronicle, list[set[str]]],
) -> None:
    chronicle, _ = told
    watch_files.write_watch(chronicle.home, replace(made_of(chronicle), name="w"), [])
    (one,) = {event.article for event in look(chronicle.home, ["w"])[0].events} - {
        chronicle.id_of(SECOND)
    }
    withhold(chronicle.home, one, reason="x")
    try:
        for receiver in (TO_A_PERSON, TO_THE_COMMAND):
            assert not_handed_on(chronicle.home, "w", receiver) == []
    finally:
        release(chronicle.home, one, reason="x")
    assert {e.article for e in not_handed_on(chronicle.home, "w", TO_THE_COMMAND)} == {one}
    watch_files.remove_watch(chronicle.home, "w")


def made_of(chronicle: Chronicle) -> Watch:
    return watch_files.watch(chronicle.home, "cay-xanh")


def test_an_edit_that_was_captured_before_the_watch_and_came_in_later_is_told(
    tmp_path: Path,
) -> None:
    with Chronicle(tmp_path / "home", [FIRST]) as chronicle:
        chronicle.visit()
        update_index(chronicle.home)
        watch = add_watch(chronicle.home, ["cây xanh"], edits=True, name="w")
        assert watch.made > chronicle.now.isoformat()
        chronicle.publish(replace(FIRST, paragraphs=("Quận trồng cây xanh ven đường.",)))
        chronicle.visit(after=8 * DAY)
        update_index(chronicle.home)
        kinds = [event.kind for event in look(chronicle.home, ["w"])[0].events]
    assert kinds == [WatchEventKind.EDITED]


def test_watches_are_named_and_errors_say_which(tmp_path: Path) -> None:
    home = Home(tmp_path)
    made(home)
    with pytest.raises(UsageError, match=r"usecases\.watch-exists"):
        made(home)
    with pytest.raises(UsageError, match=r"usecases\.no-name-of-a-watch"):
        made(home, "../x")
    with pytest.raises(UsageError, match=r"usecases\.no-watch name='y'"):
        watch_files.remove_watch(home, "y")
    (home.watches / "w.json").write_text("{", encoding="utf-8")
    with pytest.raises(UsageError, match=r"w\.json"):
        watch_files.watches(home)


def test_two_looks_at_once_are_one_too_many(tmp_path: Path) -> None:
    home = Home(tmp_path)
    made(home)
    with WriterLock(home.watches_lock), pytest.raises(LockHeld):
        look(home)


def test_the_command_keeps_every_filter_and_hands_on(
    told: tuple[Chronicle, list[set[str]]], tmp_path: Path
) -> None:
    chronicle, _ = told
    names, taken = tmp_path / "names.txt", tmp_path / "taken"
    names.write_text("cây xanh\nven hồ\n", encoding="utf-8")
    for option in ("--site", "--category"):
        none = run_hdnd("watch", "add", "x", option, "nope", home=chronicle.home.path)
        assert (none.status, "'nope'; there are:" in none.err) == (2, True)
    added = run_hdnd(
        "watch", "add", "--list", str(names), "--name", "hai-dong", "--site", "thanh-giang",
        "--exact", "--run", f"cat >> {taken}", home=chronicle.home.path,
    )  # fmt: skip
    assert added.status == 0, added.err
    kept = watch_files.watch(chronicle.home, "hai-dong")
    assert (kept.queries, kept.sites, kept.exact) == (
        ("cây xanh", "ven hồ"),
        ("thanh-giang",),
        True,
    )
    nothing = run_hdnd("watch", "look", "hai-dong", home=chronicle.home.path)
    assert (nothing.status, taken.exists()) == (1, False)
    chronicle.publish(article("bon", title="Cây xanh mới", paragraphs=("Thêm cây xanh ven hồ.",)))
    chronicle.publish(replace(OTHER, paragraphs=("Nay nói đến cây xanh.",)))
    chronicle.visit(after=8 * DAY)
    update_index(chronicle.home)
    found = run_hdnd("watch", "look", "hai-dong", home=chronicle.home.path)
    assert found.status == 0, found.err
    lines = [line.strip() for line in found.out.splitlines()]
    for query in ("cây xanh", "ven hồ"):
        assert any(re.fullmatch(rf"new · Cây xanh mới .* · {query}", line) for line in lines)
    assert any(line.startswith("now matches · Giao thông (") for line in lines)
    given = [json.loads(line) for line in taken.read_text(encoding="utf-8").splitlines()]
    assert sorted((one["kind"], one["title"], one["query"]) for one in given) == [
        ("matches", "Giao thông", "cây xanh"),
        ("new", "Cây xanh mới", "cây xanh"),
        ("new", "Cây xanh mới", "ven hồ"),
    ]
    again = run_hdnd("watch", "look", "hai-dong", "--json", home=chronicle.home.path)
    assert (again.status, again.json[0]["events"]) == (1, [])
    assert "cay-xanh" in run_hdnd("watch", home=chronicle.home.path).out


def test_every_change_between_two_looks_is_told(tmp_path: Path) -> None:
    with Chronicle(tmp_path / "home", [SECOND]) as chronicle:
        chronicle.visit()
        update_index(chronicle.home)
        add_watch(chronicle.home, ['"cây xanh"'], edits=True, name="cay-xanh")
        bare = replace(SECOND, title="Chặt cây", paragraphs=("Câu một.", "Câu khác."))
        for version in (bare, SECOND, replace(bare, paragraphs=("Câu hai.", "Câu khác."))):
            chronicle.publish(version)
            chronicle.visit()
        update_index(chronicle.home)
        events = look(chronicle.home)[0].events
        kinds = [event.kind.value for event in events]
        assert (kinds.count("removed"), kinds.count("edited"), len(kinds)) == (2, 1, 3)
        first = next(event for event in events if event.kind is WatchEventKind.EDITED)
        assert "− “Câu một" in first.detail
        assert look(chronicle.home)[0].events == events
