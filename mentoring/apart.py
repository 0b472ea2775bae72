"""Work that should leave nothing behind, or that may be made to hurt, is done by a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# What a program needs to find its libraries, its fonts and its language. No key of ours is there, and no address.
NEEDED = (
    "FONTCONFIG_FILE", "FONTCONFIG_PATH", "HOME", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "PATH", "TMPDIR", "XDG_CACHE_HOME",
)  # fmt: skip


class Failed(Exception):
    """The work was not done, or not within its bounds."""


def run_apart(module: str, *arguments: str, content: bytes = b"", seconds: float) -> bytes:
    """What `python -m module` writes when it is given the content, in twice so many seconds by the clock at the most.

    The module sets its own bounds on processor and memory. Whatever it wrote before it failed is thrown away.
    """
    try:
        done = subprocess.run(
            [sys.executable, "-m", module, *arguments],
            input=content,
            capture_output=True,
            cwd=ROOT,
            env={name: os.environ[name] for name in NEEDED if name in os.environ},
            timeout=2 * seconds,
            check=True,
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as failure:
        raise Failed((failure.stderr or b"").decode(errors="replace")[-500:])
    return done.stdout
