"""What a reader is safe from; S1, S3, S5 and S11 have tests of their own beside."""

from __future__ import annotations

import ast
import gzip
import http.client
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from threading import Event, Thread
from urllib.parse import quote

import pytest
from werkzeug.security import generate_password_hash
from werkzeug.test import Client

from archive.ground.errors import UsageError
from archive.ground.home import Home
from hdnd.usecases import replay
from hdnd.usecases.archive_state import ArchiveState, StillWorking
from search_cli.commands import serve
from support.chronicle import HOST, Chronicle
from support.codes import english
from support.hdnd import command_line, environment, run_hdnd
from support.reader import Visited
from support.reader_story import EDITED
from support.readonly import open_folder, read_only
from web_reader.application import Reader
from web_reader.options import ReaderOptions
from web_reader.serving import listen, read_users, user_line
from web_reader.time_budget import OutOfTime, TimeBudget

HERE = "http://localhost"
STORY_LISTING = f"{HOST}/tiep-xuc-cu-tri"


@pytest.fixture
def client(chronicle: Chronicle) -> Client:
    return Client(Reader(chronicle.home))


def test_our_pages_forbid_scripts_and_places_outside(reader: Visited) -> None:
    for path in ("/", "/search?q=x", "/nothing", "/search.json", "/static/style.css", "/cdx?url=x"):
        headers = reader.get(path).headers
        policy = str(headers["Content-Security-Policy"])
        assert policy.startswith("default-src 'none'; ")
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"


def test_no_page_has_a_script_or_a_style_of_its_own() -> None:
    templates = Path(sys.modules["web_reader"].__file__ or "").parent / "templates"
    for template in templates.iterdir():
        text = template.read_text(encoding="utf-8")
        assert "<script" not in text
        assert " style=" not in text
        assert " onclick" not in text


@pytest.mark.parametrize("path", [
    "/search?q=" + "a" * 301, "/search?q=" + "a+" * 41, "/search?limit=101", "/search?page=101",
    "/search?history=2", "/search?page=-1", "/search?page=١", "/changes?limit=1000",
])  # fmt: skip
def test_no_question_is_without_measure(reader: Visited, path: str) -> None:
    assert reader.get(quote(path, safe="/?=&+")).status == 400


def test_what_takes_too_long_is_broken_off(chronicle: Chronicle) -> None:
    slow = Client(Reader(chronicle.home, ReaderOptions(page_seconds=0.0)))
    answered = slow.get("/people", base_url=HERE)
    assert answered.status_code == 503
    assert answered.headers["Retry-After"] == "30"


def test_a_budget_ends_what_runs_in_its_thread_and_nothing_else() -> None:
    def without_end() -> None:
        with TimeBudget(0.05):
            while True:
                time.sleep(0.001)

    with pytest.raises(OutOfTime):
        without_end()
    with TimeBudget(60):
        total = sum(range(1000))
    assert total == 499_500


@pytest.mark.parametrize("inside", ["while True: sleep(0.001)", "sleep(0.2)"])
def test_a_budget_that_is_over_leaves_nothing_behind(inside: str) -> None:
    # What is left behind stops CPython 3.11 at the next call that is profiled.
    code = f"""
import sys
from contextlib import suppress
from time import sleep
from web_reader.time_budget import OutOfTime, TimeBudget
with suppress(OutOfTime), TimeBudget(0.05):
    {inside}
def step(): pass
sys.setprofile(lambda *_: None)
step()
"""
    subprocess.run([sys.executable, "-P", "-c", code], check=True, timeout=30)


def test_when_too_many_wait_the_next_are_told_to_come_again(chronicle: Chronicle) -> None:
    busy = Client(Reader(chronicle.home, waiting=lambda: 33))
    answered = busy.get("/", base_url=HERE)
    assert (answered.status_code, answered.headers["Retry-After"]) == (503, "5")


