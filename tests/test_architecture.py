"""Who may import whom; the plan of the house is in its imports."""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

ORDER = (
    "indexer.named_tuple",
    "indexer.language",
    "archive.ground",
    "archive.objects",
    "archive.model",
    "archive.attachment_text",
    "archive.warc",
    "archive.leases",
    "archive.storage",
    "archive.gathering",
    "archive.catalogue",
    "archive.run",
    "archive.store",
    "archive.withholding",
    "archive.removal",
    "archive.reading",
    "archive.history",
    "archive.fixity",
    "archive.export",
    "archive.importing",
    "archive.backup",
    "archive",
    "indexer.errors",
    "indexer.documents",
    "indexer.facets",
    "indexer.search_time",
    "indexer.query",
    "indexer.engine",
    "indexer.engines.local.storage",
    "indexer.engines.local.search",
    "indexer.engines.local",
    "indexer.engines.opensearch",
    "indexer.engines",
    "indexer",
    "council",
    "crawler.sites",
    "crawler.frontier",
    "crawler.politeness",
    "crawler.extraction",
    "crawler.drafts",
    "crawler.import_routing",
    "crawler.sessions",
    "crawler.web_archives",
    "crawler.transport",
    "crawler.sample_portal",
    "crawler",
    "hdnd.messages",
    "hdnd.views",
    "hdnd.bulk",
    "hdnd.usecases",
    "hdnd",
    "web_reader",
    "search_cli",
    "search_cli.commands",
)
"""The rooms, lowest first. A module is in the room with the longest name that its own begins with,
and imports its own room and those before it."""

PACKAGES = tuple(dict.fromkeys(room.split(".")[0] for room in ORDER))
ONLY = {
    "indexer": ("archive", "archive.ground"),
    "crawler": ("indexer", "indexer.language"),
    "council": ("crawler", ""),
}
"""Two exceptions to the order: of the second package, the first takes that room alone."""

FACES = ("search_cli", "web_reader")
STARTS_THE_OTHER = ("search_cli.commands.serve", "web_reader")
"""The one command that starts the other face, and knows it for that alone."""

PLAIN_VALUES = (
    "archive.ground.causes",
    "archive.ground.errors",
    "archive.ground.home",
    "archive.ground.message",
    "archive.ground.times",
    "archive.model",
    "indexer.documents",
    "indexer.language.invisible",
    "indexer.language.periods",
)
"""What a face may know of all that lies below the application."""

LIBRARIES = {
    "whoosh": ("indexer.engines.local.storage", "indexer.engines.local"),
    "obstore": ("archive.objects",),
    "urllib3": ("indexer.engines.opensearch",),
    "pyspark": ("hdnd.bulk",),
    "scrapy": ("crawler.transport", "crawler.politeness", "crawler.sessions"),
    "twisted": ("crawler.transport",),
    "click": ("search_cli",),
    "rich": ("search_cli",),
    "werkzeug": ("web_reader",),
    "jinja2": ("web_reader",),
    "waitress": ("web_reader",),
}
"""Libraries that few rooms may know."""


def modules() -> dict[str, Path]:
    """Every module of ours by its full name."""
    return {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
        for package in PACKAGES
        for path in sorted((ROOT / package).rglob("*.py"))
    }


MODULES = modules()


