"""A further wall around the process that reads files: bubblewrap, where it is installed and works.

In it there is no network, the disk cannot be written to, and no process but its own can be seen.
Nothing depends on it: `child` bounds every file without it too.
"""

from __future__ import annotations

import shutil
import subprocess
from functools import cache

_WALL = (
    "--unshare-all",
    "--die-with-parent",
    "--ro-bind", "/", "/",
    "--dev", "/dev",
    "--proc", "/proc",
)  # fmt: skip


def walled(command: list[str]) -> list[str]:
    """The command behind that wall; as it is if there is none."""
    program = shutil.which("bwrap")
    return [program, *_WALL, "--", *command] if program and _works(program) else command


@cache
def _works(program: str) -> bool:
    """Whether the kernel lets it: in a container it often does not."""
    try:
        ran = subprocess.run(
            [program, *_WALL, "--", "true"], capture_output=True, timeout=10, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return ran.returncode == 0