def test_what_takes_long_is_worked_out_once_and_not_waited_for(chronicle: Chronicle) -> None:
    state, end, made = ArchiveState(chronicle.home, 2), Event(), []

    def work() -> int:
        made.append(1)
        end.wait(20)
        return 7

    for _ in range(2):
        with pytest.raises(StillWorking):
            state.worked_out("list", work, 0.01)
    end.set()
    assert [state.worked_out("list", work, 10) for _ in range(3)] == [7, 7, 7]
    assert len(made) == 1
    with pytest.raises(ZeroDivisionError):
        state.worked_out("other", lambda: 1 // 0, 10)
    assert state.worked_out("other", lambda: 8, 10) == 8


def test_no_more_than_two_searches_run_at_once(chronicle: Chronicle) -> None:
    state = Reader(chronicle.home).archive
    inside, leave = Event(), Event()

    def third() -> None:
        with state.searching():
            inside.set()
            leave.wait(10)

    with state.searching(), state.searching():
        thread = Thread(target=third)
        thread.start()
        assert not inside.wait(0.2)
    assert inside.wait(10)
    leave.set()
    thread.join()


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost:1:2", ""])
def test_a_name_that_is_not_ours_is_refused(reader: Visited, host: str) -> None:
    assert reader.ask("/", {"Host": host}).status == 400


def test_a_name_that_the_operator_gave_is_answered(chronicle: Chronicle) -> None:
    named = Client(Reader(chronicle.home, ReaderOptions(names=frozenset({"luu-tru.example"}))))
    assert named.get("/", base_url="http://LUU-TRU.example:8080").status_code == 200
    assert named.get("/", base_url="http://other.example").status_code == 400


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "FOO"])
def test_nothing_but_reading_is_answered(reader: Visited, method: str) -> None:
    answered = reader.get("/search", method=method)
    assert answered.status == 405
    assert answered.headers["Allow"] == "GET, HEAD"


def test_head_tells_what_get_would(reader: Visited) -> None:
    head, whole = reader.get("/help", method="HEAD"), reader.get("/help")
    assert head.body == b""
    assert head.headers["Content-Length"] == str(len(whole.body))


def test_pages_are_compressed_for_those_who_ask_and_small(reader: Visited) -> None:
    for path, most in (("/search?q=họp", 12_000), ("/static/style.css", 4_096)):
        plain = reader.get(quote(path, safe="/?="))
        packed = reader.get(quote(path, safe="/?="), Accept_Encoding="gzip")
        assert plain.headers["Content-Encoding"] is None
        assert packed.headers["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in packed.headers["Vary"]
        assert gzip.decompress(packed.body) == plain.body
        assert len(packed.body) < most
    part = reader.get("/cdx?url=x", Accept_Encoding="gzip")
    assert part.headers["Content-Encoding"] is None


def test_no_cookie_is_set_but_that_of_the_language(reader: Visited) -> None:
    assert reader.get("/search?q=x").headers["Set-Cookie"] is None
    cookie = str(reader.get("/?lang=en").headers["Set-Cookie"])
    assert cookie.startswith("lang=en; ")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert reader.get("/?lang=xx").headers["Set-Cookie"] is None


@pytest.mark.parametrize("path", [
    "/../../etc/passwd", "/static/../application.py", "/static/..%2fapplication.py",
    "/static/%2e%2e/application.py", "//etc/passwd", "/articles/..%2f..%2fx", "/%00",
    "/search?q=%00", "/articles/%00", "/" + "a" * 8000, "/search?q=" + "a" * 9000,
    "/%ff%fe", "/articles/%ff",
    "/search?q=%ff", "/replay/2024/%ff", "/replay/2024/http://", "/replay/2024/https://[::1",
    "/replay/99999999999999/https://a.example/", "/replay/2024mp_/javascript:alert(1)",
    "/replay/2024/file:///etc/passwd", "/timegate/x", "/cdx?url=https://[",
    "/cdx?url=x&matchType=y", "/cdx?url=*", "/runs/0", "/runs/99999999999999999999",
    "/articles/x/files/0",
    "/articles/x/diff/..", "/articles/x/diff/a..b", "/healthz/", "/search/", "/?lang=%00",
])  # fmt: skip
def test_no_address_is_a_fault(reader: Visited, path: str) -> None:
    answered = reader.get(path)
    assert answered.status < 500, path
    for secret in (b"passwd:", b"root:", b"Traceback", b"site-packages", b"import "):
        assert secret not in answered.body


def test_headers_of_strangers_change_nothing(chronicle: Chronicle) -> None:
    told = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https",
            "X-Forwarded-For": "1.2.3.4", "X-Remote-User": "boss"}  # fmt: skip
    plain = Client(Reader(chronicle.home))
    cited = plain.get(f"/cite/{chronicle.id_of(EDITED)}", base_url=HERE, headers=told)
    assert b"evil.example" not in cited.data
    assert b"https://localhost" not in cited.data
    options = ReaderOptions(
        trusted_proxies=frozenset({"10.0.0.1"}), names=frozenset({"luu-tru.example"})
    )
    behind = Client(Reader(chronicle.home, options))
    trusted = {"environ_overrides": {"REMOTE_ADDR": "10.0.0.1"}}
    told["X-Forwarded-Host"] = "luu-tru.example"
    cited = behind.get(f"/cite/{chronicle.id_of(EDITED)}", base_url=HERE, headers=told, **trusted)
    assert b"https://luu-tru.example/replay/" in cited.data


