"""Our packages have general names; whatever else bears them, the command works or says so."""

from __future__ import annotations

import shutil
import subprocess
import sys
from base64 import urlsafe_b64encode
from hashlib import sha256
from pathlib import Path

import pytest

from search_cli.import_guard import NAMES
from support.hdnd import PACKAGES, Demo, command_line, environment

FOREIGN = 'raise RuntimeError("a foreign package was imported")\n'
RUN = "import sys; sys.path.insert(0, sys.argv.pop(1)); from search_cli.main import run; run()"


def stray(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).mkdir(parents=True)
        (folder / name / "__init__.py").write_text(FOREIGN, encoding="utf-8")
    return folder


def run(line: list[str], demo: Demo, **more: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(line, capture_output=True, encoding="utf-8", **more)  # type: ignore[call-overload, no-any-return]


@pytest.mark.parametrize("arguments", [["search", "giám", "sát"], ["status"], ["sites"]])
def test_packages_that_come_first_on_the_path_do_no_harm(
    demo: Demo, tmp_path: Path, arguments: list[str]
) -> None:
    first = stray(tmp_path, "archive", "crawler", "indexer")
    environ = environment(demo.home)
    path = [str(first), *filter(None, [environ.get("PYTHONPATH")])]
    done = run(command_line(*arguments), demo, env={**environ, "PYTHONPATH": ":".join(path)})
    assert (done.returncode, done.stderr.count("foreign")) == (0, 0), done.stderr


def test_a_folder_of_that_name_where_one_stands_does_no_harm(demo: Demo, tmp_path: Path) -> None:
    here = stray(tmp_path, "archive", "crawler")
    environ = {**environment(demo.home), "PYTHONPATH": str(PACKAGES)}
    line = [sys.executable, "-m", "search_cli", "status"]
    done = run(line, demo, env=environ, cwd=here)
    assert done.returncode == 0, done.stderr


def test_modules_beside_the_console_script_do_no_harm(demo: Demo, tmp_path: Path) -> None:
    stray(tmp_path / "bin", "archive", "crawler")
    script = tmp_path / "bin" / "hdnd"
    script.write_text("from search_cli.main import run\nrun()\n", encoding="utf-8")
    environ = {**environment(demo.home), "PYTHONPATH": str(PACKAGES)}
    done = run([sys.executable, str(script), "status"], demo, env=environ)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("folder", [".", "docs"])
def test_scrapy_in_the_folder_of_the_project_finds_ours(tmp_path: Path, folder: str) -> None:
    project = tmp_path / "project"
    (project / "docs").mkdir(parents=True)
    shutil.copy(Path(__file__).parents[2] / "scrapy.cfg", project)
    for name in NAMES:
        shutil.copytree(PACKAGES / name, project / name)
    first = stray(tmp_path / "foreign", "archive", "crawler", "indexer")
    code = "import sys; sys.path.remove(''); from scrapy.cmdline import execute; execute()"
    done = subprocess.run(
        [sys.executable, "-c", code, "list"],
        cwd=project / folder,
        env={**environment(), "PYTHONPATH": str(first)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stdout.split() == ["commoncrawl", "portal", "wayback"], done.stderr


def test_a_package_that_was_loaded_before_ours_is_named(demo: Demo, tmp_path: Path) -> None:
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / "__init__.py").write_text("", encoding="utf-8")
    code = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import archive\n{RUN}"
    line = [sys.executable, "-c", code, str(PACKAGES), "status"]
    done = run(line, demo, env=environment(demo.home))
    assert done.returncode == 11, done.stderr
    assert f"another package named archive was loaded before ours, from {tmp_path}" in done.stderr


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """A folder that looks as an installer leaves it: packages, and a record of their files."""
    folder = tmp_path / "site-packages"
    record = []
    for name in NAMES:
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(PACKAGES / name, folder / name, ignore=ignored)
    for file in sorted(folder.rglob("*.py")):
        digest = urlsafe_b64encode(sha256(file.read_bytes()).digest()).decode().rstrip("=")
        record.append(f"{file.relative_to(folder).as_posix()},sha256={digest},0\n")
    about(folder, "hdnd-archive", record)
    return folder


def about(folder: Path, name: str, record: list[str]) -> None:
    info = folder / f"{name.replace('-', '_')}-9.9.dist-info"
    info.mkdir()
    text = f"Metadata-Version: 2.1\nName: {name}\nVersion: 9.9\n"
    (info / "METADATA").write_text(text, encoding="utf-8")
    (info / "RECORD").write_text("".join(record), encoding="utf-8")


@pytest.mark.parametrize(
    "text", [FOREIGN, "def (:\n", "import no_such_dependency_of_theirs\n", "print 'python 2'\n"]
)
@pytest.mark.parametrize(
    "file", ["archive/__init__.py", "archive/ground/errors.py", "archive/ground/home.py"]
)
def test_a_file_of_ours_that_another_distribution_overwrote_is_named(
    demo: Demo, installed: Path, file: str, text: str
) -> None:
    (installed / file).write_text(text, encoding="utf-8")
    about(installed, "old-archive", [f"{file},,\n"])
    line = [sys.executable, "-c", RUN, str(installed), "search", "giám sát"]
    done = run(line, demo, env=environment(demo.home))
    assert done.returncode == 11, done.stderr
    assert f"{installed / file} is not the file that was installed" in done.stderr
    assert "the distribution old-archive brings a file of the same name" in done.stderr
    assert "environment of its own" in done.stderr


def test_an_overwritten_file_that_is_empty_does_no_harm(demo: Demo, installed: Path) -> None:
    (installed / "archive" / "__init__.py").write_text("", encoding="utf-8")
    line = [sys.executable, "-c", RUN, str(installed), "search", "giám sát"]
    assert run(line, demo, env=environment(demo.home)).returncode == 0


def test_a_file_of_ours_that_went_away_with_another_distribution_is_named(
    demo: Demo, installed: Path
) -> None:
    (installed / "archive" / "ground" / "errors.py").unlink()
    line = [sys.executable, "-c", RUN, str(installed), "search", "giám sát"]
    done = run(line, demo, env=environment(demo.home))
    assert done.returncode == 11, done.stderr
    assert "errors.py is not the file that was installed" in done.stderr