def imported(path: Path) -> Iterator[str]:
    """The name of all that a file imports anywhere; a module of ours by its full name."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import"
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                yield full if full in MODULES else str(node.module)
        elif (
            isinstance(node, ast.Call)
            and getattr(node.func, "id", getattr(node.func, "attr", "")) == "import_module"
            and node.args
            and isinstance(node.args[0], ast.Constant)
        ):
            yield str(node.args[0].value)


IMPORTS = {name: set(imported(path)) for name, path in MODULES.items()}


def within(name: str, room: str) -> bool:
    return name == room or name.startswith(f"{room}.")


def room_of(name: str) -> str:
    return max((room for room in ORDER if within(name, room)), key=len)


def line(name: str) -> int:
    return ORDER.index(room_of(name))


def test_every_module_stands_in_the_order():
    assert MODULES
    assert [name for name in MODULES if not any(within(name, room) for room in ORDER)] == []
    assert [room for room in ORDER if not any(within(name, room) for name in MODULES)] == []


def test_a_module_imports_its_own_room_and_those_before_it():
    wrong = [
        f"{name} imports {other}"
        for name, others in IMPORTS.items()
        for other in others & MODULES.keys()
        if line(other) > line(name)
    ]
    assert wrong == []


@pytest.mark.parametrize("package", ONLY)
def test_a_package_takes_little_of_another(package):
    other, room = ONLY[package]
    wrong = [
        f"{name} imports {taken}"
        for name, others in IMPORTS.items()
        for taken in others
        if within(name, package) and within(taken, other) and not within(taken, room)
    ]
    assert wrong == []


@pytest.mark.parametrize("face", FACES)
def test_a_face_knows_the_application_and_below_it_plain_values_alone(face):
    wrong = [
        f"{name} imports {other}"
        for name, others in IMPORTS.items()
        for other in others & MODULES.keys()
        if within(name, face)
        and not within(other, face)
        and not within(other, "hdnd")
        and other not in PLAIN_VALUES
        and not (name == STARTS_THE_OTHER[0] and within(other, STARTS_THE_OTHER[1]))
    ]
    assert wrong == []


def test_no_command_imports_another():
    commands = {name: others for name, others in IMPORTS.items() if "commands." in name}
    assert [name for name, others in commands.items() if others & commands.keys() - {name}] == []


def test_language_imports_nothing_of_ours_but_how_values_are_defined():
    for name, others in IMPORTS.items():
        if within(name, "indexer.language"):
            ours = [o for o in others if o.split(".")[0] in PACKAGES]
            below = ("indexer.language", "indexer.named_tuple")
            assert [other for other in ours if not any(within(other, one) for one in below)] == []


def test_there_are_no_circles():
    left = {name: others & MODULES.keys() - {name} for name, others in IMPORTS.items()}
    while free := [name for name, others in left.items() if not others & left.keys()]:
        for name in free:
            del left[name]
    assert left == {}


@pytest.mark.parametrize("library", LIBRARIES)
def test_few_rooms_know_a_library(library):
    knowing = {
        room_of(name)
        for name, others in IMPORTS.items()
        for other in others
        if other.split(".")[0] == library
    }
    assert knowing
    assert [
        room for room in knowing if not any(within(room, may) for may in LIBRARIES[library])
    ] == []


def test_only_a_face_prints():
    wrong = [
        name
        for name, path in MODULES.items()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") == "print"
        and not any(within(name, face) for face in FACES)
    ]
    assert wrong == []


def test_the_application_knows_no_terminal():
    wrong = [
        f"{name}: sys.{node.attr}"
        for name, path in MODULES.items()
        if within(name, "hdnd")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and node.attr in ("stdin", "stdout", "stderr", "isatty")
        and getattr(node.value, "id", "") in ("sys", "os")
    ]
    assert wrong == []


def test_no_two_classes_have_one_name():
    counted = Counter(
        node.name
        for path in MODULES.values()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    assert [name for name, number in counted.items() if number > 1] == []


def test_no_other_packages_are_shipped():
    found = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert found - {"tests", "bench"} == set(PACKAGES)


def test_decisions_are_numbered_without_gaps_and_bear_a_date_and_a_status():
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [int(page.name[:4]) for page in pages] == list(range(1, len(pages) + 1))
    for page in pages:
        text = page.read_text(encoding="utf-8")
        title, _, about, *_ = text.split("\n")
        assert title.startswith(f"# {int(page.name[:4])}. "), page
        assert (about.startswith("*") and ": accepted" in about) or ": replaced by" in about, page


SQL = {
    "archive.catalogue",
    "crawler.frontier",
    "crawler.web_archives.memento_frontier",
    "archive.warc.late_records",
}
"""Who says SQL and holds connections: the catalogue's room, the frontiers of crawls, and a list
that is thrown away."""


def test_nobody_else_says_sql_or_holds_a_connection():
    wrong = [
        f"{name}: {node.attr if isinstance(node, ast.Attribute) else 'sqlite3'}"
        for name, path in MODULES.items()
        if not any(within(name, room) for room in SQL) and not within(name, "crawler.sample_portal")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (
            isinstance(node, ast.Attribute)
            and node.attr in ("execute", "executemany", "executescript", "connection")
        )
        or (isinstance(node, ast.Import | ast.ImportFrom) and "sqlite3" in ast.unparse(node))
    ]
    assert wrong == []


def test_make_can_read_the_name_of_every_file():
    shipped = [path for package in PACKAGES for path in (ROOT / package).rglob("*")]
    assert [path for path in shipped if " " in path.name] == []
