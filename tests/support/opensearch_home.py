"""OpenSearch put together from Maven's artifacts: no container engine is needed.

    python -P tests/support/opensearch_home.py FOLDER

puts it into FOLDER/VERSION, and does nothing if it is there.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies"
_RUNTIME = ("-DincludeScope=runtime", "-DoutputDirectory=jars")
SECURITY = "opensearch-security"
JVMS = Path("/usr/lib/jvm")
_POM = """<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>hdnd.test</groupId><artifactId>{name}</artifactId><version>1</version>
<packaging>pom</packaging>{inner}</project>
"""
_POLICY = """grant codeBase "${codebase.netty-common}" {
  permission java.lang.RuntimePermission "accessDeclaredMembers";
  permission java.util.PropertyPermission "*", "read,write";
  permission java.net.SocketPermission "*", "accept,connect,listen,resolve";
};
grant codeBase "${codebase.netty-transport}" {
  permission java.net.SocketPermission "*", "accept,connect,listen,resolve";
};
"""
"""What 2.x, under a security manager, lets the network module do."""


@dataclass(frozen=True)
class Release:
    """A release of OpenSearch, the Java that runs it, and the log4j that it was built with."""

    version: str
    java: Path
    log4j: str = "2.25.4"
    secured: bool = False
    """Whether it has the security plugin."""

    @property
    def of_old(self) -> bool:
        """Whether it is of 2.x."""
        return self.version.startswith("2.")

    @property
    def name(self) -> str:
        """That of its folder."""
        return f"{self.version}-secured" if self.secured else self.version


def release() -> Release:
    """The newest release that a Java here can run.

    Raises `LookupError` if there is no Java from 17 on.
    """
    newest, java = _newest_java()
    return Release("3.9.0" if newest >= 21 else "2.19.6", java)


def secured_release() -> Release:
    """The newest release that Maven has the security plugin of, too; see `release`."""
    newest, java = _newest_java()
    if newest >= 21:
        return Release("3.4.0", java, "2.21.0", secured=True)
    return Release("2.19.4", java, secured=True)


def _newest_java() -> tuple[int, Path]:
    """`$JAVA_HOME`, else the newest that is installed, and its number."""
    named = os.environ.get("JAVA_HOME")
    homes = [Path(named)] if named else sorted(JVMS.glob("*")) if JVMS.is_dir() else []
    javas = {_major(home): home / "bin/java" for home in homes if (home / "bin/java").exists()}
    newest = max(javas, default=0)
    if newest < 17:
        raise LookupError("there is no Java from 17 on: name its folder in JAVA_HOME")
    return newest, javas[newest]


def _major(home: Path) -> int:
    said = (home / "release").read_text() if (home / "release").exists() else ""
    found = re.search(r'JAVA_VERSION="(\d+)', said)
    return int(found[1]) if found else 0


def assembled(chosen: Release, cache: Path) -> Path:
    """The home of a release under `cache`, fetched by Maven if it is not there yet."""
    home = cache / chosen.name
    if home.is_dir():
        return home
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache) as work:
        parts = _fetch(chosen, Path(work))
        made = Path(work) / "home"
        (made / "plugins").mkdir(parents=True)
        (made / "bin").mkdir()
        parts["lib"].rename(made / "lib")
        for name in ("transport-netty4", "analysis-common"):
            _module(chosen, made, name, parts[name])
        if chosen.secured:
            _plugin(made, parts[SECURITY])
        for folder in (made, *made.rglob("*")):
            folder.chmod(0o755 if folder.is_dir() else 0o644)
        made.rename(home)
    return home


def _fetch(chosen: Release, work: Path) -> dict[str, Path]:
    version = chosen.version
    core = ["org.opensearch:opensearch", "org.opensearch:opensearch-plugin-classloader"]
    if not chosen.of_old:
        core += [
            "org.opensearch:opensearch-agent-bootstrap",
            "org.opensearch:opensearch-agent-policy",
        ]
    wanted = {
        "lib": [
            *(f"{name}:{version}" for name in core),
            f"org.apache.logging.log4j:log4j-core:{chosen.log4j}",
        ],
        "transport-netty4": [f"org.opensearch.plugin:transport-netty4-client:{version}"],
        "analysis-common": [f"org.opensearch.plugin:analysis-common:{version}"],
    }
    if chosen.secured:
        plugin = f"org.opensearch.plugin:{SECURITY}:{version}.0:zip"
        wanted[SECURITY] = [plugin, "org.apache.commons:commons-collections4:4.4"]
    for name, dependencies in wanted.items():
        (work / name).mkdir()
        inner = "".join(map(_dependency, dependencies))
        pom = _POM.format(name=name, inner=f"<dependencies>{inner}</dependencies>")
        (work / name / "pom.xml").write_text(pom)
    modules = "".join(f"<module>{name}</module>" for name in wanted)
    (work / "pom.xml").write_text(_POM.format(name="all", inner=f"<modules>{modules}</modules>"))
    subprocess.run(
        ["mvn", "-B", "-q", "-C", "-f", work / "pom.xml", COPY, *_RUNTIME],
        env={**os.environ, "JAVA_HOME": str(chosen.java.parents[1])},
        check=True,
    )
    return {name: work / name / "jars" for name in wanted}


def _dependency(coordinates: str) -> str:
    group, artifact, version, *kind = coordinates.split(":")
    return (
        f"<dependency><groupId>{group}</groupId><artifactId>{artifact}</artifactId>"
        f"<version>{version}</version>{''.join(f'<type>{one}</type>' for one in kind)}</dependency>"
    )


def _module(chosen: Release, home: Path, name: str, jars: Path) -> None:
    """A module's folder: its jars but those of `lib` (none may come twice), and what it is."""
    folder = home / "modules" / name
    folder.mkdir(parents=True)
    for jar in jars.glob("*.jar"):
        others = re.search(r"osx|windows|aarch", jar.name)
        if not others and not (home / "lib" / jar.name).exists():
            jar.rename(folder / jar.name)
    (folder / "plugin-descriptor.properties").write_text(
        f"name={name}\ndescription={name}\nversion={chosen.version}\n"
        f"opensearch.version={chosen.version}\njava.version={11 if chosen.of_old else 21}\n"
        f"classname={next(_plugin_classes(folder))}\nextended.plugins=\n"
        "has.native.controller=false\n"
    )
    if chosen.of_old and name == "transport-netty4":
        (folder / "plugin-security.policy").write_text(_POLICY)