def test_who_reads_is_asked_for_where_the_operator_wants_it(chronicle: Chronicle) -> None:
    users = {"lan": generate_password_hash("bí mật", method="pbkdf2:sha256:1000")}
    asked = Client(Reader(chronicle.home, ReaderOptions(users=users)))
    refused = asked.get("/", base_url=HERE)
    assert refused.status_code == 401
    assert refused.headers["WWW-Authenticate"].startswith("Basic")
    assert asked.get("/", base_url=HERE, auth=("lan", "falsch")).status_code == 401
    assert asked.get("/", base_url=HERE, auth=("nobody", "bí mật")).status_code == 401
    assert asked.get("/", base_url=HERE, auth=("lan", "bí mật")).status_code == 200
    assert asked.get("/healthz", base_url=HERE).data == b"ok\n"
    options = ReaderOptions(user_header="X-Remote-User", trusted_proxies=frozenset({"10.0.0.1"}))
    behind = Client(Reader(chronicle.home, options))
    named = {"X-Remote-User": "lan"}
    proxy = {"REMOTE_ADDR": "10.0.0.1"}
    assert behind.get("/", base_url=HERE, headers=named).status_code == 403
    assert behind.get("/", base_url=HERE, environ_overrides=proxy).status_code == 403
    let_in = behind.get("/", base_url=HERE, headers=named, environ_overrides=proxy)
    assert let_in.status_code == 200


