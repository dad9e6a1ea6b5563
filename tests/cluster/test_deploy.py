"""What lies in `deploy/` for many crawlers can be read by its programs, and its commands run."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import hcl2
import pytest
import yaml

from archive.objects import ObjectStore
from support.hdnd import command_line, environment
from support.seaweed import free_ports

DEPLOY = Path(__file__).parents[2] / "deploy"
ZONE = "Asia/Ho_Chi_Minh"
NOMADS_TIMEOUT = len(["timeout", "--foreground", "4h"])
UNREACHABLE = """
id = "xa-an"
name = "Xã An"
host = "xa-an.invalid"
platform = "liferay"
categories = { "/hoat-dong-hdnd" = "Hoạt động HĐND" }
politeness = { delay_seconds = 0, retry_seconds = 0.05 }
"""


def resources() -> dict[str, Any]:
    text = (DEPLOY / "kubernetes.yaml").read_text(encoding="utf-8")
    return {one["metadata"]["name"]: one for one in yaml.safe_load_all(text)}


def job(name: str) -> dict[str, Any]:
    return resources()[name]["spec"]["jobTemplate"]["spec"]


def container(name: str) -> dict[str, Any]:
    (found,) = job(name)["template"]["spec"]["containers"]
    return found


def nomad_task() -> dict[str, Any]:
    with (DEPLOY / "hdnd.nomad.hcl").open(encoding="utf-8") as file:
        (whole,) = hcl2.load(file)["job"]
    (group,) = unquoted(whole)["hdnd-refresh"]["group"]
    (task,) = group["worker"]["task"]
    return {**task["refresh"], "count": group["worker"]["count"]}


def unquoted(value: Any) -> Any:
    """What some releases of the parser leave in its quotation marks, without them."""
    if isinstance(value, dict):
        return {unquoted(key): unquoted(one) for key, one in value.items()}
    if isinstance(value, list):
        return [unquoted(one) for one in value]
    return value.strip('"') if isinstance(value, str) else value


def unit_commands() -> Iterator[tuple[str, list[str]]]:
    for path in sorted(DEPLOY.glob("*.service")):
        (line,) = re.findall(r"^ExecStart=(.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
        yield path.name, line.split()


def commands() -> dict[str, list[str]]:
    """The command lines of workers, each for bucket 0 of the number that it names."""
    kubernetes, nomad = container("hdnd-refresh"), nomad_task()["config"][0]
    lines = {
        "kubernetes": [*kubernetes["command"], *kubernetes["args"]],
        "nomad": [*nomad["entrypoint"][NOMADS_TIMEOUT:], *nomad["args"]],
        "systemd": dict(unit_commands())["hdnd-worker@.service"],
    }
    index = re.compile(r"\$\(INDEX\)|\$\{NOMAD_ALLOC_INDEX\}|%i")
    buckets = "${BUCKETS}"
    return {
        name: [index.sub("0", word).replace(buckets, "1") for word in line]
        for name, line in lines.items()
    }


def run(line: list[str], home: Path, **more: str) -> subprocess.Popen[str]:
    (home / "descriptions").mkdir(parents=True, exist_ok=True)
    (home / "descriptions" / "xa-an.toml").write_text(UNREACHABLE, encoding="utf-8")
    there = [str(DEPLOY / Path(line[0]).name), *line[1:]] if "worker" in line[0] else line
    hdnd = home / "hdnd"
    hdnd.write_text(f'#!/bin/sh\nexec {" ".join(command_line())} "$@"\n', encoding="utf-8")
    hdnd.chmod(0o755)
    env = environment(home / "archive", HDND=str(hdnd), HDND_SITES=str(home / "descriptions"))
    return subprocess.Popen(there, env={**env, **more}, stderr=subprocess.PIPE, text=True)


def test_a_folder_of_descriptions_that_has_none_takes_none_from_a_home(tmp_path: Path) -> None:
    home, sites = tmp_path / "home", tmp_path / "sites"
    (home / "sites").mkdir(parents=True)
    sites.mkdir()
    (home / "sites" / "xa-an.toml").write_text(UNREACHABLE, encoding="utf-8")
    done = subprocess.run(
        ["sh", str(DEPLOY / "hdnd-worker"), "0", "1"],
        env={**os.environ, "HDND_HOME": str(home), "HDND_SITES": str(sites), "HDND": "false"},
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    assert (done.returncode, str(sites) in done.stderr) == (2, True)
    assert (home / "sites" / "xa-an.toml").is_file()


def test_what_belongs_to_a_description_comes_with_it_and_goes_with_it(tmp_path: Path) -> None:
    """A config map shows its files as links into a hidden folder."""
    home, sites = tmp_path / "home", tmp_path / "sites"
    (home / "sites" / "platforms").mkdir(parents=True)
    (home / "sites" / "old.toml").touch()
    (home / "sites" / "platforms" / "old.toml").touch()
    data = sites / "..2026_12_01"
    (data / "platforms").mkdir(parents=True)
    for name in ("xa-an.toml", "urls.txt", "platforms/own.toml"):
        (data / name).write_text(name, encoding="utf-8")
    for name in ("xa-an.toml", "urls.txt", "platforms"):
        (sites / name).symlink_to(data / name)
    for _ in range(2):
        done = subprocess.run(
            [DEPLOY / "hdnd-worker", "0", "1"],
            env={**os.environ, "HDND_HOME": str(home), "HDND_SITES": str(sites), "HDND": "true"},
        )
        assert done.returncode == 0
        copied = {path: path.read_text() for path in home.rglob("*") if path.is_file()}
        assert {str(path.relative_to(home)): text for path, text in copied.items()} == {
            f"sites/{name}": name for name in ("xa-an.toml", "urls.txt", "platforms/own.toml")
        }


@pytest.mark.parametrize("name", ["kubernetes", "nomad", "systemd"])
def test_the_command_of_a_worker_visits_its_bucket(
    name: str, tmp_path: Path, store_url: str
) -> None:
    line = [*commands()[name]]
    assert Path(line[0]).name == "hdnd-worker"
    line[line.index("16") if "16" in line else 2] = "1"
    process = run(line, tmp_path, HDND_STORE=store_url)
    _, err = process.communicate(timeout=120)
    # A host that nobody has: it was asked for, and nothing of the command was wrong.
    assert process.returncode == 25, err
    assert list(ObjectStore.at(store_url).names("leases"))
    assert list(ObjectStore.at(store_url).names("manifests")) == ["manifests/worker-0.jsonl"]


def test_as_many_workers_run_as_there_are_buckets() -> None:
    spec, args = job("hdnd-refresh"), container("hdnd-refresh")["args"]
    assert spec["completionMode"] == "Indexed"
    assert spec["completions"] == spec["parallelism"] == int(args[1])
    assert nomad_task()["count"] == int(nomad_task()["config"][0]["args"][1])


def test_what_the_environment_of_a_pod_refers_to_stands_before_it() -> None:
    """Kubernetes leaves `$(NAME)` as it is where NAME comes later, as its own names do."""
    for name in resources():
        known: set[str] = set()
        for variable in container(name)["env"]:
            assert set(re.findall(r"\$\((\w+)\)", variable.get("value", ""))) <= known
            known.add(variable["name"])
    args = set(re.findall(r"\$\((\w+)\)", " ".join(container("hdnd-refresh")["args"])))
    assert args == {"INDEX"}
    homes = [one["value"] for one in container("hdnd-refresh")["env"] if one["name"] == "HDND_HOME"]
    assert homes == ["/homes/worker-$(INDEX)"]


def test_no_night_waits_for_the_one_before_and_none_goes_on_by_day() -> None:
    nightly = resources()["hdnd-refresh"]["spec"]
    assert nightly["concurrencyPolicy"] == "Replace"
    latest = nightly["startingDeadlineSeconds"] + job("hdnd-refresh")["activeDeadlineSeconds"]
    assert latest < 6 * 3600
    assert nomad_task()["config"][0]["entrypoint"][:NOMADS_TIMEOUT] == [
        "timeout",
        "--foreground",
        "4h",
    ]
    worker = (DEPLOY / "hdnd-worker@.service").read_text(encoding="utf-8")
    assert "TimeoutStartSec=4h" in worker
    timer = (DEPLOY / "hdnd-worker@.timer").read_text(encoding="utf-8")
    assert "Persistent" not in timer


def test_a_pod_that_is_evicted_has_not_failed() -> None:
    spec = job("hdnd-refresh")
    (rule,) = spec["podFailurePolicy"]["rules"]
    assert rule["action"] == "Ignore"
    assert [one["type"] for one in rule["onPodConditions"]] == ["DisruptionTarget"]
    assert spec["template"]["spec"]["restartPolicy"] == "Never"


def test_every_night_is_one_of_vietnam() -> None:
    """The hour that begins a night, and that of `--until`, wherever a machine is."""
    for name, resource in resources().items():
        assert resource["spec"]["timeZone"] == ZONE, name
    for path in DEPLOY.glob("*.timer"):
        assert re.search(rf"^OnCalendar=.* {ZONE}$", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert {"name": "TZ", "value": ZONE} in container("hdnd-refresh")["env"]
    assert nomad_task()["env"][0]["TZ"] == ZONE
    worker = (DEPLOY / "hdnd-worker@.service").read_text(encoding="utf-8")
    assert f"Environment=TZ={ZONE}\n" in worker


def test_pods_are_as_the_restricted_standard_has_them() -> None:
    """Kubernetes, "Pod Security Standards", Restricted."""
    for name in resources():
        pod = job(name)["template"]["spec"]
        assert pod["automountServiceAccountToken"] is False
        of_all, of_one = pod["securityContext"], container(name)["securityContext"]
        assert of_all["runAsNonRoot"] is True
        assert of_all["seccompProfile"] == {"type": "RuntimeDefault"}
        assert of_one["allowPrivilegeEscalation"] is False
        assert of_one["capabilities"] == {"drop": ["ALL"]}
        assert "memory" in container(name)["resources"]["limits"]
        named = {volume["name"] for volume in pod["volumes"]}
        assert {mount["name"] for mount in container(name)["volumeMounts"]} == named


def test_what_gathers_is_a_command_there_is(tmp_path: Path, store_url: str) -> None:
    gather = container("hdnd-gather")
    for line in (
        [*gather["command"], *gather["args"]],
        dict(unit_commands())["hdnd-gather.service"],
    ):
        ran = subprocess.run(
            command_line(*line[1:]),
            env=environment(tmp_path / "all", HDND_STORE=store_url),
            capture_output=True,
            text=True,
        )
        assert (ran.returncode, ran.stderr) == (0, "")


@pytest.mark.parametrize(("status", "told"), [(0, 0), (20, 0), (22, 0), (25, 25), (5, 5)])
def test_what_needs_nobody_is_no_failure_of_a_job(tmp_path: Path, status: int, told: int) -> None:
    hdnd = tmp_path / "hdnd"
    hdnd.write_text(f"#!/bin/sh\nexit {status}\n", encoding="ascii")
    hdnd.chmod(0o755)
    ran = subprocess.run([DEPLOY / "hdnd-worker", "0", "1"], env={**os.environ, "HDND": str(hdnd)})
    assert ran.returncode == told


@pytest.mark.parametrize("before", [[], nomad_task()["config"][0]["entrypoint"][:NOMADS_TIMEOUT]])
def test_a_job_that_is_to_end_lets_its_crawl_end_in_order(
    tmp_path: Path, before: list[str]
) -> None:
    """It is told once, by `hdnd-worker`: who tells its group as well ends it at once."""
    told = str(tmp_path / "all")
    beside = (
        "import pathlib, signal, time\n"
        f"signal.signal(signal.SIGTERM, lambda *_: pathlib.Path({told!r}).touch())\n"
        f"pathlib.Path({str(tmp_path / 'begun')!r}).touch()\n"
        "while True:\n"
        "    time.sleep(60)\n"
    )
    hdnd = tmp_path / "hdnd"
    hdnd.write_text(
        f"#!{sys.executable}\n"
        "import pathlib, signal, subprocess, sys, time\n"
        "def end(*_):\n"
        "    time.sleep(0.5)\n"
        "    beside.kill()\n"
        f"    pathlib.Path({str(tmp_path / 'ended')!r}).touch()\n"
        "    sys.exit(130)\n"
        "signal.signal(signal.SIGTERM, end)\n"
        f"beside = subprocess.Popen([sys.executable, '-c', {beside!r}])\n"
        "time.sleep(60)\n",
        encoding="ascii",
    )
    hdnd.chmod(0o755)
    process = subprocess.Popen(
        [*before, DEPLOY / "hdnd-worker", "0", "1"],
        env={**os.environ, "HDND": str(hdnd)},
        start_new_session=True,
    )
    end = monotonic() + 30
    while not (tmp_path / "begun").exists():
        assert monotonic() < end
        sleep(0.05)
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=30) == 130
    assert (tmp_path / "ended").exists()
    assert not (tmp_path / "all").exists()


@pytest.fixture
def units(tmp_path: Path) -> list[str]:
    """The units, with a program that there is in the place of ours."""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("there is no systemd here")
    for path in [*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer"), *DEPLOY.glob("*.socket")]:
        text = re.sub(r"/opt/hdnd/bin/hdnd\S*", "/bin/true", path.read_text(encoding="utf-8"))
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    dropped_in = tmp_path / "hdnd-reader.service.d"
    dropped_in.mkdir()
    shutil.copy(DEPLOY / "hdnd-reader-store.conf", dropped_in / "store.conf")
    return sorted(str(path) for path in tmp_path.iterdir() if path.is_file())


def test_systemd_reads_the_units(units: list[str]) -> None:
    ran = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True
    )
    assert (ran.returncode, ran.stderr) == (0, "")


def test_systemd_holds_each_service_for_well_confined(units: list[str]) -> None:
    services = [unit for unit in units if unit.endswith(".service")]
    assert len(services) == 3
    for unit in services:
        line = ["systemd-analyze", "security", "--offline=true", "--threshold=20", unit]
        ran = subprocess.run(line, capture_output=True, text=True)
        assert ran.returncode == 0, ran.stdout[-200:]


def test_the_lines_to_try_it_on_one_machine_do_what_they_say(
    tmp_path: Path, store_url: str
) -> None:
    page = (DEPLOY.parent / "docs" / "many-crawlers.md").read_text(encoding="utf-8")
    section = page.partition("## To try it")[2].partition("\n## ")[0]
    port = str(free_ports(1)[0])
    lines = [line.strip().replace("8001", port) for line in section.splitlines()]
    served, *rest = [line for line in lines if line.startswith(("hdnd ", "mkdir may-"))]
    programs = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    env = environment(HDND_STORE=store_url) | {"PATH": programs}
    with subprocess.Popen(
        ["bash", "-c", f"exec {served.removesuffix('&')}"],
        cwd=tmp_path,
        env=env,
        stdout=subprocess.PIPE,
        text=True,
    ) as portal:
        assert portal.stdout is not None
        while "Ctrl-C" not in portal.stdout.readline():
            pass
        try:
            said = subprocess.run(
                ["bash", "-e", "-c", "\n".join(rest)],
                cwd=tmp_path,
                env=env,
                capture_output=True,
                text=True,
                timeout=240,
                check=False,
            )
        finally:
            portal.terminate()
    assert said.returncode == 0, said.stderr
    assert "Gathered: 2 segments" in said.stdout, said.stdout
    assert "nghị quyết" in said.stdout
    names = sorted(path.name for path in (tmp_path / "may-2" / "warc").iterdir())
    assert any("_may-2_2" in name for name in names), names