def _plugin(home: Path, jars: Path) -> None:
    """The security plugin's folder. What it extends (rules of `workload-management`) Maven does not
    have; it runs without, but for a library that came with it.
    """
    folder = home / "plugins" / SECURITY
    (packed,) = jars.glob("*.zip")
    with zipfile.ZipFile(packed) as file:
        file.extractall(folder)
    for jar in jars.glob("*.jar"):
        if not (folder / jar.name).exists():
            jar.rename(folder / jar.name)
    for part in ("config", "tools"):
        shutil.rmtree(folder / part)
    told = folder / "plugin-descriptor.properties"
    lines = told.read_text().splitlines()
    kept = [line for line in lines if not line.startswith("extended.plugins=")]
    told.write_text("\n".join([*kept, "extended.plugins=", ""]))


def _plugin_classes(folder: Path) -> Iterator[str]:
    """The class that a module begins with; its name changed between releases."""
    wanted = re.compile(r"org/opensearch/.*/(Netty4|CommonAnalysis)(Module)?Plugin\.class")
    for jar in sorted(folder.glob("*.jar")):
        with zipfile.ZipFile(jar) as file:
            for name in filter(wanted.fullmatch, file.namelist()):
                yield name.removesuffix(".class").replace("/", ".")


if __name__ == "__main__":
    if not shutil.which("mvn"):
        sys.exit("Maven is needed to fetch OpenSearch: install mvn")
    for one in (release(), secured_release()):
        print(assembled(one, Path(sys.argv[1]).resolve()))
