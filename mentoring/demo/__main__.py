"""python -m mentoring.demo: starts everything, says where it is and who can sign in, and stops it all at the end."""

import json
import signal
import sys
import time
import urllib.error
import urllib.request
from contextlib import ExitStack
from typing import NoReturn

from mentoring.embedded import NotStarted, claim

from .processes import Processes
from .servers import collect_static, manage, migrate, start_over, start_servers
from .state import State, check_port_is_free, write_privately
from .table import draw_table

PATIENCE = 60  # seconds until the first page


def main() -> None:
    """Run until Ctrl-C, TERM, or the end of any process; then leave none behind."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop_once)
    try:
        with ExitStack() as stack:
            run(State.from_environment(), stack)
    except NotStarted as reason:
        sys.exit(str(reason))


def stop_once(number: int, frame: object) -> NoReturn:
    """Leave by way of everything that must be stopped; a second signal does not interrupt that."""
    for other in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(other, signal.SIG_IGN)
    print("\nStopping", flush=True)
    sys.exit(0)


def run(state: State, stack: ExitStack) -> None:
    begun = time.monotonic()
    lock = claim(state.folder)
    if lock is None:
        raise NotStarted(f"A demo runs in {state.folder} already: see demo.json there, or choose another STATE.")
    stack.enter_context(lock)
    check_port_is_free(state.port)
    processes = Processes({})
    servers = start_servers(state, stack, processes)
    processes.environment = state.environment(servers)
    sign_ins = prepare(state, processes.environment, servers)
    stack.callback(processes.stop)
    start_programs(state, processes)
    state.write_summary(sign_ins, servers)
    stack.callback((state.folder / "demo.json").unlink, missing_ok=True)
    print(draw_table(state, sign_ins, time.monotonic() - begun), flush=True)
    while True:
        processes.check()
        time.sleep(0.2)


def prepare(state: State, environment: dict[str, str], servers: dict[str, str]) -> list[dict[str, str]]:
    """Migrate, collect static files and load the sample data, each only when there is something to do."""
    sign_ins = state.folder / "sign-ins.json"
    if not sign_ins.exists():
        start_over(state, servers)
    migrate(state, environment, servers)
    collect_static(state, environment)
    if not sign_ins.exists():
        print("Loading the sample data", flush=True)
        write_privately(sign_ins, manage("sample", environment=environment))
    return json.loads(sign_ins.read_text())


def start_programs(state: State, processes: Processes) -> None:
    """Web first: it is what people wait for. Returns when it answers."""
    python = [sys.executable, "-m"]
    web = ["gunicorn", "mentoring.wsgi", f"--bind=127.0.0.1:{state.port}", "--worker-class=gthread", "--workers=2",
           "--threads=4", "--preload", "--log-level=warning", "--no-control-socket"]  # fmt: skip
    celery = ["celery", "-A", "mentoring"]
    processes.start("The web server", [*python, *web], state.log("web"))
    wait_for_web(state, processes)
    worker = ["worker", "--concurrency=1", "--loglevel=WARNING", "--without-mingle", "--without-gossip"]
    beat = ["beat", f"--schedule={state.folder / 'beat'}", "--pidfile=", "--loglevel=WARNING"]
    processes.start("The Celery worker", [*python, *celery, *worker], state.log("worker"))
    processes.start("Celery beat", [*python, *celery, *beat], state.log("beat"))


def wait_for_web(state: State, processes: Processes) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        processes.check()
        try:
            urllib.request.urlopen(f"{state.address}/health/", timeout=5).close()
            return
        except urllib.error.HTTPError as error:
            if time.monotonic() > deadline:
                raise NotStarted(f"{error.url} answers {error.code}; see {state.log('web')}")
        except OSError:
            if time.monotonic() > deadline:
                raise NotStarted(f"The web server does not answer; see {state.log('web')}")
        time.sleep(0.05)


if __name__ == "__main__":
    main()
