"""The application on a port of its own, as in earnest."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import uvicorn
from fastapi import FastAPI


class _Server(uvicorn.Server):
    """Says when it listens."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.listening = threading.Event()

    async def startup(self, sockets: list[object] | None = None) -> None:  # type: ignore[override]
        await super().startup(sockets)  # type: ignore[arg-type]
        self.listening.set()

    @property
    def port(self) -> int:
        port = self.servers[0].sockets[0].getsockname()[1]
        assert isinstance(port, int)
        return port


@contextmanager
def served(app: FastAPI) -> Iterator[httpx.Client]:
    """A browser-like client of the application: it keeps cookies and follows no redirect by itself."""
    server = _Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_config=None, access_log=False))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        assert server.listening.wait(30), "the server does not come up"
        with httpx.Client(base_url=f"http://127.0.0.1:{server.port}", timeout=60) as client:
            yield client
    finally:
        server.should_exit = True
        thread.join(30)
