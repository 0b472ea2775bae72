"""How many requests a second the product answers, beside a bare Django view on the same server in the same run.

`python -m bench web`. Needs wrk, which `make bench` installs. The server is gunicorn as in a deployment: two processes
of four threads. Pages are asked for by somebody who has signed in, from the sample data.
"""

import http.cookiejar
import json
import os
import re
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from bench.report import print_table, print_verdict
from mentoring.embedded import die_with_parent
from mentoring.fingerprint import ROOT

SECONDS = 6
BAR = 0.15


def main() -> None:
    """Programme home and meeting log against the bare view. The verdict is on the slower of the two pages."""
    sign_ins = load_sample()
    with server() as address:
        pages = {"bare view": ("/bare/", ""), **pages_of(address, sign_ins)}
        speeds = {name: measure(address + path, cookie) for name, (path, cookie) in pages.items()}
    floor = speeds["bare view"]
    print_table(
        ("page", "requests/s", "of the bare view"), [(name, speed, speed / floor) for name, speed in speeds.items()]
    )
    print_verdict(
        "web", min(speed for name, speed in speeds.items() if name != "bare view") / floor, BAR, at_least=True
    )


def load_sample() -> list[dict[str, str]]:
    """The sample data's sign-ins; loaded once into the benchmarks' database."""
    kept = ROOT / ".cache" / "bench" / "sign-ins.json"
    if not kept.exists():
        made = subprocess.run(
            [sys.executable, "manage.py", "sample"], cwd=ROOT, check=True, capture_output=True, text=True
        )
        kept.write_text(made.stdout)
    return list(json.loads(kept.read_text()))


@contextmanager
def server(log: IO[bytes] | None = None) -> Iterator[str]:
    """gunicorn with the product and the bare view, on this run's port; what it says goes to the log, if there is one."""
    address = f"http://127.0.0.1:{os.environ['PORT']}"
    command = [
        *die_with_parent(), sys.executable, "-m", "gunicorn", "bench.wsgi", f"--bind={address.removeprefix('http://')}",
        "--worker-class=gthread", "--workers=2", "--threads=4", "--preload", "--log-level=warning", "--no-control-socket",
    ]  # fmt: skip
    process = subprocess.Popen(command, cwd=ROOT, stderr=log)
    try:
        wait_for(f"{address}/bare/", process)
        yield address
    finally:
        process.terminate()
        process.wait(30)


def wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        if process.poll() is not None:
            raise SystemExit("The web server did not start.")
        try:
            urllib.request.urlopen(url, timeout=2).close()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("The web server does not answer.")


def pages_of(address: str, sign_ins: list[dict[str, str]]) -> dict[str, tuple[str, str]]:
    """Path and cookies: the programme's home for its co-ordinator, the meeting log for a mentee."""
    coordinator = next(one for one in sign_ins if one["role"] == "co-ordinator")
    mentee = next(one for one in sign_ins if one["role"] == "mentee")
    opener, cookie = sign_in(address, mentee)
    mine = opener.open(f"{address}/my/").read().decode()
    log = re.search(r'href="([^"]+/support/partnerships/[^"]+/log/)"', mine) or re.search(
        r'href="([^"]+/support/partnerships/[^"]+/)"', mine
    )
    assert log, "The mentee's page has no link to a partnership."
    path = log[1] if log[1].endswith("/log/") else f"{log[1]}log/"
    home = f"/{coordinator['organisation']}/{coordinator['programme']}/"
    return {"programme home": (home, sign_in(address, coordinator)[1]), "meeting log": (path, cookie)}


def sign_in(address: str, who: dict[str, str]) -> tuple[urllib.request.OpenerDirector, str]:
    """Through the real page; the Cookie header of a signed-in browser."""
    jar = http.cookiejar.CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    page = opener.open(f"{address}/accounts/login/").read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token, "The sign-in page has no form."
    form = {"login": who["email"], "password": who["password"], "csrfmiddlewaretoken": token[1]}
    opener.open(
        urllib.request.Request(
            f"{address}/accounts/login/", urllib.parse.urlencode(form).encode(), {"Referer": address}
        )
    ).read()
    assert any(cookie.name == "sessionid" for cookie in jar), f"{who['email']} could not sign in."
    return opener, "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)


def measure(url: str, cookie: str) -> float:
    """Requests a second over eight connections, after a warm-up. Refuses when an answer was not 200."""
    wrk(url, cookie, 2)
    said = wrk(url, cookie, SECONDS)
    assert "Non-2xx" not in said, f"{url} did not answer 200:\n{said}"
    found = re.search(r"Requests/sec:\s+([\d.]+)", said)
    assert found, said
    return float(found[1])


def wrk(url: str, cookie: str, seconds: int) -> str:
    command: list[Any] = ["wrk", "-t1", "-c8", f"-d{seconds}s", "-H", f"Cookie: {cookie}", url]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    main()