def test_a_file_of_users_is_made_of_lines_that_the_program_prints(tmp_path: Path) -> None:
    file = tmp_path / "users"
    file.write_text(f"# ai được đọc\n{user_line('lan', 'bí mật')}\n", encoding="utf-8")
    assert set(read_users(file)) == {"lan"}
    file.write_text("lan:plain\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"no-name-with-a-hash .*line=1"):
        read_users(file)


def test_below_a_prefix_every_link_stays_below_it(chronicle: Chronicle) -> None:
    below = Client(Reader(chronicle.home, ReaderOptions(prefix="/hdnd")))
    page = below.get("/hdnd/search?q=họp", base_url=HERE)
    links = [part.split('"')[0] for part in page.get_data(as_text=True).split('href="')[1:]]
    assert links
    assert all(link.startswith(("/hdnd/", "#")) for link in links)
    assert (
        below.get(next(link for link in links if "/articles/" in link), base_url=HERE).status_code
        == 200
    )


def test_nobody_else_is_served_unless_that_is_meant() -> None:
    with pytest.raises(UsageError, match=r"web_reader\.others-could-read"):
        listen("0.0.0.0", 0, public=False)
    listen("0.0.0.0", 0, public=True).close()
    ran = run_hdnd("serve", "--host", "0.0.0.0", "--port", "0")
    assert ran.status == 2


def test_what_grows_without_measure_is_not_unpacked(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replay, "MOST_UNPACKED", 1000)
    moved = client.get(f"/replay/2024mp_/{STORY_LISTING}", base_url=HERE)
    assert moved.status_code == 503
    assert b"Traceback" not in moved.data


def test_no_module_of_the_reader_opens_a_file_to_write() -> None:
    package = Path(sys.modules["web_reader"].__file__ or "").parent
    for path in package.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            named = getattr(getattr(node, "func", None), "attr", "")
            assert named not in ("write_text", "write_bytes", "mkdir", "touch", "rename"), path


def test_a_read_only_copy_is_enough(chronicle: Chronicle) -> None:
    with open_folder() as folder:
        shutil.copytree(chronicle.home.path, folder, dirs_exist_ok=True)
        with read_only(folder):
            client = Client(Reader(Home(folder)))
            for path in (
                "/", "/search?q=họp&history=1", f"/articles/{chronicle.id_of(EDITED)}?facts=1",
                "/people", "/changes", "/coverage", "/status",
                "/cdx?url=thanhgiang.example&matchType=host",
                f"/wacz/{chronicle.id_of(EDITED)}.wacz",
            ):  # fmt: skip
                assert client.get(path, base_url=HERE).status_code == 200, path


WATCHED = """
import sys
written = []
def hook(event, args):
    if event == "open" and args[0] and sys.argv[1] in str(args[0]):
        mode, flags = args[1], args[2]
        if flags & 3 or (mode and set(mode) & set("wax+")):
            written.append(str(args[0]))
    changes = ("os.mkdir", "os.rename", "os.remove", "os.truncate", "os.utime", "os.chmod")
    if event in changes and sys.argv[1] in str(args[0]):
        written.append(event)
from archive.ground.home import Home
from web_reader.application import Reader
from werkzeug.test import Client
sys.addaudithook(hook)
client = Client(Reader(Home(sys.argv[1])))
for path in sys.argv[2:]:
    assert client.get(path, base_url="http://localhost").status_code in (200, 302), path
print(written)
"""


def test_no_file_of_the_archive_is_opened_for_writing(chronicle: Chronicle, tmp_path: Path) -> None:
    home = shutil.copytree(chronicle.home.path, tmp_path / "home")
    for left in ("-wal", "-shm"):
        (home / f"catalogue.sqlite{left}").unlink(missing_ok=True)
    before = {path: path.stat().st_mtime_ns for path in home.rglob("*")}
    paths = [
        "/", "/search?q=họp&history=1", f"/articles/{chronicle.id_of(EDITED)}?facts=1", "/people",
        "/changes", "/coverage", "/status", "/cdx?url=thanhgiang.example&matchType=host",
        f"/wacz/{chronicle.id_of(EDITED)}.wacz", "/watches/hop", "/healthz",
    ]  # fmt: skip
    ran = subprocess.run(
        [sys.executable, "-c", WATCHED, str(home), *paths],
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.splitlines()[-1] == "[]"
    # SQLite opens its files by itself: nothing new lies there, and nothing has changed.
    assert {path: path.stat().st_mtime_ns for path in home.rglob("*")} == before


def test_what_is_written_meanwhile_is_seen_without_a_restart(
    chronicle: Chronicle, tmp_path: Path
) -> None:
    home = Home(Path(shutil.copytree(chronicle.home.path, tmp_path / "home")))
    client = Client(Reader(home))
    address = f"/articles/{chronicle.id_of(EDITED)}"
    before = client.get(address, base_url=HERE)
    same = {"If-None-Match": before.headers["ETag"]}
    assert client.get(address, base_url=HERE, headers=same).status_code == 304
    assert client.get("/search?q=ky+hop", base_url=HERE).get_data(as_text=True).count("<h3") >= 1
    done = run_hdnd("withhold", chronicle.id_of(EDITED), "--reason", "x", home=home.path)
    assert done.status == 0, done.err
    assert client.get(address, base_url=HERE, headers=same).status_code == 451
    found = client.get("/search.json?q=ky+hop", base_url=HERE).get_data(as_text=True)
    assert chronicle.id_of(EDITED) not in found


def test_an_answer_that_is_kept_is_given_to_those_who_ask_the_same_alone(
    chronicle: Chronicle,
) -> None:
    client = Client(Reader(chronicle.home))
    plain = {"Accept-Language": "vi"}
    assert client.head("/about", base_url=HERE, headers=plain).get_data() == b""
    first = client.get("/about", base_url=HERE, headers=plain)
    again = client.get("/about", base_url=HERE, headers=plain)
    assert first.get_data() == again.get_data() != b""
    assert list(first.headers) == list(again.headers)
    packed = client.get("/about", base_url=HERE, headers={**plain, "Accept-Encoding": "gzip"})
    assert gzip.decompress(packed.get_data()) == first.get_data()
    english = client.get("/about", base_url=HERE, headers={"Accept-Language": "en"})
    assert english.get_data() != first.get_data()
    known = {**plain, "If-None-Match": first.headers["ETag"]}
    for _ in range(2):
        assert client.get("/about", base_url=HERE, headers=known).status_code == 304
    assert client.get("/about", base_url="http://other.example", headers=plain).status_code == 400


@pytest.fixture
def served(chronicle: Chronicle, tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """The command itself, and the log that it writes."""
    log = tmp_path / "log.jsonl"
    process = subprocess.Popen(
        command_line("serve", "--port", "0", "--log", str(log)),
        env=environment(chronicle.home.path),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    yield process.stdout.readline().split()[-1], log
    process.terminate()
    assert process.wait(timeout=20) == 0


def test_the_command_says_where_and_its_log_names_no_reader(served: tuple[str, Path]) -> None:
    address, log = served
    connection = HTTPConnection(address.split("/")[2], timeout=20)
    connection.request("GET", f"/search?q={quote('điều riêng tư')}")
    assert connection.getresponse().status == http.client.OK
    connection.close()
    for _ in range(100):
        text = log.read_text(encoding="utf-8")
        if '"/search"' in text:
            break
        time.sleep(0.05)
    assert '"/search"' in text
    for private in ("127.0.0.1", "riêng", quote("riêng"), "rieng"):
        assert private not in text


@pytest.mark.parametrize(("trusted", "told"), [(True, "https://kho.example"), (False, "http://1")])
def test_the_word_of_a_proxy_counts_on_a_real_connection(
    chronicle: Chronicle, trusted: bool, told: str
) -> None:
    proxies = frozenset({"127.0.0.1"} if trusted else ())
    options = ReaderOptions(names=frozenset({"kho.example"}), trusted_proxies=proxies)
    with Visited(chronicle.home, options) as reader:
        forwarded = {"X-Forwarded-Host": "kho.example", "X-Forwarded-Proto": "https"}
        assert f'template="{told}' in reader.ask("/opensearch.xml", forwarded).text


def test_a_unix_socket_serves_too(chronicle: Chronicle, tmp_path: Path) -> None:
    path = tmp_path / "reader.sock"
    process = subprocess.Popen(
        command_line(
            "serve", "--socket", str(path), "--trusted-proxy", "unix", "--name", "kho.example"
        ),
        env=environment(chronicle.home.path),
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline().endswith(f"unix:{path}\n")
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(str(path))
            connection.sendall(
                b"GET /opensearch.xml HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                b"X-Forwarded-Host: kho.example\r\nX-Forwarded-Proto: https\r\n\r\n"
            )
            answered = b"".join(iter(lambda: connection.recv(65_536), b""))
            assert answered.startswith(b"HTTP/1.1 200")
            assert b"https://kho.example/search" in answered
    finally:
        process.terminate()
        process.wait(timeout=20)


def test_a_socket_that_systemd_passes_on_is_taken(chronicle: Chronicle) -> None:
    with socket.create_server(("127.0.0.1", 0)) as passed:
        port, number = passed.getsockname()[1], passed.fileno()
        script = (
            f"import os, sys; os.dup2({number}, 3)\n"
            "os.environ |= {'LISTEN_PID': str(os.getpid()), 'LISTEN_FDS': '1'}\n"
            "os.execv(sys.argv[1], sys.argv[1:])"
        )
        process = subprocess.Popen(
            [sys.executable, "-c", script, *command_line("serve", "--port", "1")],
            env=environment(chronicle.home.path),
            stdout=subprocess.PIPE,
            text=True,
            pass_fds=[number],
        )
        try:
            assert process.stdout is not None
            assert process.stdout.readline().endswith(f"http://127.0.0.1:{port}/\n")
            connection = HTTPConnection("127.0.0.1", port, timeout=20)
            connection.request("GET", "/healthz")
            assert connection.getresponse().read() == b"ok\n"
            connection.close()
        finally:
            process.terminate()
            process.wait(timeout=20)


def test_without_the_extra_the_command_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(UsageError, match="reader-not-installed") as error:
        serve._require_extra()
    assert "jinja2, markupsafe, waitress, werkzeug" in english(error.value.said)
    assert "hdnd-archive[web]" in english(error.value.hint)
