"""Who may import whom; the plan of the house is in its imports."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
OURS = ("archive", "council", "crawler", "indexer", "search_cli")
MAY_IMPORT = {
    "archive": {"archive"},
    "crawler": {"crawler", "archive"},
    "indexer": {"indexer", "archive"},
    "council": {"council", "indexer"},
    "search_cli": set(OURS),
}
ROOMS = {
    "archive": ("ground", "warc", "catalogue", "history", "fixity"),
    "crawler": ("frontier", "politeness", "extraction", "sessions", "web_archives", "transport"),
    "indexer": ("language", "query", "engines"),
}
"""The rooms of a package; each may import those before it."""
NOT_IN_THE_ARCHIVE = {"scrapy", "twisted", "whoosh", "click", "bs4", "selectolax", "rich"}


def modules(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports anywhere, by its full name."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif (
            isinstance(node, ast.Call)
            and getattr(node.func, "id", getattr(node.func, "attr", "")) == "import_module"
            and node.args
            and isinstance(node.args[0], ast.Constant)
        ):
            yield str(node.args[0].value)


@pytest.mark.parametrize("package", OURS)
def test_a_package_imports_only_those_below_it(package):
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules(package)
        for name in imports(path)
        if name.split(".")[0] in OURS and name.split(".")[0] not in MAY_IMPORT[package]
    ]
    assert modules(package)
    assert wrong == []


@pytest.mark.parametrize("package", ROOMS)
def test_a_room_imports_only_those_before_it(package):
    rooms = ROOMS[package]
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for number, room in enumerate(rooms)
        for path in modules(f"{package}/{room}")
        for name in imports(path)
        for later in rooms[number + 1 :]
        if name.startswith(f"{package}.{later}.")
    ]
    assert wrong == []


def test_the_archive_knows_neither_crawler_nor_search_engine_nor_terminal():
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules("archive")
        for name in imports(path)
        if name.split(".")[0] in NOT_IN_THE_ARCHIVE
    ]
    assert wrong == []


def test_of_the_archive_the_index_knows_the_errors_alone():
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules("indexer")
        for name in imports(path)
        if name.split(".")[0] == "archive" and not name.startswith("archive.ground.errors")
    ]
    assert wrong == []


def test_of_the_index_the_council_knows_the_language_alone():
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules("council")
        for name in imports(path)
        if name.split(".")[0] == "indexer" and not name.startswith("indexer.language.")
    ]
    assert wrong == []


@pytest.mark.parametrize("library", ["whoosh", "scrapy", "twisted"])
def test_one_package_alone_knows_each_engine(library):
    knowing = {
        package
        for package in OURS
        for path in modules(package)
        for name in imports(path)
        if name.split(".")[0] == library
    }
    assert knowing <= {{"whoosh": "indexer"}.get(library, "crawler")}


def test_only_the_command_prints():
    wrong = [
        str(path.relative_to(ROOT))
        for package in ("archive", "council", "crawler", "indexer")
        for path in modules(package)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "print"
    ]
    assert wrong == []


def test_exactly_five_packages_are_shipped():
    found = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert found - {"tests", "bench"} == set(OURS)
