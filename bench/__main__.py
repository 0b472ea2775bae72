"""python -m bench [NAME ...]: runs the benchmarks, all unless some are named, and repeats their verdicts at the end.

Each is a module with a __main__ part. It finds a migrated database, a broker, a cache and an SMTP server in its
environment, with the addresses that mentoring/settings.py reads, and the owner's in OWNER_DATABASE_URL.
"""

import os
import re
import signal
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

from mentoring.demo.processes import Processes
from mentoring.demo.servers import collect_static, migrate, start_servers
from mentoring.demo.state import State, free_port
from mentoring.embedded import NotStarted, claim
from mentoring.fingerprint import ROOT

HERE = Path(__file__).parent
VERDICT = re.compile(r"^\w+ ratio=\S+ bar=\S+ (?:holds|falls short)$", re.MULTILINE)
NOT_HERE = {"__main__"}


def main() -> None:
    """Ends with 1 when a benchmark could not run; falling short of a bar is a result like any other."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    names = sys.argv[1:] or find_benches()
    with ExitStack() as stack:
        environment = prepare(stack)
        results = [line for name in names for line in run(name, environment)]
    print("\n" + "\n".join(results))
    sys.exit(any(line.endswith("did not run") for line in results))


def find_benches() -> list[str]:
    """Every module here that can be run, by name."""
    return sorted(
        file.stem
        for file in HERE.glob("*.py")
        if '__name__ == "__main__"' in file.read_text() and file.stem not in NOT_HERE
    )


def prepare(stack: ExitStack, name: str = "bench") -> dict[str, str]:
    """Servers, static files and a migrated database of the benchmarks' own, as durable as a deployment's."""
    state = State(ROOT / ".cache" / name, free_port())
    lock = claim(state.folder)
    if lock is None:
        raise NotStarted(f"Benchmarks run in {state.folder} already.")
    stack.enter_context(lock)
    servers = start_servers(state, stack, Processes({}))
    environment = state.environment(servers)
    migrate(state, environment, servers)
    collect_static(state, environment)
    return os.environ | environment | {"OWNER_DATABASE_URL": servers["owner"], "PORT": str(state.port)}


def run(name: str, environment: dict[str, str]) -> list[str]:
    """The verdicts of a benchmark; what it prints is shown as it comes."""
    print(f"\n--- {name}", flush=True)
    verdicts = []
    with subprocess.Popen(
        [sys.executable, "-m", f"bench.{name}"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            verdicts += VERDICT.findall(line)
    return [f"{name} did not run"] if process.returncode else verdicts


if __name__ == "__main__":
    main()
