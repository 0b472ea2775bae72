"""Something that could leak: a server that counts its visitors and a file with a secret."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

SECRET = "cormorant-7731"


class Bait:
    """An address and a file that nothing should ever ask for."""

    def __init__(self, folder: Path) -> None:
        self.requests: list[str] = []
        (folder / "secret.txt").write_text(SECRET)
        self.file = (folder / "secret.txt").as_uri()
        self.server = HTTPServer(("127.0.0.1", 0), self.handler())
        self.url = f"http://127.0.0.1:{self.server.server_port}/bait.png"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def handler(self) -> type[BaseHTTPRequestHandler]:
        requests = self.requests

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                requests.append(self.path)
                self.send_error(404)

            def log_message(self, *words: object) -> None:
                pass

        return Handler

    def fill(self, vector: str) -> str:
        return vector.format(url=self.url, file=self.file)


@pytest.fixture
def bait(tmp_path: Path) -> Iterator[Bait]:
    bait = Bait(tmp_path)
    yield bait
    bait.server.shutdown()
    bait.server.server_close()
