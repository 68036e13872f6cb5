"""Grafana's pages as a headless Chromium shows them, signed in through a small proxy."""

import base64
import http.client
import shutil
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

SECONDS_OF_PAGE_TIME = 20


def find_chromium() -> str | None:
    return shutil.which("chromium") or shutil.which("google-chrome")


class QuietServer(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that has seen enough closes its connections: no error of ours."""


@contextmanager
def signed_in(url: str, user: str, password: str) -> Iterator[str]:
    """A loopback address that shows `url` as `user` sees it, since a headless browser cannot sign in."""
    credentials = base64.b64encode(f"{user}:{password}".encode()).decode()
    with seen_with(url, {"Authorization": f"Basic {credentials}"}) as address:
        yield address


@contextmanager
def seen_with(url: str, more: Mapping[str, str]) -> Iterator[str]:
    """A loopback address that shows `url` as it answers to requests with these headers."""
    target = urlsplit(url)
    assert target.hostname

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            assert target.hostname
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            kept = {name: value for name, value in self.headers.items() if name.lower() != "accept-encoding"}
            headers = {**kept, **more}
            with closing(http.client.HTTPConnection(target.hostname, target.port, timeout=60)) as connection:
                connection.request(self.command, self.path, body, headers)
                answer = connection.getresponse()
                content = answer.read()
            self.send_response(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in ("transfer-encoding", "content-length", "connection"):
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_POST = do_PUT = do_GET  # noqa: N815 - names that the base class looks for

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
            """Says nothing."""

    server = QuietServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{target.path}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def page(url: str, profile: Path) -> str:
    """The page at `url` as HTML, once it has had time to fill."""
    return _chromium(url, profile, "--window-size=1920,1080", "--dump-dom").decode()


def screenshot(url: str, picture: Path, profile: Path, width: int, height: int) -> None:
    """Writes what a browser shows of `url`, once the page has had time to fill, as a PNG file."""
    _chromium(url, profile, f"--window-size={width},{height}", f"--screenshot={picture}")


def _chromium(url: str, profile: Path, *what: str) -> bytes:
    chromium = find_chromium()
    assert chromium
    # Whoever runs tests as root, as in a container, has no sandbox.
    command = [
        chromium,
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--hide-scrollbars",
        f"--user-data-dir={profile}",
        f"--virtual-time-budget={SECONDS_OF_PAGE_TIME * 1000}",
        *what,
        url,
    ]
    return subprocess.run(command, check=True, capture_output=True, timeout=120).stdout
