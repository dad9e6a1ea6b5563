"""What an operator sets: the environment before the file; a slip in the file is named."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from archive.ground.configuration import configured
from archive.ground.errors import UsageError
from archive.ground.home import Home
from support.codes import english

INDEX = '[index]\nurl = "opensearch://a/x"\n[store]\nurl = "s3://b/y"\n'


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    for name in ("HDND_CONFIG", "HDND_INDEX", "HDND_INDEX_PASSWORD", "HDND_STORE"):
        monkeypatch.delenv(name, raising=False)
    return Home(tmp_path)


def write(home: Home, text: str | bytes, mode: int = 0o644) -> Path:
    path = home.path / "hdnd.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    path.chmod(mode)
    return path


def test_without_a_file_and_variables_nothing_is_set(home: Home) -> None:
    assert configured(home, "index", "url") is None


def test_the_file_in_the_archives_folder_is_read(home: Home) -> None:
    write(home, INDEX)
    assert configured(home, "index", "url") == "opensearch://a/x"
    assert configured(home, "store", "url") == "s3://b/y"
    assert configured(home, "index", "user") is None


def test_numbers_stand_in_the_file_as_numbers(home: Home) -> None:
    write(home, "[index]\nshards = 9\nreplicas = 0\n")
    assert configured(home, "index", "shards") == "9"
    assert configured(home, "index", "replicas") == "0"


def test_the_environment_wins_and_an_empty_variable_sets_nothing(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(home, INDEX)
    monkeypatch.setenv("HDND_INDEX", "opensearch://other/x")
    assert configured(home, "index", "url") == "opensearch://other/x"
    monkeypatch.setenv("HDND_INDEX", "")
    assert configured(home, "index", "url") is None


def test_a_file_elsewhere_is_read_where_it_is_named(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(home, INDEX)
    other = tmp_path / "other.toml"
    other.write_text('[index]\nurl = "opensearch://there/x"\n')
    monkeypatch.setenv("HDND_CONFIG", str(other))
    assert configured(home, "index", "url") == "opensearch://there/x"
    assert configured(home, "store", "url") is None
    other.unlink()
    with pytest.raises(UsageError, match=r"other\.toml"):
        configured(home, "index", "url")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[index\n", "can't be read as TOML"),
        (b'[index]\nurl = "\xff"\n', "can't be read as TOML"),
        ("a = " + "[" * 5000 + "]" * 5000, "can't be read as TOML"),
        ('[index]\nadress = "x"\n', "the name [index] adress"),
        ('[indx]\nurl = "x"\n', "the name indx"),
        ('index = "opensearch://a/x"\n', "the name index"),
        ('url = "opensearch://a/x"\n', "the name url"),
        ("[index]\nurl = 9200\n", "[index] url is no text"),
        ('[index]\nurl = ["a"]\n', "[index] url is no text"),
        ('[index]\nshards = "9"\n', "[index] shards is no whole number"),
        ("[index]\nreplicas = true\n", "[index] replicas is no whole number"),
    ],
)
def test_a_slip_in_the_file_is_named_with_what_is_known(
    home: Home, text: str | bytes, said: str
) -> None:
    path = write(home, text)
    with pytest.raises(UsageError) as raised:
        configured(home, "index", "url")
    assert said in english(raised.value.said)
    assert str(path) in english(raised.value.said)
    assert raised.value.hint


def test_a_password_that_others_can_read_is_refused_and_not_shown(home: Home) -> None:
    path = write(home, '[index]\npassword = "s3cret"\n')
    with pytest.raises(UsageError) as raised:
        configured(home, "index", "user")
    assert f"chmod 600 {path}" in english(raised.value.hint)
    assert "s3cret" not in english(raised.value.said)
    path.chmod(0o600)
    assert configured(home, "index", "password") == "s3cret"


def test_who_has_no_file_loads_no_reader_of_it() -> None:
    line = (
        "import sys; from archive.ground.configuration import configured;"
        "from archive.ground.home import Home; configured(Home('/nowhere'), 'index', 'url');"
        "sys.exit('tomllib' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", line], env={}).returncode == 0
