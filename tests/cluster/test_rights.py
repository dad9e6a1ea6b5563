"""A node with the security plugin lets in whom it knows, and the roles of the page are enough."""

from __future__ import annotations

import copy
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from support.cluster_proxy import PASSWORD, Before, proxy
from support.hdnd import Done, run_hdnd
from support.secured_node import SecuredNode, running_secured
from support.tls import issue

PAGE = Path(__file__).parents[2] / "docs/opensearch.md"
NAME = "van-khe"
UNAVAILABLE = 17
CODES = {
    "user": "refuses these credentials",
    "right": "lacks a right",
    "certificate": "certificate is not trusted",
}


def roles() -> dict[str, Any]:
    """Those of the page, for `NAME`."""
    (block,) = PAGE.read_text(encoding="utf-8").split("```yaml\n")[1:]
    found: dict[str, Any] = yaml.safe_load(block.partition("```")[0].replace("NAME", NAME))
    return found


ROLES = roles()
SEARCHING = [
    (part, right)
    for part, rights in (
        ("cluster", ROLES["hdnd-search"]["cluster_permissions"]),
        ("index", ROLES["hdnd-search"]["index_permissions"][0]["allowed_actions"]),
    )
    for right in rights
]


@pytest.fixture(scope="module")
def secured() -> Iterator[SecuredNode]:
    with running_secured(ROLES) as node:
        yield node


@pytest.fixture(scope="module")
def home(secured: SecuredNode, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive whose index is on the node, built by the role that builds."""
    folder = tmp_path_factory.mktemp("rights")
    found, texts = folder / "home", folder / "texts"
    texts.mkdir()
    for number, title in enumerate(("Nước sạch về phố", "Cây xanh bên hồ")):
        stamp = "Ngày đăng 05/02/2024 | 17:00 | Lượt xem: 407"
        text = f"{title}\n{stamp}\n\nTổ dân phố họp về {title.lower()} chiều nay.\n"
        (texts / f"{number}.txt").write_text(text, encoding="utf-8")
    for line in (
        ("demo", "--articles", str(texts), "--home", str(found)),
        ("index", "--rebuild"),
    ):
        built = asked(secured, found, "hdnd-index", *line)
        assert built.status == 0, built.err
    return found


def asked(
    node: SecuredNode,
    home: Path,
    user: str,
    *line: str,
    password: str = PASSWORD,
    host: str = "",
    ca: Path | None = None,
) -> Done:
    done = run_hdnd(
        *line,
        home=home,
        env={
            "HDND_INDEX": f"opensearchs://{host or node.host}/{NAME}",
            "HDND_INDEX_USER": user,
            "HDND_INDEX_PASSWORD": password,
            "HDND_INDEX_CA": str(ca or node.ca),
            "HDND_INDEX_SHARDS": "1",
            "HDND_INDEX_REPLICAS": "0",
        },
    )
    assert password not in done.out + done.err
    return done


@pytest.mark.parametrize(
    "line",
    [
        ("search", "nước", "sạch"),
        ("search", '"nuoc sach" -xanh'),
        ("search", "--history", "nước"),
        ("search", "in:attachment", "nước"),
        ("search", "nuowcs sachj"),
        ("search", "nước", "--by", "year"),
        ("status",),
        ("verify",),
    ],
)
def test_who_only_searches_may_do_it_with_the_role_for_that(
    secured: SecuredNode, home: Path, line: tuple[str, ...]
) -> None:
    told = asked(secured, home, "hdnd-search", *line)
    assert told.status in (0, 1), told.err
    assert "not known" not in told.out


def test_who_only_searches_may_change_nothing(secured: SecuredNode, home: Path) -> None:
    refused = asked(secured, home, "hdnd-search", "index", "--rebuild")
    assert (refused.status, CODES["right"] in refused.err) == (UNAVAILABLE, True)
    assert "indices:data/" in refused.err
    assert asked(secured, home, "hdnd-search", "search", "sạch").status == 0


def test_who_writes_may_withhold_and_release(secured: SecuredNode, home: Path) -> None:
    tree = asked(secured, home, "hdnd-search", "search", "cây xanh", "--json")
    (article,) = [hit["id"] for hit in tree.json["hits"]]
    for act in ("withhold", "release"):
        done = asked(secured, home, "hdnd-index", act, article, "--reason", "Thử")
        assert done.status == 0, done.err
        found = asked(secured, home, "hdnd-search", "search", "cây xanh")
        assert found.status == (1 if act == "withhold" else 0)


@pytest.mark.parametrize(("part", "right"), SEARCHING)
def test_a_right_that_is_lacking_is_named(
    secured: SecuredNode, home: Path, part: str, right: str
) -> None:
    less = copy.deepcopy(ROLES["hdnd-search"])
    among = less["index_permissions"][0]["allowed_actions"]
    (less["cluster_permissions"] if part == "cluster" else among).remove(right)
    secured.give("hdnd-search", less)
    try:
        told = eventually_refused(secured, home)
    finally:
        secured.give("hdnd-search", ROLES["hdnd-search"])
    assert CODES["right"] in told.err
    assert right.rstrip("*") in told.err
    assert "docs/opensearch.md" in told.err


def eventually_refused(secured: SecuredNode, home: Path) -> Done:
    """What a search says when a role that was changed is in force."""
    ends = time.monotonic() + 30
    while True:
        told = asked(secured, home, "hdnd-search", "search", "nước sạch")
        if told.status == UNAVAILABLE or time.monotonic() > ends:
            return told


@pytest.mark.parametrize("line", [("search", "nước"), ("index", "--rebuild"), ("index",)])
def test_who_is_not_known_is_told_so_and_nothing_is_shown_of_the_password(
    secured: SecuredNode, home: Path, line: tuple[str, ...], tmp_path: Path
) -> None:
    log = tmp_path / "log"
    for user, word in (("hdnd-index", "another-word"), ("ai-do", PASSWORD)):
        told = asked(secured, home, user, *line, "--log", str(log), password=word)
        assert (told.status, CODES["user"] in told.err) == (UNAVAILABLE, True)
        assert not (log.exists() and word in log.read_text(encoding="utf-8"))


def test_a_certificate_that_is_not_right_is_refused_before_the_password_is_sent(
    secured: SecuredNode, home: Path, tmp_path: Path
) -> None:
    line = ("search", "nước")
    other = tmp_path / "other.pem"
    other.write_bytes(issue("Another Authority", authority=True).pem)
    expired = issue("localhost", secured.authority, days=-1).file_with_key(tmp_path)
    before = Before(secured.node.port, secret=True)
    with proxy(before, expired) as host:
        refused = [
            asked(secured, home, "hdnd-search", *line, host=host),
            asked(secured, home, "hdnd-search", *line, ca=other),
            asked(secured, home, "hdnd-search", *line, host=f"127.0.0.1:{secured.node.port}"),
        ]
    assert [one.status for one in refused] == [UNAVAILABLE] * 3
    assert all(CODES["certificate"] in one.err for one in refused)
    assert [
        reason in one.err
        for reason, one in zip(("expired", "issuer", "127.0.0.1"), refused, strict=True)
    ] == [True] * 3, json.dumps([one.err for one in refused])
    assert not before.seen
